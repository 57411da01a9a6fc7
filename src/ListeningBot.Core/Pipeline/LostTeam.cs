using ListeningBot.Core.Cases;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>A team that was taken out of the configuration, or has another name there now, while cases of it are open: nobody is called for them any more.</summary>
/// <param name="Cases">Their numbers.</param>
public sealed record LostTeam(string Name, IReadOnlyList<long> Cases)
{
    private const int APage = 500;

    /// <param name="hasRoom">A room of its own. Where no team is described, that is all there need be of one.</param>
    public static bool Is(string team, Responders responders, IEnumerable<Watch> watches, Func<string, bool> hasRoom) =>
        responders.Teams.All(described => described.Name != team) && watches.All(watch => watch.Team != team) && (responders.Teams.Count > 0 || !hasRoom(team));

    public static IReadOnlyList<LostTeam> In(IStoreView view, Func<string, bool> isLost)
    {
        var found = new List<Case>();
        for (IReadOnlyList<Case> page = view.OpenCasesAfter(0, APage); page.Count > 0; page = view.OpenCasesAfter(page[^1].Id, APage))
        {
            found.AddRange(page.Where(@case => Of(@case, isLost)));
        }
        return Of(found);
    }

    /// <summary>While one of its teams is there, that one answers (<see cref="Policy.NameAnswering"/>).</summary>
    public static bool Of(Case @case, Func<string, bool> isLost) => !@case.Shadow && @case.Teams.All(isLost);

    public static IReadOnlyList<LostTeam> Of(IEnumerable<Case> cases) => [.. cases.GroupBy(@case => @case.Teams[0], @case => @case.Id).Select(team => new LostTeam(team.Key, [.. team]))];

    /// <summary>For operators, with the cure.</summary>
    public string InWords()
    {
        var (it, cards) = Cases.Count == 1 ? ("it", "Its card is") : ("them", "Their cards are");
        return $"{Auditor.Open(Cases)} of the team \"{Name}\", which neither a watch nor responders.yaml names now: nobody is called for {it}. {cards} in the team's own room where appsettings.json still has that, else where teams without a room are. "
            + $"Claim and end {it}, or name the team again until then.";
    }
}
