using System.Globalization;
using System.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Writes a query out: with parentheses wherever they could matter, with pieces put in, the same for queries that mean the same part by part.</summary>
public static class QueryText
{
    public static string Of(Query query) => query switch
    {
        Query.Anything => "is:anything",
        Query.Term term => Quote(string.Join(' ', term.Words.Select(Of))),
        Query.All { Parts: [] } => "is:anything",
        Query.All { Parts: [var one] } => Of(one),
        Query.All all => $"({string.Join(" AND ", all.Parts.Select(Of))})",
        Query.Any { Parts: [] } => "NOT is:anything",
        Query.Any { Parts: [var one] } => Of(one),
        Query.Any any => $"({string.Join(" OR ", any.Parts.Select(Of))})",
        Query.Not not => $"NOT {Of(not.What)}",
        Query.Near near => $"({Of(near.Left)} NEAR/{near.Words} {Of(near.Right)})",
        Query.Pattern pattern => $"/{Slashed(pattern.Regex)}/",
        Query.Piece piece => Of(piece.Means),
        Query.Stars stars => $"stars:{Of(stars.How)}{stars.Value.ToString(CultureInfo.InvariantCulture)}",
        Query.Followers followers => $"followers:{Of(followers.How)}{followers.Value}",
        Query.From from => $"from:{Value(from.Account)}",
        Query.To to => $"to:{Value(to.Account)}",
        Query.OnChannel channel => $"channel:{Value(channel.Name)}",
        Query.InLanguage language => $"lang:{language.Language}",
        Query.LinksTo link => $"url:{Value(link.Address)}",
        Query.HasLink => "has:link",
        Query.IsReply => "is:reply",
        Query.IsRepost => "is:repost",
        Query.About about => $"about:{about.Aspect}",
        Query.AtPriority priority => $"priority:{Of(priority.How)}{priority.Value.ToString().ToLowerInvariant()}",
        _ => throw new ArgumentException($"no such query: {query.GetType().Name}", nameof(query)),
    };

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("＂", "\\＂", StringComparison.Ordinal)}\"";

    /// <summary>In quotes where a blank or a sign would end it, or it would be taken for something else.</summary>
    private static string Value(string text) => text is "AND" or "OR" or "NOT" || text.Any(c => QuerySigns.EndsWord(c) || c is '\\' or ',') ? Quote(text) : text;

    /// <summary>With a backslash before each slash that has none.</summary>
    private static string Slashed(string regex)
    {
        var text = new StringBuilder();
        for (var i = 0; i < regex.Length; i++)
        {
            if (regex[i] == '\\' && i + 1 < regex.Length)
            {
                text.Append(regex[i++]).Append(regex[i]);
            }
            else
            {
                text.Append(QuerySigns.Plain(regex[i]) == '/' ? "\\" : "").Append(regex[i]);
            }
        }
        return text.ToString();
    }

    private static string Of(TermWord word) => word.Form switch
    {
        WordForm.Begins => word.Text + "*",
        WordForm.Inflected => "~" + word.Text,
        _ => word.Text,
    };

    private static string Of(Compare how) => how switch
    {
        Compare.Below => "<",
        Compare.AtMost => "<=",
        Compare.AtLeast => ">=",
        Compare.Above => ">",
        _ => "=",
    };
}
