namespace ListeningBot.Core.Watching;

/// <summary>Where one of some terms stands near one of others.</summary>
internal readonly ref struct NearPlaces(Questions questions, int pair)
{
    private const int MostTold = 200;
    private readonly NearPair _pair = questions.Pairs[pair];

    public bool AnyIn(in HitList hits) => Walk(hits, null);

    /// <summary>The hits that are near each other; each perhaps more than once.</summary>
    public List<int> AllIn(in HitList hits)
    {
        var near = new List<int>();
        Walk(hits, near);
        return near;
    }

    private bool Walk(in HitList hits, List<int>? near)
    {
        foreach (var left in questions.TermsOf(_pair.Left))
        {
            if (hits.FirstOf(left) > 0 && Walk(hits, left, near))
            {
                return true;
            }
        }
        return false;
    }

    private bool Walk(in HitList hits, int left, List<int>? near)
    {
        foreach (var right in questions.TermsOf(_pair.Right))
        {
            if (Follows(hits, left, right, near) || Follows(hits, right, left, near))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// Whether one stands shortly before the other. Both are walked in the order in which they begin. What begins first mostly ends first, but not where a hashtag as a
    /// whole fits as well as one of its pieces; so all that has begun is looked at until it has ended. Where the hits are asked for, it goes on until there are enough.
    /// </summary>
    private bool Follows(in HitList hits, int before, int after, List<int>? near)
    {
        var (one, nearest) = (hits.FirstOf(before), 0);
        for (var other = one == 0 ? 0 : hits.FirstOf(after); other != 0; other = hits[other].Next)
        {
            var start = hits[other].Start;
            for (; one != 0 && hits[one].End <= start; one = hits[one].Next)
            {
                nearest = Later(hits, nearest, one);
            }
            for (var open = one; open != 0 && hits[open].Start < start; open = hits[open].Next)
            {
                nearest = hits[open].End <= start ? Later(hits, nearest, open) : nearest;
            }
            if (nearest != 0 && hits[other].From - hits[nearest].To - 1 <= _pair.Words)
            {
                near?.Add(nearest);
                near?.Add(other);
                if (near is null or { Count: >= MostTold })
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static int Later(in HitList hits, int one, int other) => one == 0 || hits[other].To >= hits[one].To ? other : one;
}
