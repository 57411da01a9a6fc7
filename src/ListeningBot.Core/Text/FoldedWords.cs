using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>A text's words in their folded form, in order, for comparing texts with each other.</summary>
public static class FoldedWords
{
    private const int LongestText = 8000;
    private static readonly HashSet<string> s_small = [.. LatinWords.Small.SelectMany(words => words.Split(' '))];

    /// <summary>Words, numbers, hashtags without their sign, and characters of scripts without spaces. Links and @names are left out; so is what comes after 8,000 characters.</summary>
    public static List<string> Of(string text) => [.. Read(text, kind => kind is TokenKind.Word or TokenKind.Number or TokenKind.Hashtag or TokenKind.Unspaced)];

    /// <summary>@names with their sign, and hashtags with theirs.</summary>
    public static List<string> NamesOf(string text) => [.. Read(text, kind => kind is TokenKind.AtName or TokenKind.Hashtag, sign: true)];

    /// <summary>Web addresses as they stand.</summary>
    public static List<string> LinksOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var links = new List<string>();
        foreach (var token in new Words(bytes))
        {
            if (token.Kind == TokenKind.Link)
            {
                links.Add(Encoding.UTF8.GetString(token.In(bytes)));
            }
        }
        return links;
    }

    /// <summary>True for words such as "the", "und", "pas": in the larger languages of the Latin script.</summary>
    public static bool IsSmall(string folded) => s_small.Contains(folded);

    private static IEnumerable<string> Read(string text, Func<TokenKind, bool> wanted, bool sign = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Length <= LongestText ? text : text[..LongestText]);
        var read = new List<string>();
        Span<byte> folded = stackalloc byte[512];
        foreach (var token in new Words(bytes))
        {
            if (wanted(token.Kind) && token.TryFold(bytes, folded, out var length))
            {
                var word = Encoding.UTF8.GetString(folded[..length]);
                read.Add(sign ? word : word.TrimStart('#'));
            }
        }
        return read;
    }
}
