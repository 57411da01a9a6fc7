using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>What no post can fit, and what every post does, as far as it can be seen without a post.</summary>
internal static class QueryContradictions
{
    public static void Of(Query.All all, QueryNotes notes)
    {
        var parts = all.Parts.SelectMany(Flat).ToList();
        var ruledOut = parts.OfType<Query.Not>().SelectMany(not => not.What is Query.Any any ? any.Parts : [not.What]).ToList();
        var senses = ruledOut.Select(Sense).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var words = new RuledOutWords(ruledOut);
        if (parts.Find(part => part is not Query.Not && (Sense(part) is { } sense && senses.Contains(sense) || words.Cover(part))) is { } both)
        {
            Tell(both, notes, "Take one of the two away.", "is asked for and ruled out");
        }
        OfRange(parts, Stars, new Range(1, 5), "stars", notes);
        OfRange(parts, Followers, new Range(0, long.MaxValue), "followers", notes);
        OfRange(parts, Priorities, new Range((int)Priority.Low, (int)Priority.Critical), "priority", notes);
        OfOne(parts.OfType<Query.InLanguage>(), language => language.Language, "lang", notes);
        OfOne(parts.OfType<Query.About>(), about => about.Aspect, "about", notes);
    }

    public static void Of(Query.Any any, QueryNotes notes)
    {
        var senses = any.Parts.Where(part => part is not Query.Not).Select(Sense).ToHashSet(StringComparer.Ordinal);
        if (any.Parts.OfType<Query.Not>().FirstOrDefault(not => Sense(not.What) is { } sense && senses.Contains(sense)) is { } always)
        {
            notes.Warning(always.At, $"has {Quoted.Of(notes.Of(always.At))} beside its opposite with OR between, so it fits every post", "Write AND, or take one of them away.");
        }
    }

    /// <summary>Equal for what means the same; null for what is too large to compare.</summary>
    public static string? Sense(Query query) => query switch
    {
        Query.All or Query.Any => null,
        Query.Not not => Sense(not.What) is { } sense ? "NOT " + sense : null,
        Query.Piece piece => "$" + piece.Name,
        _ => Folding.Fold(QueryText.Of(query)),
    };

    private static IEnumerable<Query> Flat(Query part) => part switch
    {
        Query.All all => all.Parts.SelectMany(Flat),
        Query.Piece { Means: Query.All all } => all.Parts.SelectMany(Flat).Select(inside => inside with { At = part.At }).Prepend(part),
        Query.Piece { Means: Query.Term or Query.Not } piece => [part, piece.Means with { At = part.At }],
        _ => [part],
    };

    private static void OfRange(List<Query> parts, Func<Query, Range?> rangeOf, Range whole, string field, QueryNotes notes)
    {
        var left = whole;
        foreach (var part in parts)
        {
            if (rangeOf(part) is { } range && !(left = left.And(range)).HasAny)
            {
                Tell(part, notes, "Change one of them, or write OR between.", $"leaves no {field} that would fit");
                return;
            }
        }
    }

    private static void OfOne<T>(IEnumerable<T> parts, Func<T, string> valueOf, string field, QueryNotes notes)
        where T : Query
    {
        var values = parts.DistinctBy(valueOf).ToList();
        if (values.Count > 1)
        {
            Tell(values[1], notes, $"Write ({string.Join(" OR ", values.Select(value => $"{field}:{valueOf(value)}"))}).", "is asked for beside another, and a post has one only");
        }
    }

    private static void Tell(Query part, QueryNotes notes, string cure, string why) =>
        notes.Warning(part.At, $"can never fit a post: {Quoted.Of(notes.Of(part.At))} {why}", cure);

    private static Range? Stars(Query query) => query is Query.Stars stars ? Range.Of(stars.How, stars.Value, 0) : null;

    private static Range? Followers(Query query) => query is Query.Followers followers ? Range.Of(followers.How, followers.Value, 1) : null;

    private static Range? Priorities(Query query) => query is Query.AtPriority priority ? Range.Of(priority.How, (int)priority.Value, 1) : null;

    /// <summary>From the one to the other, both in it.</summary>
    private readonly record struct Range(double Least, double Most)
    {
        public bool HasAny => Least <= Most;

        /// <param name="step">Between a value and the next: 0 when there is always one between.</param>
        public static Range Of(Compare how, double value, double step) => how switch
        {
            Compare.Below => new Range(double.NegativeInfinity, step == 0 ? double.BitDecrement(value) : value - step),
            Compare.AtMost => new Range(double.NegativeInfinity, value),
            Compare.AtLeast => new Range(value, double.PositiveInfinity),
            Compare.Above => new Range(step == 0 ? double.BitIncrement(value) : value + step, double.PositiveInfinity),
            _ => new Range(value, value),
        };

        public Range And(Range other) => new(Math.Max(Least, other.Least), Math.Min(Most, other.Most));
    }

    /// <summary>Single words that no post may have.</summary>
    private sealed class RuledOutWords
    {
        private readonly HashSet<string> _words = new(StringComparer.Ordinal);
        private readonly List<string> _beginnings = [];

        public RuledOutWords(IEnumerable<Query> ruledOut)
        {
            foreach (var word in ruledOut.OfType<Query.Term>().Where(term => term.Words.Count == 1).Select(term => term.Words[0]))
            {
                var folded = Folding.Fold(word.Text);
                if (word.Form != WordForm.Begins)
                {
                    _words.Add(folded);
                }
                else if (folded.All(char.IsLetterOrDigit))
                {
                    _beginnings.Add(folded);
                }
            }
        }

        /// <summary>Whether a post that has this must have one of the words.</summary>
        public bool Cover(Query query) => query is Query.Term term && term.Words.Any(word => word.Form != WordForm.Inflected && Covers(word));

        private bool Covers(TermWord word)
        {
            var folded = Folding.Fold(word.Text);
            var plain = folded.TrimStart('#', '@');
            return (word.Form == WordForm.Exact && (_words.Contains(folded) || _words.Contains(plain))) || _beginnings.Exists(begin => plain.StartsWith(begin, StringComparison.Ordinal));
        }
    }
}
