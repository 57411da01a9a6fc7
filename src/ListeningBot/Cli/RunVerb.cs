using System.CommandLine;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting;
using ListeningBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Cli;

/// <summary>`run`: the service; or the demo, when asked for or when there is nothing to listen on.</summary>
public static class RunVerb
{
    private static readonly Option<bool> Demo = new("--demo") { Description = "Replay the shipped posts of a made-up company into a temporary store; no account needed" };
    private static readonly Option<bool> ExitWhenIdle = new("--exit-when-idle") { Description = "End when all finite channels are read and all cards are shown" };

    public static Command Create()
    {
        var verb = new Command("run", "Listen, and put each complaint in front of a human (the default)") { Demo, ExitWhenIdle };
        verb.SetAction((parsed, ct) => RunAsync(parsed.GetValue(CommandLine.ConfigOption), parsed.GetValue(Demo), parsed.GetValue(ExitWhenIdle), ct));
        return verb;
    }

    public static async Task<int> RunAsync(DirectoryInfo? folder, bool demo, bool exitWhenIdle, CancellationToken ct)
    {
        if (demo)
        {
            return await DemoRun.RunAsync(exitWhenIdle, ct);
        }
        var reading = new SettingsReader(Sources.Of(folder), Program.ChannelKinds, Program.NotifierKinds).Read();
        if (reading.Settings is not { } settings)
        {
            foreach (var problem in reading.Problems)
            {
                await System.Console.Error.WriteLineAsync(problem.ToString());
            }
            return Exit.BadInput;
        }
        if (settings.Channels.Count == 0)
        {
            await System.Console.Error.WriteLineAsync("No channel is enabled, so this is the demo: made-up posts, a temporary store, no account. Ctrl+C ends it.");
            return await DemoRun.RunAsync(exitWhenIdle, ct);
        }
        return await ServeAsync(settings, exitWhenIdle, ct);
    }

    private static async Task<int> ServeAsync(Settings settings, bool exitWhenIdle, CancellationToken ct)
    {
        try
        {
            await using var store = SqliteStore.Open(settings.Storage.Path, NullLogger<SqliteStore>.Instance);
            var builder = BotHost.Builder(settings, store, LogLevel.Information);
            if (exitWhenIdle)
            {
                builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<IdleWatch>(services, new IdlePlan(ListMaybes: false, Exit: true)));
            }
            using var host = builder.Build();
            await host.RunAsync(ct);
            return Exit.Done;
        }
        catch (StoreException e)
        {
            await System.Console.Error.WriteLineAsync(e.Message);
            return Exit.BadInput;
        }
    }
}
