using System.Text;

namespace ListeningBot.Core.Posts;

/// <summary>
/// What a channel read in one go. Text stays UTF-8 as it came, so that an event that no watch matches costs no allocation;
/// <see cref="PostAt"/> makes the strings for the few that do. Valid until the next batch is asked for.
/// </summary>
public abstract class PostBatch
{
    /// <summary>Where reading goes on once this batch is durable.</summary>
    public required Cursor Next { get; init; }

    /// <summary>Set when the source could not give everything since the last cursor.</summary>
    public Gap? Gap { get; init; }

    /// <summary>When the source first showed us what is in it; null when that was no earlier than the batch itself (nothing more had to be fetched for it).</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>True on the first batches ever of a source: what is older than a day is then baseline, not news.</summary>
    public bool FirstContact { get; init; }

    /// <summary>Items that could not be understood: to be kept aside with this batch.</summary>
    public IReadOnlyList<BadItem> Aside { get; init; } = [];

    public abstract int Count { get; }
    public abstract ChangeKind KindOf(int index);

    /// <summary>Key of the post, or of the author for <see cref="ChangeKind.AuthorGone"/>.</summary>
    public abstract PostKey KeyAt(int index);

    /// <summary>The channel that the post says it comes from, when that may not be the one being read (a replay shows several); else null.</summary>
    public virtual string? ChannelOf(int index) => null;

    /// <summary>The text to match: title, newline, text.</summary>
    public abstract ReadOnlySpan<byte> TextOf(int index);

    /// <summary>True when the post answers another post or stands in its thread.</summary>
    public abstract bool IsReply(int index);

    /// <summary>Stable hash (<see cref="ThreadHash"/>) of the post it answers, 0 when none.</summary>
    public abstract ulong AnswersHash(int index);

    /// <summary>Stable hash of the first post of its thread, 0 when none.</summary>
    public abstract ulong ThreadHashOf(int index);

    /// <summary>Stable hash (<see cref="ThreadHash.OfAuthor"/>) of who wrote it, 0 when not known.</summary>
    public abstract ulong AuthorHashOf(int index);

    /// <summary>True when it answers one of these, or stands in its thread.</summary>
    /// <param name="isOne">By <see cref="ThreadHash"/>; never asked for 0.</param>
    public virtual bool Follows(int index, Func<ulong, bool> isOne) =>
        (AnswersHash(index) is var answered and not 0 && isOne(answered)) || (ThreadHashOf(index) is var first and not 0 && isOne(first));

    /// <summary>As <see cref="Post.SpeaksTo"/>, or yes where the post itself must be asked.</summary>
    public virtual bool SpeaksTo(int index, string account) => false;

    /// <summary>The post with its strings. Never called for deletions.</summary>
    public abstract Post PostAt(int index);

    /// <summary>"Alive, nothing new."</summary>
    public static PostBatch Empty(Cursor next) => Of([], next);

    /// <summary>For channels with few posts: every post already has its strings.</summary>
    public static PostBatch Of(IReadOnlyList<Post> added, Cursor next, bool firstContact = false, Gap? gap = null) =>
        new ListBatch([.. added.Select(post => new PostChange(ChangeKind.Added, post.Key, post))]) { Next = next, FirstContact = firstContact, Gap = gap };

    /// <summary>For channels with few posts that also see edits and deletions.</summary>
    public static PostBatch OfChanges(IReadOnlyList<PostChange> changes, Cursor next, bool firstContact = false, Gap? gap = null, IReadOnlyList<BadItem>? aside = null, DateTimeOffset? seenAt = null) =>
        new ListBatch(changes) { Next = next, FirstContact = firstContact, Gap = gap, Aside = aside ?? [], SeenAt = seenAt };

    private sealed class ListBatch(IReadOnlyList<PostChange> changes) : PostBatch
    {
        private readonly byte[]?[] _texts = new byte[changes.Count][];

        public override int Count => changes.Count;
        public override ChangeKind KindOf(int index) => changes[index].Kind;
        public override PostKey KeyAt(int index) => changes[index].Key;
        public override string? ChannelOf(int index) => changes[index].Post?.Channel;
        public override bool IsReply(int index) => changes[index].Post is { } post && (post.InReplyTo ?? post.Thread) is not null;
        public override ulong AnswersHash(int index) => changes[index].Post?.InReplyTo is { } key ? ThreadHash.Of(key) : 0;
        public override ulong ThreadHashOf(int index) => changes[index].Post?.Thread is { } key ? ThreadHash.Of(key) : 0;
        public override ulong AuthorHashOf(int index) => changes[index].Post is { } post ? ThreadHash.OfAuthor(post) : 0;
        public override bool Follows(int index, Func<ulong, bool> isOne) => changes[index].Post?.Follows().Any(key => isOne(ThreadHash.Of(key))) == true;
        public override bool SpeaksTo(int index, string account) => changes[index].Post?.SpeaksTo(account) == true;
        public override Post PostAt(int index) => changes[index].Post ?? throw new InvalidOperationException("A deletion has no post.");

        public override ReadOnlySpan<byte> TextOf(int index)
        {
            return _texts[index] ??= changes[index].Post is { } post ? Encoding.UTF8.GetBytes(post.WholeText()) : [];
        }
    }
}

/// <summary>One change as a list: <paramref name="Post"/> is null for deletions.</summary>
public sealed record PostChange(ChangeKind Kind, PostKey Key, Post? Post);

/// <summary>An item that a channel could not understand.</summary>
/// <param name="What">Where and why, without the item's text: "line 7 is not JSON (byte 12)".</param>
/// <param name="Raw">How it begins, as it came; a few kilobytes at most.</param>
public sealed record BadItem(string What, string Raw)
{
    /// <summary>What its channel made of it, where that is known: then it can be tried again.</summary>
    public PostChange? Change { get; init; }
}

/// <summary>A stable 64-bit hash of a post's key (FNV-1a over namespace, a zero byte, id, in UTF-8), never 0.</summary>
public static class ThreadHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(PostKey key) =>
        Add(Of(Encoding.UTF8.GetBytes(key.Namespace)), Encoding.UTF8.GetBytes(key.Id));

    /// <summary>Of the author as of a post with the author's id; 0 when not known. They are kept apart by who asks.</summary>
    public static ulong OfAuthor(Post post) => AuthorName.Of(post) is { } author ? Of(new PostKey(post.Key.Namespace, author)) : 0;

    /// <summary>Begins a hash with the namespace; go on with <see cref="Add"/> over the id's bytes, in any number of pieces.</summary>
    public static ulong Of(ReadOnlySpan<byte> ns) => Add(Add(Offset, ns), [0]);

    public static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * Prime;
        }
        return hash == 0 ? 1 : hash;
    }
}
