using System.Globalization;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>What the cards of a held change say. Customers' words are read when it is shown, so that what is deleted leaves it.</summary>
internal static class HeldWriter
{
    private const int LongestQuote = 100;

    public static NoticeCard Card(IStoreView view, HeldChange held, CardKey key, int version)
    {
        var open = held.Standing == HeldStanding.Held;
        string[] lines = open ? [$"Held, not live: {held.Wanted.Changed}", .. Why(view, held), $"Version {held.Base} stays live until somebody presses Apply or Discard, or runs `listeningbot config apply` or `config discard`. Reckoned on {held.Why.ReckonedOn}."]
            : [$"Held change {held.Id}: {held.Wanted.Changed}", ConfigDesk.Sentence(Became(held)), .. held.Standing == HeldStanding.Discarded ? [HowBack(held)] : Array.Empty<string>()];
        return new NoticeCard
        {
            Key = key,
            Version = version,
            Good = !open,
            At = held.Wanted.At,
            Text = string.Join('\n', lines),
            Buttons = open
                ? [new CardButton("Apply", new PressTarget(PressAction.ApplyChange, held.Id)), new CardButton("Discard", new PressTarget(PressAction.DiscardChange, held.Id))]
                : [],
        };
    }

    /// <summary>By team: what would be missed, short and masked as on cards, and how alerts multiply.</summary>
    public static IEnumerable<string> Why(IStoreView view, HeldChange held)
    {
        foreach (var team in held.Why.Teams)
        {
            if (team.Floods)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"Team {team.Team}: {team.AlertsAfter} alerts where there were {team.AlertsBefore}.");
            }
            if (team.MissedCount > 0)
            {
                yield return $"Team {team.Team} would have missed {(team.MissedCount == 1 ? "a confirmed complaint" : $"{team.MissedCount} confirmed complaints")}:";
            }
            foreach (var mention in team.Missed.Select(view.MentionOf).OfType<Cases.Mention>())
            {
                yield return $"- {Told(view, mention)}";
            }
            if (team.MissedCount > team.Missed.Count)
            {
                yield return $"- and {team.MissedCount - team.Missed.Count} more";
            }
        }
    }

    /// <summary>"applied by Anna", for one that is settled.</summary>
    public static string Became(HeldChange held) => held.Standing switch
    {
        HeldStanding.Applied => $"applied by {held.SettledBy}",
        HeldStanding.Discarded => $"discarded by {held.SettledBy}; version {held.Base} stays live",
        HeldStanding.Overtaken => $"no longer to be decided: {held.SettledBy}",
        _ => "held",
    };

    public static string HowBack(HeldChange held) => $"The file still says otherwise: edit it, or bring it back with `listeningbot config restore {held.Base}`.";

    private static string Told(IStoreView view, Cases.Mention mention)
    {
        if (mention.Deleted)
        {
            return "a post that its author deleted";
        }
        var @case = mention.CaseId is { } id ? view.CaseOf(id) : null;
        var seen = mention.Seen(@case?.Private ?? false);
        return $"{(@case is null ? "" : $"case {@case.Id}, ")}{CardWriter.Who(seen.Post.Author)}: “{Plain.Line(seen.Post.Text, LongestQuote)}”";
    }
}
