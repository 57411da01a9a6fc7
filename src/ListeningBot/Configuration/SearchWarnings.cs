namespace ListeningBot.Configuration;

/// <summary>Warns of watches that a service which must be told what to look for can't be asked for: there they would hear nothing, and nobody would know.</summary>
internal static class SearchWarnings
{
    /// <param name="place">Of the watches.</param>
    public static void Warn(Settings settings, Place place, Problems problems)
    {
        var watches = settings.Matcher();
        var unsearchable = from channel in settings.Channels
                           from watch in channel.Kind.Searches(channel.Name, channel.Options, watches)?.Unsearchable ?? []
                           group Problems.Quote(channel.Name) by watch;
        foreach (var watch in unsearchable)
        {
            problems.Warn(place, $"watch {Problems.Quote(watch.Key)} can't be searched for on {string.Join(", ", watch)}: it has no word that must be there", "Add one.");
        }
    }
}
