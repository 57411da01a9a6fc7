using System.Globalization;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>All awkward letters, parsed by a real server and read by the channel; every wrong one is named.</summary>
public sealed class AwkwardLetterTests
{
    private static readonly DateTimeOffset Received = new(2026, 11, 3, 7, 8, 9, TimeSpan.Zero);

    [Fact]
    public async Task Every_awkward_letter_is_read_as_it_was_meant()
    {
        if (LocalDovecot.WhyMissing() is { } reason)
        {
            Assert.Skip(reason);
        }
        var letters = AwkwardLetters.All;
        Assert.InRange(letters.Count, 340, 2000);
        Assert.Equal(letters.Count, letters.Select(letter => letter.Raw).Distinct().Count());
        await using var dovecot = new LocalDovecot();
        await dovecot.StartAsync();
        await using var bench = new MailBench(dovecot);
        await bench.NextAsync();
        dovecot.Put(letters.Select((letter, i) => letter.Bytes(i)), Received);

        var posts = new List<Post>();
        while (posts.Count < letters.Count)
        {
            var batch = await bench.NextAsync(poll: posts.Count == 0);
            Assert.True(batch.Count > 0 && batch.Aside.Count == 0, $"{posts.Count} of {letters.Count} letters came; aside: {string.Join("; ", batch.Aside.Select(bad => bad.ToString()))}");
            posts.AddRange(MailBench.Posts(batch));
        }

        var wrong = letters.Zip(posts, Differences).SelectMany(d => d).ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join('\n', wrong)}");
    }

    private static IEnumerable<string> Differences(AwkwardLetter letter, Post post)
    {
        var posted = letter.Posted == "received" ? Received.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) : letter.Posted;
        return new (string What, string? Wanted, string? Was)[]
        {
            ("title", letter.Title, post.Title ?? ""),
            ("text", letter.Text, post.Text),
            ("author", letter.Author, post.Author.Name ?? ""),
            ("address", letter.Address, post.Author.Id),
            ("id", letter.Id, post.Key.Id),
            ("answers", letter.Answers, post.InReplyTo?.Id),
            ("thread", letter.Thread, post.Thread?.Id),
            ("posted", posted, post.Posted?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? ""),
            ("automatic", letter.Automatic?.ToString(), post.Automatic.ToString()),
        }.Where(pair => pair.Wanted is not null && pair.Wanted != pair.Was).Select(pair => $"{letter.Name}: {pair.What} should be \"{pair.Wanted}\" and is \"{pair.Was}\"");
    }
}
