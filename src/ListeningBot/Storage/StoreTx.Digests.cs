using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public Digest? AddDigest(string team, Period period, DateTimeOffset from, DateTimeOffset to) => Digests.Add(team, period, from, to);
}
