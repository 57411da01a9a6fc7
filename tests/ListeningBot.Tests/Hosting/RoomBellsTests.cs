using ListeningBot.Hosting;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Hosting;

public sealed class RoomBellsTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_ring_before_the_wait_is_not_lost()
    {
        var bells = new RoomBells(_clock);
        bells.Ring("care");

        await bells.WaitAsync("care", TimeSpan.FromHours(1), CancellationToken.None);
    }

    [Fact]
    public async Task Without_a_ring_the_pause_ends()
    {
        var bells = new RoomBells(_clock);
        bells.Ring("another room");
        var wait = bells.WaitAsync("care", TimeSpan.FromSeconds(30), CancellationToken.None);

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(wait.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await wait;
    }

    [Fact]
    public async Task Many_rings_wake_once()
    {
        var bells = new RoomBells(_clock);
        for (var i = 0; i < 5; i++)
        {
            bells.Ring("care");
        }
        await bells.WaitAsync("care", TimeSpan.FromHours(1), CancellationToken.None);
        var second = bells.WaitAsync("care", TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.False(second.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await second;
    }

    [Fact]
    public async Task A_pause_that_ends_just_after_the_ring_does_no_harm()
    {
        var clock = new LateClock();
        var bells = new RoomBells(clock);
        var wait = bells.WaitAsync("care", TimeSpan.FromSeconds(1), CancellationToken.None);
        bells.Ring("care");
        await wait;

        clock.Fire!();
    }

    /// <summary>Its timer fires even when it is disposed of, as a real one may that is already firing.</summary>
    private sealed class LateClock : TimeProvider
    {
        public Action? Fire { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Fire = () => callback(state);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
