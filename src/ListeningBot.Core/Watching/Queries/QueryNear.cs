using System.Globalization;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>"NEAR/5": two words with at most so many words between them.</summary>
internal static class QueryNear
{
    /// <summary>Words; what is further apart has nothing to do with each other.</summary>
    private const int Most = 100;

    /// <summary>Null for a word that only begins like it.</summary>
    public static QueryToken? Read(string plain, QuerySpan at, QueryNotes notes)
    {
        var rest = plain["NEAR".Length..];
        if (rest.Length > 0 && rest[0] is not ('/' or '\\' or ':' or '~' or '-') && !char.IsAsciiDigit(rest[0]))
        {
            return null;
        }
        var digits = rest.TrimStart('/', '\\', ':', '~', '-');
        var (counted, near) = (digits.Length > 0 && digits.All(char.IsAsciiDigit), new QueryToken(QueryMark.Near, at));
        var fits = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var words) && words <= Most;
        if (counted && !fits)
        {
            notes.Problem(at, $"has {Quoted.Of(plain)}, more than {Most} words", $"Write NEAR/{Most} or less, or AND for anywhere in the post.");
        }
        else if (!counted)
        {
            notes.Problem(at, $"has {Quoted.Of(plain)}, which does not say how many words may stand between", "Write the number directly after a slash: NEAR/5 for at most five words between.");
        }
        else if (rest != "/" + digits)
        {
            notes.Problem(at, $"has {Quoted.Of(plain)}", $"Write NEAR/{words}.");
        }
        return near with { Words = words };
    }

    /// <summary>Null when one of the sides can't stand there, which is told.</summary>
    public static Query? Of(Query left, Query right, QueryToken near, QueryNotes notes)
    {
        if (Side(left) is { } one && Side(right) is { } other)
        {
            return new Query.Near(one, other, near.Words);
        }
        var wrong = Side(left) is null ? left : right;
        var (what, cure) = wrong switch
        {
            Query.Near => ("a third word", "Take two at a time: (a NEAR/5 b) AND (b NEAR/5 c)."),
            Query.Not => ("NOT", "To rule out that they stand together write NOT (a NEAR/5 b)."),
            Query.All => ("several words that must all be there", "Put a phrase in quotes, or write OR between them."),
            _ => ("what is no word", "On both sides of NEAR stand words and phrases, or several with OR in parentheses: (late OR slow) NEAR/5 delivery."),
        };
        notes.Problem(near.At, $"has NEAR beside {what}", cure);
        return null;
    }

    /// <summary>What can stand on a side of NEAR, with pieces inside of an OR put in; null for all else.</summary>
    private static Query? Side(Query query) => query switch
    {
        Query.Term => query,
        Query.Piece piece => Terms(piece.Means) is null ? null : piece,
        Query.Any any => Terms(any) is { } terms ? any with { Parts = terms } : null,
        _ => null,
    };

    private static IReadOnlyList<Query>? Terms(Query query) => query switch
    {
        Query.Term => [query],
        Query.Piece piece => Terms(piece.Means),
        Query.Any any when any.Parts.Select(Terms).ToList() is var parts && !parts.Contains(null) => [.. parts.SelectMany(terms => terms!)],
        _ => null,
    };
}
