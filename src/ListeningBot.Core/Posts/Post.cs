namespace ListeningBot.Core.Posts;

/// <summary>Which post this is, wherever it was read: unique in its namespace ("x", "bluesky", "mail:inbox", a feed's address).</summary>
public sealed record PostKey(string Namespace, string Id)
{
    public override string ToString() => $"{Namespace} {Id}";
}

/// <summary>Who wrote a post, as far as its channel said so.</summary>
public sealed record Author
{
    public static readonly Author Unknown = new();

    /// <summary>The service's own lasting id (a DID, a mail address in lower case), or null.</summary>
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Handle { get; init; }
    public string? Url { get; init; }
    public long? Followers { get; init; }

    /// <summary>The same author, with what was known before where this says nothing.</summary>
    public Author Or(Author known) => Id is null || Id != known.Id ? this : this with
    {
        Name = Name ?? known.Name,
        Handle = Handle ?? known.Handle,
        Url = known.Handle is not null && Handle is null ? known.Url : Url ?? known.Url,
        Followers = Followers ?? known.Followers,
    };
}

/// <summary>One item as the channel gave it. All text is plain text; markup ends at the channel.</summary>
public sealed record Post
{
    /// <summary>An older date was never meant: it is the beginning of a calendar that somebody left empty (the years 1, 1970, 1980), and nothing that we read is so old.</summary>
    private static readonly DateTimeOffset s_meant = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public required PostKey Key { get; init; }

    /// <summary>The configured name of the channel instance.</summary>
    public required string Channel { get; init; }

    /// <summary>The channel's kind: "rss", "mail", "bluesky", "replay"...</summary>
    public required string Kind { get; init; }
    public required string Text { get; init; }
    public string? Title { get; init; }

    /// <summary>Where a human opens it; http or https, or null.</summary>
    public string? Url { get; init; }
    public Author Author { get; init; } = Author.Unknown;

    /// <summary>The language the source claims (BCP 47), or null.</summary>
    public string? Lang { get; init; }

    /// <summary>When the source says it was posted; not yet clamped. Null when it does not say, or says a time from before 1990.</summary>
    public DateTimeOffset? Posted { get; init => field = value < s_meant ? null : value; }
    public PostKey? InReplyTo { get; init; }

    /// <summary>The first post of the thread it stands in, or null when it starts one.</summary>
    public PostKey? Thread { get; init; }

    /// <summary>The posts between <see cref="Thread"/> and <see cref="InReplyTo"/>, the nearest first, where the source names them (mail); else null.</summary>
    public IReadOnlyList<PostKey>? Between { get; init; }

    /// <summary>The post that this one only repeats (a repost, a retweet, a boost), where the source says so; else null.</summary>
    public PostKey? RepostOf { get; init; }

    /// <summary>Web addresses that it links besides those in its text (a shared article, a card), http or https; null when there are none.</summary>
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>True for auto-replies, bounces and list mail: a machine wrote it, no customer.</summary>
    public bool Automatic { get; init; }

    /// <summary>True when it was written to us alone (mail): its text belongs in no public room.</summary>
    public bool Private { get; init; }

    /// <summary>True when its source says that we wrote it (a folder of sent mail), whatever its author is called.</summary>
    public bool ByUs { get; init; }

    /// <summary>True when one of us wrote it and it answers nobody, whatever thread it names: it goes among ourselves, or passes on what another wrote, who is then its author.</summary>
    public bool AnswersNobody { get; init; }

    /// <summary>True when its source does not show what is answered to it: silence there means nothing.</summary>
    public bool AnswersUnseen { get; init; }

    /// <summary>Where in its service it stands, for people; neither matched nor scored: "Germany, version 3.2", "r/laptops"; null when the channel says enough.</summary>
    public string? Place { get; init; }

    /// <summary>A rating of 1..5, where the source has one.</summary>
    public double? Stars { get; init; }

    /// <summary>Whether it answers or quotes a post of the account, where a service names posts by their authors' lasting ids ("did:plc:.../3mq"): there the text need not name whom it speaks to.</summary>
    public bool SpeaksTo(string account) =>
        (InReplyTo is { Id: var answered } && answered.Length > account.Length && answered[account.Length] == '/' && answered.StartsWith(account, StringComparison.OrdinalIgnoreCase))
        || Links?.Any(link => link.Contains($"/{account}/post/", StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>What is matched and scored of it: title, newline, text.</summary>
    public string WholeText() => Title is null ? Text : Title + "\n" + Text;

    /// <summary>All posts that it follows in its thread, as far as they are known: what it answers first, each once.</summary>
    public IEnumerable<PostKey> Follows() => new[] { InReplyTo }.Concat(Between ?? []).Append(Thread).OfType<PostKey>().Distinct();

    /// <summary>Those, and the one that it only repeats.</summary>
    public IEnumerable<PostKey> LeadsTo() => Follows().Concat(new[] { RepostOf }.OfType<PostKey>());
}

/// <summary>What happened to a post at its source.</summary>
public enum ChangeKind
{
    Added,
    Edited,
    Deleted,

    /// <summary>The author's account is gone: all of that author's posts are deleted. The key's id is the author's id.</summary>
    AuthorGone,
}

/// <summary>Where a channel goes on reading. Opaque to everyone but its channel.</summary>
public sealed record Cursor(string Value);
