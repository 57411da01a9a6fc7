using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>A post that matched nothing, kept as one of a sample.</summary>
/// <param name="Weight">How many posts it stands for; 1 or more.</param>
public sealed record SampledPost(long Id, Post Post, DateTimeOffset SeenAt, double Weight);

/// <summary>What is kept, in pages, for trying watches on.</summary>
public partial interface IStoreView
{
    /// <summary>The first mention seen at this time or later, or one above the last: ids rise as time does.</summary>
    long FirstMentionSince(DateTimeOffset since);

    /// <summary>0 while there is none.</summary>
    long LastMention();

    /// <summary>Mentions from this id on, in the order of their ids, without the reasons of their assessments.</summary>
    IReadOnlyList<Mention> BareMentions(long from, int limit);

    /// <summary>Sampled posts above this id, in the order of their ids.</summary>
    IReadOnlyList<SampledPost> SampledPosts(long after, int limit);
    long SampleSize();

    /// <summary>From when on so many sampled posts were seen, the latest; null where no more are kept.</summary>
    DateTimeOffset? SampleSince(int latest);

    /// <summary>The place in <see cref="SampledPosts"/> before the first one seen at this time or later: ids rise as time does.</summary>
    long SampleBefore(DateTimeOffset since);

    /// <summary>Whether it has no post seen before this time and no more than so many.</summary>
    bool SampleIsWithin(DateTimeOffset before, int size);

    /// <summary>It walks through all of the sample.</summary>
    IReadOnlyList<SampledPost> SampledNaming(string text);
}

/// <summary>Keeping a sample of what matched nothing.</summary>
public partial interface IStoreTx
{
    /// <summary>A post that is kept already stays as it is.</summary>
    void AddSampled(Post post, double weight, DateTimeOffset now);

    /// <summary>Other words of a post, if it is kept.</summary>
    void ChangeSampled(Post post);
    void RemoveSampled(PostKey key);
    void RemoveSampledOfAuthor(string ns, string authorId);

    /// <summary>Removes the oldest seen before this time, at most so many; how many those were.</summary>
    int AgeSample(DateTimeOffset before, int limit);

    /// <summary>Where it has more than <paramref name="size"/> posts: removes some of the channel that has the most, and adds their weight to others of that channel. How many those were.</summary>
    int ThinSample(int size, int limit);
}
