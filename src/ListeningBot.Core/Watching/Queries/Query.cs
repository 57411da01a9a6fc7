using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Where something stands in the text of a query.</summary>
/// <param name="Start">Characters from the beginning.</param>
/// <param name="Length">Characters.</param>
public readonly record struct QuerySpan(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>
/// What a manager asks of a post, as a tree. What each kind means stands at its type; a query is true or false of a post, nothing between. What a post does not
/// tell (no stars, no followers, no author) fits no comparison, so that NOT of it is true.
/// </summary>
public abstract record Query
{
    /// <summary>Where it was written; of no account for what it means.</summary>
    public QuerySpan At { get; init; }

    /// <summary>True of every post.</summary>
    public sealed record Anything : Query;

    /// <summary>A word or a phrase, with its words in this order, next to each other.</summary>
    /// <param name="Text">As the manager wrote it, without quotes.</param>
    public sealed record Term(IReadOnlyList<TermWord> Words, string Text) : Query;

    /// <summary>All of them.</summary>
    public sealed record All(IReadOnlyList<Query> Parts) : Query;

    /// <summary>At least one of them.</summary>
    public sealed record Any(IReadOnlyList<Query> Parts) : Query;

    public sealed record Not(Query What) : Query;

    /// <summary>
    /// Both, with at most <paramref name="Words"/> words between them, whichever comes first; they do not overlap. A hashtag is one word, and so is "can't", an emoji and
    /// each character of writing without spaces. Each side is a <see cref="Term"/>, an <see cref="Any"/> of terms, or a <see cref="Piece"/> that means one of these.
    /// </summary>
    public sealed record Near(Query Left, Query Right, int Words) : Query;

    /// <summary>A regular expression that fits anywhere in the text as it came, in any case; only what can be matched in linear time.</summary>
    public sealed record Pattern(string Regex) : Query;

    /// <summary>"$brand": a query that has a name.</summary>
    /// <param name="Name">Without the "$".</param>
    public sealed record Piece(string Name, Query Means) : Query;

    /// <summary>Of a review.</summary>
    public sealed record Stars(Compare How, double Value) : Query;

    public sealed record Followers(Compare How, long Value) : Query;

    /// <summary>Who wrote it: a handle, an id, an address, or "*@acme.example", read as in <see cref="Ours"/>.</summary>
    public sealed record From(string Account) : Query;

    /// <summary>Whom it speaks to: one of the @names with which the text begins.</summary>
    /// <param name="Account">Without "@".</param>
    public sealed record To(string Account) : Query;

    /// <param name="Name">A channel's name, or a kind of channel ("mastodon").</param>
    public sealed record OnChannel(string Name) : Query;

    /// <param name="Language">Two letters.</param>
    public sealed record InLanguage(string Language) : Query;

    /// <summary>It links this host or one below it; with a path, an address that begins with it: "acme.example", "acme.example/support".</summary>
    public sealed record LinksTo(string Address) : Query;

    /// <summary>A web address in its text or among its links.</summary>
    public sealed record HasLink : Query;

    public sealed record IsReply : Query;

    public sealed record IsRepost : Query;

    /// <summary>Known once it is scored.</summary>
    /// <param name="Aspect">As <see cref="Assessment.Aspect"/> names it: "billing".</param>
    public sealed record About(string Aspect) : Query;

    /// <summary>Known once it is scored.</summary>
    public sealed record AtPriority(Compare How, Priority Value) : Query;
}

/// <summary>One word of a <see cref="Query.Term"/>: what stands between white space. It may be more than one token of a text ("AT&amp;T", Chinese).</summary>
/// <param name="Text">As written, with its "#" or "@", without "*" and "~".</param>
public sealed record TermWord(string Text, WordForm Form = WordForm.Exact);

public enum WordForm
{
    Exact,

    /// <summary>"refund*": its last token is how a word begins.</summary>
    Begins,

    /// <summary>"~refund": the word in all its inflected forms .</summary>
    Inflected,
}

/// <summary>How a value is compared.</summary>
public enum Compare
{
    Below,
    AtMost,
    Exactly,
    AtLeast,
    Above,
}

/// <summary>What is wrong with a query, or likely a mistake.</summary>
/// <param name="What">Without a full stop: 'expects a word after AND'.</param>
/// <param name="Cure">A full sentence, with the nearest right form: 'Write "refund OR late".'</param>
public sealed record QueryProblem(QuerySpan At, string What, string Cure);

/// <param name="Root">Null when there is any problem.</param>
/// <param name="Warnings">What can be listened for but is likely not meant.</param>
public sealed record QueryReading(Query? Root, IReadOnlyList<QueryProblem> Problems, IReadOnlyList<QueryProblem> Warnings)
{
    /// <summary>One more warning, for a watch that names no channels: it can fit posts that have none of its words. Null when it can't.</summary>
    public QueryProblem? Wide { get; init; }
}

/// <summary>A query as it was written and what it means. Two are equal when they mean the same, piece by piece.</summary>
public sealed record WatchQuery(string Text, Query Root)
{
    private readonly string _canonical = QueryText.Of(Root);

    public bool Equals(WatchQuery? other) => other is not null && _canonical == other._canonical;

    public override int GetHashCode() => _canonical.GetHashCode(StringComparison.Ordinal);
}
