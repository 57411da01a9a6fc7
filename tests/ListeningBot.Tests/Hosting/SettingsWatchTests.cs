using ListeningBot.Cli;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting;
using ListeningBot.Tests.Configuration;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace ListeningBot.Tests.Hosting;

public sealed class SettingsWatchTests
{
    /// <summary>Its start left the list at the hour of a version that it can't use. Its own files name another one, and nothing in them changes when they go live for all.</summary>
    [Fact]
    public async Task The_maybe_list_comes_at_the_hour_of_what_goes_live_also_where_that_was_in_force_alone_before()
    {
        await using var nodes = new ConfigNodes();
        var (first, alone) = await nodes.ApartAsync(live: "09:30", own: "14:00");
        await alone.StopAsync();
        var builder = BotHost.Builder(RunVerb.OnThisMachine(alone.Live, alone.Folder.Read().Store), nodes.Store.Store, NullLoggerFactory.Instance);
        builder.Services.AddSingleton(alone.Live);
        builder.Services.AddHostedService<SettingsWatch>();
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(TestContext.Current.CancellationToken);
        Assert.Equal(new TimeOnly(9, 30), await ListedAtAsync(scheduler));

        first.Folder.Write("appsettings.json", ConfigNodes.ListsAt("14:00"));
        await first.StartAsync();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (await ListedAtAsync(scheduler) != new TimeOnly(14, 0))
        {
            nodes.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, late.Token);
        }

        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Or has another name: nobody is called for what is open, and nobody would miss it.</summary>
    [Fact]
    public async Task Open_cases_of_a_team_that_an_edit_takes_away_are_told_at_once()
    {
        const string Brand = "watches:\n  - name: brand\n    find: [nimbus]\n    team: {0}\n";
        using var folder = ConfigurationFolder.With("{ \"Web\": { \"Listen\": \"\" }, \"Rooms\": { \"default\": { \"Notifier\": \"console\" } } }", Brand.Replace("{0}", "money", StringComparison.Ordinal));
        await using var temp = new TempStore();
        var clock = new ManualClock();
        await temp.WriteAsync(tx => Some.OpenCase(tx, "money", TimeProvider.System.GetUtcNow()));
        var live = (await LiveSettings.StartAsync(folder.Reader, folder.Reader.Read(), temp.Store, LiveSettings.Unguarded, clock, NullLogger<LiveSettings>.Instance, TestContext.Current.CancellationToken))!;
        var builder = BotHost.Builder(live.Current, temp.Store, NullLoggerFactory.Instance);
        builder.Services.AddSingleton(live);
        builder.Services.AddHostedService<SettingsWatch>();
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await temp.ReadAsync(Auditor.LostTeams));

        folder.Write("config/watches.yaml", Brand.Replace("{0}", "billing", StringComparison.Ordinal));
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while ((await temp.ReadAsync(Auditor.LostTeams)).Count == 0)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, late.Token);
        }

        Assert.Equal("money", Assert.Single(await temp.ReadAsync(Auditor.LostTeams)).Name);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<TimeOnly> ListedAtAsync(IScheduler scheduler) =>
        TimeOnly.FromTimeSpan((await scheduler.GetTrigger(MaybeListJob.TriggerKey))!.NextFireTimeUtc!.Value.UtcDateTime.TimeOfDay);
}
