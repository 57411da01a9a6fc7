using ListeningBot.Channels;
using ListeningBot.Channels.Mail;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>Servers that push oddly, end it by themselves, or do not push at all.</summary>
public sealed partial class OddLineTests
{
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
}
