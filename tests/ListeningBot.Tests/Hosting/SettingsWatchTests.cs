using ListeningBot.Cli;
using ListeningBot.Hosting;
using ListeningBot.Tests.Configuration;
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

    private static async Task<TimeOnly> ListedAtAsync(IScheduler scheduler) =>
        TimeOnly.FromTimeSpan((await scheduler.GetTrigger(MaybeListJob.TriggerKey))!.NextFireTimeUtc!.Value.UtcDateTime.TimeOfDay);
}
