using System.Globalization;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Writes a query out: with parentheses wherever they could matter, with pieces put in, the same for queries that mean the same part by part.</summary>
public static class QueryText
{
    public static string Of(Query query) => query switch
    {
        Query.Anything => "everything",
        Query.Term term => $"\"{string.Join(' ', term.Words.Select(Of))}\"",
        Query.All all => $"({string.Join(" AND ", all.Parts.Select(Of))})",
        Query.Any any => $"({string.Join(" OR ", any.Parts.Select(Of))})",
        Query.Not not => $"NOT {Of(not.What)}",
        Query.Near near => $"({Of(near.Left)} NEAR/{near.Words} {Of(near.Right)})",
        Query.Pattern pattern => $"/{pattern.Regex.Replace("/", "\\/", StringComparison.Ordinal)}/",
        Query.Piece piece => Of(piece.Means),
        Query.Stars stars => $"stars:{Of(stars.How)}{stars.Value.ToString(CultureInfo.InvariantCulture)}",
        Query.Followers followers => $"followers:{Of(followers.How)}{followers.Value}",
        Query.From from => $"from:{from.Account}",
        Query.To to => $"to:{to.Account}",
        Query.OnChannel channel => $"channel:{channel.Name}",
        Query.InLanguage language => $"lang:{language.Language}",
        Query.LinksTo link => $"url:{link.Address}",
        Query.HasLink => "has:link",
        Query.IsReply => "is:reply",
        Query.IsRepost => "is:repost",
        Query.About about => $"about:{about.Aspect}",
        Query.AtPriority priority => $"priority:{Of(priority.How)}{priority.Value.ToString().ToLowerInvariant()}",
        _ => throw new ArgumentException($"no such query: {query.GetType().Name}", nameof(query)),
    };

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
