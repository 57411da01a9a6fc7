using System.Net.Sockets;
using ListeningBot.Hosting;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;
using Npgsql;

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

    [Fact]
    public void That_the_database_is_away_is_one_line_with_its_cure_and_no_stack_however_many_parts_of_the_scheduler_say_it()
    {
        var logs = new CalmLogs(_logs, _clock, PostgresPlace.Of("Host=db.example;Database=bot;Username=bot;Password=geheim"));
        var refused = new NpgsqlException("Failed to connect", new SocketException((int)SocketError.ConnectionRefused));
        foreach (var category in new[] { "Quartz.Impl.AdoJobStore.JobStoreTX", "Quartz.Core.QuartzSchedulerThread" })
        {
            logs.CreateLogger(category).LogError(new IOException("could not", refused), "Could not ask");
            logs.CreateLogger(category).LogWarning(refused, "Retried");
        }

        Assert.Equal((LogLevel.Error, 465, "The shared scheduler can't use the database: No PostgreSQL server answers for \"bot\" at db.example:5432: the connection was refused. Start it, or mend Storage:Connection; the work goes on by itself."), Assert.Single(_logs.Lines));
    }

    [Fact]
    public void A_stack_of_the_driver_within_the_words_is_no_word_for_an_operator()
    {
        var log = new CalmLogs(_logs, _clock, PostgresPlace.Of("Host=db.example;Database=bot;Username=bot")).CreateLogger("Quartz.Impl");
        log.LogError("Error managing cluster: {Why}", "Npgsql.NpgsqlException (0x80004005): Exception while reading from stream\n   at Npgsql.Internal.NpgsqlReadBuffer");
        log.LogError("the job is unknown");

        Assert.Equal(["The shared scheduler can't use the database: The PostgreSQL database \"bot\" at db.example:5432 failed it. What else is told of the database at this time names the cause; the work goes on by itself.", "the job is unknown"], _logs.Lines.Select(line => line.Text));
    }

    private CalmLogs Calm() => new(_logs, _clock);
}
