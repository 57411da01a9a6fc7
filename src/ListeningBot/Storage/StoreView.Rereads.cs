namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected RereadTable Rereads { get; } = new(db);

    public IReadOnlyList<long> CasesToAskFor(string channel, DateTimeOffset now, int limit) => Rereads.Due(channel, now, limit);
}
