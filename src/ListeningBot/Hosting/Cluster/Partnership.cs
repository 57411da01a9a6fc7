using ListeningBot.Core.Pipeline;
using ListeningBot.Telemetry;
using ListeningBot.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting.Cluster;

/// <summary>This machine's part among those that share a database.</summary>
internal sealed class Partnership(LeaseKeeper keeper, Elsewhere elsewhere, MissedWatch missed, Heartbeat heartbeat, ILogger<Partnership> log)
{
    /// <summary>Before the bot starts: it runs nothing that must run once until it is held here.</summary>
    public void Join(Bot bot)
    {
        bot.ShareRoles(keeper.Want, elsewhere.Ring, elsewhere.CatchUpAsync);
        keeper.Apply = grants => HoldAsync(bot, grants);
        heartbeat.LeavesLateBeats = true;
        elsewhere.Keeps = bot.Keeps;
    }

    public void Start()
    {
        elsewhere.Start();
        keeper.Start();
        missed.Start(() => keeper.View);
    }

    /// <summary>After the bot stopped: others go on at once.</summary>
    public async Task LeaveAsync()
    {
        await keeper.StopAsync();
        await missed.DisposeAsync();
        await elsewhere.DisposeAsync();
    }

    /// <summary>Before channels are read that nobody may have read for long, because no machine could reach the database, that time is noted as a gap.</summary>
    private async Task HoldAsync(Bot bot, IReadOnlyDictionary<string, Grant> grants)
    {
        if (grants.Count > 0)
        {
            try
            {
                await heartbeat.StartAsync(bot.Configured, CancellationToken.None, givesUp: false);
            }
            catch (IOException e)
            {
                log.DueWorkFailed("noting how long no machine could write", e);
            }
        }
        await bot.HoldAsync(grants);
    }

    /// <param name="node">What people call this machine.</param>
    public static void Add(IServiceCollection services, string connection, string node)
    {
        services.AddSingleton(new SharedDatabase(connection));
        services.AddSingleton(new ClusterTimes());
        services.AddSingleton(new NodeName(node, Release));
        services.AddSingleton(services => ActivatorUtilities.CreateInstance<LeaseKeeper>(services, TimeProvider.System));
        services.AddSingleton<Elsewhere>();
        services.AddSingleton<MissedWatch>();
        services.AddSingleton<Partnership>();
        services.AddSingleton<ClusterReadiness>();
        services.AddSingleton<PartnerLook>(services => services.GetRequiredService<ClusterReadiness>().Look);
        services.AddSingleton<NodeLook>(services => () => Figures(services.GetRequiredService<LeaseKeeper>().View));
    }

    private static (int Roles, int Nodes, TimeSpan Skew) Figures(ClusterView view) => (view.Mine.Count, Math.Max(1, view.Round?.Live.Count() ?? 1), view.Skew);

    private static string Release => typeof(Partnership).Assembly.GetName().Version?.ToString(3) ?? "unknown";
}
