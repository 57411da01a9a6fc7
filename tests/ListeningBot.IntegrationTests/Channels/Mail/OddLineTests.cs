using System.Collections.Concurrent;
using System.Text;
using ListeningBot.Channels;
using ListeningBot.Channels.Mail;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>Lines that are tampered with, and servers that push oddly or not at all.</summary>
public sealed class OddLineTests : IAsyncLifetime
{
    private readonly LocalImap _server = new() { Capabilities = "IMAP4rev1 AUTH=PLAIN SASL-IR IDLE" };
    private readonly System.Threading.Channels.Channel<bool> _polls = System.Threading.Channels.Channel.CreateUnbounded<bool>();
    private readonly CancellationTokenSource _end = new(TimeSpan.FromMinutes(1));
    private readonly WebReader _web = new(new HttpSettings(), TimeProvider.System);
    private readonly List<TimeSpan> _pauses = [];
    private IAsyncEnumerator<PostBatch>? _reading;
    private MailOptions _options = null!;

    public ValueTask InitializeAsync()
    {
        _options = new MailOptions { Host = "127.0.0.1", Port = _server.Port, Security = MailSecurity.None, User = "care@acme.example", Password = "correct", Patience = TimeSpan.FromSeconds(20) };
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_reading is not null)
        {
            await _reading.DisposeAsync();
        }
        await _server.DisposeAsync();
        _web.Dispose();
        _end.Dispose();
    }

    private async Task<PostBatch> NextAsync(bool poll = false)
    {
        if (poll)
        {
            await _polls.Writer.WriteAsync(true);
        }
        var context = new ChannelContext("inbox", _web, TimeProvider.System, NullLoggerFactory.Instance, async (pause, ct) =>
        {
            _pauses.Add(pause);
            await _polls.Reader.ReadAsync(ct);
        });
        _reading ??= new MailChannel(context, _options).ReadAsync(null, WatchSet.Build([], Ours.Nobody), _end.Token).GetAsyncEnumerator(_end.Token);
        Assert.True(await _reading.MoveNextAsync());
        return _reading.Current;
    }

    private Task<ChannelException> FailsAsync() => Assert.ThrowsAnyAsync<ChannelException>(() => NextAsync());

    private int Times(string command) => _server.Commands.Count(c => c.StartsWith(command, StringComparison.Ordinal));

    private void Put(uint uid) => _server.Letters[uid] = $"text {uid}";

    [Theory]
    [InlineData("TAG NO not here\r\n", "refused STARTTLS: \"not here\"")]
    [InlineData("TAG BAD what\r\n", "refused STARTTLS")]
    [InlineData("TAG OK begin\r\n* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] welcome\r\n", "went on speaking without TLS")]
    [InlineData("TAG OK begin\r\n", "No TLS")]
    [InlineData("* BYE no\r\n", "ended the connection")]
    public async Task Nothing_is_ever_said_without_tls_that_needs_it(string answer, string says)
    {
        _options = _options with { Security = MailSecurity.StartTls, Patience = TimeSpan.FromSeconds(5) };
        _server.Instead = command => command == "STARTTLS" ? answer : command.Length > 40 || !command.Contains(' ') ? "" : null;

        Assert.Contains(says, (await FailsAsync()).Message);
        Assert.Equal("STARTTLS", _server.Commands[0]);
        Assert.DoesNotContain(_server.Commands, command => command.Contains("correct", StringComparison.Ordinal) || command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_starttls_a_port_that_says_nothing_is_told_as_one_that_may_want_tls_from_the_first_byte()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        _options = _options with { Security = MailSecurity.StartTls, Port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port, Patience = TimeSpan.FromMilliseconds(300) };

        Assert.Contains("has STARTTLS (143 has; 993 wants Security Tls)", (await FailsAsync()).Message);
    }

    [Fact]
    public async Task Who_is_said_to_be_signed_in_before_tls_is_not_believed()
    {
        _options = _options with { Security = MailSecurity.StartTls };
        _server.Greeting = "* PREAUTH [CAPABILITY IMAP4rev1] welcome";

        Assert.Contains("Nothing was sent without TLS", (await FailsAsync()).Message);
        Assert.Empty(_server.Commands);
    }

    [Fact]
    public async Task Letters_are_told_of_in_idle_whatever_else_is_said_there()
    {
        await NextAsync();
        _server.Instead = command => command == "IDLE" && Times("IDLE") == 1 ? "* 4 FETCH (FLAGS (\\Seen))\r\n+ idling\r\n* OK Still here\r\n* 2 EXPUNGE\r\nnonsense\r\n" + Later(1) : null;

        Assert.Equal("letter 1", Assert.Single(MailBench.Posts(await NextAsync())).Title);
        Assert.Equal(1, Times("DONE"));

        string Later(uint uid)
        {
            Put(uid);
            return "* 1 EXISTS\r\n";
        }
    }

    [Fact]
    public async Task A_letter_told_of_while_others_were_read_is_not_waited_for()
    {
        Put(1);
        _server.Instead = command =>
        {
            if (!command.Contains("ENVELOPE", StringComparison.Ordinal) || _server.Letters.Count > 1)
            {
                return null;
            }
            Put(2);
            return $"{_server.Head(1)}* 2 EXISTS\r\nTAG OK\r\n";
        };

        Assert.Equal("letter 1", Assert.Single(MailBench.Posts(await NextAsync())).Title);
        Assert.Equal("letter 2", Assert.Single(MailBench.Posts(await NextAsync())).Title);
        Assert.Equal(0, Times("IDLE"));
    }

    [Theory]
    [InlineData("TAG NO not for you\r\n")]
    [InlineData("TAG BAD what is that\r\n")]
    public async Task A_server_that_refuses_idle_is_asked_from_time_to_time(string refusal)
    {
        _server.Instead = command => command == "IDLE" ? refusal : null;
        await NextAsync();
        Put(1);

        Assert.Equal("letter 1", Assert.Single(MailBench.Posts(await NextAsync(poll: true))).Title);
        Assert.Equal(0, (await NextAsync(poll: true)).Count);
        Assert.Equal(1, Times("IDLE"));
        Assert.Equal([MailOptions.Renewal, _options.Every], _pauses);
    }

    [Fact]
    public async Task A_server_without_idle_is_asked_from_time_to_time()
    {
        _server.Capabilities = "IMAP4rev1 AUTH=PLAIN SASL-IR";
        await NextAsync();
        Put(1);

        Assert.Equal("letter 1", Assert.Single(MailBench.Posts(await NextAsync(poll: true))).Title);
        Assert.Equal(0, Times("IDLE"));
        Assert.Equal([_options.Every], _pauses);
    }

    [Fact]
    public async Task A_server_that_ends_idle_by_itself_loses_nothing()
    {
        _server.Instead = command => command == "IDLE" && Times("IDLE") == 1 ? "+ idling\r\n" + Ended() : null;
        await NextAsync();

        Assert.Equal("letter 1", Assert.Single(MailBench.Posts(await NextAsync())).Title);
        Assert.Equal(0, Times("DONE"));

        string Ended()
        {
            Put(1);
            return "TAG OK idled long enough\r\n";
        }
    }

    [Fact]
    public async Task A_server_that_always_speaks_of_news_is_not_asked_in_circles()
    {
        _server.Instead = command => command == "IDLE" ? "+ idling\r\n* 0 EXISTS\r\n" : null;
        var began = TimeProvider.System.GetTimestamp();
        for (var round = 0; round < 6; round++)
        {
            Assert.Equal(0, (await NextAsync()).Count);
        }

        // Half of 0.2 + 0.4 + 0.8 + 1.6 s at least.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task A_server_that_closes_whenever_it_is_waited_for_is_asked_from_time_to_time()
    {
        _server.Instead = command => command == "IDLE" ? "" : null;
        await NextAsync();
        await NextAsync();
        await NextAsync();
        await NextAsync();
        Put(1);

        Assert.Equal("letter 1", Assert.Single(MailBench.Posts(await NextAsync(poll: true))).Title);
        Assert.Equal(3, Times("IDLE"));
    }

    [Fact]
    public async Task A_server_that_does_not_end_its_telling_is_not_signed_in_to_in_circles()
    {
        var clock = new ManualClock();
        var context = new ChannelContext("inbox", _web, clock, NullLoggerFactory.Instance, (_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct));
        _server.Instead = command => command == "DONE" ? "* OK not yet\r\n" : null;
        await using var reading = new MailChannel(context, _options).ReadAsync(null, WatchSet.Build([], Ours.Nobody), _end.Token).GetAsyncEnumerator(_end.Token);
        for (var round = 0; round < 4; round++)
        {
            var next = reading.MoveNextAsync().AsTask();
            await Until.TrueAsync(() => next.IsCompleted, clock);
            Assert.True(await next);
        }
        var waiting = reading.MoveNextAsync().AsTask();
        await Until.TrueAsync(() => Times("NOOP") == 3, clock);

        Assert.Equal((3, 4), (Times("IDLE"), Times("AUTHENTICATE")));
        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_line_that_was_bad_for_a_while_is_waited_on_again_ten_minutes_later()
    {
        var clock = new ManualClock();
        var context = new ChannelContext("inbox", _web, clock, NullLoggerFactory.Instance, (pause, ct) =>
        {
            if (Times("IDLE") < 3)
            {
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            }
            clock.Advance(pause);
            return Task.CompletedTask;
        });
        _server.Instead = command => command == "IDLE" && Times("IDLE") <= 3 ? "" : null;
        await using var reading = new MailChannel(context, _options).ReadAsync(null, WatchSet.Build([], Ours.Nobody), _end.Token).GetAsyncEnumerator(_end.Token);
        while (Times("IDLE") < 4)
        {
            var next = reading.MoveNextAsync().AsTask();
            await Until.TrueAsync(() => next.IsCompleted, clock);
            Assert.True(await next);
            Assert.InRange(clock.GetUtcNow() - ManualClock.Start, TimeSpan.Zero, TimeSpan.FromMinutes(12));
        }

        Assert.InRange(clock.GetUtcNow() - ManualClock.Start, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(12));
    }

    [Fact]
    public async Task A_folder_beside_the_inbox_is_opened_only_when_something_came()
    {
        _options = _options with { Folders = ["Other"], ReadSent = false };
        Put(1);
        await NextAsync();
        await NextAsync();
        await NextAsync(poll: true);
        await NextAsync(poll: true);
        Assert.Equal((1, 2), (Times("EXAMINE \"Other\""), Times("STATUS \"Other\"")));
        Put(2);

        Assert.Equal("letter 2", Assert.Single(MailBench.Posts(await NextAsync(poll: true))).Title);
        Assert.Equal("letter 2", Assert.Single(MailBench.Posts(await NextAsync())).Title);
        Assert.Equal(0, (await NextAsync(poll: true)).Count);
    }

    [Fact]
    public async Task Where_the_server_counts_changes_a_folder_without_any_is_left_alone()
    {
        _server.Capabilities += " CONDSTORE";
        _options = _options with { Folders = ["Other"], ReadSent = false };
        var changes = 5;
        _server.Instead = command =>
            command.StartsWith("EXAMINE", StringComparison.Ordinal) ? $"* {_server.Letters.Count} EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [HIGHESTMODSEQ {changes}]\r\nTAG OK\r\n"
            : command.StartsWith("STATUS", StringComparison.Ordinal) ? $"* STATUS Other (HIGHESTMODSEQ {changes} MESSAGES {_server.Letters.Count} UIDVALIDITY 7)\r\nTAG OK\r\n" : null;
        await NextAsync();
        await NextAsync(poll: true);
        await NextAsync(poll: true);
        Assert.Equal(1, Times("EXAMINE \"Other\" (CONDSTORE)"));
        (changes, _server.Letters[1]) = (6, "text 1");

        Assert.Single(MailBench.Posts(await NextAsync(poll: true)));
        Assert.Single(MailBench.Posts(await NextAsync()));
        Assert.Equal(2, Times("EXAMINE \"Other\" (CONDSTORE)"));
    }

    [Fact]
    public async Task A_server_that_takes_utf8_is_spoken_to_in_it()
    {
        _server.Capabilities += " ENABLE UTF8=ACCEPT SPECIAL-USE";
        _options = _options with { Folder = "Beschwerden ü" };
        Put(1);
        _server.Instead = command => command.StartsWith("LIST", StringComparison.Ordinal) ? Wire("* LIST (\\Sent) \"/\" \"Gesendet &- weg ü\"\r\nTAG OK\r\n")
            : command.Contains("ENVELOPE", StringComparison.Ordinal) ? Wire(_server.Head(1).Replace("letter 1", "Grüße 😡", StringComparison.Ordinal)) + "TAG OK\r\n" : null;

        Assert.Equal("Grüße 😡", Assert.Single(MailBench.Posts(await NextAsync())).Title);
        await NextAsync();

        Assert.Contains("ENABLE UTF8=ACCEPT", _server.Commands);
        Assert.Contains("LIST \"\" \"*\" RETURN (SPECIAL-USE)", _server.Commands);
        Assert.Contains(Wire("EXAMINE \"Beschwerden ü\""), _server.Commands);
        Assert.Contains(Wire("EXAMINE \"Gesendet &- weg ü\""), _server.Commands);

        static string Wire(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public async Task A_server_that_does_not_know_the_longer_list_is_asked_the_short_one()
    {
        _server.Capabilities += " SPECIAL-USE";
        _server.Instead = command => command == "LIST \"\" \"*\"" ? "* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent Items\"\r\nTAG OK\r\n" : command.StartsWith("LIST", StringComparison.Ordinal) ? "TAG BAD what\r\n" : null;
        await NextAsync();

        Assert.Contains("EXAMINE \"Sent Items\"", _server.Commands);
    }

    [Fact]
    public async Task A_letter_is_seen_when_it_is_described_not_when_its_text_has_come()
    {
        var clock = new ManualClock();
        Put(1);
        _server.Instead = command =>
        {
            if (command.Contains("BODY.PEEK[1]", StringComparison.Ordinal))
            {
                clock.Advance(TimeSpan.FromSeconds(7));
            }
            return null;
        };
        var context = new ChannelContext("inbox", _web, clock, NullLoggerFactory.Instance, (_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct));
        await using var reading = new MailChannel(context, _options).ReadAsync(null, WatchSet.Build([], Ours.Nobody), _end.Token).GetAsyncEnumerator(_end.Token);

        Assert.True(await reading.MoveNextAsync());

        Assert.Equal((1, ManualClock.Start, ManualClock.Start.AddSeconds(7)), (reading.Current.Count, reading.Current.SeenAt, clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_line_that_died_without_a_word_is_found_by_the_clock()
    {
        var clock = new ManualClock();
        var poll = new TaskCompletionSource();
        var context = new ChannelContext("inbox", _web, clock, NullLoggerFactory.Instance, (pause, ct) => _server.Commands.Contains("DONE") ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct) : poll.Task.WaitAsync(ct));
        _server.Instead = command => command == "DONE" && Times("DONE") == 1 ? "* OK nothing more is heard of this line\r\n" : null;
        await using var reading = new MailChannel(context, _options).ReadAsync(null, WatchSet.Build([], Ours.Nobody), _end.Token).GetAsyncEnumerator(_end.Token);
        await reading.MoveNextAsync();
        var next = reading.MoveNextAsync().AsTask();
        await Until.TrueAsync(() => Times("IDLE") == 1);
        Put(1);
        poll.SetResult();
        await Until.TrueAsync(() => Times("DONE") == 1);

        clock.Advance(TimeSpan.FromSeconds(3.5));
        Assert.False(next.IsCompleted);
        await Until.TrueAsync(() => next.IsCompleted, clock);

        Assert.True(await next);
        Assert.Equal("letter 1", Assert.Single(MailBench.Posts(reading.Current)).Title);
        Assert.InRange(clock.GetUtcNow() - ManualClock.Start, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(5, true)]
    public async Task Who_waits_asks_after_five_seconds_and_tells_of_a_server_that_does_not_answer_but_not_of_a_slow_one(int seconds, bool isTold)
    {
        var clock = new ManualClock();
        var told = new ConcurrentQueue<(TimeSpan After, string Why)>();
        var context = new ChannelContext("inbox", _web, clock, NullLoggerFactory.Instance, (_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct)) { Unheard = why => told.Enqueue((clock.GetUtcNow() - ManualClock.Start, why)) };
        _server.Instead = command =>
        {
            if (command == "DONE" && Times("DONE") == 1)
            {
                clock.Advance(TimeSpan.FromSeconds(seconds));
            }
            return null;
        };
        await using var reading = new MailChannel(context, _options).ReadAsync(null, WatchSet.Build([], Ours.Nobody), _end.Token).GetAsyncEnumerator(_end.Token);
        await reading.MoveNextAsync();
        var next = reading.MoveNextAsync().AsTask();

        await Until.TrueAsync(() => Times("DONE") == 1, clock);
        Assert.InRange(clock.GetUtcNow() - ManualClock.Start, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7 + seconds));
        await Until.TrueAsync(() => Times("IDLE") == 2 || next.IsCompleted, clock);

        Assert.Equal(isTold, told.Count == 1);
        Assert.All(told, one => Assert.InRange(one.After, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(10)));
        Assert.All(told, one => Assert.Contains("did not answer within 4 s (IDLE)", one.Why, StringComparison.Ordinal));
        Assert.Equal(isTold, next.IsCompleted);
        Assert.Equal(isTold ? 2 : 1, Times("AUTHENTICATE"));
        await _end.CancelAsync();
        if (!isTold)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        }
    }

    [Theory]
    [InlineData("IMAP4rev1 AUTH=PLAIN SASL-IR IDLE")]
    [InlineData("IMAP4rev1 AUTH=PLAIN SASL-IR")]
    public async Task A_server_that_takes_six_seconds_for_each_answer_is_slow_and_not_dead(string capabilities)
    {
        var clock = new ManualClock();
        var context = new ChannelContext("inbox", _web, clock, NullLoggerFactory.Instance, (_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct));
        _server.Capabilities = capabilities;
        _server.Instead = command =>
        {
            clock.Advance(TimeSpan.FromSeconds(6));
            if (command is not ("DONE" or "NOOP") || Times("DONE") + Times("NOOP") < 8)
            {
                return null;
            }
            Put(1);
            return "* 1 EXISTS\r\nTAG OK\r\n";
        };
        await using var reading = new MailChannel(context, _options).ReadAsync(null, WatchSet.Build([], Ours.Nobody), _end.Token).GetAsyncEnumerator(_end.Token);
        do
        {
            var next = reading.MoveNextAsync().AsTask();
            await Until.TrueAsync(() => next.IsCompleted, clock);
            Assert.True(await next);
        }
        while (reading.Current.Count == 0);

        Assert.Equal("letter 1", Assert.Single(MailBench.Posts(reading.Current)).Title);

        // Twice it was taken for dead; once more where this machine is slow too.
        Assert.InRange(Times("AUTHENTICATE"), 3, 4);
    }

    [Fact]
    public async Task A_command_that_takes_long_is_told_of_and_waited_for_all_the_same()
    {
        var clock = new ManualClock();
        var told = new ConcurrentQueue<string>();
        var context = new ChannelContext("inbox", _web, clock, NullLoggerFactory.Instance, (_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct)) { Unheard = told.Enqueue };
        Put(1);
        _server.Instead = command =>
        {
            clock.Advance(TimeSpan.FromSeconds(command.Contains("ENVELOPE", StringComparison.Ordinal) ? 9 : 3));
            return null;
        };
        await using var reading = new MailChannel(context, _options).ReadAsync(null, WatchSet.Build([], Ours.Nobody), _end.Token).GetAsyncEnumerator(_end.Token);

        await reading.MoveNextAsync();
        Assert.Equal("letter 1", Assert.Single(MailBench.Posts(reading.Current)).Title);
        Assert.Contains("did not answer within 8 s (UID FETCH)", Assert.Single(told), StringComparison.Ordinal);
        _server.Instead = _ => null;

        // Health is red until a batch: it comes, although there is nothing new.
        await reading.MoveNextAsync();
        Assert.Equal(0, reading.Current.Count);
        Assert.Equal(1, Times("AUTHENTICATE"));
    }

    [Fact]
    public async Task A_server_without_idle_tells_of_a_letter_when_it_is_asked_whether_it_is_there()
    {
        _server.Capabilities = "IMAP4rev1 AUTH=PLAIN SASL-IR";
        var clock = new ManualClock();
        var context = new ChannelContext("inbox", _web, clock, NullLoggerFactory.Instance, (_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct));
        _server.Instead = command =>
        {
            if (command != "NOOP" || Times("NOOP") < 2)
            {
                return null;
            }
            Put(1);
            return "* 1 EXISTS\r\nTAG OK\r\n";
        };
        await using var reading = new MailChannel(context, _options).ReadAsync(null, WatchSet.Build([], Ours.Nobody), _end.Token).GetAsyncEnumerator(_end.Token);
        await reading.MoveNextAsync();
        var next = reading.MoveNextAsync().AsTask();
        await Until.TrueAsync(() => next.IsCompleted, clock);

        Assert.Equal("letter 1", Assert.Single(MailBench.Posts(reading.Current)).Title);
        Assert.InRange(clock.GetUtcNow() - ManualClock.Start, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(14));
    }
}
