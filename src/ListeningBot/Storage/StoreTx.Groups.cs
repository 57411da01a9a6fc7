using ListeningBot.Core.Alerting;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public long AddGroup(string burst, string aspect, DateTimeOffset now) => Groups.Add(burst, aspect, now);
    public void JoinGroup(long group, DateTimeOffset now) => Groups.Join(group, now);
    public void WantCardCalmly(CardKey key, int? version, Priority priority, DateTimeOffset posted, DateTimeOffset now, DateTimeOffset notBefore) => Cards.WantCalmly(key, version, priority, posted, now, notBefore);
}
