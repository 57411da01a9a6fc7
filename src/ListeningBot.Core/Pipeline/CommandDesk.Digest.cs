using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>/digest: the running day or week.</summary>
public sealed partial class CommandDesk
{
    private PressAnswer ShowDigest(Asked asked)
    {
        var known = TeamsKnown(asked);
        var team = TeamWritten(asked, out var unknown)
            ?? (asked.Command.Room is { } room && known.Contains(room) ? room : known.Count == 1 ? known[0] : null);
        if (unknown is not null || team is null)
        {
            return PressAnswer.Tell(unknown ?? $"Of which team? Add the team: {string.Join(", ", known)}.");
        }
        var digest = Digests.SoFar(asked.View, team, asked["period"] == "week" ? Period.Week : Period.Day, asked.Policy, asked.Now);
        var lines = digest.Sections.SelectMany(section => section.Lines.Select(line => section.Look == SectionLook.List ? "• " + line : line).Prepend(section.Title + ":"));
        return PressAnswer.Tell(string.Join('\n', lines.Prepend($"{digest.Title}, so far"))) with { Picture = digest.Chart };
    }
}
