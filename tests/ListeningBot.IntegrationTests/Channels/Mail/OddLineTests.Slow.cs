using System.Collections.Concurrent;
using ListeningBot.Channels;
using ListeningBot.Channels.Mail;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>Servers that are slow, and lines that are dead: which of them it is, and when it is told.</summary>
public sealed partial class OddLineTests
{
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
