using ListeningBot.Hosting;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Tests.Hosting;

#pragma warning disable CA1848, CA2254 // the scheduler's own logging is like this

public sealed class CalmLogsTests
{
    private readonly CollectedLogs _logs = new();
    private readonly ManualClock _clock = new();

    [Fact]
    public void What_the_scheduler_says_again_and_again_is_told_once_a_minute()
    {
        var log = Calm().CreateLogger("Quartz.Impl.AdoJobStore.JobStoreTX");
        for (var second = 0; second < 120; second++)
        {
            log.LogError(new IOException("away"), "Could not ask {Table}: {Why}", "triggers", second);
            log.LogWarning("Checked in late");
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["Could not ask triggers: 0", "Checked in late", "Could not ask triggers: 60", "Checked in late"], _logs.Lines.Select(line => line.Text.Split('\n')[0]));
    }

    [Fact]
    public void What_others_say_and_what_is_no_warning_is_told_each_time()
    {
        foreach (var (category, level) in new[] { ("ListeningBot.Storage.SqliteStore", LogLevel.Error), ("Quartz.Core", LogLevel.Information) })
        {
            var log = Calm().CreateLogger(category);
            log.Log(level, "the same");
            log.Log(level, "the same");
        }

        Assert.Equal(4, _logs.Lines.Count);
    }

    [Fact]
    public void Words_made_up_anew_each_time_are_told_as_one_kind_when_they_are_many()
    {
        var log = Calm().CreateLogger("Quartz");
        for (var i = 0; i < 10_000; i++)
        {
            log.LogError("number " + i);
        }

        Assert.InRange(_logs.Lines.Count, 2, 101);
    }

    private CalmLogs Calm() => new(_logs, _clock);
}
