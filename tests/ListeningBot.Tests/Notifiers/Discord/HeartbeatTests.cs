using ListeningBot.Notifiers.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Notifiers.Discord;

public sealed class HeartbeatTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(40);

    [Fact]
    public void The_first_beat_comes_by_chance_within_the_interval_and_the_others_evenly()
    {
        var (clock, beats) = (new ManualClock(), new List<DateTimeOffset>());
        Heartbeat? heart = null;
        heart = new Heartbeat(Interval, _ =>
        {
            beats.Add(clock.GetUtcNow());
            heart!.Answered();
            return Task.CompletedTask;
        }, clock);

        var running = heart.RunAsync(0.25, default);
        clock.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal([10, 50, 90], beats.Select(beat => (beat - ManualClock.Start).TotalSeconds));
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task A_beat_that_stays_unanswered_until_the_next_ends_it()
    {
        var (clock, beats) = (new ManualClock(), 0);
        var heart = new Heartbeat(Interval, _ =>
        {
            beats++;
            return Task.CompletedTask;
        }, clock);

        var running = heart.RunAsync(0, default);
        clock.Advance(TimeSpan.FromSeconds(39));
        Assert.False(running.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        await running.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1, beats);
    }
}
