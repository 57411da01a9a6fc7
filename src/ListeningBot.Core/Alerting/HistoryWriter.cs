using System.Globalization;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Alerting;

/// <summary>Writes what is known of the person from earlier cases.</summary>
public static class HistoryWriter
{
    private const int Recent = 30;
    private const int MostLines = 10;
    private const int LongestPromise = 60;

    /// <summary>
    /// "2nd case in 30 days; the last one: solved on 3 Nov; promise of a call kept; happy by them". Null for a person without an earlier case.
    /// Counted back from this case, so that the same case always reads the same.
    /// </summary>
    /// <param name="others">Other cases of the same customer, in any order.</param>
    public static string? Line(Case @case, IReadOnlyList<Case> others)
    {
        var earlier = Earlier(@case, others);
        if (earlier.Count == 0)
        {
            return null;
        }
        var recent = earlier.Count(other => @case.FirstSeen - other.FirstSeen <= TimeSpan.FromDays(Recent));
        var count = recent > 0 ? $"{Ordinal(recent + 1)} case in {Recent} days" : $"{Ordinal(earlier.Count + 1)} case";
        string[] parts = [count, $"the last one: {HowItStands(earlier[0], @case)}", .. PromiseOf(earlier[0], @case.Private), .. TheirWords(earlier[0])];
        return string.Join("; ", parts);
    }

    /// <summary>A line for each earlier case, the latest first, then whom the person says to be as well.</summary>
    /// <param name="claims">Accounts that the person's profile claims, without a link back: "@mia on social.example".</param>
    public static IReadOnlyList<string> Lines(Case @case, IReadOnlyList<Case> others, IReadOnlyList<string> claims)
    {
        var earlier = Earlier(@case, others);
        return
        [
            .. earlier.Take(MostLines).Select(other => $"Case {other.Id}, {other.Aspect}, {string.Join("; ", (string[])[HowItStands(other, @case), .. Given(other, @case.Private), .. PromiseOf(other, @case.Private), .. TheirWords(other)])}"),
            .. earlier.Count > MostLines ? [$"and {earlier.Count - MostLines} earlier ones"] : Array.Empty<string>(),
            .. claims.Select(claim => $"Their profile says that they are also {claim}, which does not link back: it may be somebody else."),
        ];
    }

    /// <summary>What turned out to be no complaint, or goes on as another case, was no trouble of its own.</summary>
    private static List<Case> Earlier(Case @case, IReadOnlyList<Case> others) =>
    [
        .. others.Where(other => other.Id != @case.Id && other.MergedInto is null && other.Outcome != Outcome.NotAComplaint && (other.FirstSeen, other.Id).CompareTo((@case.FirstSeen, @case.Id)) < 0)
            .OrderByDescending(other => other.FirstSeen).ThenByDescending(other => other.Id),
    ];

    private static string HowItStands(Case other, Case reader) =>
        other.Outcome is { } outcome ? $"{outcome.InWords()} on {Day(other.ResolvedAt ?? other.ClosedAt ?? other.FirstSeen, reader.FirstSeen)}"
        : other.HasEnded ? $"closed on {Day(other.ClosedAt ?? other.FirstSeen, reader.FirstSeen)}"
        : $"open since {Day(other.FirstSeen, reader.FirstSeen)}{(other.Owner is { } owner ? $", with {owner.Name}" : "")}";

    private static string[] Given(Case other, bool privately) =>
        other.Beyond is { Length: > 0 } beyond ? [$"beyond the fix: {Cut(beyond.Seen(privately || other.Private))}"] : [];

    private static string[] PromiseOf(Case other, bool privately) =>
        other.Promises is [.., var promise] ? [$"promise of {Cut(promise.What.Seen(privately || other.Private))} {(promise.Kept switch { true => "kept", false => "missed", null => "open" })}"] : [];

    private static string[] TheirWords(Case other) => other.Happiness switch
    {
        Happiness.Happy => ["happy by them"],
        Happiness.AngryAgain => ["angry again since"],
        _ => [],
    };

    /// <summary>With its year when that is not the reader's.</summary>
    private static string Day(DateTimeOffset day, DateTimeOffset reader) =>
        day.UtcDateTime.ToString(day.UtcDateTime.Year == reader.UtcDateTime.Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Cut(string text)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        if (text.Length <= LongestPromise)
        {
            return text;
        }
        var cut = text[..LongestPromise];
        return (char.IsHighSurrogate(cut[^1]) ? cut[..^1] : cut).TrimEnd() + "…";
    }

    private static string Ordinal(int number) => number + (number % 100 is 11 or 12 or 13 ? "th" : (number % 10) switch
    {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    });
}
