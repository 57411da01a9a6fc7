using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Cases;

/// <summary>One way in which it hurts.</summary>
/// <param name="Kind">"money lost", "time lost", "harm", "reported before".</param>
/// <param name="Level">1..3.</param>
/// <param name="Because">For people: "was charged", "waits".</param>
public sealed record Pain(string Kind, int Level, string Because);

/// <summary>
/// How much it hurts the customer, 0..3; what is offered grows with it. The greatest pain decides; a second kind of pain as great adds one step;
/// and where the words as a whole sound much graver or lighter (<see cref="Assessment.Severity"/>), that is one step.
/// Critical cases are serious at least; who calls it a small thing is believed, unless somebody may come to harm.
/// </summary>
public sealed record Severity(int Level, IReadOnlyList<Pain> Pains)
{
    public const int Most = 3;
    private const int Serious = 2;
    private const string Money = "money lost";
    private const string Time = "time lost";
    private const string Harm = "harm";
    private const string Reported = "reported before";

    /// <summary>A model's word moves the level by one step, when it is off by more than this.</summary>
    private const double Off = 1;
    private const string Sounds = "as a whole";

    /// <summary>By what the scorer saw: which pain it tells of, and how great it is.</summary>
    private static readonly Dictionary<string, Pain> s_pains = new(StringComparer.Ordinal)
    {
        ["danger"] = new(Harm, 3, "somebody may come to harm"),
        ["injury"] = new(Harm, 3, "somebody was hurt"),
        ["hacked"] = new(Harm, 3, "their account was taken over"),
        ["exposed"] = new(Harm, 3, "private data was shown to others"),
        ["charged"] = new(Money, 2, "they were charged"),
        ["fraud"] = new(Money, 2, "they speak of fraud"),
        ["refund"] = new(Money, 1, "they want their money back"),
        ["money"] = new(Money, 1, "money is at stake"),
        ["stranded"] = new(Time, 2, "they are stranded"),
        ["blocked"] = new(Time, 2, "they are cut off from what they paid for"),
        ["deadline"] = new(Time, 2, "a date is at stake"),
        ["outage"] = new(Time, 1, "it does not run"),
        ["waiting"] = new(Time, 1, "they wait"),
        ["time"] = new(Time, 1, "it has taken long"),
        ["unanswered"] = new(Reported, 2, "nobody answered them"),
        ["repeated"] = new(Reported, 1, "it is not the first time"),
    };

    public string InWords() => Level switch
    {
        0 => "small",
        1 => "noticeable",
        Serious => "serious",
        _ => "grave",
    };

    /// <summary>Pure.</summary>
    /// <param name="theirs">What scoring said of the customer's posts in this case.</param>
    /// <param name="earlier">How many cases this customer had before.</param>
    public static Severity Of(Case @case, IReadOnlyCollection<Assessment> theirs, int earlier = 0)
    {
        // "Got my refund, thanks" tells of no loss; but what humans made a case counts, whatever the scorer thought of it.
        var complaints = theirs.Any(words => words.IsComplaint) ? [.. theirs.Where(words => words.IsComplaint)] : theirs;
        var names = complaints.SelectMany(words => words.Signs).ToHashSet(StringComparer.Ordinal);
        var pains = s_pains.Where(pain => names.Contains(pain.Key)).Select(pain => pain.Value)
            .Concat(Facts(@case, earlier))
            .GroupBy(pain => pain.Kind, StringComparer.Ordinal)
            .Select(kind => kind.MaxBy(pain => pain.Level)! with { Because = string.Join(", ", kind.OrderByDescending(pain => pain.Level).Select(pain => pain.Because).Distinct()) })
            .OrderByDescending(pain => pain.Level)
            .ToList();
        var level = pains.Count == 0 ? 0 : Math.Min(Most, pains[0].Level + (pains.Count > 1 && pains[1].Level == pains[0].Level ? 1 : 0));
        var harm = pains.Exists(pain => pain.Kind == Harm);
        level = names.Contains("trifle") && !harm ? Math.Min(level, 1) : level;
        var heard = AsHeard(level, complaints.Max(words => words.Severity));
        if (heard > level)
        {
            pains.Add(new Pain(Sounds, heard, "their words sound graver than what they name"));
        }
        return new Severity(@case.Priority == Priority.Critical ? Math.Max(heard, Serious) : heard, pains);
    }

    /// <summary>What was seen leads; the words as a whole correct it by a step.</summary>
    private static int AsHeard(int level, double? heard) => heard is not { } sounds || Math.Abs(sounds - level) < Off ? level : level + Math.Sign(sounds - level);

    private static IEnumerable<Pain> Facts(Case @case, int earlier)
    {
        if (@case.Voices >= 3)
        {
            yield return new Pain(Reported, 2, $"they wrote {@case.Voices} times");
        }
        if (earlier > 0)
        {
            yield return new Pain(Reported, earlier >= 2 ? 2 : 1, earlier == 1 ? "they had a case before" : $"they had {earlier} cases before");
        }
        if (@case.HandOvers > 0)
        {
            yield return new Pain(Time, 1, @case.HandOvers == 1 ? "their case changed hands" : $"their case changed hands {@case.HandOvers} times");
        }
        if (@case.Promises.Any(promise => promise.Kept == false))
        {
            yield return new Pain(Time, 2, "we broke a promise");
        }
    }
}
