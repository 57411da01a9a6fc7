using System.Globalization;
using System.Text;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.Channels.Mail;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Security;

/// <summary>Letters that are built to be too much: parts within parts, parts without number, an attachment of a hundred megabytes. None is downloaded, none hides the letter behind it, and none is passed over unseen.</summary>
public sealed class LetterBombTests : IAsyncLifetime
{
    private const int MostBytes = 8 * 1024 * 1024;
    private const long MostMemory = 128L * 1024 * 1024;
    private readonly LocalDovecot _dovecot = new();

    public async ValueTask InitializeAsync()
    {
        if (LocalDovecot.WhyMissing() is { } reason)
        {
            Assert.Skip(reason);
        }
        await _dovecot.StartAsync();
    }

    public ValueTask DisposeAsync() => _dovecot.DisposeAsync();

    [Theory]
    [InlineData("a thousand parts within each other")]
    [InlineData("a thousand letters within each other")]
    [InlineData("a hundred thousand parts")]
    [InlineData("a hundred thousand headers")]
    [InlineData("an attachment of 100 MB")]
    [InlineData("a text of 100 MB in base64")]
    public async Task It_takes_little_and_hides_nothing(string kind)
    {
        await using var relay = new TcpRelay(_dovecot.Port);
        await using var bench = new MailBench(_dovecot, relay.Port);
        await _dovecot.DeliverAsync(Bomb(kind));
        await _dovecot.DeliverAsync("From: mia@example.org\nMessage-ID: <after@example.org>\nSubject: after\n\nMy order never came.\n");
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var (posts, aside) = (new List<Post>(), 0);
        while (posts.TrueForAll(post => !post.Text.StartsWith("My order", StringComparison.Ordinal)))
        {
            var batch = await bench.NextAsync();
            posts.AddRange(MailBench.Posts(batch));
            aside += batch.Aside.Count;
        }

        Assert.Equal(2, posts.Count + aside);
        Assert.InRange(relay.ToClient, 1, MostBytes);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, MostMemory);
    }

    private static string Bomb(string kind)
    {
        var letter = new StringBuilder("From: x@example.org\nMessage-ID: <bomb@example.org>\nSubject: bomb\nMIME-Version: 1.0\n");
        return kind switch
        {
            "a thousand parts within each other" => Times(letter, 1000, i => $"Content-Type: multipart/mixed; boundary=b{i}x\n\n--b{i}x\n").Append("Content-Type: text/plain\n\ndeep\n").ToString(),
            "a thousand letters within each other" => Times(letter, 1000, i => $"Content-Type: message/rfc822\n\nSubject: {i}\n").Append("Content-Type: text/plain\n\ndeep\n").ToString(),
            "a hundred thousand parts" => Times(letter.Append("Content-Type: multipart/mixed; boundary=bb\n\n"), 100_000, i => $"--bb\nContent-Type: text/plain; name=n{i}\n\nx\n").Append("--bb--\n").ToString(),
            "a hundred thousand headers" => Times(letter, 100_000, i => $"X-Much-{i}: very much of it\n").Append("\ntext\n").ToString(),
            "an attachment of 100 MB" => letter.Append("Content-Type: multipart/mixed; boundary=bb\n\n--bb\nContent-Type: text/plain\n\nsee the photo\n--bb\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n").Append(Base64()).Append("\n--bb--\n").ToString(),
            _ => letter.Append("Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n").Append(Base64()).Append('\n').ToString(),
        };
    }

    private static string Base64() => string.Concat(Enumerable.Repeat(Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<b>very much of it</b> ", 42)))) + "\n", 80_000));

    private static StringBuilder Times(StringBuilder letter, int times, Func<int, FormattableString> line)
    {
        for (var i = 0; i < times; i++)
        {
            letter.Append(line(i).ToString(CultureInfo.InvariantCulture));
        }
        return letter;
    }
}
