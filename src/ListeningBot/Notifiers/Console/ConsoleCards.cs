using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Text;

namespace ListeningBot.Notifiers.Console;

/// <summary>Cards as plain lines: what a pipe gets, and what the framed card on a terminal is made of.</summary>
public static class ConsoleCards
{
    private const int LongestQuote = 90;

    public static IReadOnlyList<string> Lines(CaseCard card, DateTimeOffset now)
    {
        var lines = new List<string>
        {
            $"{card.Priority.ToString().ToUpperInvariant()} · case {card.CaseId} · {card.Key.Room} · {(card.IsUndated ? "seen" : "posted")} {Wording.InWords(now - card.Posted)} ago{(State(card) is { Length: > 0 } state ? " · " + state : "")}{(card.Private ? " · masked" : "")}",
            $"{card.Who} · {card.Where}{(card.Voices > 1 ? $" · {card.Voices} posts" : "")}",
            card.Erased ? "(erased at the customer's wish)" : card.Deleted ? "(the post was deleted)" : $"“{card.Quote}”",
            $"Why: {card.Reason}",
        };
        if (card.HeardBy is { } heard)
        {
            lines.Add($"Heard by {heard}");
        }
        lines.AddRange(Beside(card).OfType<string>());
        lines.Add($"Next: {card.NextStep}");
        if (card.Url is { Length: > 0 } url)
        {
            lines.Add(url);
        }
        return [.. lines.Select(Clean)];
    }

    public static IReadOnlyList<string> Lines(TrayCard tray)
    {
        var lines = new List<string> { $"MAYBE · {tray.Team} · {tray.Day:yyyy-MM-dd} · page {tray.Page} of {tray.Pages}" };
        if (tray.Note is { } note)
        {
            lines.Add(note);
        }
        foreach (var entry in tray.Entries)
        {
            lines.Add($"{entry.Complaint,4:P0}  {entry.Who} · {entry.Where}: “{entry.Quote.Cut(LongestQuote)}”{(entry.Verdict is { } v ? $" ({v})" : "")}{(entry.HeldBackBy is { } silence ? $" [{silence}]" : "")}");
        }
        return [.. lines.Select(Clean)];
    }

    public static IReadOnlyList<string> Lines(GroupCard group, DateTimeOffset now)
    {
        var top = group.Top.Select(entry => entry.CaseId).ToHashSet();
        var lines = new List<string>
        {
            $"{group.Highest.ToString().ToUpperInvariant()} · {Head(group)} · since {Wording.InWords(now - group.Since)}",
            group.Unclaimed == 0 ? "All have an owner or an answer" : $"{group.Unclaimed} without an owner or an answer{(group.Cases == 1 ? "; further ones join this card" : "")}",
        };
        lines.AddRange(group.Top.Select(entry => $"{entry.Priority.ToString().ToLowerInvariant(),8}  case {entry.CaseId} · {entry.Who}: “{entry.Quote.Cut(LongestQuote)}”"));
        lines.AddRange(NewIn(group, top).Select(line => "          " + line));
        if (group.Unclaimed > group.Top.Count)
        {
            lines.Add(AllOf(group));
        }
        return [.. lines.Select(Clean)];
    }

    /// <summary>"5 cases about delivery · care"; of one alone, which one.</summary>
    public static string Head(GroupCard group) =>
        $"{(group.Cases != 1 ? $"{group.Cases} cases" : group.Top.Count == 1 ? $"case {group.Top[0].CaseId}" : "1 case")} about {group.Aspect} · {group.Team}";

    /// <summary>Of the cases that nobody has, those that were not printed yet; "case 101 · Mia Lang: lost again".</summary>
    public static IEnumerable<string> NewIn(GroupCard group, IReadOnlySet<long> printed) =>
        group.Choices.Where(choice => NumberOf(choice) is not { } number || !printed.Contains(number)).Select(choice => $"case {choice.Label}");

    /// <summary>Where the rest stands.</summary>
    public static string AllOf(GroupCard group) => $"All: listeningbot cases list --team {(group.Team.Contains(' ', StringComparison.Ordinal) ? $"\"{group.Team}\"" : group.Team)}";

    /// <summary>The numbers of the cases that a group's card shows.</summary>
    public static IEnumerable<long> NumbersIn(GroupCard group) => group.Top.Select(entry => entry.CaseId).Concat(group.Choices.Select(NumberOf).OfType<long>());

    private static long? NumberOf(CardButton choice) => long.TryParse(choice.Target?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The chart is a picture: here its words stand for it.</summary>
    public static IReadOnlyList<string> Lines(DigestCard digest)
    {
        var lines = new List<string> { digest.Title };
        foreach (var section in digest.Sections)
        {
            lines.Add(section.Title);
            lines.AddRange(section.Lines.Select(line => (section.Look == SectionLook.List ? "  - " : "  ") + line));
        }
        if (digest.Chart is { } chart)
        {
            lines.Add(chart.Alt);
        }
        return [.. lines.Select(Clean)];
    }

    public static IReadOnlyList<string> Lines(NoticeCard notice)
    {
        var says = notice.Good ? "WELL" : "ATTENTION";
        return notice.Text.Contains('\n', StringComparison.Ordinal) ? [says, .. notice.Text.Split('\n').Select(Clean)] : [Clean($"{says} · {notice.Text}")];
    }

    private static IEnumerable<string?> Beside(CaseCard card) =>
    [
        card.LateBecause is { } late ? $"Late because {late}" : null,
        card.History is { } history ? $"Known: {history}" : null,
        card.Wants is { } wants ? $"Wants: {wants}" : null,
        card.AnsweredBy is { } by && card.AnsweredAt is { } at ? $"Answered by {by}, {Wording.InWords(at - card.Posted)} after {(card.IsUndated ? "it was seen" : "the post")}" : null,
        card.PromiseDue is { } due ? $"Promised for {Time(due)}{(card.Promise is { Length: > 0 } what ? ": " + what : "")}" : null,
        card.SnoozedUntil is { } until ? $"Put off until {Time(until)}" : null,
        card.TheirWords,
    ];

    private static string Time(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd HH:mm} UTC";

    /// <summary>What became of the case, in few words; empty while nothing did.</summary>
    public static string State(CaseCard card) => card switch
    {
        { MergedInto: { } other } => $"goes on as case {other}",
        { State: CaseState.Closed } => $"closed by {card.ClosedBy ?? "nobody"}",
        { State: CaseState.Resolved } => $"resolved, says {card.ClosedBy ?? card.Owner}",
        { State: CaseState.FollowedUp } => $"{card.Owner ?? card.ClosedBy} has asked how it is",
        { IsFree: true } => "",
        { State: CaseState.Answered } => $"{card.Owner} has answered",
        { State: CaseState.Waiting } => $"{card.Owner} waits for the customer",
        _ => $"{card.Owner} has it",
    };

    /// <summary>No escape sequence, line break or direction mark of a customer reaches the terminal.</summary>
    public static string Clean(string line) => OnTerminal.Line(line);
}
