namespace ListeningBot.Configuration.Editing;

/// <summary>A change of one watch in config/watches.yaml that the program makes for somebody.</summary>
/// <param name="Watch">Its name.</param>
public abstract record WatchEdit(string Watch)
{
    /// <param name="List">"find" or "exclude"; it is made when the watch has none.</param>
    public sealed record AddWord(string Watch, string List, string Word) : WatchEdit(Watch);

    /// <summary>With its last word the list goes too.</summary>
    public sealed record RemoveWord(string Watch, string List, string Word) : WatchEdit(Watch);

    public sealed record RemoveKey(string Watch, string Key) : WatchEdit(Watch);
}
