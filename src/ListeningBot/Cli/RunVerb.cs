using System.CommandLine;
using ListeningBot.Configuration;
using ListeningBot.Configuration.Editing;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Hosting;
using ListeningBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Cli;

/// <summary>`run`: the service; or the demo, when asked for or when there is nothing to listen on.</summary>
public static class RunVerb
{
    /// <summary>How long a store that is away is waited for at the start.</summary>
    private static readonly TimeSpan Awaited = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private static readonly Option<bool> Demo = new("--demo") { Description = "Replay the shipped posts of a made-up company into a temporary store; no account needed" };
    private static readonly Option<bool> ExitWhenIdle = new("--exit-when-idle") { Description = "End when all finite channels are read and all cards are shown" };

    private static readonly Option<DirectoryInfo?> Keep = new("--keep") { Description = "With --demo: run through it at once and keep it in this new folder, with its configuration, to try things on by --config" };

    public static Command Create()
    {
        var verb = new Command("run", "Listen, and put each complaint in front of a human (the default)") { Demo, Keep, ExitWhenIdle };
        verb.Validators.Add(run =>
        {
            if (run.GetValue(Keep) is not null && !run.GetValue(Demo))
            {
                run.AddError("--keep keeps the demo: write run --demo --keep FOLDER.");
            }
        });
        verb.SetAction((parsed, ct) => parsed.GetValue(Keep) is { } folder
            ? DemoRun.KeepAsync(folder, ct)
            : RunAsync(parsed.GetValue(CommandLine.ConfigOption), parsed.GetValue(Demo), parsed.GetValue(ExitWhenIdle), ct));
        return verb;
    }

    public static async Task<int> RunAsync(DirectoryInfo? folder, bool demo, bool exitWhenIdle, CancellationToken ct)
    {
        if (demo)
        {
            return await DemoRun.RunAsync(exitWhenIdle, ct);
        }
        // What takes longest to read is read beside all else.
        var scorers = Task.Run(() => new ScorerBook(), ct);
        var reader = new SettingsReader(Sources.Of(folder), Program.ChannelKinds, Program.NotifierKinds);
        var reading = reader.Read();
        if (reading.Settings is { Channels.Count: 0 })
        {
            if (folder is not null || reading.Texts.File(Sources.AppSettings) is not null)
            {
                // Somebody configured it: made-up cards would look like a service at work.
                await System.Console.Error.WriteLineAsync(NothingToHear.Of(reading.Texts));
                return Exit.BadInput;
            }
            await System.Console.Error.WriteLineAsync("No channel is enabled, so this is the demo: made-up posts, a temporary store, no account. Ctrl+C ends it.");
            return await DemoRun.RunAsync(exitWhenIdle, ct);
        }
        if (reading.Settings is null && !Stores.MayBeThere(reading.Store))
        {
            return await TellAsync(reading.Problems);
        }
        try
        {
            return await StoreAwaitedAsync(() => ServeAsync(reader, reading, scorers, exitWhenIdle, ct), TimeProvider.System, System.Console.Error, ct);
        }
        catch (StoreException e)
        {
            await TellAsync(reading.Problems);
            await System.Console.Error.WriteLineAsync(ByItself.Ended(e));
            return Exit.BadInput;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopped while it started: that is no failure, and a service manager must not take it for one.
            return Exit.Done;
        }
    }

    /// <summary>Machines that come up together are not ready together, and a database is away for a moment at any time: what starts programs anew may wait minutes longer than need be.</summary>
    internal static async Task<int> StoreAwaitedAsync(Func<Task<int>> serve, TimeProvider time, TextWriter errors, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        for (var told = false; ; told = true)
        {
            try
            {
                return await serve();
            }
            catch (StoreException e) when (e.Passes && time.GetElapsedTime(began) < Awaited)
            {
                if (!told)
                {
                    await errors.WriteLineAsync(ByItself.Waited(e));
                }
                await Task.Delay(Between, time, ct);
            }
        }
    }

    private static async Task<int> ServeAsync(SettingsReader reader, SettingsReading reading, Task<ScorerBook> reads, bool exitWhenIdle, CancellationToken ct)
    {
        using var logs = Logs.Create(LogLevel.Information, reading.Settings?.LogLevels ?? new Dictionary<string, LogLevel>());
        await using var store = Stores.Open(reading.Store, logs);
        var scorers = await reads;
        var guard = new WatchGuard(store, scorers, TimeProvider.System);
        if (await LiveSettings.StartAsync(reader, reading, store, (old, now, stop) => JudgeAsync(guard, old, now, stop), TimeProvider.System, logs.CreateLogger<LiveSettings>(), ct) is not { } live)
        {
            return await TellAsync(reading.Problems);
        }
        var builder = BotHost.Builder(OnThisMachine(live, reading.Store), store, logs, reader.Node);
        builder.Services.AddSingleton(live);
        builder.Services.AddSingleton(scorers);
        builder.Services.AddSingleton(new WatchFile(reader, store));
        builder.Services.AddHostedService<SettingsWatch>();
        if (exitWhenIdle)
        {
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<IdleWatch>(services, new IdlePlan(ListMaybes: false, Exit: true)));
        }
        using var host = builder.Build();
        await host.RunAsync(ct);
        return Exit.Done;
    }

    /// <summary>
    /// Which store is open each machine knows for itself: the version in force may be another machine's files, which name none or another one. By it alone, machines would share a database and not the work.
    /// When the maybe list comes none decides by files of its own, for a start sets it for all: with two hours there would be two lists a day.
    /// </summary>
    internal static Settings OnThisMachine(LiveSettings live, StorePlace opened) => live.Current with
    {
        Storage = live.Current.Storage with { Path = opened.Path, Connection = opened.Connection },
        Alerting = live.Current.Alerting with { MaybeListAt = live.MaybeListAt },
    };

    /// <summary>By the rules in force, not by those that the same edit would bring.</summary>
    private static Task<Objection?> JudgeAsync(WatchGuard guard, Settings old, Settings now, CancellationToken ct) => old.Guard.Days == 0
        ? Task.FromResult<Objection?>(null)
        : guard.JudgeAsync(old.Matcher(), now.Matcher(), old.Guard.Days, old.Guard.Factor, ct);

    private static async Task<int> TellAsync(IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
        {
            await System.Console.Error.WriteLineAsync(problem.ToString());
        }
        return Exit.BadInput;
    }
}
