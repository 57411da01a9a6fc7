namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    private RetentionTable Retention { get; } = new(db);
    private RetentionOfLists AgedLists { get; } = new(db);

    public int AgeCases(DateTimeOffset before, int limit) => Retention.Cases(before, limit);
    public int AgeLoose(DateTimeOffset before, DateTimeOffset judgedBefore, int limit) => Retention.Loose(before, judgedBefore, limit);
    public int AgePresses(DateTimeOffset before, int limit) => AgedLists.Presses(before, limit);
    public int AgeLists(DateTimeOffset before, int limit) => AgedLists.Lists(before, limit);
    public int AgeDigests(DateTimeOffset before, int limit) => AgedLists.Digests(before, limit);
    public int AgeCalendars(DateTimeOffset before, int limit) => AgedLists.Calendars(before, limit);
    public int AgeLedger(DateTimeOffset before, int limit) => AgedLists.Ledger(before, limit);
}
