using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public long AddGap(string channel, Gap gap, DateTimeOffset now, bool told = false)
    {
        Facts.GapNoted(Ledger.OwnerOf(channel));
        return Gaps.Add(channel, gap, now, told);
    }

    public void ChangeGap(LedgerEntry entry) => Gaps.Change(entry);
    public void RemoveGap(long id) => Gaps.Remove(id);
}
