using System.Text;
using ListeningBot.Channels.Mail;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>Servers that do what Dovecot does not.</summary>
public sealed class OddServerTests : IAsyncLifetime
{
    private readonly LocalImap _server = new();
    private TimeProvider _time = TimeProvider.System;
    private MailOptions _options = null!;

    public ValueTask InitializeAsync()
    {
        _options = new MailOptions { Host = "127.0.0.1", Port = _server.Port, Security = MailSecurity.None, User = "care@acme.example", Password = "pä55 \"word\"", Patience = TimeSpan.FromSeconds(20) };
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Reads until nothing new comes.</summary>
    private async Task<List<PostBatch>> ReadAsync(Cursor? since = null)
    {
        using var web = new WebReader(new Configuration.HttpSettings(), _time);
        var context = new ListeningBot.Channels.ChannelContext("inbox", web, _time, NullLoggerFactory.Instance, (_, _) => Task.CompletedTask);
        var batches = new List<PostBatch>();
        await foreach (var batch in new MailChannel(context, _options).ReadAsync(since, WatchSet.Build([], Ours.Nobody), CancellationToken.None))
        {
            batches.Add(batch);
            if (batch.Count + batch.Aside.Count == 0 || batches.Count == 300)
            {
                break;
            }
        }
        return batches;
    }

    private static List<string> Titles(IEnumerable<PostBatch> batches) => [.. batches.SelectMany(MailBench.Posts).Select(p => p.Title!)];

    private void Put(params uint[] uids)
    {
        foreach (var uid in uids)
        {
            _server.Letters[uid] = $"text {uid}";
        }
    }

    private async Task<ChannelException> FailsAsync() => await Assert.ThrowsAnyAsync<ChannelException>(() => ReadAsync());

    [Theory]
    [InlineData("IMAP4rev1 AUTH=PLAIN SASL-IR", "AUTHENTICATE PLAIN AGNhcmVAYWNtZS5leGFtcGxlAHDDpDU1ICJ3b3JkIg==")]
    [InlineData("IMAP4rev1 auth=plain", "AUTHENTICATE PLAIN AGNhcmVAYWNtZS5leGFtcGxlAHDDpDU1ICJ3b3JkIg==")]
    [InlineData("IMAP4rev1", "LOGIN {17} care@acme.example {12} p\u00C3\u00A455 \"word\"")]
    [InlineData("IMAP4rev1 LITERAL-", "LOGIN {17+} care@acme.example {12+} p\u00C3\u00A455 \"word\"")]
    [InlineData("IMAP4rev1 LOGINDISABLED AUTH=LOGIN", "AUTHENTICATE LOGIN Y2FyZUBhY21lLmV4YW1wbGU= cMOkNTUgIndvcmQi")]
    public async Task Signs_in_by_the_way_that_the_server_offers(string capabilities, string command)
    {
        _server.Capabilities = capabilities;
        Put(1);

        Assert.Equal(["letter 1"], Titles(await ReadAsync()));
        Assert.Equal(command, _server.Commands[1]);
    }

    [Fact]
    public async Task Capabilities_that_are_told_unasked_are_not_asked_for_again()
    {
        _server.Greeting = "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hello";
        _server.Instead = command => command.StartsWith("AUTHENTICATE", StringComparison.Ordinal) ? "TAG OK [CAPABILITY IMAP4rev1 UIDPLUS] welcome\r\n" : null;
        await ReadAsync();
        Assert.DoesNotContain("CAPABILITY", _server.Commands);
    }

    [Fact]
    public async Task One_who_is_known_already_need_not_sign_in()
    {
        _server.Greeting = "* PREAUTH welcome";
        await ReadAsync();
        Assert.DoesNotContain(_server.Commands, command => command.StartsWith("AUTHENTICATE", StringComparison.Ordinal) || command.StartsWith("LOGIN", StringComparison.Ordinal));
        Assert.Contains("EXAMINE \"INBOX\"", _server.Commands);
    }

    [Fact]
    public async Task A_server_that_takes_no_passwords_is_told_of_with_what_it_offers()
    {
        _server.Capabilities = "IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2";
        var error = await FailsAsync();
        Assert.True(error.NeedsOperator);
        Assert.Contains("XOAUTH2", error.Message);
        Assert.Equal(["CAPABILITY"], _server.Commands);
    }

    [Theory]
    [InlineData("NO [AUTHENTICATIONFAILED] bad pä55 \"word\"", true)]
    [InlineData("NO [UNAVAILABLE] later", false)]
    [InlineData("NO [LIMIT] too many connections", false)]
    [InlineData("BAD what", true)]
    [InlineData("BAD unknown: AUTHENTICATE PLAIN AGNhcmVAYWNtZS5leGFtcGxlAHDDpDU1ICJ3b3JkIg==", true)]
    public async Task A_refused_sign_in_is_tried_once_and_never_repeats_the_password(string refusal, bool needsOperator)
    {
        _server.Instead = command => command.StartsWith("AUTHENTICATE", StringComparison.Ordinal) ? $"TAG {Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(refusal))}\r\n" : null;
        var error = await FailsAsync();
        Assert.Equal(needsOperator, error.NeedsOperator);
        Assert.DoesNotContain("word\"", error.Message);
        Assert.DoesNotContain("AGNhcm", error.Message);
        Assert.Single(_server.Commands, c => c.StartsWith("AUTHENTICATE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request")]
    [InlineData("220 smtp.example ESMTP")]
    [InlineData("SSH-2.0-x")]
    public async Task Another_service_on_the_port_is_recognised(string greeting)
    {
        _server.Greeting = greeting;
        Assert.Contains("does not speak IMAP", (await FailsAsync()).Message);
    }

    [Fact]
    public async Task A_server_that_says_goodbye_is_quoted()
    {
        _server.Greeting = "* BYE closed for\x07 repairs";
        Assert.Contains("\"closed for repairs\"", (await FailsAsync()).Message);
    }

    [Fact]
    public async Task One_letter_that_the_server_refuses_to_describe_hides_no_other()
    {
        Put(1, 2, 3, 4);
        _server.Instead = command => command.Contains("ENVELOPE") && (command.Contains("1:4") || command.Contains("FETCH 3 ")) ? $"{(command.Contains("1:4") ? _server.Head(1) : "")}TAG NO [SERVERBUG] oops\r\n" : null;

        var batches = await ReadAsync();

        Assert.Equal(["letter 1", "letter 2", "letter 4"], Titles(batches));
        Assert.Contains("uid 3", Assert.Single(batches.SelectMany(b => b.Aside)).What);
    }

    /// <summary>Its disk is ill, say: letters by the dozen would be kept aside and never read.</summary>
    [Theory]
    [InlineData("ENVELOPE")]
    [InlineData("BODY.PEEK[1]")]
    public async Task A_server_that_refuses_every_letter_is_asked_again_later(string what)
    {
        Put(1, 2, 3);
        _server.Instead = command => command.Contains(what) ? "TAG NO [SERVERBUG] oops\r\n" : null;

        Assert.Contains("oops", (await FailsAsync()).Message);
        _server.Instead = _ => null;

        Assert.Equal(["text 1", "text 2", "text 3"], (await ReadAsync()).SelectMany(MailBench.Posts).Select(p => p.Text));
    }

    [Theory]
    [InlineData("* 2 FETCH (UID 2 ENVELOPE ((((\r\n")]
    [InlineData("* 2 FETCH (UID 2 ENVELOPE {3000000}\r\nBIG)\r\n")]
    public async Task One_letter_whose_description_makes_no_sense_hides_no_other(string nonsense)
    {
        Put(1, 2, 3);
        var big = nonsense.Replace("BIG", new string('x', 3_000_000), StringComparison.Ordinal);
        _server.Instead = command => !command.Contains("ENVELOPE") ? null : command.Contains("1:3") ? $"{_server.Head(1)}{big}{_server.Head(3)}TAG OK\r\n" : $"{big}TAG OK\r\n";

        var batches = await ReadAsync();

        Assert.Equal(["letter 1", "letter 3"], Titles(batches));
        Assert.Contains("uid 2", Assert.Single(batches.SelectMany(b => b.Aside)).What);
    }

    [Fact]
    public async Task A_letter_that_breaks_the_connection_is_found_and_passed_over()
    {
        Put([.. Enumerable.Range(1, 60).Select(n => (uint)n)]);
        _server.Instead = command => command.Contains("ENVELOPE") && Covers(command.Split(' ')[2], 17) ? "" : null;

        var batches = await ReadAsync();

        Assert.Equal(Enumerable.Range(1, 60).Where(n => n != 17).Select(n => $"letter {n}"), Titles(batches));
        Assert.Contains("uid 17", Assert.Single(batches.SelectMany(b => b.Aside)).What);
    }

    private static bool Covers(string set, uint uid) => set.Split(',').Select(run => run.Split(':')).Any(ends => uint.Parse(ends[0]) <= uid && uid <= uint.Parse(ends[^1]));

    [Fact]
    public async Task A_line_that_breaks_at_every_letter_costs_none()
    {
        Put(1, 2, 3);
        var breaks = 0;
        _server.Instead = command => command.Contains("ENVELOPE") && breaks++ < 100 ? "" : null;
        await FailsAsync();
        await FailsAsync();
        breaks = 100;

        Assert.Equal(["letter 1", "letter 2", "letter 3"], Titles(await ReadAsync()));
    }

    [Fact]
    public async Task A_line_that_was_bad_for_a_moment_costs_no_letter()
    {
        Put(1, 2, 3);
        var breaks = 0;
        _server.Instead = command => command.Contains("ENVELOPE") && breaks++ < 3 ? "" : null;

        var batches = await ReadAsync();

        Assert.Equal(["letter 1", "letter 2", "letter 3"], Titles(batches));
        Assert.Empty(batches.SelectMany(b => b.Aside));
    }

    [Fact]
    public async Task Letters_that_are_gone_meanwhile_are_no_fault()
    {
        Put(1, 2);
        _server.Instead = command => command.Contains("ENVELOPE") ? $"* 3 EXPUNGE\r\n* 1 FETCH (FLAGS (\\Seen))\r\n{_server.Head(2)}* 9 EXISTS\r\n* 2 FETCH (UID 99 FLAGS ())\r\nTAG OK\r\n" : null;
        Assert.Equal(["letter 2"], Titles(await ReadAsync()));
    }

    [Fact]
    public async Task A_server_that_always_shows_the_last_letter_doubles_nothing()
    {
        Put(1, 2);
        var read = await ReadAsync();
        _server.Letters[3] = "new";
        _server.Instead = command => command.StartsWith("UID SEARCH", StringComparison.Ordinal) ? "* SEARCH 3 2 1 2\r\nTAG OK\r\n" : null;

        Assert.Equal(["letter 3"], Titles(await ReadAsync(read[^1].Next)));
    }

    [Fact]
    public async Task The_newer_form_of_search_answers_is_read()
    {
        Put(1, 2, 5);
        _server.Instead = command => command.StartsWith("UID SEARCH", StringComparison.Ordinal) ? "* ESEARCH (TAG \"L1\") UID ALL 1:2,5\r\nTAG OK\r\n" : null;
        Assert.Equal(["letter 1", "letter 2", "letter 5"], Titles(await ReadAsync()).Take(3));
    }

    [Fact]
    public async Task A_server_that_does_not_tell_the_next_uid_is_asked_for_the_last()
    {
        Put(1, 8);
        _server.Instead = command => command.StartsWith("EXAMINE", StringComparison.Ordinal) ? "* 2 EXISTS\r\n* OK [UIDVALIDITY 7]\r\nTAG OK\r\n" : null;
        var read = await ReadAsync();
        Put(9);

        Assert.Equal(["letter 1", "letter 8"], Titles(read));
        Assert.Equal(["letter 9"], Titles(await ReadAsync(read[^1].Next)));
    }

    [Fact]
    public async Task A_letter_whose_text_is_refused_still_comes_with_its_subject()
    {
        Put(1);
        _server.Instead = command => command.Contains("BODY.PEEK[1]") ? "TAG NO not now\r\n" : null;
        var post = Assert.Single((await ReadAsync()).SelectMany(MailBench.Posts));
        Assert.Equal(("letter 1", ""), (post.Title, post.Text));
    }

    [Fact]
    public async Task A_text_that_the_server_refuses_takes_no_other_letters_text_away()
    {
        Put(1, 2, 3);
        _server.Instead = command => command.Contains("BODY.PEEK[1]") && Covers(command.Split(' ')[2], 2) ? "TAG NO [SERVERBUG] oops\r\n" : null;

        Assert.Equal(["text 1", "", "text 3"], (await ReadAsync()).SelectMany(MailBench.Posts).Select(p => p.Text));
    }

    [Fact]
    public async Task A_letter_that_is_described_by_half_is_kept_aside_and_not_passed_over()
    {
        Put(1, 2, 3);
        _server.Instead = command => command.Contains("ENVELOPE") && Covers(command.Split(' ')[2], 2)
            ? $"{(Covers(command.Split(' ')[2], 1) ? _server.Head(1) : "")}* 2 FETCH (UID 2 INTERNALDATE \"02-Nov-2026 09:00:00 +0000\" ENVELOPE NIL BODYSTRUCTURE NIL BODY[HEADER.FIELDS (X)] \"\")\r\n{(Covers(command.Split(' ')[2], 3) ? _server.Head(3) : "")}TAG OK\r\n" : null;

        var batches = await ReadAsync();

        Assert.Equal(["letter 1", "letter 3"], Titles(batches));
        Assert.Contains("uid 2", Assert.Single(batches.SelectMany(b => b.Aside)).What);
    }

    [Fact]
    public async Task A_folder_that_was_put_back_to_an_earlier_state_is_looked_through_again()
    {
        Put(1, 2, 40);
        var read = await ReadAsync();
        _server.Letters.Remove(40);
        Put(3);

        Assert.Equal(["letter 3"], Titles(await ReadAsync(read[^1].Next)));
    }

    [Fact]
    public async Task Headers_that_are_too_much_together_are_read_one_by_one()
    {
        Put(1, 2, 3);
        var much = new string('x', 70 * 1024 * 1024);
        _server.Instead = command => !command.Contains("ENVELOPE") || !Covers(command.Split(' ')[2], 2) ? null
            : Covers(command.Split(' ')[2], 1) ? $"* 1 FETCH (UID 1 X {much}\r\n* 2 FETCH (UID 2 X {much})\r\nTAG OK\r\n" : $"* 2 FETCH (UID 2 X {much})\r\nTAG OK\r\n";

        var batches = await ReadAsync();

        Assert.Equal(["letter 1", "letter 3"], Titles(batches));
        Assert.Contains("uid 2", Assert.Single(batches.SelectMany(b => b.Aside)).What);
    }

    [Theory]
    [InlineData("IMAP4rev1 AUTH=PLAIN SASL-IR", "TAG NO no: cMOkNTUgIndvcmQi\r\n")]
    [InlineData("IMAP4rev1 AUTH=PLAIN SASL-IR", "* BYE no: AUTHENTICATE PLAIN AGNhcmVAYWNtZS5leGFtcGxlAHDDpDU1ICJ3b3JkIg==\r\n")]
    [InlineData("IMAP4rev1 LOGINDISABLED AUTH=LOGIN", "TAG NO no: Y2FyZUBhY21lLmV4YW1wbGU= cMOkNTUgIndvcmQi\r\n")]
    [InlineData("IMAP4rev1 LOGINDISABLED AUTH=LOGIN", "* BYE no: cMOkNTUgIndvcmQi\r\n")]
    [InlineData("IMAP4rev1", "* BYE no: LOGIN care@acme.example p\u00C3\u00A455 \"word\"\r\n")]
    public async Task However_a_server_ends_a_sign_in_what_it_repeats_of_the_password_is_not_told(string capabilities, string refusal)
    {
        _server.Capabilities = capabilities;
        _server.Instead = command => command.StartsWith("AUTHENTICATE", StringComparison.Ordinal) || command.StartsWith("LOGIN", StringComparison.Ordinal) ? refusal : null;

        var said = (await FailsAsync()).ToString();

        Assert.Contains("no: ", said);
        Assert.DoesNotContain("word\"", said);
        Assert.DoesNotContain("AGNhcm", said);
        Assert.DoesNotContain("cMOkNTU", said);
    }

    [Theory]
    [InlineData("ENVELOPE")]
    [InlineData("BODY.PEEK[1]")]
    public async Task Letters_that_the_server_can_not_give_just_now_are_read_later(string what)
    {
        Put(1, 2, 3);
        _server.Instead = command => command.Contains(what) ? "TAG NO [UNAVAILABLE] the storage is being moved\r\n" : null;
        var error = await FailsAsync();
        _server.Instead = _ => null;

        Assert.False(error.NeedsOperator);
        Assert.Contains("being moved", error.Message);
        Assert.Equal(["text 1", "text 2", "text 3"], (await ReadAsync()).SelectMany(MailBench.Posts).Select(p => p.Text));
    }

    [Fact]
    public async Task Silence_ends_with_the_patience_by_the_clock()
    {
        var clock = new ManualClock();
        _time = clock;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Instead = command =>
        {
            if (!command.StartsWith("EXAMINE", StringComparison.Ordinal))
            {
                return null;
            }
            asked.SetResult();
            return "* 1 EXISTS\r\n";
        };
        var reading = FailsAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

        clock.Advance(_options.Patience);

        Assert.Contains("did not answer within 20 s (EXAMINE)", (await reading.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System)).Message);
    }
}
