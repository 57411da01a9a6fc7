using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>A gap as the ledger of blind spots keeps it.</summary>
/// <param name="Told">The ops room was told, and is to be told of its end.</param>
public sealed record LedgerEntry(long Id, string Channel, Gap Gap, bool Told)
{
    /// <summary>The channel alone, where this is of one of its places (<see cref="Ledger.NameOf"/>).</summary>
    public string Owner => Ledger.OwnerOf(Channel);

    /// <summary>The place of the channel that was not heard; null for all of it.</summary>
    public string? Place => Owner.Length < Channel.Length ? Channel[(Owner.Length + 1)..] : null;

    /// <summary>It is not heard now; a quiet one answers.</summary>
    public bool IsDark => Gap is { Lasts: true, Quiet: false };
}

/// <summary>A channel that was ever read.</summary>
public sealed record ChannelRead(string Name, DateTimeOffset FirstContact);

public partial interface IStoreView
{
    /// <summary>Gaps of all channels that ended later than this or have not ended, in the order of their ends.</summary>
    IReadOnlyList<LedgerEntry> GapsSince(DateTimeOffset since);

    /// <summary>Gaps of a channel that touch this stretch of time.</summary>
    IReadOnlyList<LedgerEntry> LedgerOf(string channel, DateTimeOffset from, DateTimeOffset to);

    /// <summary>Gaps whose fate is not known yet.</summary>
    IReadOnlyList<LedgerEntry> UnsettledGaps(string channel);
    IReadOnlyList<LedgerEntry> UnsettledGaps();
    IReadOnlyList<ChannelRead> ChannelsRead();
}

public partial interface IStoreTx
{
    /// <summary>Returns the new gap's id.</summary>
    long AddGap(string channel, Gap gap, DateTimeOffset now, bool told = false);

    /// <summary>Replaces all but id and channel.</summary>
    void ChangeGap(LedgerEntry entry);
    void RemoveGap(long id);
}
