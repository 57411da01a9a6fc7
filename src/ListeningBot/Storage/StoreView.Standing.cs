using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected StandingTable Stands { get; } = new(db);

    public StoreStanding Standing(DateTimeOffset now) =>
        new(Stands.Cases(), Stands.Cards(), Tray.Undecided(), Pings.Waiting(), Stands.DeadLetters(), Stands.DueSince(now), Stands.Bytes());
}
