using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>A word that confirmed complaints have and alerts lack.</summary>
/// <param name="How">In complaints that no watch alerts on, and in all other posts that are kept.</param>
/// <param name="Watch">That might find it: of the team that answered most of them.</param>
/// <param name="Gained">Posts that would be alerts if this watch found it.</param>
/// <param name="Right">Of these, complaints confirmed by people.</param>
/// <param name="Wrong">Of these, what people called none.</param>
/// <param name="Lowest">The least probable of the complaints that have it: below the watch's line a word alone brings nothing. 0..1.</param>
public sealed record WordToAdd(WordContrast How, string Watch, Tally Gained, int Right, int Wrong, double Lowest);

/// <summary>A word that false alarms share.</summary>
/// <param name="How">In alerts that people called wrong, and in alerts that they confirmed.</param>
/// <param name="Watch">That raised most of them.</param>
/// <param name="Spared">Alerts with the word, judged or not.</param>
/// <param name="Lost">Confirmed complaints with the word, alerts or not: what waits in the maybe list would not be there any more.</param>
public sealed record WordToExclude(WordContrast How, string Watch, int Spared, int Lost)
{
    public bool IsSafe => Lost == 0;
}

/// <summary>Words that people may add to watches or leave out, each with its numbers; what a person decides by.</summary>
/// <param name="Missed">Confirmed complaints that no watch alerts on.</param>
/// <param name="Confirmed">Confirmed complaints that a watch alerts on.</param>
/// <param name="FalseAlarms">Alerts that people called wrong.</param>
/// <param name="Posts">All that was looked at.</param>
public sealed record WordSuggestions(int Missed, int Confirmed, int FalseAlarms, Tally Posts, IReadOnlyList<WordToAdd> Add, IReadOnlyList<WordToExclude> Exclude)
{
    /// <summary>With fewer, what they share is chance.</summary>
    public const int Fewest = 5;

    /// <param name="only">The watch to suggest for; null: all.</param>
    public static async Task<WordSuggestions> ReadAsync(IStore store, WatchSet watches, Scorer scorer, DateTimeOffset since, Watch? only = null, CancellationToken ct = default)
    {
        var (first, last, said) = await store.ReadAsync(view => (view.FirstMentionSince(since), view.LastMention(), PastVerdicts.Of(view)), ct);
        var search = new WordSearch(watches, scorer, said, since, only);
        await foreach (var mention in store.EachAsync((from, view) => from > last ? [] : view.BareMentions(from, PastPages.Size), mention => mention.Id + 1, first, ct))
        {
            search.Draft(mention);
        }
        search.StartCounting();
        await foreach (var mention in store.EachAsync((from, view) => from > last ? [] : view.BareMentions(from, PastPages.Size), mention => mention.Id + 1, first, ct))
        {
            search.Count(mention);
        }
        await foreach (var post in store.EachAsync((after, view) => view.SampledPosts(after, PastPages.Size), post => post.Id, 0, ct))
        {
            search.Count(post);
        }
        return search.Found();
    }
}
