using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting.Cluster;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ListeningBot.Hosting;

/// <summary>Carries versions of the configuration into the running bot, and says in the ops room when an edit is bad and when it is mended.</summary>
public sealed class SettingsWatch(LiveSettings live, Bot bot, Auditor auditor, IStore store, RoomBells bells, ISchedulerFactory schedulers, TimeProvider time, ILogger<SettingsWatch> log) : BackgroundService
{
    /// <summary>When the maybe list is scheduled.</summary>
    private TimeOnly _listAt = live.MaybeListAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (live.Problems.Count > 0)
        {
            await TellAsync(LiveSettings.TextOf(live.Problems), good: false);
        }
        await live.RunAsync(
            new SettingsListener(
                ChangeAsync,
                problems => TellAsync(LiveSettings.TextOf(problems), good: false),
                () => TellAsync("The files of the configuration are fine again.", good: true),
                bells.Ring),
            stoppingToken);
    }

    private async Task ChangeAsync(Settings old, Settings now)
    {
        await bot.ApplyAsync(now);
        if (_listAt != now.Alerting.MaybeListAt)
        {
            var scheduler = await schedulers.LookupScheduler(SharedScheduler.Name) ?? await schedulers.GetScheduler();
            await scheduler.RescheduleJob(MaybeListJob.TriggerKey, MaybeListJob.Trigger(now.Alerting.MaybeListAt, scheduler.TimeProvider.GetUtcNow()));
            _listAt = now.Alerting.MaybeListAt;
        }
        if (!TeamsOf(old).SetEquals(TeamsOf(now)))
        {
            await TellOfLostTeamsAsync();
        }
    }

    private static HashSet<string> TeamsOf(Settings settings) => [.. settings.Watches.Select(watch => watch.Team), .. settings.Responders.Teams.Select(team => team.Name)];

    /// <summary>Where the store refuses, the next audit of all tells it.</summary>
    private async Task TellOfLostTeamsAsync()
    {
        try
        {
            await auditor.AuditTeamsAsync(CancellationToken.None);
        }
        catch (IOException e)
        {
            log.DueWorkFailed("the audit of cases whose team is gone", e);
        }
    }

    private async Task TellAsync(string text, bool good)
    {
        try
        {
            await store.WriteAsync(tx => Notices.Add(tx, text, good, time.GetUtcNow()));
            bells.Ring(Notices.OpsRoom);
        }
        catch (IOException e)
        {
            log.NoticeNotStored("the configuration", e);
        }
    }
}
