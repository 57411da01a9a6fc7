using System.CommandLine;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>`canary`: asks the running bot to send a made-up complaint through each channel that can take one, and waits for what comes out.</summary>
internal static class CanaryVerb
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>The running program takes up a request within seconds.</summary>
    private static readonly TimeSpan TakenUpWithin = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var verb = new Command("canary", "Have the running bot send a made-up complaint through each channel that can take one, and see that it comes out in the ops room");
        verb.SetAction((parsed, ct) => StoreVerb.RunAsync(parsed, store => RunAsync(store, TimeProvider.System, Console.Out, Console.Error, ct)));
        return verb;
    }

    public static async Task<int> RunAsync(IStore store, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var asked = Guid.NewGuid().ToString("N");
        var began = time.GetUtcNow();
        await store.WriteAsync(tx => { tx.KeepDocument(Canaries.Request, asked, began); return true; }, ct);
        var told = new HashSet<string>(StringComparer.Ordinal);
        CanaryRun? run = null;
        while (true)
        {
            run = await store.ReadAsync(view => run is not null ? view.CanaryRunOf(run.Id) : view.LatestCanaryRun() is { } latest && latest.AskedAs == asked ? latest : null, ct);
            if (run is null && time.GetUtcNow() - began > TakenUpWithin)
            {
                await store.WriteAsync(tx => { tx.KeepDocument(Canaries.Request, "", time.GetUtcNow()); return true; }, ct);
                await errors.WriteLineAsync($"No running bot took it up within {TakenUpWithin.TotalSeconds:0} seconds. Start it first: listeningbot run");
                return Exit.BadInput;
            }
            if (run is { Sent.Count: 0 })
            {
                await errors.WriteLineAsync("No enabled channel can take a canary. deploy/README.md says how a mail, webhook, Mastodon or replay channel can.");
                return Exit.BadInput;
            }
            foreach (var line in run?.Sent.Where(sent => sent.ArrivedAt is not null || sent.Failure is not null).Select(Canaries.Line).Where(told.Add) ?? [])
            {
                await output.WriteLineAsync(CheckVerbSheet.Plain(line));
            }
            if (run?.Verdict is { } verdict)
            {
                return await TellAsync(run, verdict, output);
            }
            await Task.Delay(Look, time, ct);
        }
    }

    private static async Task<int> TellAsync(CanaryRun run, CanaryVerdict verdict, TextWriter output)
    {
        foreach (var (channel, why) in verdict.Channels.Where(channel => run.Sent.All(sent => sent.Channel != channel.Key || sent.Failure is null)))
        {
            await output.WriteLineAsync(CheckVerbSheet.Plain($"✗ {channel}: {why}"));
        }
        foreach (var room in run.Rooms)
        {
            var line = verdict.Rooms.TryGetValue(room, out var why) ? $"✗ room {room}: {why}"
                : run.Sent.Any(sent => sent.ArrivedAt is not null) ? $"✓ room {room}: shown"
                : $"… room {room}: nothing arrived that it could show";
            await output.WriteLineAsync(CheckVerbSheet.Plain(line));
        }
        return verdict.IsWell ? Exit.Done : Exit.BadInput;
    }
}
