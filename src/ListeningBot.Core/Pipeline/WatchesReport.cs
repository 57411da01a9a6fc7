using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>What one word of a watch brings.</summary>
/// <param name="Word">A word or phrase, or what else a query asks for: "stars:&lt;=2".</param>
/// <param name="Posts">Kept posts in which the watch, as it stands today, finds it.</param>
/// <param name="Alerts">Those of the watch's alerts in which it stands.</param>
/// <param name="Only">Those that nothing else would have found: they are lost when the word is taken away.</param>
public sealed record WordWorth(string Word, Tally Posts, DateTimeOffset? LastFound, Precision Alerts, int Only)
{
    public bool IsNoise => WatchesReport.IsNoise(Alerts);
}

/// <summary>What one watch brings.</summary>
/// <param name="Mentions">Posts that it heard.</param>
/// <param name="Alerts">Of a watch on trial also what it would have alerted on while others decided.</param>
/// <param name="Words">In the order in which they are written.</param>
public sealed record WatchWorth(Watch Watch, int Mentions, DateTimeOffset? LastHeard, Precision Alerts, IReadOnlyList<WordWorth> Words)
{
    /// <summary>Surely no better than one right alert of four.</summary>
    public bool IsNoise => WatchesReport.IsNoise(Alerts);

    /// <summary>On trial, and surely at least half of its alerts are right.</summary>
    public bool IsReady => Watch.Shadow && !Alerts.IsSmall && Alerts.Interval.From >= WatchesReport.ReadyFrom;
}

/// <summary>Which watch and which word is worth it, by what was heard and what people said of it.</summary>
/// <param name="Since">Posts first seen at this time or later.</param>
/// <param name="First">When the first of them was seen; null when there is none.</param>
/// <param name="Posts">Looked at: mentions, and those for which the sample stands.</param>
/// <param name="Deleted">Mentions whose words are not kept: they count for their watches, for no word.</param>
public sealed record WatchesReport(IReadOnlyList<WatchWorth> Watches, DateTimeOffset Since, DateTimeOffset? First, Tally Posts, int Deleted)
{
    /// <summary>Only noise: of at least <see cref="Precision.FewVerdicts"/> judged alerts, this share can be right at best.</summary>
    public const double NoiseUpTo = 0.25;

    /// <summary>Ready: of at least <see cref="Precision.FewVerdicts"/> judged alerts, this share is right at worst.</summary>
    public const double ReadyFrom = 0.5;

    /// <summary>What was not found in so few posts may still come.</summary>
    public const int FewPosts = 100;

    public static bool IsNoise(Precision alerts) => !alerts.IsSmall && alerts.Interval.To <= NoiseUpTo;

    /// <summary>Never found although enough was looked at.</summary>
    public bool NeverFires(WordWorth word) => Posts.Total >= FewPosts && word.Posts.Total == 0;

    public bool NeverFires(WatchWorth watch) => Posts.Total >= FewPosts && watch.Mentions == 0 && watch.Words.All(word => word.Posts.Total == 0);

    /// <summary>Reads what is kept in pages, so that it runs beside a bot and needs little room.</summary>
    /// <param name="scorer">Judges what no watch matched, for queries that ask for a priority or a matter.</param>
    public static async Task<WatchesReport> ReadAsync(IStore store, WatchSet watches, Scorer scorer, DateTimeOffset since, CancellationToken ct = default)
    {
        var (first, last, tally) = await store.ReadAsync(view => (view.FirstMentionSince(since), view.LastMention(), new WatchTally(view, watches, scorer, since)), ct);
        await foreach (var mention in store.EachAsync((from, view) => from > last ? [] : view.BareMentions(from, PastPages.Size), mention => mention.Id + 1, first, ct))
        {
            tally.Add(mention);
        }
        await foreach (var post in store.EachAsync((after, view) => view.SampledPosts(after, PastPages.Size), post => post.Id, 0, ct))
        {
            tally.Add(post);
        }
        return tally.Report();
    }
}
