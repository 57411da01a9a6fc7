using ListeningBot.Core.Cases;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    public Mention? MentionAt(string address) => Mentions.At(address);
    public IReadOnlyList<long> UndecidedTray(string? team, int limit) => Tray.UndecidedOf(team, limit);
    public IReadOnlyList<Case> FreeCases(string? team, int limit) => Lists.FreeOf(team, limit);
    public int CountFree(string? team) => Lists.CountFree(team);
    public IReadOnlyList<Case> UnansweredFreeCases(int limit) => Lists.UnansweredFree(limit);
    public Case? OldestFree() => Lists.OldestFree();
}
