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
        if (rest.Length > 0 && rest[0] is not ('/' or ':' or '~') && !char.IsAsciiDigit(rest[0]))
        {
            return null;
        }
        var near = new QueryToken(QueryMark.Near, at);
        if (rest.Length > 1 && rest[0] == '/' && int.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var words) && words <= Most)
        {
            return near with { Words = words };
        }
        var large = rest.Length > 1 && rest[1..].All(char.IsAsciiDigit);
        notes.Problem(
            at,
            large && rest[0] == '/' ? $"has {Quoted.Of(plain)}, more than {Most} words apart" : $"has {Quoted.Of(plain)} without how many words may stand between",
            large && rest[0] == '/' ? $"Write NEAR/{Most} or less, or AND for anywhere in the post." : "Write NEAR/5 for at most five words between.");
        return near;
    }

    /// <summary>Whether it can stand on a side of NEAR.</summary>
    public static bool Takes(Query side) => side switch
    {
        Query.Term => true,
        Query.Any any => any.Parts.All(part => part is Query.Term),
        Query.Piece piece => piece.Means is not Query.Piece && Takes(piece.Means),
        _ => false,
    };
}
