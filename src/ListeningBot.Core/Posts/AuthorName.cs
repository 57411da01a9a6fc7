namespace ListeningBot.Core.Posts;

/// <summary>How a post's author is told from others.</summary>
public static class AuthorName
{
    /// <summary>The service's lasting id, else the handle; null when the author is not known.</summary>
    public static string? Of(Post post) => post.Author.Id is { Length: > 0 } id ? id : post.Author.Handle is { Length: > 0 } handle ? handle : null;
}
