using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Hosting;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace ListeningBot.Tests.Hosting;

public sealed class RoomRunnerTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly HealthBoard _board = new(TimeProvider.System);
    private readonly RoomBells _bells = new(TimeProvider.System);
    private readonly Mock<INotifier> _chat = new(MockBehavior.Strict);
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task A_ring_brings_the_new_card_out_and_a_stop_ends_the_run()
    {
        _chat.Setup(chat => chat.PutAsync(It.IsAny<Room>(), It.IsAny<Card>(), null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Delivery.Delivered(new MessageRef("m1")));
        var run = Run();

        await OpenAsync();
        await UntilAsync(() => _board.Of("room care")?.Condition == Condition.Listening && _chat.Invocations.Count == 1);
        await _stop.CancelAsync();
        await run;

        _chat.VerifyAll();
    }

    [Fact]
    public async Task A_notifier_that_throws_stops_neither_the_room_nor_the_card()
    {
        _chat.SetupSequence(chat => chat.PutAsync(It.IsAny<Room>(), It.IsAny<Card>(), null, It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException("a fault of ours"))
            .ReturnsAsync(new Delivery.Delivered(new MessageRef("m1")));
        _chat.Setup(chat => chat.FindAsync(It.IsAny<Room>(), It.IsAny<Card>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>())).ReturnsAsync((MessageRef?)null);
        var run = Run();

        await OpenAsync();
        await UntilAsync(() => _chat.Invocations.Count == 3);
        await UntilAsync(() => _board.Of("room care")?.Condition == Condition.Listening);
        await _stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task A_blocked_room_is_shown_as_failing_with_the_cure()
    {
        _chat.Setup(chat => chat.PutAsync(It.IsAny<Room>(), It.IsAny<Card>(), null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Delivery.Blocked("the token is refused; reset it"));
        var run = Run();

        await OpenAsync();
        await UntilAsync(() => _board.Of("room care") is { Condition: Condition.Failing, Why: "the token is refused; reset it" });
        await _stop.CancelAsync();
        await run;

        Assert.False(_board.AllWell);
    }

    [Fact]
    public async Task A_room_that_shows_its_cards_and_takes_no_pings_is_shown_as_failing_too()
    {
        _chat.Setup(chat => chat.PutAsync(It.IsAny<Room>(), It.IsAny<Card>(), It.IsAny<MessageRef?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Delivery.Delivered(new MessageRef("m1")));
        _chat.Setup(chat => chat.PingAsync(It.IsAny<Room>(), It.IsAny<Ping>(), It.IsAny<CancellationToken>())).ReturnsAsync(new Delivery.Blocked("no replies without history"));
        await OpenAsync();
        await _temp.WriteAsync(tx => tx.WantPing(new CardKey("case:1", "care"), "unclaimed", "Nobody has claimed this", [], [], TimeProvider.System.GetUtcNow()));

        var run = Run();
        await UntilAsync(() => _board.Of("room care") is { Condition: Condition.Failing, Why: "no replies without history" });
        await _stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task What_comes_due_just_after_the_look_is_not_slept_over()
    {
        _chat.Setup(chat => chat.PutAsync(It.IsAny<Room>(), It.IsAny<Card>(), null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Delivery.Delivered(new MessageRef("m1")));
        await OpenAsync();
        var clock = new SteppingClock(TimeProvider.System.GetUtcNow());
        await _temp.WriteAsync(tx => tx.PutOffCard(new CardKey("case:1", "care"), clock.Start + TimeSpan.FromSeconds(2.5), lookFirst: false, "rate limit"));
        await _bells.WaitAsync("care", TimeSpan.FromSeconds(1), CancellationToken.None);

        var run = Run(clock);
        await UntilAsync(() => _chat.Invocations.Count == 1, TimeSpan.FromSeconds(15));
        await _stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task What_the_machine_before_put_off_by_a_clock_that_ran_ahead_is_shown_after_the_take_over()
    {
        _chat.Setup(chat => chat.FindAsync(It.IsAny<Room>(), It.IsAny<Card>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>())).ReturnsAsync((MessageRef?)null);
        _chat.Setup(chat => chat.PutAsync(It.IsAny<Room>(), It.IsAny<Card>(), null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Delivery.Delivered(new MessageRef("m1")));
        await OpenAsync();
        await _temp.WriteAsync(tx => tx.PutOffCard(new CardKey("case:1", "care"), TimeProvider.System.GetUtcNow().AddDays(1), lookFirst: false, "rate limit"));

        var run = Run(takenOver: true);
        await UntilAsync(() => _chat.Invocations.Any(call => call.Method.Name == nameof(INotifier.PutAsync)));
        await _stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task A_store_that_is_away_for_hours_is_told_now_and_then_and_not_at_each_try()
    {
        using var logs = new CollectedLogs();
        var (clock, tries) = (new ManualClock(), 0);
        var store = new Mock<IStore>();
        store.Setup(one => one.ReadAsync(It.IsAny<Func<IStoreView, It.IsAnyType>>(), It.IsAny<CancellationToken>())).Callback(() => Interlocked.Increment(ref tries)).Throws(new StoreException("the database is away"));
        var keeper = new CardKeeper(store.Object, new RoomDirectory(new Room("", "", ""), _chat.Object), new PolicyBook(), clock, NullLogger<CardKeeper>.Instance);
        var run = new RoomRunner("care", keeper, store.Object, _bells, _board, clock, logs.CreateLogger<RoomRunner>()).RunAsync(_stop.Token);

        for (var i = 0; i < 3600; i += 4)
        {
            clock.Advance(TimeSpan.FromSeconds(4));
        }
        await _stop.CancelAsync();
        await run;

        Assert.True(tries > 500, $"{tries} tries in an hour are too few to tell.");
        Assert.InRange(logs.Lines.Count, 1, 7);
        Assert.Contains("the database is away", logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_another_machine_has_taken_over_is_no_fault()
    {
        using var logs = new CollectedLogs();
        var clock = new ManualClock();
        var store = new Mock<IStore>();
        store.Setup(one => one.ReadAsync(It.IsAny<Func<IStoreView, It.IsAnyType>>(), It.IsAny<CancellationToken>())).Throws(new LeaseLostException(new Lease("notifier discord", 3)));
        var keeper = new CardKeeper(store.Object, new RoomDirectory(new Room("", "", ""), _chat.Object), new PolicyBook(), clock, NullLogger<CardKeeper>.Instance);
        var run = new RoomRunner("care", keeper, store.Object, _bells, _board, clock, logs.CreateLogger<RoomRunner>()).RunAsync(_stop.Token);

        await UntilAsync(() => logs.Lines.Count > 0);
        await _stop.CancelAsync();
        await run;

        Assert.Equal((LogLevel.Information, "Room care: Another machine has taken over notifier discord; this one's late change was not stored. That machine goes on with it; nothing is wrong."), logs.Lines.Select(line => (line.Level, line.Text)).Single());
        Assert.True(_board.AllWell);
    }

    private Task Run(TimeProvider? clock = null, bool takenOver = false)
    {
        var rooms = new RoomDirectory(new Room("", "", ""), _chat.Object);
        var keeper = new CardKeeper(_temp.Store, rooms, new PolicyBook(), clock ?? TimeProvider.System, NullLogger<CardKeeper>.Instance);
        var runner = new RoomRunner("care", keeper, _temp.Store, _bells, _board, clock ?? TimeProvider.System, NullLogger<RoomRunner>.Instance) { TakenOver = takenOver };
        return Task.Run(() => runner.RunAsync(_stop.Token));
    }

    private async Task OpenAsync()
    {
        var heard = new Heard(ChangeKind.Added, Some.Post(), [Some.Watch()], Some.Assessment(), ByUs: false);
        var harvest = new Harvest("posts", new Cursor("1"), false, null, [heard], [], [], 1);
        var recorded = await _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, TimeProvider.System.GetUtcNow()));
        _bells.Ring(recorded.Rooms);
    }

    private static async Task UntilAsync(Func<bool> done, TimeSpan? patience = null)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < (patience ?? TimeSpan.FromSeconds(30)), "Waited in vain.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
        await _temp.DisposeAsync();
    }

    /// <summary>A second passes with each question for the time.</summary>
    private sealed class SteppingClock(DateTimeOffset start) : TimeProvider
    {
        private int _asked;

        public DateTimeOffset Start => start;

        public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromSeconds(Interlocked.Increment(ref _asked));
    }
}
