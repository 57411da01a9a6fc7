using System.Text.RegularExpressions;
using ListeningBot.Configuration.Schemas;
using ListeningBot.Core.Teams;
using NodaTime;

namespace ListeningBot.Configuration.Teams;

/// <summary>The rota of a team and its dated changes: lists of "when: who".</summary>
internal sealed partial class RotaEntry(IReadOnlyList<Member> members, IReadOnlyList<Member> people, string what, RespondersText text)
{
    private const string ShiftCure = "Write each shift as - mon-fri 09:00-17:00: [anna, ben], or - always: [anna].";
    private const string ChangeCure = "Write - 2026-12-24: [ben], or - 2026-08-03 to 2026-08-14: anna away, or - 2026-12-27: ben for anna.";

    public IReadOnlyList<Shift> Shifts(MapNode team) =>
        [.. Pairs(team, "rota", ShiftCure).Select(pair => ShiftOf(pair)).OfType<Shift>()];

    public IReadOnlyList<Change> Changes(MapNode team) =>
        [.. Pairs(team, "changes", ChangeCure).Select(pair => ChangeOf(pair)).OfType<Change>()];

    private IEnumerable<Entry> Pairs(MapNode team, string key, string cure)
    {
        foreach (var item in text.Items(team, key, $"{what}: {key}", cure))
        {
            if (item is MapNode { Entries: [var pair] })
            {
                yield return pair;
                continue;
            }
            text.Problems.Add(item.Place, $"{what}: {key} has an entry that is not one \"when: who\"", cure);
        }
    }

    private Shift? ShiftOf(Entry pair)
    {
        var when = pair.Key.Trim() == "always" ? null : TimeWords.Hours(pair.Key);
        if (when is null && pair.Key.Trim() != "always")
        {
            text.Problems.Add(pair.Place, $"{what}: rota has {Problems.Quote(pair.Key)}, which is no hours of a week", TimeWords.HoursCure);
            return null;
        }
        return pair.Value is MapNode turns ? TurnsOf(when, turns) : Who(pair.Value, pair.Place, "rota") is { Count: > 0 } who ? new Shift(when, who) : null;
    }

    private Shift? TurnsOf(Weekly? when, MapNode turns)
    {
        WatchesFile.RefuseUnknownKeys(turns, RespondersSchema.Turns.Names, what + ": rota", text.Problems);
        var order = Who(turns.ValueOf("turns"), turns.Place, "rota: turns");
        var every = turns.ValueOf("every") as ScalarNode;
        var days = every?.Text.Trim() switch { null or "week" => 7, "day" => 1, var other => TimeWords.Duration(other!) is { TotalDays: >= 1 } span && span.TotalDays % 1 == 0 ? (int)span.TotalDays : 0 };
        if (days == 0)
        {
            text.Problems.Add(every!.Place, $"{what}: rota: every is {Problems.Quote(every.Text)}, which is no whole days", "Write every: week, every: day or every: 3 days.");
        }
        var from = turns.ValueOf("from") is ScalarNode written ? TimeWords.Moment(written.Text) : null;
        if (from is null)
        {
            text.Problems.Add(turns.ValueOf("from")?.Place ?? turns.Place, $"{what}: rota does not say from when the turns count", "Add from: 2026-01-05 09:00, the first one's first day and the time of hand-over.");
        }
        return order.Count > 0 && days > 0 && from is { } begin ? new Shift(when, order, new Turns(days, begin)) : null;
    }

    private IReadOnlyList<Member> Who(Node? node, Place place, string where)
    {
        var who = text.Members(node, $"{what}: {where}", people);
        foreach (var stranger in who.Where(member => !members.Contains(member)))
        {
            text.Problems.Add(node!.Place, $"{what}: {where} names {Problems.Quote(stranger.Id)}, who is not one of its members", $"Add {stranger.Id} to the members of this team.");
        }
        if (node is null or ListNode { Items.Count: 0 } or ScalarNode { Text: "" })
        {
            text.Problems.Add(place, $"{what}: {where} names nobody", "Add who it is: [anna, ben].");
        }
        return who;
    }

    private Change? ChangeOf(Entry pair)
    {
        if (TimeWords.Span(pair.Key) is not var (from, to))
        {
            text.Problems.Add(pair.Place, $"{what}: changes has {Problems.Quote(pair.Key)}, which is no date or time from one to another", TimeWords.SpanCure);
            return null;
        }
        if (pair.Value is not ScalarNode { Text: var said } words || !said.Trim().Contains(' ', StringComparison.Ordinal))
        {
            return Who(pair.Value, pair.Place, "changes") is { Count: > 0 } who ? new Instead(from, to, who) : null;
        }
        if (SaidForm().Match(said.Trim()) is { Success: true } match)
        {
            return Said(match, words, from, to);
        }
        text.Problems.Add(words.Place, $"{what}: changes has {Problems.Quote(said)}, which does not say who is there", "Write [ben] or [anna, ben] for those who are there alone, anna away, or ben for anna.");
        return null;
    }

    private Change? Said(Match match, ScalarNode words, LocalDateTime from, LocalDateTime to)
    {
        Member? Of(string group) => Who(new ScalarNode(words.Place, ScalarKind.Text, match.Groups[group].Value), words.Place, "changes").FirstOrDefault();
        var who = Of("who");
        if (!match.Groups["other"].Success)
        {
            return who is null ? null : new Away(from, to, who);
        }
        var other = Of("other");
        return who is null || other is null ? null : new StandIn(from, to, who, other);
    }

    [GeneratedRegex("^(?<who>[^ ]+) +(away|for +(?<other>[^ ]+))$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SaidForm();
}
