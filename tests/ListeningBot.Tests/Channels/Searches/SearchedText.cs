using System.Text.RegularExpressions;
using ListeningBot.Core.Posts;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Channels.Searches;

/// <summary>A post as a service's search sees it: words, tags and names in order; each word once.</summary>
internal sealed partial record SearchedText(string Text)
{
    public string Author { get; init; } = "mia";
    public string Lang { get; init; } = "en";
    public string? Link { get; init; }
    public bool IsReply { get; init; }

    /// <summary>With "#" and "@".</summary>
    public IReadOnlyList<string> Tokens { get; } = [.. Token().Matches(Text.ToLowerInvariant()).Select(match => match.Value)];

    /// <summary>Without.</summary>
    public IReadOnlyList<string> Words => [.. Tokens.Select(token => token.TrimStart('#', '@'))];

    /// <summary>X parts words at apostrophes, and knows no tag of digits alone and no name with other letters: there the sign is of no account.</summary>
    public IReadOnlyList<string> TokensOfX => [.. Tokens.Select(token => IsOfX(token) ? token : token.TrimStart('#', '@')).SelectMany(token => token.Split('\''))];

    /// <summary>As the matcher gets it.</summary>
    public Post Post => Some.Post(Text, channel: "here") with
    {
        Author = new Author { Handle = Author, Followers = 500 },
        Links = Link is null ? null : [Link],
        InReplyTo = IsReply ? new PostKey("x", "0") : null,
    };

    public static bool Has(IReadOnlyList<string> tokens, string phrase, bool partsAtApostrophes = false)
    {
        var words = Token().Matches(phrase.ToLowerInvariant()).Select(match => match.Value.TrimStart('#', '@')).SelectMany(word => partsAtApostrophes ? word.Split('\'') : [word]).ToList();
        return words.Count > 0 && Enumerable.Range(0, Math.Max(0, tokens.Count - words.Count + 1)).Any(at => words.Index().All(word => tokens[at + word.Index] == word.Item));
    }

    private static bool IsOfX(string token) => token[0] == '#' ? !token.Skip(1).All(char.IsDigit) : token.All(char.IsAscii);

    [GeneratedRegex(@"[#@]?[\w']+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
