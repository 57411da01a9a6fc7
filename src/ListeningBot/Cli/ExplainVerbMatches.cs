using System.Text;
using ListeningBot.Configuration;
using ListeningBot.Core.Watching;

namespace ListeningBot.Cli;

/// <param name="Why">The words found, or why not, for people.</param>
internal sealed record ExplainVerbMatch(bool Matches, string Why);

/// <summary>Which watches match one text. Without a channel, watches of words count wherever they listen.</summary>
internal sealed class ExplainVerbMatches
{
    private readonly Dictionary<string, ExplainVerbMatch> _matches = new(StringComparer.Ordinal);
    private readonly List<WatchHit> _hits = [];

    public ExplainVerbMatches(Settings settings, string text, string? channel)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var watch in settings.Watches)
        {
            _matches[watch.Name] = Match(watch, bytes, channel);
        }
    }

    /// <summary>Where any matching watch found its words.</summary>
    public IReadOnlyList<WatchHit> Hits => _hits;

    public ExplainVerbMatch Of(Watch watch) => _matches[watch.Name];

    private ExplainVerbMatch Match(Watch watch, byte[] text, string? channel)
    {
        var names = string.Join(", ", watch.Channels);
        if (channel is null && watch.Everything)
        {
            return new(false, $"every post of {names}; try --channel");
        }
        if (channel is not null && watch.Channels.Count > 0 && !watch.Channels.Contains(channel, StringComparer.OrdinalIgnoreCase))
        {
            return new(false, $"listens only on {names}");
        }
        var found = Find(watch with { Channels = channel is null ? [] : watch.Channels }, text, channel);
        if (found is null)
        {
            return new(false, WhyNot(watch, text));
        }
        _hits.AddRange(found.Hits);
        var terms = string.Join(", ", found.Hits.Select(h => h.Term).Distinct(StringComparer.Ordinal));
        var where = channel is null && watch.Channels.Count > 0 ? $" (only on {names})" : "";
        return new(true, (watch.Everything ? "everything" + (terms.Length > 0 ? ", " : "") : "") + terms + where);
    }

    private static string WhyNot(Watch watch, byte[] text)
    {
        var excluded = watch.Exclude.Count == 0 ? null : Find(watch with { Find = watch.Exclude, Exclude = [], Channels = [], Everything = false }, text, null);
        return excluded is null ? "none of its words" : $"ruled out by {string.Join(", ", excluded.Hits.Select(h => h.Term).Distinct(StringComparer.Ordinal))}";
    }

    private static WatchMatch? Find(Watch watch, byte[] text, string? channel) =>
        WatchSet.Build([watch], Ours.Nobody).Find(text, channel ?? "").FirstOrDefault();
}
