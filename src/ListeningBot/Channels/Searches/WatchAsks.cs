using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Channels.Searches;

/// <summary>What the watches that listen on a channel ask of its service.</summary>
/// <param name="Wanted">Each searchable.</param>
/// <param name="Unsearchable">The names of watches that want something here, but nothing that the service could be asked for.</param>
internal sealed record WatchAsks(IReadOnlyList<Ask> Wanted, IReadOnlyList<string> Unsearchable)
{
    /// <summary>Of a watch that takes everything nothing is asked: it takes what the channel reads for other reasons.</summary>
    public static WatchAsks Of(WatchSet watches, string channel, SearchDialect dialect)
    {
        var asks = watches.Watches.Where(watch => !watch.Everything && ListensOn(watch, channel)).Select(watch => (Watch: watch, Ask: new Relaxing(dialect, channel, watch.Languages).Of(QueryOf(watch)))).ToList();
        return new([.. asks.Select(ask => ask.Ask).Where(ask => ask.IsSearchable && ask != Ask.Nothing)], [.. asks.Where(ask => !ask.Ask.IsSearchable).Select(ask => ask.Watch.Name)]);
    }

    private static bool ListensOn(Watch watch, string channel) => watch.Channels.Count == 0 || watch.Channels.Contains(channel, StringComparer.OrdinalIgnoreCase);

    /// <summary>With its languages.</summary>
    private static Query QueryOf(Watch watch) => watch.Languages.Count == 0 ? WatchSet.QueryOf(watch)
        : new Query.All([WatchSet.QueryOf(watch), new Query.Any([.. watch.Languages.Select(language => new Query.InLanguage(language))])]);
}
