using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public void EraseMention(long id, DateTimeOffset now)
    {
        Everything.Erase(Mentions.Of(id) ?? throw new InvalidOperationException($"There is no mention {id} to erase."));
        Tray.DropUnlisted(id);
        Lookups.Blank(id, now);
    }

    public void Reword(Case @case, IReadOnlyList<CaseEvent> events) => Everything.Reword(@case, events);
    public void RemoveUnreadableEvents(long caseId, Func<string, bool> goes) => Everything.RemoveUnreadableEvents(caseId, goes);
    public void FreeKey(string key) => Everything.FreeKey(key);
    public bool EraseAside(long id) => Dead.Remove(id);
    public int EraseAnswersSince(DateTimeOffset since) => Everything.EraseAnswersSince(since);
    public int EraseSilencesNaming(string name, DateTimeOffset now) => Everything.EraseSilencesNaming(name, now);
    public int ErasePings(string subject) => Everything.ErasePings(subject);
    public void TakePingBack(long id) => Everything.TakePingBack(id);
    public void RewordPing(long id, string text) => Everything.RewordPing(id, text);
    public int EraseContactsNaming(string text) => Everything.EraseContactsNaming(text);
    public IReadOnlyList<CardKey> ShowAnew(string subject, int? version) => Everything.ShowAnew(subject, version);
    public IReadOnlyList<CardKey> ShowThreadsAnew(string aspect, DateTimeOffset since) => Everything.ShowThreadsAnew(aspect, since);
}
