using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected ConfigTables Configuration { get; } = new(db);

    public long LatestConfigId() => Configuration.LatestId();
    public ConfigVersion? ConfigOf(long id) => Configuration.Of(id);
    public ConfigVersion? ConfigOfHash(string hash) => Configuration.OfHash(hash);
    public IReadOnlyList<ConfigVersion> ConfigHistory(int limit) => Configuration.History(limit);
    public SeenFiles? FilesSeenBy(string node) => Configuration.SeenBy(node);
    public HeldChange? HeldChangeOf(long id) => Configuration.HeldOf(id);
    public (long Id, HeldStanding Standing)? LatestHeld() => Configuration.LatestHeld();
    public HeldChange? HeldChangeOfHash(string hash) => Configuration.HeldOfHash(hash);
}
