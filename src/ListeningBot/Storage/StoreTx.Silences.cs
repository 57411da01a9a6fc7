using ListeningBot.Core.Cases;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public long AddSilence(Silence silence) => Hushed.Add(silence);
    public void UpdateSilence(Silence silence) => Hushed.Update(silence);
    public void HoldBack(long mention, long silence) => Hushed.HoldBack(mention, silence);
    public void NoteOnTrayPage(long page, string note) => Tray.Note(page, note);

    public long AskLink(string account, string accountName, string member, DateTimeOffset now) => Links.Ask(account, accountName, member, now);
    public void DecideLink(long id, bool yes, string by, DateTimeOffset now) => Links.Decide(id, yes, by, now);
}
