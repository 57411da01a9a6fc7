using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected GapTable Gaps { get; } = new(db);

    public IReadOnlyList<Gap> GapsOf(string channel, DateTimeOffset from, DateTimeOffset to) => [.. Gaps.Of(channel, from, to).Select(entry => entry.Gap)];
    public IReadOnlyList<LedgerEntry> LedgerOf(string channel, DateTimeOffset from, DateTimeOffset to) => Gaps.Of(channel, from, to);
    public IReadOnlyList<LedgerEntry> GapsSince(DateTimeOffset since) => Gaps.Since(since);
    public IReadOnlyList<LedgerEntry> UnsettledGaps(string channel) => Gaps.UnsettledOf(channel);
    public IReadOnlyList<LedgerEntry> UnsettledGaps() => Gaps.AllUnsettled();
    public IReadOnlyList<ChannelRead> ChannelsRead() => Channels.All();
}
