using ListeningBot.Channels;
using ListeningBot.Channels.Mail;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>What a real Dovecot tells unasked, in the inbox and beside it.</summary>
public sealed class MailPushTests : IAsyncLifetime
{
    private readonly LocalDovecot _dovecot = new();
    private MailBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        if (LocalDovecot.WhyMissing() is { } reason)
        {
            Assert.Skip(reason);
        }
        await _dovecot.StartAsync();
        _bench = new MailBench(_dovecot);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bench is not null)
        {
            await _bench.DisposeAsync();
        }
        await _dovecot.DisposeAsync();
    }

    private static string Letter(string id, string more = "") => $"From: Mia <mia@example.org>\nTo: care@acme.example\nSubject: {id}\nMessage-ID: <{id}@example.org>\n{more}\nText of {id}\n";

    [Fact]
    public async Task A_letter_is_pushed_without_being_asked_for()
    {
        await _bench.NextAsync();
        for (var number = 1; number <= 3; number++)
        {
            var waiting = _bench.NextPostAsync();
            await _dovecot.DeliverAsync(Letter("l" + number));
            var delivered = TimeProvider.System.GetTimestamp();

            Assert.Equal($"l{number}@example.org", (await waiting).Key.Id);

            // A second is promised; the bound leaves room for a busy machine, and would never hold with polling.
            Assert.InRange(TimeProvider.System.GetElapsedTime(delivered), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public async Task What_lies_in_the_folder_of_sent_mail_is_ours_whoever_it_says_wrote_it()
    {
        await _bench.NextAsync();
        await _dovecot.SendAsync(Letter("answer", "In-Reply-To: <question@example.org>\nReferences: <first@example.org> <question@example.org>\n"));
        await _dovecot.DeliverAsync(Letter("question"));

        var read = new List<Post>();
        while (read.Count < 2)
        {
            read.AddRange(MailBench.Posts(await _bench.NextAsync(poll: true)));
        }

        Assert.Equal(["question@example.org", "answer@example.org"], read.Select(post => post.Key.Id));
        Assert.Equal([false, true], read.Select(post => post.ByUs));
        Assert.Equal(read[0].Key, read[1].InReplyTo);
        Assert.Equal(0, (await _bench.NextAsync(poll: true)).Count);
    }

    [Fact]
    public async Task Every_folder_goes_on_where_it_was()
    {
        await _bench.NextAsync();
        await _dovecot.SendAsync(Letter("a1"));
        await _dovecot.DeliverAsync(Letter("l1"));
        await _bench.NextAsync(poll: true);
        await _bench.NextAsync();
        await _bench.StopAsync();
        await _dovecot.SendAsync(Letter("a2"));

        Assert.Equal("a2@example.org", (await _bench.NextPostAsync()).Key.Id);
        Assert.Equal(0, (await _bench.NextAsync(poll: true)).Count);
    }

    [Fact]
    public async Task A_cursor_of_the_inbox_alone_goes_on_when_sent_mail_is_read_too()
    {
        _bench.Options = _bench.Options with { ReadSent = false };
        await _dovecot.DeliverAsync(Letter("l1"));
        await _dovecot.SendAsync(Letter("a1"));
        await _bench.NextPostAsync();
        await _bench.StopAsync();
        Assert.StartsWith("{", _bench.At!.Value, StringComparison.Ordinal);
        _bench.Options = _bench.Options with { ReadSent = true };

        Assert.Equal("a1@example.org", (await _bench.NextPostAsync()).Key.Id);
        Assert.Equal(0, (await _bench.NextAsync(poll: true)).Count);
    }

    [Fact]
    public async Task A_further_folder_that_is_not_there_is_told_of_once_and_the_inbox_is_heard()
    {
        List<PlacesLook> looks = [];
        _bench.Options = _bench.Options with { Folders = ["Komplaints"], ReadSent = false };
        _bench.Context = _bench.Context with
        {
            Looked = (look, _) =>
            {
                looks.Add(look);
                return Task.CompletedTask;
            },
        };
        await _dovecot.DeliverAsync(Letter("l1"));

        var first = await _bench.NextAsync();
        await _bench.NextAsync(poll: true);

        Assert.Equal("l1@example.org", Assert.Single(MailBench.Posts(first)).Key.Id);
        Assert.Equal(["folder INBOX", "folder Komplaints"], looks[0].All);
        Assert.Contains("no folder \"Komplaints\"", looks[0].Found["folder Komplaints"], StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<ChannelException>(() => MailChannel.SignInAsync(_bench.Context, _bench.Options, CancellationToken.None));
    }

    [Fact]
    public async Task A_line_that_fell_silent_is_found_and_what_came_meanwhile_is_heard()
    {
        await using var relay = new TcpRelay(_dovecot.Port);
        _bench.Options = _bench.Options with { Port = relay.Port, Answer = TimeSpan.FromSeconds(1), ReadSent = false };
        await _bench.NextAsync();
        var said = relay.ToClient;
        var next = _bench.NextPostAsync();

        // With one folder it is asked for nothing more than to tell of what comes.
        await Until.TrueAsync(() => relay.ToClient > said && relay.Connections == 1);
        relay.FallSilent();
        await _dovecot.DeliverAsync(Letter("l1"));

        await _bench.PollAsync();

        Assert.Equal("l1@example.org", (await next).Key.Id);
        Assert.Equal(2, relay.Connections);
    }

    [Fact]
    public async Task Tls_begins_with_starttls_where_that_is_asked_for()
    {
        _bench.Options = _bench.Options with { Port = _dovecot.PlainPort, Security = MailSecurity.StartTls };
        await _dovecot.DeliverAsync(Letter("l1"));

        Assert.Equal("l1@example.org", (await _bench.NextPostAsync()).Key.Id);
        Assert.Contains("TLS", _dovecot.LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_starttls_too_the_certificate_is_looked_at()
    {
        _bench.Options = _bench.Options with { Port = _dovecot.PlainPort, Security = MailSecurity.StartTls, CertificateSha256 = new string('A', 64) };

        var error = await Assert.ThrowsAnyAsync<ChannelException>(() => _bench.NextAsync());

        Assert.Contains(_dovecot.CertificateSha256, error.Message);
        Assert.DoesNotContain("Login", _dovecot.LogText);
    }

    [Fact]
    public async Task Check_says_what_is_read_and_how()
    {
        var found = await MailChannel.SignInAsync(_bench.Context, _bench.Options, CancellationToken.None);

        Assert.EndsWith("the folder INBOX holds 0 messages, Gesendet holds 0 messages; new letters are told at once; our answers are read in Gesendet", found);
    }
}
