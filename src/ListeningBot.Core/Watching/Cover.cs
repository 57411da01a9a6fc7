namespace ListeningBot.Core.Watching;

/// <summary>
/// Terms one of which must be in a text for a query to be true of it; where there is a choice it is made once all watches are known. Null stands for none such. Only
/// where one of the terms is found the query is asked at all.
/// </summary>
internal abstract record Cover
{
    /// <summary>Of what is never true.</summary>
    public static readonly Cover Nothing = new Together([]);

    public sealed record Terms(TermRange Range) : Cover;

    /// <summary>Each of these would do.</summary>
    public sealed record Either(IReadOnlyList<Cover> Covers) : Cover;

    /// <summary>All of these are needed.</summary>
    public sealed record Together(IReadOnlyList<Cover> Covers) : Cover;

    public static Cover? OfAll(IReadOnlyList<Cover?> covers)
    {
        var known = covers.OfType<Cover>().ToList();
        return known.Count switch { 0 => null, 1 => known[0], _ => new Either(known) };
    }

    public static Cover? OfAny(IReadOnlyList<Cover?> covers) => covers.Contains(null) ? null : covers.Count == 1 ? covers[0] : new Together([.. covers.OfType<Cover>()]);

    /// <summary>Of what can be chosen, that which the fewest watches ask for: it is likely the rarest in texts too.</summary>
    /// <param name="asked">How often each term is asked for.</param>
    public (IReadOnlyList<TermRange> Ranges, long Cost) Choose(Questions questions, int[] asked)
    {
        switch (this)
        {
            case Terms terms:
                var cost = 0L;
                foreach (var term in questions.TermsOf(terms.Range))
                {
                    cost += asked[term];
                }
                return ([terms.Range], cost);
            case Either either:
                return either.Covers.Select(cover => cover.Choose(questions, asked)).MinBy(choice => choice.Cost);
            case Together together:
                var chosen = together.Covers.Select(cover => cover.Choose(questions, asked)).ToList();
                return ([.. chosen.SelectMany(choice => choice.Ranges)], chosen.Sum(choice => choice.Cost));
            default:
                throw new InvalidOperationException("no such cover");
        }
    }
}
