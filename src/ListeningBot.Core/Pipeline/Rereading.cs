using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>When the posts of an open case are asked for again, and which of them.</summary>
public static class Rereading
{
    /// <summary>Of a case that gathered many, the others are heard of only where their channel tells by itself.</summary>
    public const int MostPosts = 5;

    /// <summary>How long after an asking the next one comes: five minutes in the case's first hour, an hour in its first day, then a day.</summary>
    /// <param name="firstSeen">When we first saw the case.</param>
    public static TimeSpan PauseAt(DateTimeOffset firstSeen, DateTimeOffset now) => (now - firstSeen) switch
    {
        var age when age < TimeSpan.FromHours(1) => TimeSpan.FromMinutes(5),
        var age when age < TimeSpan.FromDays(1) => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    /// <summary>What the card quotes first, then what else its author wrote, then others; the latest first. What only repeats another post answers nobody.</summary>
    public static IReadOnlyList<Post> PostsOf(IStoreView view, Case @case, string channel)
    {
        var mentions = view.MentionsOfCase(@case.Id);
        var first = mentions.FirstOrDefault(mention => mention.Id == @case.FirstMention);
        return [.. mentions
            .Where(mention => !mention.Deleted && mention.Post.Channel == channel && (mention.Id == first?.Id || mention.Post.RepostOf is null))
            .OrderByDescending(mention => mention.Id == first?.Id)
            .ThenByDescending(mention => first is not null && CaseKeys.MayBeOneAuthor(mention.Post, first.Post))
            .ThenByDescending(mention => mention.Id)
            .Take(MostPosts)
            .Select(mention => mention.Post)];
    }
}
