using ListeningBot.Core.Posts;

namespace ListeningBot.Channels;

/// <summary>Looks up who wrote a post, where the post does not say; never before its card is wanted.</summary>
public interface IAuthorLookup
{
    /// <summary>
    /// What the service shows of the author to everybody. Null when it shows nothing, and will not later either (the account is gone).
    /// Throws <see cref="LookupException"/> when it may be asked again later.
    /// </summary>
    Task<AuthorProfile?> LookAsync(Post post, CancellationToken ct);
}

/// <summary>What is public of an author. All text is plain; null is not known.</summary>
public sealed record AuthorProfile
{
    public string? Name { get; init; }
    public string? Handle { get; init; }

    /// <summary>Where the profile stands for people, http or https, the best first; empty when they have none.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>What they say of themselves.</summary>
    public string? About { get; init; }

    /// <summary>Links that the profile itself shows, besides those in <see cref="About"/>.</summary>
    public IReadOnlyList<Uri> Links { get; init; } = [];
    public long? Followers { get; init; }

    /// <summary>Pages that say more of the author: that of the post, one about them.</summary>
    public IReadOnlyList<Uri> Pages { get; init; } = [];

    /// <summary>Where all these addresses were found: see <see cref="Net.WebGet.SentBy"/>.</summary>
    public required Uri SentBy { get; init; }
}

/// <summary>Not to be had just now. The message is for operators: no secret, no customer text.</summary>
public sealed class LookupException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>When the service said how long to wait.</summary>
    public TimeSpan? After { get; init; }
}
