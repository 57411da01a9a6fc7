using System.Globalization;
using System.Text;
using ListeningBot.Channels.Mail;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>The channel against a real Dovecot over TLS.</summary>
public sealed class MailAgainstDovecotTests : IAsyncLifetime
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

    private static string Letter(int number, string text = "Where is my order?", string date = "Mon, 2 Nov 2026 09:00:00 +0100") => $"""
        From: =?utf-8?Q?Mia_L=C3=A4ng?= <Mia@Example.org>
        To: care@acme.example
        Subject: Order {number} is late
        Message-ID: <order-{number}@example.org>
        Date: {date}

        {text}
        """;

    private Task DeliverAsync(int number) => _dovecot.DeliverAsync(Letter(number));

    [Fact]
    public async Task A_letter_becomes_a_post()
    {
        var written = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 3600);
        await _dovecot.DeliverAsync(Letter(1, date: written.ToString("r", CultureInfo.InvariantCulture)));

        var batch = await _bench.NextAsync();

        Assert.True(batch.FirstContact);
        var post = Assert.Single(MailBench.Posts(batch));
        Assert.Equal(new PostKey("mail:inbox", "order-1@example.org"), post.Key);
        Assert.Equal(("mia@example.org", "Mia Läng", "mia@example.org"), (post.Author.Id, post.Author.Name, post.Author.Handle));
        Assert.Equal(("Order 1 is late", "Where is my order?"), (post.Title, post.Text));
        Assert.Equal(written, post.Posted);
        Assert.True(post.Private);
        Assert.False(post.Automatic);
        Assert.Null(post.Url);
    }

    [Fact]
    public async Task A_letter_from_where_the_clock_stands_still_is_from_when_it_arrived()
    {
        var before = TimeProvider.System.GetUtcNow();
        await _dovecot.DeliverAsync(Letter(1, date: "Sat, 1 Jan 2000 00:02:00 +0000"));

        Assert.InRange((await _bench.NextPostAsync()).Posted!.Value, before.AddSeconds(-1), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task An_empty_folder_is_alive_and_the_first_letter_after_it_is_news()
    {
        var first = await _bench.NextAsync();
        Assert.Equal(0, first.Count);

        await DeliverAsync(1);
        var second = await _bench.NextAsync(poll: true);

        Assert.False(second.FirstContact);
        Assert.Equal("order-1@example.org", Assert.Single(MailBench.Posts(second)).Key.Id);
    }

    [Fact]
    public async Task Reading_goes_on_where_it_stopped_without_loss_or_doubles()
    {
        await DeliverAsync(1);
        await DeliverAsync(2);
        Assert.Equal(2, (await _bench.NextAsync()).Count);
        await _bench.StopAsync();
        await DeliverAsync(3);

        Assert.Equal("order-3@example.org", (await _bench.NextPostAsync()).Key.Id);
        Assert.Equal(0, (await _bench.NextAsync(poll: true)).Count);
    }

    [Fact]
    public async Task Letters_read_again_from_an_older_cursor_are_the_same_posts()
    {
        await _bench.NextAsync();
        var before = _bench.At;
        await DeliverAsync(1);
        await DeliverAsync(2);
        var once = MailBench.Posts(await _bench.NextAsync(poll: true));
        await _bench.StopAsync();
        _bench.At = before;

        Assert.Equal(once, MailBench.Posts(await _bench.NextAsync()));
    }

    [Fact]
    public async Task Five_thousand_waiting_letters_come_in_batches_each_once()
    {
        await DeliverAsync(0);
        _dovecot.Put(Enumerable.Range(1, 5000).Select(n => Encoding.UTF8.GetBytes(Letter(n))), TimeProvider.System.GetUtcNow());

        var ids = new List<string>();
        while (ids.Count < 5001)
        {
            var batch = await _bench.NextAsync();
            Assert.InRange(batch.Count, 1, 50);
            ids.AddRange(MailBench.Posts(batch).Select(p => p.Key.Id));
        }

        Assert.Equal(5001, ids.Distinct().Count());
        Assert.Equal(0, (await _bench.NextAsync(poll: true)).Count);
    }

    [Fact]
    public async Task A_server_that_was_killed_is_heard_again_from_where_it_stopped()
    {
        await DeliverAsync(1);
        await _bench.NextPostAsync();
        await _dovecot.StopAsync(kill: true);

        var dark = await Assert.ThrowsAnyAsync<ChannelException>(() => _bench.NextAsync(poll: true));
        Assert.Contains("Nothing answers", dark.Message);
        Assert.False(dark.NeedsOperator);

        await _dovecot.StartAgainAsync();
        await DeliverAsync(2);
        Assert.Equal("order-2@example.org", (await _bench.NextPostAsync()).Key.Id);
    }

    [Fact]
    public async Task A_server_that_came_back_between_two_polls_is_not_even_missed()
    {
        await DeliverAsync(1);
        await _bench.NextPostAsync();
        await _dovecot.StopAsync(kill: true);
        await _dovecot.StartAgainAsync();
        await DeliverAsync(2);

        Assert.Equal("order-2@example.org", (await _bench.NextPostAsync(poll: true)).Key.Id);
    }

    [Fact]
    public async Task A_folder_numbered_anew_brings_only_what_is_new()
    {
        await DeliverAsync(1);
        await DeliverAsync(2);
        await _bench.NextAsync();
        await _dovecot.StopAsync(kill: false);
        _dovecot.NumberAnew();
        await _dovecot.StartAgainAsync();
        await DeliverAsync(3);

        Assert.Equal("order-3@example.org", (await _bench.NextPostAsync(poll: true)).Key.Id);
        Assert.Equal(0, (await _bench.NextAsync(poll: true)).Count);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once()
    {
        _bench.Options = _bench.Options with { Password = "wrong guess" };

        var refused = await Assert.ThrowsAnyAsync<ChannelException>(() => _bench.NextAsync());

        Assert.True(refused.NeedsOperator);
        Assert.Contains("app password", refused.Message);
        Assert.DoesNotContain("wrong guess", refused.ToString());
        await Until.TrueAsync(() => Mismatches() > 0);
        Assert.Equal(1, Mismatches());

        // Dovecot may answer before it has written the line.
        int Mismatches() => _dovecot.LogText.Split('\n').Count(line => line.Contains("Password mismatch"));
    }

    [Fact]
    public async Task An_unknown_folder_is_named_beside_those_that_exist()
    {
        _bench.Options = _bench.Options with { Folder = "Komplaints" };

        var error = await Assert.ThrowsAnyAsync<ChannelException>(() => _bench.NextAsync());

        Assert.True(error.NeedsOperator);
        Assert.Contains("Komplaints", error.Message);
        Assert.Contains("INBOX", error.Message);
        Assert.Contains("Beschwerden/Gelöscht", error.Message);
    }

    [Fact]
    public async Task A_folder_with_letters_beyond_ascii_is_opened()
    {
        _bench.Options = _bench.Options with { Folder = "Beschwerden/Gelöscht" };

        Assert.Equal(0, (await _bench.NextAsync()).Count);
    }

    [Fact]
    public async Task A_certificate_that_is_not_the_pinned_one_is_refused()
    {
        _bench.Options = _bench.Options with { CertificateSha256 = new string('A', 64) };

        var error = await Assert.ThrowsAnyAsync<ChannelException>(() => _bench.NextAsync());

        Assert.True(error.NeedsOperator);
        Assert.Contains(_dovecot.CertificateSha256, error.Message);
        Assert.DoesNotContain("Login", _dovecot.LogText);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_with_its_fingerprint()
    {
        _bench.Options = _bench.Options with { CertificateSha256 = null, Host = "localhost" };

        var error = await Assert.ThrowsAnyAsync<ChannelException>(() => _bench.NextAsync());

        Assert.Contains("vouched for by nobody", error.Message);
        Assert.Contains(_dovecot.CertificateSha256, error.Message);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused()
    {
        _bench.Options = _bench.Options with { CertificateSha256 = null };

        var error = await Assert.ThrowsAnyAsync<ChannelException>(() => _bench.NextAsync());

        Assert.Contains("another name than 127.0.0.1", error.Message);
    }

    [Fact]
    public async Task A_certificate_that_has_run_out_is_refused()
    {
        await using var expired = new LocalDovecot { CertificateLife = TimeSpan.FromDays(-1) };
        await expired.StartAsync();
        await using var bench = new MailBench(expired);
        bench.Options = bench.Options with { CertificateSha256 = null };

        var error = await Assert.ThrowsAnyAsync<ChannelException>(() => bench.NextAsync());

        Assert.True(error.NeedsOperator);
        Assert.Contains("has run out", error.Message);
    }

    [Fact]
    public async Task A_host_that_nobody_knows_is_named()
    {
        _bench.Options = _bench.Options with { Host = "imap.acme.invalid" };

        var error = await Assert.ThrowsAnyAsync<ChannelException>(() => _bench.NextAsync());

        Assert.Contains("name imap.acme.invalid", error.Message);
        Assert.False(error.NeedsOperator);
    }

    [Fact]
    public async Task A_port_without_tls_is_told_of()
    {
        await using var plain = new LocalImap();
        _bench.Options = _bench.Options with { Port = plain.Port };

        Assert.Contains("No TLS", (await Assert.ThrowsAnyAsync<ChannelException>(() => _bench.NextAsync())).Message);
    }

    [Fact]
    public async Task The_first_contact_goes_a_day_back_and_is_one_even_when_it_is_interrupted()
    {
        var now = TimeProvider.System.GetUtcNow();
        await DeliverAsync(0);
        _dovecot.Put([Encoding.UTF8.GetBytes(Letter(-1))], now.AddDays(-4));
        _dovecot.Put(Enumerable.Range(1, 70).Select(n => Encoding.UTF8.GetBytes(Letter(n))), now.AddHours(-2));

        var first = await _bench.NextAsync();
        await _bench.StopAsync();
        var second = await _bench.NextAsync();
        await DeliverAsync(71);
        var third = await _bench.NextAsync(poll: true);

        Assert.Equal((true, true, false), (first.FirstContact, second.FirstContact, third.FirstContact));
        Assert.Equal((50, 21, 1), (first.Count, second.Count, third.Count));
        Assert.DoesNotContain(MailBench.Posts(first).Concat(MailBench.Posts(second)), post => post.Key.Id == "order--1@example.org");
    }

    [Fact]
    public async Task A_big_attachment_is_not_downloaded()
    {
        await using var relay = new TcpRelay(_dovecot.Port);
        _bench.Options = _bench.Options with { Port = relay.Port };
        var attachment = Convert.ToBase64String(new byte[6_000_000], Base64FormattingOptions.InsertLineBreaks);
        await _dovecot.DeliverAsync($"From: mia@example.org\nSubject: photo\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\nContent-Type: text/plain\n\nIt is broken, see the photo.\n--bb\nContent-Type: image/jpeg; name=a.jpg\nContent-Transfer-Encoding: base64\n\n{attachment}\n--bb--\n");

        Assert.Equal("It is broken, see the photo.", (await _bench.NextPostAsync()).Text);
        Assert.InRange(relay.ToClient, 1, 5000);
    }

    [Fact]
    public async Task Of_a_book_only_the_beginning_is_downloaded()
    {
        await using var relay = new TcpRelay(_dovecot.Port);
        _bench.Options = _bench.Options with { Port = relay.Port };
        await _dovecot.DeliverAsync($"From: mia@example.org\nSubject: book\n\n{string.Concat(Enumerable.Repeat("All is broken. And so on.\n", 200_000))}");

        var post = await _bench.NextPostAsync();

        Assert.StartsWith("All is broken.", post.Text);
        Assert.InRange(post.Text.Length, 10_000, 20_000);
        Assert.InRange(relay.ToClient, 65_536, 90_000);
    }

    [Fact]
    public async Task Check_says_folder_and_number_of_messages()
    {
        await DeliverAsync(1);

        var found = await MailChannel.SignInAsync(_bench.Context, _bench.Options, CancellationToken.None);

        Assert.Contains("INBOX holds 1 message", found);
    }

    [Fact]
    public async Task Nothing_in_the_mailbox_is_changed()
    {
        await DeliverAsync(1);
        await _bench.NextPostAsync();
        await _bench.StopAsync();
        await _dovecot.StopAsync(kill: false);

        Assert.DoesNotContain(Directory.GetFiles(_dovecot.Maildir, "*", SearchOption.AllDirectories), file => Path.GetFileName(file).EndsWith('S'));
    }
}
