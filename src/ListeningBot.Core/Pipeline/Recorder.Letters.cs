using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>Which post it is, where several letters come under one id.</summary>
public sealed partial class Recorder
{
    /// <summary>Some web forms send every letter under one and the same id: what somebody else wrote, or wrote at another time, with other words, is another letter.</summary>
    private Heard UnderAKeyOfItsOwn(Heard heard)
    {
        var post = heard.Post;
        return heard is { Kind: ChangeKind.Added, ByUs: false } && post.Private && tx.MentionOf(post.Key) is { } known && IsAnotherLetter(known, post)
            ? heard with { Post = post with { Key = KeyOfItsOwn(post.Key, post) } }
            : heard;
    }

    internal static PostKey KeyOfItsOwn(PostKey shared, Post post) => shared with { Id = $"{shared.Id}#{ThreadHash.Of(new PostKey($"{post.Author.Id} {post.Posted:O}", post.Text)):x16}" };

    /// <summary>Of one that was deleted or erased only its time is left to compare: the very same letter stays forgotten. Other senders may give a post another time with each delivery, and call it mail.</summary>
    private static bool IsAnotherLetter(Mention known, Post post) => known.Deleted
        ? post.Key.Namespace.StartsWith("mail:", StringComparison.Ordinal) && !IsOneTime(known.Post.Posted, post.Posted)
        : AreTwo(known.Post, post);

    /// <summary>Two letters under one id: other words, and another author or time.</summary>
    internal static bool AreTwo(Post known, Post post) => SaysElse(known, post) && (known.Author.Id != post.Author.Id || !IsOneTime(known.Posted, post.Posted));

    /// <summary>What is stored has whole milliseconds.</summary>
    private static bool IsOneTime(DateTimeOffset? known, DateTimeOffset? told) => known?.ToUnixTimeMilliseconds() == told?.ToUnixTimeMilliseconds();
}
