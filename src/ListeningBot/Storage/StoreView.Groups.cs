using ListeningBot.Core.Cases;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected GroupTable Groups { get; } = new(db);

    public bool ManyCasesSeen(string team, DateTimeOffset after, DateTimeOffset to, int many) => Groups.ManySeen(team, after, to, many);
    public CaseGroup? GroupOf(long id) => Groups.Of(id);
    public IReadOnlyList<string> RoomsOfCard(string subject) => Cards.RoomsOf(subject);
    public CaseGroup? LatestGroup(string burst, string aspect) => Groups.Latest(burst, aspect);
    public IReadOnlyList<Case> FreeInGroup(long group, int limit) => Groups.FreeIn(group, limit);
    public int CountUnansweredInGroup(long group) => Groups.CountUnansweredIn(group);
}
