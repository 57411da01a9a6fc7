using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ListeningBot.Hosting;

/// <summary>Wakes a channel for its next poll; the reading itself is the channel's own run.</summary>
public sealed class PollJob(PollBell bell) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        bell.Ring(context.Trigger.Key.Name);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Looks for cases whose time has come.</summary>
public sealed class SweepJob(DueWork due, Heartbeat heartbeat, HealthBoard board, ILogger<SweepJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await heartbeat.BeatAsync(cancellationToken);
            await due.SweepAsync(cancellationToken);
        }
        catch (IOException) when (board.Of(StoreWatch.Part) is { Condition: Condition.Failing })
        {
            // The store watch has told of it, once, and not each five seconds.
        }
        catch (IOException e)
        {
            log.DueWorkFailed("unclaimed cases", e);
        }
        catch (AggregateException e)
        {
            log.DueWorkFaulted(e, "unclaimed cases");
        }
    }
}

/// <summary>Tends what could not be dealt with.</summary>
public sealed class DeadLetterJob(DeadLetters dead, HealthBoard board, ILogger<DeadLetterJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await dead.TendAsync(cancellationToken);
        }
        catch (IOException) when (board.Of(StoreWatch.Part) is { Condition: Condition.Failing })
        {
            // The store watch has told of it.
        }
        catch (IOException e)
        {
            log.DueWorkFailed("dead letters", e);
        }
    }
}

/// <summary>Puts up the digests of days and weeks that are over, and a maybe list that did not come when it was due.</summary>
public sealed class DigestJob(Digests digests, DueWork due, Settings settings, ILogger<DigestJob> log, LiveSettings? live = null) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await digests.PutUpAsync(cancellationToken);
            if (live is { RunsOwnFiles: true })
            {
                // Its list may be due at another hour than everybody's: that would make a second one each day.
                return;
            }
            await due.ListMissedMaybesAsync((live?.Current ?? settings).Alerting.MaybeListAt, cancellationToken);
        }
        catch (IOException e)
        {
            log.DueWorkFailed("the digests", e);
        }
    }
}

/// <summary>Forgets each day threads and authors that have no case: a machine hears by what it knows of them, and what it knows would only grow.</summary>
public sealed class OpenThreadsJob(OpenThreads threads, IStore store, TimeProvider time, ILogger<OpenThreadsJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.ReadAsync(
                view =>
                {
                    threads.Learn(view, time.GetUtcNow());
                    return true;
                },
                cancellationToken);
        }
        catch (IOException e)
        {
            log.DueWorkFailed("which threads have no case", e);
        }
    }
}

/// <summary>Puts up the daily maybe list.</summary>
public sealed class MaybeListJob(DueWork due, ILogger<MaybeListJob> log) : IJob
{
    public static readonly JobKey Key = new("maybe-list");
    public static readonly TriggerKey TriggerKey = new("maybe-list");

    /// <summary>Daily at this time, UTC.</summary>
    public static string Daily(TimeOnly at) => $"0 {at.Minute} {at.Hour} * * ?";

    /// <param name="from">By the scheduler's clock.</param>
    public static ITrigger Trigger(TimeOnly at, DateTimeOffset from) => TriggerBuilder.Create()
        .WithIdentity(TriggerKey)
        .ForJob(Key)
        .StartAt(from)
        .WithCronSchedule(Daily(at), cron => cron.InTimeZone(TimeZoneInfo.Utc))
        .Build();

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await due.ListMaybesAsync(cancellationToken);
        }
        catch (IOException e)
        {
            log.DueWorkFailed("the maybe list", e);
        }
    }
}
