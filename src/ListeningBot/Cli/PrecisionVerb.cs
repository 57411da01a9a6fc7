using System.CommandLine;
using System.Globalization;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>`precision`: how often alerts were right, by the verdicts of people. Works beside a running bot.</summary>
internal static class PrecisionVerb
{
    public static Command Create()
    {
        var since = StoreVerb.Since("cases first seen since then; default: 90 days ago");
        var verb = new Command("precision", "How many alerts of each watch, channel and reason were right, by your team's verdicts; also while the bot runs") { since, StoreVerb.Json };
        verb.SetAction((parsed, ct) => StoreVerb.RunAsync(parsed, async store =>
        {
            var from = StoreVerb.TimeOf(parsed.GetValue(since)) ?? TimeProvider.System.GetUtcNow().AddDays(-90);
            await new PrecisionVerbTable(from).WriteAsync(store, parsed.GetValue(StoreVerb.Json), Console.Out, VerbPaper.Standard(), ct);
            return Exit.Done;
        }));
        return verb;
    }
}

internal sealed record PrecisionVerbTable(DateTimeOffset Since)
{
    public async Task WriteAsync(IStore store, bool json, TextWriter output, VerbPaper paper, CancellationToken ct)
    {
        var all = await store.ReadAsync(view => Precision.Of(view, Since), ct);
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
            paper.Write($"No case was opened since {Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
            return;
        }
        foreach (var kind in all.GroupBy(one => one.By))
        {
            paper.Write(new CheckVerbSheet(
                $"By {kind.Key.ToString().ToLowerInvariant()}, since {Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
                [kind.Key.ToString().ToLowerInvariant(), "alerts", "judged", "right", "share right (95% sure)", "no verdict", "opened by people"],
                [.. kind.Select(Row)]));
        }
        paper.Write("Right: people said that it is a complaint, and for watches and channels that it is ours. Opened by people: complaints that lay below the alert line, or were entered by hand.");
    }

    private static IReadOnlyList<string> Row(Precision one) =>
        [one.Name, Number(one.Alerts), Number(one.Judged), one.Judged == 0 ? "" : Number(one.Right), Share(one), Number(one.NotJudged), Number(one.ByPeople)];

    public static string Share(Precision one) => one.Share is not { } share ? "not known yet"
        : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0}% ({one.Interval.From * 100:0}-{one.Interval.To * 100:0}%){(one.IsSmall ? ", few verdicts" : "")}");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static object Plain(Precision one) => new
    {
        by = one.By,
        name = one.Name,
        alerts = one.Alerts,
        judged = one.Judged,
        right = one.Right,
        share = Rounded(one.Share),
        from = one.Share is null ? null : Rounded(one.Interval.From),
        to = one.Share is null ? null : Rounded(one.Interval.To),
        few = one.IsSmall,
        noVerdict = one.NotJudged,
        byPeople = one.ByPeople,
    };

    private static double? Rounded(double? share) => share is { } one ? Math.Round(one, 4) : null;
}
