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
}
