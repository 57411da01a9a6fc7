using System.Text;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Notifiers.Console;

/// <summary>Cards as plain lines: what a pipe gets, and what the framed card on a terminal is made of.</summary>
public static class ConsoleCards
{
    public static IReadOnlyList<string> Lines(CaseCard card, DateTimeOffset now)
    {
        var lines = new List<string>
        {
            $"{card.Priority.ToString().ToUpperInvariant()} · case {card.CaseId} · posted {Ago(now - card.Posted)} ago{State(card)}",
            $"{card.Who} · {card.Where}{(card.Voices > 1 ? $" · {card.Voices} posts" : "")}",
            card.Deleted ? "(the post was deleted)" : $"“{card.Quote}”",
            $"Why: {card.Reason}",
        };
        if (card.AnsweredBy is { } by && card.AnsweredAt is { } at)
        {
            lines.Add($"Answered by {by}, {Ago(at - card.Posted)} after the post");
        }
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
        foreach (var entry in tray.Entries)
        {
            lines.Add($"{entry.Complaint,4:P0}  {entry.Who} · {entry.Where}: “{Short(entry.Quote)}”{(entry.Verdict is { } v ? $" ({v})" : "")}");
        }
        return [.. lines.Select(Clean)];
    }

    public static string Line(NoticeCard notice) => Clean($"{(notice.Good ? "WELL AGAIN" : "ATTENTION")} · {notice.Text}");

    public static string Ago(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "a moment",
        { TotalSeconds: < 90 } => $"{time.TotalSeconds:0} s",
        { TotalMinutes: < 90 } => $"{time.TotalMinutes:0} min",
        { TotalHours: < 36 } => $"{time.TotalHours:0} h",
        _ => $"{time.TotalDays:0} days",
    };

    private static string State(CaseCard card) => card.State switch
    {
        CaseState.Claimed => $" · {card.Owner} has it",
        CaseState.Closed => $" · closed by {card.ClosedBy}",
        _ => "",
    };

    private static string Short(string quote) => quote.Length <= 90 ? quote : quote[..(char.IsHighSurrogate(quote[88]) ? 88 : 89)] + "…";

    /// <summary>No escape sequence, line break or direction mark of a customer reaches the terminal.</summary>
    public static string Clean(string line)
    {
        var clean = new StringBuilder(line.Length);
        foreach (var c in line)
        {
            clean.Append(char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? ' ' : c);
        }
        return clean.ToString();
    }
}
