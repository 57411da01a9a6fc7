using ListeningBot.Core.Watching;

namespace ListeningBot.Configuration;

/// <summary>Warns of watches that a service which must be told what to look for can't be asked for: there they would hear nothing, and nobody would know.</summary>
internal static class SearchWarnings
{
    /// <param name="place">Of the watches.</param>
    public static void Warn(Settings settings, Place place, Problems problems)
    {
        var watches = WatchSet.Build(settings.Watches, settings.Ours);
        foreach (var channel in settings.Channels)
        {
            foreach (var watch in channel.Kind.Searches(channel.Name, channel.Options, watches)?.Unsearchable ?? [])
            {
                problems.Warn(place, $"watch {Problems.Quote(watch)} can't be searched for on {Problems.Quote(channel.Name)}: it has no word that must be there", "Add one.");
            }
        }
    }
}
