using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting.Cluster;
using ListeningBot.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ListeningBot.Hosting;

/// <summary>
/// Quartz waits for times of day: when somebody sets a clock back by a day, it would wait for a day. So when a clock has moved against the steady one, all schedules begin anew and all polls are woken.
/// This machine's scheduler goes by this machine's clock; the shared one by a clock that follows the database's, so that a wrong clock on one machine moves nothing for the others.
/// </summary>
internal sealed class ScheduleWatch(ISchedulerFactory schedulers, PollBell polls, RoomBells bells, CardKeeper keeper, IStore store, TimeProvider time, ILogger<ScheduleWatch> log, SharedClock? shared = null) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Less is as good as nothing to the shortest schedule, and may be the way to the database.</summary>
    private static readonly TimeSpan Moved = TimeSpan.FromSeconds(3);

    private readonly SteadyClock _own = new(time);
    private bool _roomsWait;
    private bool _doubted;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.TicksAsync(stoppingToken))
        {
            LookForDoubt();
            await LookAsync(stoppingToken);
        }
    }

    private void LookForDoubt()
    {
        var doubt = (time as HouseClock)?.Doubt;
        if (doubt is { } by && !_doubted)
        {
            log.ClockDoubted(WhyDoubted(by));
        }
        _doubted = doubt is not null;
    }

    public static string WhyDoubted(TimeSpan by) =>
        $"This machine's clock was set {by.Duration():c} {(by > TimeSpan.Zero ? "forth" : "back")}. The bot goes on by the time before, until a web service's answer shows that the new time is right, or none has shown it wrong for a quarter of an hour. Set the clock right.";

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            if (await FollowAsync(await schedulers.GetScheduler(ct), _own, time.GetUtcNow(), "This machine's", ct))
            {
                polls.RingAll();
                _roomsWait = true;
            }
            if (_roomsWait)
            {
                await TryRoomsAgainAsync(ct);
                _roomsWait = false;
            }
            if (shared?.Database is { } database && await schedulers.LookupScheduler(SharedScheduler.Name, ct) is { } scheduler)
            {
                await FollowAsync(scheduler, shared.Clock, database, "The database's", ct);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.ScheduleNotMoved(e);
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    /// <summary>What was put off to a time of day may come too late now: it is tried at once, and put off again where need be.</summary>
    private async Task TryRoomsAgainAsync(CancellationToken ct)
    {
        keeper.TryBlockedAgain();
        foreach (var room in await store.ReadAsync(view => view.RoomsWithWork(), ct))
        {
            await store.WriteAsync(tx => { tx.TryPutOffAgain(room); return true; }, ct);
            bells.Ring(room);
        }
    }

    /// <summary>Whether it had moved. What fails half-way is done again at the next look.</summary>
    private async Task<bool> FollowAsync(IScheduler scheduler, SteadyClock clock, DateTimeOffset now, string whose, CancellationToken ct)
    {
        var by = now - clock.GetUtcNow();
        if (by.Duration() < Moved)
        {
            return false;
        }
        log.ClockMoved(whose, by);
        clock.Set(now);
        try
        {
            await BeginAnewAsync(scheduler, ct);
        }
        catch
        {
            clock.Set(now - by);
            throw;
        }
        return true;
    }

    private static async Task BeginAnewAsync(IScheduler scheduler, CancellationToken ct)
    {
        foreach (var key in (await scheduler.QueryTriggers(new TriggerQuery { Take = PagedQuery.All }, ct)).Items.Select(trigger => trigger.Key).Where(key => key.Group != PollBell.Group))
        {
            if (await scheduler.GetTrigger(key, ct) is { } trigger)
            {
                await scheduler.RescheduleJob(key, trigger.GetTriggerBuilder().StartAt(scheduler.TimeProvider.GetUtcNow()).Build(), ct);
            }
        }
    }
}
