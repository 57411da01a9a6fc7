using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>Writes the questions of one watch after the other. Last things first: so each question knows where its answers lead.</summary>
internal sealed class QuestionWriter(TermWriter terms)
{
    private readonly List<Question> _questions = [];
    private readonly List<int> _first = [];
    private readonly List<int> _ranges = [0];
    private readonly List<NearPair> _pairs = [];
    private readonly List<CompiledPattern> _patterns = [];
    private readonly List<Query> _facts = [];
    private readonly Dictionary<string, int?> _patternPlaces = new(StringComparer.Ordinal);

    /// <summary>For each watch; null where every post must be asked.</summary>
    public List<Cover?> Covers { get; } = [];

    public Questions Done() => new([.. _questions], [.. _first], [.. _ranges], [.. terms.Nodes], [.. terms.Texts], [.. _pairs], [.. _patterns], [.. _facts]);

    public void Add(Watch watch)
    {
        var rest = (At: Question.True, Cover: (Cover?)null);
        if (watch.Exclude.Count > 0)
        {
            rest = Write(terms.Range(watch.Exclude, watch.Languages), not: true, Question.True, Question.False);
        }
        var (first, cover) = What(watch, rest.At);
        _first.Add(first);
        _ranges.Add(_questions.Count);
        Covers.Add(cover);
    }

    private (int At, Cover? Cover) What(Watch watch, int yes)
    {
        if (watch.Query is { } query)
        {
            return Write(query.Root, not: false, yes, Question.False, watch.Languages);
        }
        var everything = watch.Everything && watch.Channels.Count > 0;
        var (at, cover) = Write(terms.Range(watch.Find, watch.Languages), not: false, yes, everything ? yes : Question.False);
        return everything ? (watch.Find.Count > 0 ? at : yes, null) : (at, cover);
    }

    private (int At, Cover? Cover) Write(Query query, bool not, int yes, int no, IReadOnlyList<string> languages) => query switch
    {
        Query.Piece piece => Write(piece.Means, not, yes, no, languages),
        Query.Not inner => Write(inner.What, !not, yes, no, languages),
        Query.Anything => not ? (no, Cover.Nothing) : (yes, null),
        Query.Term term => Write(terms.Range([term], languages), not, yes, no),
        Query.All all => Write(PatternsLast(all.Parts), all: !not, not, yes, no, languages),
        Query.Any any => Write(TermsTogether(any), all: not, not, yes, no, languages),
        TermGroup group => Write(terms.Range(group.Terms, languages), not, yes, no),
        Query.Near near => Write(near, not, yes, no, languages),
        Query.Pattern pattern => Write(pattern, not, yes, no),
        Query.To to => Write(to, not, yes, no),
        _ => (Fact(query, not, yes, no), null),
    };

    /// <param name="all">Each part must be so, else one of them.</param>
    private (int At, Cover? Cover) Write(IReadOnlyList<Query> parts, bool all, bool not, int yes, int no, IReadOnlyList<string> languages)
    {
        var covers = new List<Cover?>(parts.Count);
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            var (at, cover) = Write(parts[i], not, yes, no, languages);
            (yes, no) = all ? (at, no) : (yes, at);
            covers.Add(cover);
        }
        return all ? (yes, Cover.OfAll(covers)) : (no, Cover.OfAny(covers));
    }

    private (int At, Cover? Cover) Write(TermRange range, bool not, int yes, int no) =>
        (Ask(new Question(Asks.Terms, not, range.At, range.Count, yes, no)), not ? null : new Cover.Terms(range));

    private (int At, Cover? Cover) Write(Query.Near near, bool not, int yes, int no, IReadOnlyList<string> languages)
    {
        var (left, right) = (terms.RangeWithPlaces(TermsOf(near.Left), languages), terms.RangeWithPlaces(TermsOf(near.Right), languages));
        var at = Ask(new Question(Asks.Near, not, _pairs.Count, 0, yes, no));
        _pairs.Add(new NearPair(left, right, near.Words));
        return (at, not ? null : new Cover.Either([new Cover.Terms(left), new Cover.Terms(right)]));
    }

    private (int At, Cover? Cover) Write(Query.Pattern pattern, bool not, int yes, int no)
    {
        if (PatternOf(pattern.Regex) is not { } place)
        {
            return not ? (yes, null) : (no, Cover.Nothing);
        }
        return (Ask(new Question(Asks.Pattern, not, place, 0, yes, no)), null);
    }

    /// <summary>The name must be there at all, with its house or without, before it can be at the beginning.</summary>
    private (int At, Cover? Cover) Write(Query.To to, bool not, int yes, int no)
    {
        var (name, fact) = ("@" + to.Account, Fact(to, not, yes, no));
        var range = terms.Range([new Query.Term([new TermWord(name, WordForm.Begins)], name)], []);
        return not ? Write(range, not, yes, fact) : Write(range, not, fact, no);
    }

    private int Fact(Query fact, bool not, int yes, int no)
    {
        _facts.Add(fact);
        return Ask(new Question(Asks.Fact, not, _facts.Count - 1, 0, yes, no));
    }

    private int Ask(Question question)
    {
        _questions.Add(question);
        return _questions.Count - 1;
    }

    /// <summary>Null for one that can't be asked in linear time: it is never found.</summary>
    private int? PatternOf(string regex)
    {
        if (!_patternPlaces.TryGetValue(regex, out var place))
        {
            try
            {
                _patterns.Add(new CompiledPattern(QueryPattern.Of(regex), regex));
                place = _patterns.Count - 1;
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                place = null;
            }
            _patternPlaces.Add(regex, place);
        }
        return place;
    }

    private static IReadOnlyList<Query> PatternsLast(IReadOnlyList<Query> parts) => parts.Any(HasPattern) ? [.. parts.OrderBy(HasPattern)] : parts;

    private static bool HasPattern(Query query) => query switch
    {
        Query.Pattern => true,
        Query.Not not => HasPattern(not.What),
        Query.Piece piece => HasPattern(piece.Means),
        Query.All all => all.Parts.Any(HasPattern),
        Query.Any any => any.Parts.Any(HasPattern),
        _ => false,
    };

    /// <summary>What of it are terms, also inside pieces and further lists, is one question.</summary>
    private static IReadOnlyList<Query> TermsTogether(Query.Any any)
    {
        var (found, others) = (new List<Query.Term>(), new List<Query>());
        Gather(any, found, others);
        return [.. found.Count > 0 ? [new TermGroup(found)] : Array.Empty<Query>(), .. PatternsLast(others)];
    }

    private static List<Query.Term> TermsOf(Query side)
    {
        var found = new List<Query.Term>();
        Gather(side, found, []);
        return found;
    }

    private static void Gather(Query query, List<Query.Term> found, List<Query> others)
    {
        switch (query)
        {
            case Query.Term term:
                found.Add(term);
                break;
            case Query.Piece piece:
                Gather(piece.Means, found, others);
                break;
            case Query.Any any:
                foreach (var part in any.Parts)
                {
                    Gather(part, found, others);
                }
                break;
            default:
                others.Add(query);
                break;
        }
    }

    /// <summary>Any of these terms.</summary>
    private sealed record TermGroup(IReadOnlyList<Query.Term> Terms) : Query;
}
