using System.Globalization;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>The parts of a query on one post: which fit and which don't, by the matcher itself.</summary>
/// <param name="option">What stands before the name of something that was not given: "--" where it is an option of a command.</param>
public sealed class QueryReasons(WatchQuery query, Post post, Assessment assessment, string option = "")
{
    private const int LongestPart = 60;
    private const int MostNamed = 5;

    /// <summary>Each part that must fit, as it was written, and whether it does.</summary>
    public IEnumerable<(string Part, bool Fits, string Why)> Parts() =>
        from part in query.Root is Query.All all ? all.Parts : [query.Root]
        let fits = Fits(part)
        select (Written(part), fits, fits ? By(part) : WhyNot(part));

    /// <summary>The first part that does not fit, for people: "has no "refund"".</summary>
    public string WhyNot() => WhyNot(query.Root);

    private string WhyNot(Query part) => part switch
    {
        Query.All all => WhyNot(all.Parts.First(one => !Fits(one))),
        Query.Any any => $"has none of {Named(any.Parts.Select(Written).ToList())}",
        Query.Not { What: var what } => $"ruled out by {(By(what) is { Length: > 0 } by ? by : Written(what))}",
        Query.Near near when Fits(near.Left) && Fits(near.Right) => $"{Written(near.Left)} and {Written(near.Right)} stand more than {near.Words} words apart",
        Query.Near near => WhyNot(Fits(near.Left) ? near.Right : near.Left),
        Query.Piece piece => $"${piece.Name}: {WhyNot(piece.Means)}",
        Query.Term or Query.Pattern => $"has no {Written(part)}",
        _ => $"{Written(part)} does not fit{Known(part)}",
    };

    /// <summary>What is known of the post, where that decides.</summary>
    private string Known(Query part) => part switch
    {
        Query.Stars => post.Stars is { } stars ? string.Create(CultureInfo.InvariantCulture, $": it has {stars} stars") : $": no {option}stars are given",
        Query.Followers => post.Author.Followers is { } followers ? $": its author has {followers}" : $": no {option}followers are given",
        Query.From => post.Author.Handle is null ? $": no {option}author is given" : "",
        Query.OnChannel => post.Channel.Length == 0 ? $": no {option}channel is given" : $": it is on {post.Channel}",
        Query.InLanguage => $": its language is {assessment.Lang}",
        Query.About => $": it is about {assessment.Aspect}",
        Query.AtPriority => $": its priority is {assessment.Priority.ToString().ToLowerInvariant()}",
        _ => "",
    };

    private bool Fits(Query part) => Find(part) is not null;

    private string By(Query part) => Find(part) is { } match ? Named(WatchWords.Of(match)) : "";

    private WatchMatch? Find(Query part) => WatchSet.Build([new Watch { Name = "part", Team = "", Query = new WatchQuery("", part) }], Ours.Nobody).Find(post, assessment).FirstOrDefault();

    /// <summary>As it stands in the query, where it stands there; a piece by its name.</summary>
    private string Written(Query part)
    {
        var written = part is Query.Piece piece ? "$" + piece.Name
            : part.At.Length > 0 && part.At.End <= query.Text.Length && IsIn(query.Root, part) ? query.Text.Substring(part.At.Start, part.At.Length)
            : part is Query.Term term ? term.Text
            : QueryText.Of(part);
        return string.Join(' ', written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Cut(LongestPart);
    }

    /// <summary>What a piece means stands in another text.</summary>
    private static bool IsIn(Query whole, Query part) => ReferenceEquals(whole, part) || whole switch
    {
        Query.All all => all.Parts.Any(one => IsIn(one, part)),
        Query.Any any => any.Parts.Any(one => IsIn(one, part)),
        Query.Not not => IsIn(not.What, part),
        Query.Near near => IsIn(near.Left, part) || IsIn(near.Right, part),
        _ => false,
    };

    private static string Named(IReadOnlyList<string> words) => string.Join(", ", words.Take(MostNamed)) + (words.Count > MostNamed ? $" and {words.Count - MostNamed} more" : "");
}
