using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Configuration.Editing;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Hosting.Cluster;
using ListeningBot.Learning;
using ListeningBot.Net;
using ListeningBot.Notifiers.Console;
using ListeningBot.Storage;
using ListeningBot.Telemetry;
using ListeningBot.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using Spectre.Console;

namespace ListeningBot.Hosting;

/// <summary>Puts the running program together.</summary>
public static class BotHost
{
    private static readonly TimeSpan DigestsEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DeadLettersEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookAtThreadsEvery = TimeSpan.FromDays(1);
    private static readonly TimeSpan AuditEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    /// <param name="node">What people call this machine, where several share a database.</param>
    public static HostApplicationBuilder Builder(Settings settings, IStore store, ILoggerFactory logs, string node = "")
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(4));
        builder.Services.AddSingleton<IHostLifetime, Microsoft.Extensions.Hosting.Internal.ConsoleLifetime>();
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new CalmLogs(logs, TimeProvider.System, IsShared(settings) ? PostgresPlace.Of(settings.Storage.Connection) : null)));
        AddFlow(builder.Services, settings, store);
        AddQuartz(builder, settings, store);
        if (Otlp.SendsAny)
        {
            builder.Services.AddHostedService<Otlp>();
        }
        if (IsShared(settings))
        {
            Partnership.Add(builder.Services, settings.Storage.Connection, node);
        }
        builder.Services.AddHostedService<ScheduleWatch>();
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<ModelWatch>(services, ModelFolder.Beside(settings.Storage.Path)));
        builder.Services.AddHostedService<BotService>();
        builder.Services.AddHostedService<ReckoningService>();
        builder.Services.AddHostedService<StoreWatch>();
        builder.Services.AddHostedService<IdleMemory>();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<HealthService>(services, settings.Web));
        builder.Services.AddSingleton<Pulse>();
        builder.Services.AddHostedService<LifeSigns>();
        if (ServiceManager.Of(Environment.GetEnvironmentVariable) is { } manager)
        {
            builder.Services.AddSingleton(_ => manager);
        }
        return builder;
    }

    private static void AddFlow(IServiceCollection services, Settings settings, IStore store)
    {
        services.AddSingleton<TimeProvider>(new HouseClock(TimeProvider.System));
        services.AddSingleton(settings);
        services.AddSingleton(store);
        services.AddSingleton(new StorePlace(settings.Storage.Path, settings.Storage.Connection));
        services.AddSingleton<ScorerBook>();
        services.AddSingleton<OpenThreads>();
        services.AddSingleton<Sampler>();
        services.AddSingleton<SampleKeeper>();
        services.AddSingleton<RetentionKeeper>();
        services.AddSingleton<Intake>();
        services.AddSingleton<RoomBells>();
        services.AddSingleton<HealthBoard>();
        services.AddSingleton<NodeFigures>();
        services.AddSingleton<Gauges>();
        services.AddSingleton<PrometheusPage>();
        services.AddSingleton<PollBell>();
        services.AddSingleton<Doors>();
        services.AddSingleton(services => new RoomDirectory(new Room("console", "console", ""), new ConsoleNotifier(AnsiConsole.Console, services.GetRequiredService<TimeProvider>())));
        services.AddSingleton<PolicyBook>();
        services.AddSingleton<CardKeeper>();
        services.AddSingleton<WatchBook>();
        services.AddSingleton(services => new CommandDesk(
            store, services.GetRequiredService<PolicyBook>(), services.GetRequiredService<Intake>(), services.GetRequiredService<WatchBook>(),
            () => StatesOf(services.GetRequiredService<HealthBoard>()), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<RoomBells>().Ring)
        {
            WatchFile = services.GetService<WatchFile>() is { } file ? file.ChangeAsync : null,
            Files = services.GetService<LiveSettings>() is { } live ? () => live.Files : null,
            Channels = () => services.GetRequiredService<Bot>().Configured,
        });
        services.AddSingleton(services => new PressDesk(
            store, services.GetRequiredService<PolicyBook>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<RoomBells>().Ring, services.GetRequiredService<CommandDesk>())
        {
            Threads = services.GetRequiredService<OpenThreads>(),
        });
        services.AddSingleton(services => new Digests(store, services.GetRequiredService<PolicyBook>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<RoomBells>().Ring));
        services.AddSingleton(services => new DueWork(store, services.GetRequiredService<PolicyBook>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<RoomBells>().Ring));
        services.AddSingleton(services => new DeadLetters(
            store, services.GetRequiredService<Intake>(), services.GetRequiredService<WatchBook>(), services.GetRequiredService<PolicyBook>(), services.GetRequiredService<CommandDesk>(),
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<RoomBells>().Ring));
        services.AddSingleton<Heartbeat>();
        services.AddSingleton(services => new Auditor(
            store, services.GetRequiredService<DueWork>(), services.GetRequiredService<PolicyBook>(), services.GetRequiredService<WatchBook>(), services.GetRequiredService<RoomDirectory>(),
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<RoomBells>().Ring));
        services.AddSingleton<BotParts>();
        services.AddSingleton<Bot>();
    }

    private static IReadOnlyList<PartState> StatesOf(HealthBoard board) =>
        [.. board.Parts.Select(part => new PartState(part.Name, part.Condition == Condition.Failing ? part.Why ?? "unknown" : null, part.LastHeard))];

    private static bool IsShared(Settings settings) => settings.Storage.Connection.Length > 0;

    /// <summary>
    /// What is done once for all machines is woken by the shared scheduler, which is this machine's own where no database is shared. A machine's own also wakes the polls, which belong to
    /// who holds their channel.
    /// </summary>
    private static void AddQuartz(HostApplicationBuilder builder, Settings settings, IStore store)
    {
        builder.AddQuartz(quartz =>
        {
            quartz.AddJob<PollJob>(job => job.WithIdentity(PollBell.Job).StoreDurably());
            Repeat<QuietJob>(quartz, "quiet", TimeProvider.System.GetUtcNow(), LookEvery);
            Repeat<OpenThreadsJob>(quartz, "open threads", TimeProvider.System.GetUtcNow() + LookEvery, LookAtThreadsEvery);
            if (!IsShared(settings))
            {
                AddShared(quartz, settings, TimeProvider.System);
            }
        });
        if (IsShared(settings))
        {
            var clock = ((PostgresStore)store).Clock;
            SharedScheduler.Add(builder, settings.Storage.Connection, clock, quartz => AddShared(quartz, settings, clock));
        }
        builder.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = false);
    }

    /// <param name="clock">The scheduler goes by it; a wrong one on this machine must not put off what all machines share.</param>
    private static void AddShared(IQuartzBuilder quartz, Settings settings, TimeProvider clock)
    {
        var now = clock.GetUtcNow();

        // Each start of each machine begins what is stored anew: where one starts again each half an hour, what began an hour later would never come.
        var soon = now + LookEvery;
        Repeat<SweepJob>(quartz, "sweep", now, SweepEvery);
        Repeat<DeadLetterJob>(quartz, "dead letters", now, DeadLettersEvery);
        Repeat<DigestJob>(quartz, "digests", now, DigestsEvery);
        Repeat<AuditJob>(quartz, "audit", soon, AuditEvery);
        Repeat<SampleJob>(quartz, "sample", now, LookEvery);
        Repeat<RetentionJob>(quartz, "retention", soon, ForgetEvery);
        quartz.AddJob<MaybeListJob>(job => job.WithIdentity(MaybeListJob.Key).DisallowConcurrentExecution());
        quartz.AddTrigger(trigger => trigger.WithIdentity(MaybeListJob.TriggerKey).ForJob(MaybeListJob.Key).StartAt(now).WithCronSchedule(MaybeListJob.Daily(settings.Alerting.MaybeListAt), cron => cron.InTimeZone(TimeZoneInfo.Utc)));
    }

    private static void Repeat<TJob>(IQuartzBuilder quartz, string name, DateTimeOffset from, TimeSpan every)
        where TJob : class, IJob
    {
        quartz.AddJob<TJob>(job => job.WithIdentity(name).DisallowConcurrentExecution());
        quartz.AddTrigger(trigger => trigger.WithIdentity(name).ForJob(name).StartAt(from).WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever()));
    }
}
