using System.Text;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>/mine, /queue and /maybe.</summary>
public sealed partial class CommandDesk
{
    private static PressAnswer ShowMine(Asked asked)
    {
        var cases = new[] { asked.By.Id, asked.Command.By.Id }.Distinct(StringComparer.Ordinal)
            .SelectMany(owner => asked.View.CasesOfOwner(owner, LongestList + 1))
            .OrderByDescending(@case => @case.Priority).ThenBy(@case => @case.Posted).ToList();
        return cases.Count == 0
            ? PressAnswer.Tell("You have no open case. /queue shows what waits.")
            : List(asked, $"Your open cases ({Many(cases.Count)}), most urgent first:", cases, @case => Mine(asked, @case));
    }

    private PressAnswer ShowQueue(Asked asked)
    {
        var team = TeamWritten(asked, out var unknown);
        if (unknown is not null)
        {
            return PressAnswer.Tell(unknown);
        }
        var free = asked.View.FreeCases(team, LongestList);
        var count = asked.View.CountFree(team);
        var whose = team is null ? "" : $" of {team}";
        return count == 0
            ? PressAnswer.Tell($"Nobody waits{(team is null ? "" : $" for {team}")}: every case has an owner.")
            : List(asked, $"{count} {(count == 1 ? "case" : "cases")}{whose} without an owner, most urgent first:", free, @case => Free(asked, @case));
    }

    private PressAnswer ShowMaybes(Asked asked)
    {
        var team = TeamWritten(asked, out var unknown);
        if (unknown is not null)
        {
            return PressAnswer.Tell(unknown);
        }
        var page = new TrayPage(0, team ?? "", DateOnly.MinValue, 1, 1, asked.View.UndecidedTray(team, TrayPages.EntriesAPage));
        var entries = asked.View.EntriesOf(page).Where(entry => !entry.Mention.Deleted)
            .Select(entry => TrayPages.Entry(entry.Mention.Seen(privately: false), entry.Verdict, entry.HeldBackBy)).ToList();
        if (entries.Count == 0)
        {
            return PressAnswer.Tell("The maybe list is empty: everything was decided.");
        }
        var text = new StringBuilder("Below the alert line. Is one of these a complaint?\n");
        var choices = new List<CardButton>();
        foreach (var (index, entry) in entries.Index())
        {
            text.Append($"\n{index + 1}. {entry.Who} · {entry.Where} · {asked.Age(entry.Posted)} ago\n“{Plain.Line(entry.Quote, LongestQuote * 2)}”\n");
            _ = entry.Url is { } url ? text.Append(url).Append('\n') : text;
            _ = entry.HeldBackBy is { } silence ? text.Append($"Held back by {silence}\n") : text;
            choices.Add(new CardButton($"{index + 1} · Is a complaint", new PressTarget(PressAction.TrayComplaint, entry.Mention)));
            choices.Add(new CardButton($"{index + 1} · Dismiss", new PressTarget(PressAction.TrayDismiss, entry.Mention)));
        }
        return new PressAnswer(text.ToString().TrimEnd(), choices);
    }

    private const int LongestQuote = 70;

    private static PressAnswer List(Asked asked, string title, IReadOnlyList<Case> cases, Func<Case, string> line)
    {
        var shown = cases.Take(LongestList).ToList();
        return new PressAnswer(
            string.Join('\n', shown.Select(line).Prepend(title)),
            [.. shown.Select(@case => new CardButton($"Show {@case.Id} · {Low(@case.Priority)} · {Who(asked, @case)}", new PressTarget(PressAction.Show, @case.Id)))]);
    }

    private static string Mine(Asked asked, Case @case)
    {
        var next = @case switch
        {
            { OpenPromise: { } promise } => $"{(@case.HasUnansweredSince(promise.MadeAt) ? WroteAgain(asked, @case) + " · " : "")}promised for {asked.When(promise.Due)}: {Plain.Line(promise.What.Seen(@case.Private), LongestQuote)}",
            { SnoozedUntil: { } until } => $"put off until {asked.When(until)}",
            { State: CaseState.Waiting } => "it is the customer's turn",
            { AwaitsAnswer: true } => WroteAgain(asked, @case),
            { AnsweredAt: not null } => "answered",
            _ => $"waits for an answer for {asked.Age(@case.Posted)}",
        };
        return $"{@case.Id} · {Low(@case.Priority)} · {Words(asked, @case)} · {next}";
    }

    private static string Free(Asked asked, Case @case) =>
        $"{@case.Id} · {Low(@case.Priority)} · {asked.Age(@case.Posted)}{(@case.For is { } who ? $" · for {who.Name}" : "")}"
        + $"{(@case.SnoozedUntil is { } until ? $" · put off until {asked.When(until)}" : "")}{(@case.AwaitsAnswer ? $" · {WroteAgain(asked, @case)}" : @case.AnsweredBy is { } by ? $" · {by} has answered" : "")} · {Words(asked, @case)}";

    private static string WroteAgain(Asked asked, Case @case) => $"has written again, last {asked.Age(@case.TheirWordsAt!.Value)} ago";

    private static string Words(Asked asked, Case @case) =>
        First(asked, @case) is { Deleted: false } first ? $"{CardWriter.Who(first.Post.Author)}: “{Plain.Line(CardWriter.Quote(first.Post), LongestQuote)}”" : "a deleted post";

    private static string Who(Asked asked, Case @case) => First(asked, @case) is { Deleted: false } first ? Plain.Line(CardWriter.Who(first.Post.Author), 40) : "someone";

    private static Mention? First(Asked asked, Case @case) => asked.View.MentionOf(@case.FirstMention)?.Seen(@case.Private);

    private static string Low(Scoring.Priority priority) => priority.ToString().ToLowerInvariant();

    private static string Many(int count) => count > LongestList ? $"more than {LongestList}" : $"{count}";
}
