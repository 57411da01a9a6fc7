using System.Buffers;

namespace ListeningBot.Core.Watching;

/// <summary>Which watches match, given all that was found in a text.</summary>
internal sealed class Verdict(Questions questions, TermCovers covers)
{
    /// <summary>Whether any watch that listens matches.</summary>
    public bool Any(ChannelPlan plan, in PostFacts facts, ref HitList hits)
    {
        foreach (var watch in plan.Uncovered)
        {
            if (Matches(watch, facts, ref hits))
            {
                return true;
            }
        }
        var asked = ArrayPool<bool>.Shared.Rent(questions.First.Length);
        asked.AsSpan(0, questions.First.Length).Clear();
        var any = AnyCovered(plan, facts, ref hits, asked);
        ArrayPool<bool>.Shared.Return(asked);
        return any;
    }

    /// <summary>All of them, in the order of the watches.</summary>
    public SortedSet<int> All(ChannelPlan plan, in PostFacts facts, ref HitList hits)
    {
        var asked = new HashSet<int>(plan.Uncovered);
        foreach (ref readonly var found in hits.Terms)
        {
            foreach (var watch in covers.WatchesOf(found.Term))
            {
                if (plan.Listens(watch))
                {
                    asked.Add(watch);
                }
            }
        }
        var matching = new SortedSet<int>();
        foreach (var watch in asked)
        {
            if (Matches(watch, facts, ref hits))
            {
                matching.Add(watch);
            }
        }
        return matching;
    }

    /// <summary>Whether the answer is yes; what can't be told is yes.</summary>
    public bool Says(in Question question, in PostFacts facts, ref HitList hits)
    {
        bool? answer = question.What switch
        {
            Asks.Terms => hits.HasAny(questions.TermsOf(new TermRange(question.At, question.Count))),
            Asks.Near => new NearPlaces(questions, question.At).AnyIn(hits),
            Asks.Pattern => questions.Patterns[question.At].Regex.IsMatch(hits.Chars),
            _ => facts.Fits(questions.Facts[question.At]),
        };
        return answer is not { } known || known != question.Not;
    }

    private bool AnyCovered(ChannelPlan plan, in PostFacts facts, ref HitList hits, bool[] asked)
    {
        foreach (ref readonly var found in hits.Terms)
        {
            foreach (var watch in covers.WatchesOf(found.Term))
            {
                if (!asked[watch] && plan.Listens(watch) && Matches(watch, facts, ref hits))
                {
                    return true;
                }
                asked[watch] = true;
            }
        }
        return false;
    }

    private bool Matches(int watch, in PostFacts facts, ref HitList hits)
    {
        var at = questions.First[watch];
        while (at >= 0)
        {
            ref readonly var question = ref questions.All[at];
            at = Says(question, facts, ref hits) ? question.Yes : question.No;
        }
        return at == Question.True;
    }
}
