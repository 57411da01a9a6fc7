using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Whether every post that fits one query fits another, and whether none can. Sound, not complete: false means "not sure".</summary>
/// <param name="languages">In which the words of the first query are inflected.</param>
/// <param name="others">In which those of the other are.</param>
/// <param name="effort">Shared by many questions, so that all of them together stay cheap.</param>
/// <param name="never">What no post has that this is asked of: stars where no channel has stars.</param>
internal sealed class QueryImplication(IReadOnlyList<string> languages, IReadOnlyList<string> others, Effort effort, Predicate<Query>? never = null)
{
    private readonly TermImplication _terms = new(languages, others, effort.Words);
    private QueryImplication? _turned;

    public bool Holds(Query one, Query other) => effort.Spend() && (one, other) switch
    {
        (Query.Piece piece, _) => Holds(piece.Means, other),
        (_, Query.Piece piece) => Holds(one, piece.Means),
        (_, Query.Anything) => true,
        (Query.Any any, _) => any.Parts.All(part => Holds(part, other)),
        (_, Query.All all) => all.Parts.All(part => Holds(one, part)),
        (Query.All all, Query.Any any) => all.Parts.Any(part => Holds(part, other)) || any.Parts.Any(part => Holds(one, part)),
        (Query.All all, _) => all.Parts.Any(part => Holds(part, other)),
        (_, Query.Any any) => any.Parts.Any(part => Holds(one, part)) || (one is Query.Near near && HoldsOfNear(near, other)),
        (Query.Not not, Query.Not another) => Turned.Holds(another.What, not.What),
        (Query.Near near, _) => HoldsOfNear(near, other),
        (Query.Term term, Query.Term another) => _terms.Holds(term, another),
        (Query.LinksTo, Query.HasLink) => true,
        _ => HoldsOfFacts(one, other),
    };

    /// <summary>Surely no post fits it.</summary>
    public bool IsNever(Query query) => effort.Spend() && query switch
    {
        Query.Piece piece => IsNever(piece.Means),
        Query.Any any => any.Parts.All(IsNever),
        Query.Not not => not.What is Query.Anything,
        Query.Near near => IsNever(near.Left) || IsNever(near.Right),
        Query.All all => IsNeverAll([.. all.Parts.SelectMany(Flat)]),
        _ => never?.Invoke(query) == true,
    };

    private bool IsNeverAll(List<Query> parts)
    {
        if (parts.Exists(IsNever) || Conflict(parts))
        {
            return true;
        }
        var choices = parts.OfType<Query.Any>().ToList();
        return choices.Exists(choice => choice.Parts.All(part => Conflict([.. parts.Where(other => other != choice), .. Flat(part)])));
    }

    /// <summary>Two of them rule each other out.</summary>
    private bool Conflict(List<Query> parts) =>
        parts.OfType<Query.Not>().Any(not => parts.Exists(part => part != not && Holds(part, not.What)))
        || parts.Exists(one => parts.Exists(other => Excludes(one, other)));

    private static bool Excludes(Query one, Query other) => (one, other) switch
    {
        (Query.InLanguage first, Query.InLanguage second) => !Same(first.Language, second.Language),
        (Query.About first, Query.About second) => !Same(first.Aspect, second.Aspect),
        (Query.Stars first, Query.Stars second) => Span.Of(first.How, first.Value).IsApartFrom(Span.Of(second.How, second.Value)),
        (Query.Followers first, Query.Followers second) => Span.Of(first.How, first.Value).IsApartFrom(Span.Of(second.How, second.Value)),
        (Query.AtPriority first, Query.AtPriority second) => !Enum.GetValues<Priority>().Any(value => Fits(first, value) && Fits(second, value)),
        _ => false,
    };

    private bool HoldsOfNear(Query.Near near, Query other) =>
        other is Query.Near another
            ? near.Words <= another.Words && QueryText.Of(near.Left) == QueryText.Of(another.Left) && QueryText.Of(near.Right) == QueryText.Of(another.Right) && SameLanguages
            : Holds(near.Left, other) || Holds(near.Right, other);

    private bool HoldsOfFacts(Query one, Query other) => (one, other) switch
    {
        (Query.Stars first, Query.Stars second) => Span.Of(first.How, first.Value).IsWithin(Span.Of(second.How, second.Value)),
        (Query.Followers first, Query.Followers second) => Span.Of(first.How, first.Value).IsWithin(Span.Of(second.How, second.Value)),
        (Query.AtPriority first, Query.AtPriority second) => Enum.GetValues<Priority>().All(value => !Fits(first, value) || Fits(second, value)),
        (Query.Term, _) or (_, Query.Term) or (Query.Not, _) or (_, Query.Not) => false,
        _ => one.GetType() == other.GetType() && SameLanguages && QueryText.Of(one) == QueryText.Of(other),
    };

    private bool SameLanguages => languages.Order(StringComparer.Ordinal).SequenceEqual(others.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private QueryImplication Turned => _turned ??= new QueryImplication(others, languages, effort, never);

    private static IEnumerable<Query> Flat(Query part) => part switch
    {
        Query.All all => all.Parts.SelectMany(Flat),
        Query.Piece piece => Flat(piece.Means),
        Query.Not { What: Query.Any any } => any.Parts.SelectMany(ruledOut => Flat(new Query.Not(ruledOut))),
        Query.Not { What: Query.Piece piece } => Flat(new Query.Not(piece.Means)),
        Query.Not { What: Query.Not not } => Flat(not.What),
        _ => [part],
    };

    private static bool Fits(Query.AtPriority asked, Priority value) => asked.How switch
    {
        Compare.Below => value < asked.Value,
        Compare.AtMost => value <= asked.Value,
        Compare.Exactly => value == asked.Value,
        Compare.AtLeast => value >= asked.Value,
        _ => value > asked.Value,
    };

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>From the one value to the other; both ends may be left out.</summary>
    private readonly record struct Span(double Least, double Most, bool LeastIn, bool MostIn)
    {
        public static Span Of(Compare how, double value) => how switch
        {
            Compare.Below => new Span(double.NegativeInfinity, value, true, false),
            Compare.AtMost => new Span(double.NegativeInfinity, value, true, true),
            Compare.AtLeast => new Span(value, double.PositiveInfinity, true, true),
            Compare.Above => new Span(value, double.PositiveInfinity, false, true),
            _ => new Span(value, value, true, true),
        };

        public bool IsWithin(Span other) =>
            (Least > other.Least || (Least == other.Least && (other.LeastIn || !LeastIn))) && (Most < other.Most || (Most == other.Most && (other.MostIn || !MostIn)));

        public bool IsApartFrom(Span other) => IsBefore(other) || other.IsBefore(this);

        private bool IsBefore(Span other) => Most < other.Least || (Most == other.Least && !(MostIn && other.LeastIn));
    }
}

/// <summary>How many comparisons may still be made; when none is left, nothing more is sure.</summary>
internal sealed class Effort(int left)
{
    private int _left = left;

    public WordReadings Words { get; } = new();

    public bool IsSpent => _left <= 0;

    public bool Spend() => _left > 0 && _left-- > 0;
}
