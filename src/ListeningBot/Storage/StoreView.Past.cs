using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected UnmatchedTable Unmatched { get; } = new(db);
    private PastTable Past { get; } = new(db);

    public long FirstMentionSince(DateTimeOffset since) => Past.FirstSince(since);
    public long LastMention() => Past.Last();
    public IReadOnlyList<Mention> BareMentions(long from, int limit) => Past.From(from, limit);
    public IReadOnlyList<SampledPost> SampledPosts(long after, int limit) => Unmatched.After(after, limit);
    public long SampleSize() => Unmatched.Count();
    public DateTimeOffset? SampleSince(int latest) => Unmatched.Since(latest);
    public long SampleBefore(DateTimeOffset since) => Unmatched.Before(since);
    public bool SampleIsWithin(DateTimeOffset before, int size) => Unmatched.IsWithin(before, size);
    public IReadOnlyList<SampledPost> SampledNaming(string text) => Unmatched.Naming(text);
}
