using ListeningBot.Configuration;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Cli;

/// <param name="Why">The words found, or why not, for people.</param>
internal sealed record ExplainVerbMatch(bool Matches, string Why);

/// <summary>Which watches match one post. Without a channel, watches count wherever they listen.</summary>
internal sealed class ExplainVerbMatches
{
    private readonly Dictionary<string, ExplainVerbMatch> _matches = new(StringComparer.Ordinal);
    private readonly List<WatchHit> _hits = [];
    private readonly Post _post;
    private readonly Assessment _assessment;

    public ExplainVerbMatches(Settings settings, Post post, Assessment assessment)
    {
        (_post, _assessment) = (post, assessment);
        foreach (var watch in settings.Watches)
        {
            _matches[watch.Name] = Match(watch);
        }
    }

    /// <summary>Where any matching watch found its words.</summary>
    public IReadOnlyList<WatchHit> Hits => _hits;

    public ExplainVerbMatch Of(Watch watch) => _matches[watch.Name];

    private ExplainVerbMatch Match(Watch watch)
    {
        var (names, nowhere) = (string.Join(", ", watch.Channels), _post.Channel.Length == 0);
        if (nowhere && watch.Everything)
        {
            return new(false, $"every post of {names}; try --channel");
        }
        if (!nowhere && watch.Channels.Count > 0 && !watch.Channels.Contains(_post.Channel, StringComparer.OrdinalIgnoreCase))
        {
            return new(false, $"listens only on {names}");
        }
        var found = Find(watch with { Channels = nowhere ? [] : watch.Channels });
        if (found is null)
        {
            return new(false, WhyNot(watch));
        }
        _hits.AddRange(found.Hits);
        var terms = string.Join(", ", WatchWords.Of(found));
        var where = nowhere && watch.Channels.Count > 0 ? $" (only on {names})" : "";
        return new(true, (watch.Everything ? "everything" + (terms.Length > 0 ? ", " : "") : "") + terms + where);
    }

    private string WhyNot(Watch watch)
    {
        var excluded = watch.Exclude.Count == 0 ? null : Find(watch with { Find = watch.Exclude, Exclude = [], Channels = [], Everything = false, Query = null });
        return excluded is not null ? $"ruled out by {string.Join(", ", WatchWords.Of(excluded))}"
            : watch.Query is { } query ? new QueryReasons(query, _post, _assessment, "--").WhyNot()
            : "none of its words";
    }

    private WatchMatch? Find(Watch watch) => WatchSet.Build([watch], Ours.Nobody).Find(_post, _assessment).FirstOrDefault();
}
