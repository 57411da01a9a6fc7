using System.CommandLine;
using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Hosting;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Cli;

/// <summary>`read`: what a channel yields now, as JSON lines; nothing is stored or moved.</summary>
internal static class ReadVerb
{
    private static readonly Argument<string[]> Target = new("target")
    {
        Description = "The name of a configured channel; or a kind and an address: rss https://blog.example/feed",
        Arity = new ArgumentArity(1, 2),
    };

    private static readonly Option<int?> Limit = new("--limit") { Description = "End after this many posts. Without it: when the source has no more; a stream goes on until Ctrl+C" };

    /// <summary>Between two places of one channel: polite, and not so long that nobody waits for it.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        Limit.Validators.Add(CommandLine.RefuseNoCount);
        var verb = new Command("read", "Show what a channel gives now, one JSON line for each post; nothing is stored or moved") { Target, Limit };
        verb.SetAction((parsed, ct) => RunAsync(parsed.GetValue(CommandLine.ConfigOption), parsed.GetValue(Target)!, parsed.GetValue(Limit), Console.Out, Console.Error, ct));
        return verb;
    }

    public static async Task<int> RunAsync(DirectoryInfo? folder, string[] target, int? limit, TextWriter output, TextWriter messages, CancellationToken ct)
    {
        var reading = new SettingsReader(Sources.Of(folder), Program.ChannelKinds, Program.NotifierKinds).Read();
        var (found, exit) = target.Length == 1
            ? await ReadVerbTarget.ConfiguredAsync(target[0], reading, messages)
            : await ReadVerbTarget.TypedAsync(target[0], target[1], reading, messages);
        return found is null ? exit : await ReadAsync(found, limit ?? int.MaxValue, output, messages, ct);
    }

    private static async Task<int> ReadAsync(ReadVerbTarget target, int limit, TextWriter output, TextWriter messages, CancellationToken ct)
    {
        using var logs = Logs.Create(LogLevel.Warning, new Dictionary<string, LogLevel>());
        using var web = new WebReader(target.Http, TimeProvider.System);
        using var caughtUp = CancellationTokenSource.CreateLinkedTokenSource(ct);

        // A channel that wants to wait has given all there is now.
        var context = new ChannelContext(target.Name, web, TimeProvider.System, logs, async (_, _) =>
        {
            await caughtUp.CancelAsync();
            caughtUp.Token.ThrowIfCancellationRequested();
        })
        {
            Folder = target.Folder,
            NextPlace = (pause, token) => Task.Delay(pause < LongestPause ? pause : LongestPause, TimeProvider.System, token),
        };
        try
        {
            await WriteAsync(target.Kind.Create(context, target.Options).ReadAsync(null, target.Watches, caughtUp.Token), limit, output);
            return Exit.Done;
        }
        catch (OperationCanceledException)
        {
            return Exit.Done;
        }
        catch (Exception e) when (e is ChannelException or WebFaultException)
        {
            await messages.WriteLineAsync(CheckVerbSheet.Plain($"{target.Name}: {e.Message}"));
            return Exit.BadInput;
        }
        catch (IOException)
        {
            // Who read the output has seen enough: "| head".
            return Exit.Done;
        }
    }

    private static async Task WriteAsync(IAsyncEnumerable<PostBatch> batches, int limit, TextWriter output)
    {
        var written = 0;
        await foreach (var batch in batches)
        {
            for (var i = 0; i < batch.Count && written < limit; i++)
            {
                if (batch.KindOf(i) is ChangeKind.Added or ChangeKind.Edited)
                {
                    await output.WriteLineAsync(ReadVerbLine.Of(batch.PostAt(i)));
                    written++;
                }
            }
            await output.FlushAsync();
            if (written >= limit)
            {
                return;
            }
        }
    }
}
