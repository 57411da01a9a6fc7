
namespace ListeningBot.Tests.Support;

public sealed class ManualClockTests
{
    [Fact]
    public async Task A_delay_ends_when_the_clock_has_moved_past_it()
    {
        var clock = new ManualClock();
        var delay = Task.Delay(TimeSpan.FromSeconds(5), clock);

        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        await delay;
    }
}
