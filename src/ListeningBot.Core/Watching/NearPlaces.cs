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
            foreach (var right in questions.TermsOf(_pair.Right))
            {
                if (Follows(hits, left, right, near) || Follows(hits, right, left, near))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>
    /// Whether one stands shortly before the other. Both are walked in the order of the text: of what ends before a place, the last is the nearest. Where the hits
    /// are asked for, it goes on until there are enough of them.
    /// </summary>
    private bool Follows(in HitList hits, int before, int after, List<int>? near)
    {
        var (one, last) = (hits.FirstOf(before), 0);
        for (var other = one == 0 ? 0 : hits.FirstOf(after); other != 0; other = hits[other].Next)
        {
            for (; one != 0 && hits[one].End <= hits[other].Start; one = hits[one].Next)
            {
                last = one;
            }
            if (last != 0 && hits[other].From - hits[last].To - 1 <= _pair.Words)
            {
                near?.Add(last);
                near?.Add(other);
                if (near is null or { Count: >= MostTold })
                {
                    return true;
                }
            }
        }
        return false;
    }
}
