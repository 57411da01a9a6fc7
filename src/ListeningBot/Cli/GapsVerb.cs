using System.CommandLine;
using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;

namespace ListeningBot.Cli;

/// <summary>`gaps`: the ledger of blind spots. Works beside a running bot.</summary>
internal static class GapsVerb
{
    public static Command Create()
    {
        var since = StoreVerb.Since("gaps that ended since then, or last still; default: 7 days ago");
        var verb = new Command("gaps", "When channels were not heard, why, and what became of what was posted meanwhile; also while the bot runs") { StoreVerb.Channel, since, StoreVerb.Json };
        verb.SetAction((parsed, ct) => StoreVerb.RunAsync(parsed, async store =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var asked = new GapsVerbList(parsed.GetValue(StoreVerb.Channel), StoreVerb.TimeOf(parsed.GetValue(since)) ?? now.AddDays(-7), now) { Configured = StoreVerb.ChannelsOf(parsed) };
            return await asked.WriteAsync(store, parsed.GetValue(StoreVerb.Json), Console.Out, VerbPaper.Standard(), ct);
        }));
        return verb;
    }
}

/// <summary>What is asked of the ledger.</summary>
/// <param name="Channel">Null: all.</param>
internal sealed record GapsVerbList(string? Channel, DateTimeOffset Since, DateTimeOffset Now)
{
    private const int CauseLength = 90;

    /// <summary>The channels of the files here; null where these have errors.</summary>
    public IReadOnlyCollection<string>? Configured { get; init; }

    public async Task<int> WriteAsync(IStore store, bool json, TextWriter output, VerbPaper paper, CancellationToken ct)
    {
        var (gaps, heard, stopped) = await store.ReadAsync(view => (Gaps(view), HeardTime.Of(view, Channel, Since, Now, Configured), Heartbeat.StoppedSince(view, Now)), ct);
        if (json)
        {
            foreach (var (entry, late) in gaps)
            {
                await output.WriteLineAsync(CasesVerbJson.Of(Plain(entry, late)));
            }
            return Exit.Done;
        }
        if (gaps.Count > 0)
        {
            paper.Write(new CheckVerbSheet($"{gaps.Count} gap{(gaps.Count == 1 ? "" : "s")}", ["channel", "from (UTC)", "to", "for", "what became of it", "late cases", "cause"], [.. gaps.Select(one => Row(one.Entry, one.Late))]));
        }
        if (stopped is not null)
        {
            paper.Write($"ListeningBot does not run: nothing is heard{(stopped.Cause == Heartbeat.NotRunning ? $" since {Minute(stopped.From)} UTC" : $", and {stopped.Cause}")}.");
        }
        paper.Write(InWords(heard));
        return Exit.Done;
    }

    /// <summary>Each with the cases that came late because of it.</summary>
    private List<(LedgerEntry Entry, IReadOnlyList<long> Late)> Gaps(IStoreView view) =>
    [
        .. view.GapsSince(Since).Where(entry => Channel is null || entry.Owner == Channel).OrderBy(entry => entry.Gap.From)
            .Select(entry => (entry, view.CasesLateBy(entry.Channel, entry.Gap))),
    ];

    private string InWords(IReadOnlyList<HeardTime> heard)
    {
        if (heard.Count == 0)
        {
            return Channel is null ? "No channel was read in this time." : $"No channel \"{Channel}\" was read in this time.";
        }

        // Of an install ten minutes old, a share of seven days would be told of days that it was not there.
        var longest = Now - heard.Min(one => one.From);
        var all = $"Heard {Percent(HeardTime.Share(heard))} of the last {longest.InWords()}";
        var each = heard.Count == 1 ? "" : $" ({string.Join(", ", heard.Select(one => $"{one.Channel} {Percent(HeardTime.Share([one]))}"))})";
        return all + each + (longest.InWords() == (Now - Since).InWords() ? "." : "; nothing was read before.");
    }

    /// <summary>Never rounded up to the whole: what is dark for a minute of a week is not "100%".</summary>
    private static string Percent(double share) => (Math.Floor(share * 1000) / 10).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private IReadOnlyList<string> Row(LedgerEntry entry, IReadOnlyList<long> late) =>
    [
        entry.Channel,
        Minute(entry.Gap.From),
        entry.Gap.Lasts ? "" : Minute(entry.Gap.To),
        Wording.InWords((entry.Gap.Lasts ? Now : entry.Gap.To) - entry.Gap.From),
        Became(entry.Gap),
        late.Count == 0 ? "" : late.Count.ToString(CultureInfo.InvariantCulture),
        entry.Gap.Cause.Cut(CauseLength),
    ];

    private static string Became(Gap gap) => gap switch
    {
        { Quiet: true, Lasts: true } => "quiet still",
        { Quiet: true } => "was quiet",
        { Lasts: true } => "dark still",
        { Fate: GapFate.Backfilled } => "read afterwards",
        { Fate: GapFate.Lost } => "lost",
        { Fate: GapFate.Open } => "not read again yet",
        _ => "unknown",
    };

    private static object Plain(LedgerEntry entry, IReadOnlyList<long> late) => new
    {
        channel = entry.Owner,
        place = entry.Place,
        from = entry.Gap.From,
        to = entry.Gap.Lasts ? (DateTimeOffset?)null : entry.Gap.To,
        cause = entry.Gap.Cause,
        fate = entry.Gap.Fate,
        quiet = entry.Gap.Quiet,
        lateCases = late,
    };

    private static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
