using System.Net;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.Reddit;

/// <summary>What a post or comment is, however it was read: feed and API give the same key and the same words, so that a change of the way doubles nothing.</summary>
internal static class RedditPost
{
    public const string Namespace = "reddit";
    private const int LongestText = 20_000;
    private const int LongestTitle = 500;

    public static PostKey Key(string fullname) => new(Namespace, fullname);

    /// <summary>"t3_" (a post) or "t1_" (a comment) and a number to base 36.</summary>
    public static bool IsFullname(string? text) =>
        text is { Length: > 3 and <= 20 } && (text.StartsWith("t3_", StringComparison.Ordinal) || text.StartsWith("t1_", StringComparison.Ordinal)) && text.AsSpan(3).IndexOfAnyExcept(s_base36) < 0;

    /// <summary>A subreddit's or an account's.</summary>
    public static bool IsName(string? name) => name is { Length: > 0 and <= 40 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    public static string? Title(string? title) => title is not null && HtmlText.Clean(title, LongestTitle).Replace('\n', ' ') is { Length: > 0 } clean ? clean : null;

    /// <summary>The text of what Reddit made of the author's markdown, also where that came escaped once more.</summary>
    public static string Text(string? html, string? markdown) =>
        html is not null ? HtmlText.ToPlain(html.TrimStart().StartsWith("&lt;", StringComparison.Ordinal) ? WebUtility.HtmlDecode(html) : html, LongestText)
        : HtmlText.Clean(markdown ?? "", LongestText);

    /// <summary>What stands in place of a text that its author deleted, or a moderator or Reddit removed.</summary>
    public static bool IsGone(string text) => text.Trim() is "[deleted]" or "[removed]" or "[ Removed by Reddit ]" or "[unavailable]";

    /// <summary>Unknown when the account is gone.</summary>
    public static Author AuthorOf(string? name) => IsName(name)
        ? new Author { Id = name!.ToLowerInvariant(), Name = "u/" + name, Url = "https://www.reddit.com/user/" + name }
        : Author.Unknown;

    /// <summary>Absolute, for people; null for what leads elsewhere.</summary>
    public static Uri? Permalink(string? address) =>
        Uri.TryCreate(new Uri("https://www.reddit.com"), address, out var url) && url.Scheme is "http" or "https" && IsReddit(url) ? url : null;

    /// <summary>"r/laptops", or "u/mia" for what stands on somebody's own page.</summary>
    public static string? PlaceOf(Uri? permalink) => permalink?.Segments is [_, var kind, var name, ..] && IsName(name.TrimEnd('/')) ? kind switch
    {
        "r/" => "r/" + name.TrimEnd('/'),
        "user/" or "u/" => "u/" + name.TrimEnd('/'),
        _ => null,
    } : null;

    /// <summary>What a post links, when that is no page of Reddit's own.</summary>
    public static IReadOnlyList<string>? Links(string? address) =>
        address is { Length: <= 2000 } && Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && !IsReddit(url) ? [url.AbsoluteUri] : null;

    private static bool IsReddit(Uri url) => url.Host.Equals("reddit.com", StringComparison.OrdinalIgnoreCase) || url.Host.EndsWith(".reddit.com", StringComparison.OrdinalIgnoreCase);

    private static readonly System.Buffers.SearchValues<char> s_base36 = System.Buffers.SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz");
}
