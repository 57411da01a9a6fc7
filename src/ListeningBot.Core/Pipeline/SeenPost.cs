using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>A complaint that a colleague saw elsewhere, as a post: its link, its words, or both.</summary>
internal static partial class SeenPost
{
    public const string Seen = "seen";
    private const int LongestText = 6000;
    private const int LongestAuthor = 100;
    private const int Patience = 10_000;

    /// <summary>Null: <paramref name="why"/> says what is missing.</summary>
    public static Post? Of(string what, string? author, out string why)
    {
        var link = Link().Match(what) is { Success: true } found ? found.Value.TrimEnd('.', ',', ';', ')', '>', '"', '\'') : null;
        var address = WebAddress.Of(link);
        var words = (link is null ? what : what.Replace(link, " ", StringComparison.Ordinal)).Trim(' ', '\n', '\r', '\t', '<', '>');
        why = link is not null && address is null ? "I can't read this link. Is it whole? It must begin with http:// or https:// and have at most 500 characters."
            : "What did you see? Write the link to the post, its words, or both.";
        if ((link is not null && address is null) || (link is null && !words.Any(char.IsLetterOrDigit)))
        {
            return null;
        }
        var by = AuthorOf(author);
        words = words.Any(char.IsLetterOrDigit) ? words[..Math.Min(words.Length, LongestText)] : link!;
        return new Post
        {
            Key = new PostKey(Seen, address is not null ? "link " + address : "text " + Print(words, by)),
            Channel = Seen,
            Kind = Seen,
            Text = words,
            Url = link,
            Author = by,
        };
    }

    /// <summary>"Mia Lang (@mia)", "@mia", an address, or a name.</summary>
    private static Author AuthorOf(string? written)
    {
        var line = Plain.Line(written, LongestAuthor);
        var both = NameAndHandle().Match(line);
        return line.Length == 0 ? Author.Unknown
            : both.Success ? new Author { Name = both.Groups["name"].Value, Handle = both.Groups["handle"].Value.TrimStart('@') }
            : line.Contains('@', StringComparison.Ordinal) && !line.Contains(' ', StringComparison.Ordinal) ? new Author { Handle = line.TrimStart('@') }
            : new Author { Name = line };
    }

    /// <summary>The same words of the same author, however they are spaced, are the same post.</summary>
    private static string Print(string words, Author by)
    {
        var folded = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{(by.Handle ?? by.Name)?.ToLowerInvariant()}\n{folded}")).AsSpan(0, 16));
    }

    [GeneratedRegex(@"https?://[^\s<>]*", RegexOptions.IgnoreCase, Patience)]
    private static partial Regex Link();

    [GeneratedRegex(@"^(?<name>[^()]+?)(\s*\(|\s+)(?<handle>@[^\s()]+|[^\s()@]+@[^\s()]+)\)?$", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex NameAndHandle();
}
