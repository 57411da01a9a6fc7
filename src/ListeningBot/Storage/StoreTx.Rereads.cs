namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public void AskAgain(long caseId, string channel, DateTimeOffset due, DateTimeOffset now) => Rereads.Want(caseId, channel, due, now);
    public void AskedFor(long caseId, string channel, DateTimeOffset due, DateTimeOffset now) => Rereads.Asked(caseId, channel, due, now);
}
