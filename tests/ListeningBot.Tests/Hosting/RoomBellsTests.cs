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
}
