using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public long Spend(string channel, DateOnly day, long amount) => Spendings.Add(channel, day, amount);
    public bool TellSpend(string channel, DateOnly day, SpendNotice notice) => Spendings.Tell(channel, day, notice);
}
