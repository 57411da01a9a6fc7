using System.CommandLine;
using System.Globalization;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;

namespace ListeningBot.Cli;

/// <summary>`latency`: how long mentions took on their way, step by step. Works beside a running bot.</summary>
internal static class LatencyVerb
{
    public static Command Create()
    {
        var since = StoreVerb.Since("mentions that were fetched since then; default: 7 days ago");
        var verb = new Command("latency", "How long mentions took from their post to a room, step by step: p50, p95, p99 of each channel; also while the bot runs") { StoreVerb.Channel, since, StoreVerb.Json };
        verb.SetAction((parsed, ct) => StoreVerb.RunAsync(parsed, async store =>
        {
            var from = StoreVerb.TimeOf(parsed.GetValue(since)) ?? TimeProvider.System.GetUtcNow().AddDays(-7);
            await new LatencyVerbTable(parsed.GetValue(StoreVerb.Channel), from).WriteAsync(store, parsed.GetValue(StoreVerb.Json), Console.Out, VerbPaper.Standard(), ct);
            return Exit.Done;
        }));
        return verb;
    }
}

/// <param name="Channel">Null: all.</param>
internal sealed record LatencyVerbTable(string? Channel, DateTimeOffset Since)
{
    private const string AllChannels = "all channels";

    public async Task WriteAsync(IStore store, bool json, TextWriter output, VerbPaper paper, CancellationToken ct)
    {
        var all = await store.ReadAsync(view => Latency.Of(view, Channel, Since), ct);
        if (json)
        {
            foreach (var one in all)
            {
                await output.WriteLineAsync(CasesVerbJson.Of(Plain(one)));
            }
            return;
        }
        if (all.Count == 0)
        {
            paper.Write(Channel is null ? "No mention was fetched in this time." : $"No mention of a channel \"{Channel}\" was fetched in this time.");
            return;
        }
        paper.Write(new CheckVerbSheet($"Since {Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC", ["channel", "step", "mentions", "p50", "p95", "p99"], [.. all.SelectMany(Rows)]));
        paper.Write(Footer(all[^1]));
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(Latency one) => one.Hops.Select((hop, i) => (IReadOnlyList<string>)
    [
        i == 0 ? one.Channel ?? AllChannels : "",
        hop.Name,
        hop.Mentions.ToString(CultureInfo.InvariantCulture),
        hop.Mentions == 0 ? "" : InWords(hop.P50),
        hop.Mentions == 0 ? "" : InWords(hop.P95),
        hop.Mentions == 0 ? "" : InWords(hop.P99),
    ]);

    /// <summary>"0.04 ms", "38 ms", "1.2 s", else as people say it.</summary>
    private static string InWords(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.##} ms"),
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        _ => Wording.InWords(time),
    };

    private static string Footer(Latency all) =>
        $"Not in these figures: {all.AtFirstContact} read at the first contact with their source, {all.ReadAfterwards} posted while their channel was not heard (see gaps), {all.LongBefore} posted more than {PostTime.LongestAgo.TotalDays:0} days before. "
        + $"{all.Undated} without a time of posting are in no step that begins with it. Shown: the first card of the case that it opened, or the shared one that first named it; mentions that joined a case or lie in the maybe list have none.";

    private static object Plain(Latency one) => new
    {
        channel = one.Channel,
        mentions = one.Mentions,
        undated = one.Undated,
        apart = new { firstContact = one.AtFirstContact, readAfterwards = one.ReadAfterwards, longBefore = one.LongBefore },
        steps = one.Hops.Select(hop => new { step = hop.Name, mentions = hop.Mentions, p50Ms = Ms(hop, hop.P50), p95Ms = Ms(hop, hop.P95), p99Ms = Ms(hop, hop.P99) }),
    };

    private static double? Ms(HopFigures hop, TimeSpan time) => hop.Mentions == 0 ? null : Math.Round(time.TotalMilliseconds, 3);
}
