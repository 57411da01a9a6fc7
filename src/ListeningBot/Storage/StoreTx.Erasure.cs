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
    public void FreeKey(string key) => Everything.FreeKey(key);
    public void EraseAside(long id) => Dead.Remove(id);
    public void EraseAnswersSince(DateTimeOffset since) => Everything.EraseAnswersSince(since);
    public void EraseSilencesNaming(string name, DateTimeOffset now) => Everything.EraseSilencesNaming(name, now);
    public void ErasePings(string subject) => Everything.ErasePings(subject);
    public void RewordPing(long id, string text) => Everything.RewordPing(id, text);
    public void EraseContactsNaming(string text) => Everything.EraseContactsNaming(text);
    public void ShowAnew(string subject, int? version) => Everything.ShowAnew(subject, version);
    public void ShowThreadsAnew(string aspect, DateTimeOffset since) => Everything.ShowThreadsAnew(aspect, since);
}
