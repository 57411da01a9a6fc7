namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected SpendingTable Spendings { get; } = new(db);

    public long SpentOn(string channel, DateOnly day) => Spendings.On(channel, day);
}
