using System.Text.RegularExpressions;

namespace ListeningBot.Tests.Channels.Searches;

/// <summary>
/// Reads a search as X or Reddit does: AND binds tighter than OR, "-" rules out one operator. Throws <see cref="FormatException"/> for what the service would
/// refuse, such as a group behind "-", nothing but filters, or something ruled out in an OR.
/// </summary>
internal sealed partial class SearchReader
{
    private readonly Queue<string> _tokens;
    private readonly Func<string, SearchedText, bool> _operator;
    private readonly SearchedText _text;

    private SearchReader(string search, SearchedText text, Func<string, SearchedText, bool> @operator)
    {
        (_text, _operator) = (text, @operator);
        _tokens = new(Token().Matches(search).Select(match => match.Value));
        if (string.Concat(_tokens) != search.Replace(" ", "", StringComparison.Ordinal) && !search.Contains('"', StringComparison.Ordinal))
        {
            throw new FormatException(search);
        }
    }

    public static bool Fits(string search, SearchedText text, Func<string, SearchedText, bool> @operator)
    {
        var reader = new SearchReader(search, text, @operator);
        var found = reader.Either(out var stands);
        return reader._tokens.Count == 0 && stands ? found : throw new FormatException($"The service would refuse this: {search}");
    }

    /// <summary>X: a keyword is no tag and no name.</summary>
    public static bool OfX(string one, SearchedText text) => one switch
    {
        ['"', ..] => SearchedText.Has(text.TokensOfX, one, partsAtApostrophes: true),
        ['#' or '@', ..] => text.TokensOfX.Contains(one.ToLowerInvariant()),
        _ when one.StartsWith("from:", StringComparison.Ordinal) => text.Author == one[5..],
        _ when one.StartsWith("lang:", StringComparison.Ordinal) => text.Lang == one[5..],
        _ when one.StartsWith("url:", StringComparison.Ordinal) => text.Link is { } link && SearchedText.Has(new SearchedText(link).Words, one[4..].Trim('"')),
        "has:links" => text.Link is not null,
        "is:reply" => text.IsReply,
        "is:retweet" => false,
        _ => throw new FormatException($"X knows no operator \"{one}\"."),
    };

    /// <summary>Reddit: signs are of no account.</summary>
    public static bool OfReddit(string one, SearchedText text) => one switch
    {
        ['"', ..] => SearchedText.Has(text.Words, one.Trim('"')),
        _ when one.StartsWith("author:", StringComparison.Ordinal) => text.Author == one[7..],
        _ => throw new FormatException($"Reddit knows no operator \"{one}\"."),
    };

    private bool Either(out bool stands)
    {
        var (found, parts) = (false, new List<bool>());
        do
        {
            found |= All(out var part);
            parts.Add(part);
        }
        while (_tokens.TryPeek(out var or) && or == "OR" && _tokens.TryDequeue(out _));
        stands = parts.TrueForAll(part => part) || (parts.Count == 1 && parts[0]);
        return found;
    }

    /// <param name="stands">Whether it has an operator that may stand alone; filters stand beside one anywhere in the whole.</param>
    private bool All(out bool stands)
    {
        var found = true;
        stands = false;
        while (_tokens.TryPeek(out var next) && next is not ("OR" or ")"))
        {
            _tokens.Dequeue();
            if (next == "AND")
            {
                continue;
            }
            if (next == "(")
            {
                found &= Either(out var inner);
                stands |= inner;
                if (!_tokens.TryDequeue(out var end) || end != ")")
                {
                    throw new FormatException("A parenthesis is left open.");
                }
                continue;
            }
            var without = next[0] == '-';
            var one = without ? next[1..] : next;
            found &= _operator(one, _text) != without;
            stands |= !without && !one.StartsWith("lang:", StringComparison.Ordinal) && one is not ("has:links" or "is:reply" or "is:retweet");
        }
        return found;
    }

    [GeneratedRegex("""-?(?:url:)?"[^"]*"|[()]|[^\s()"]+""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
