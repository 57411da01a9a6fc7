using System.Buffers;

namespace ListeningBot.Core.Watching;

/// <summary>Which watches match, given all hits: any word found, none excluded.</summary>
internal static class Verdict
{
    public static bool Any(int watches, WatchTerm[] terms, ChannelPlan plan, ReadOnlySpan<Hit> hits)
    {
        var rented = ArrayPool<bool>.Shared.Rent(watches);
        var any = Any(rented.AsSpan(0, watches), terms, plan, hits);
        ArrayPool<bool>.Shared.Return(rented);
        return any;
    }

    public static IReadOnlyList<WatchMatch> All(IReadOnlyList<Watch> watches, WatchTerm[] terms, ChannelPlan plan, ReadOnlySpan<Hit> hits, ReadOnlySpan<byte> text)
    {
        if (hits.IsEmpty && plan.TakingAll.Length == 0)
        {
            return [];
        }
        var found = new SortedDictionary<int, List<WatchHit>>();
        foreach (var watch in plan.TakingAll)
        {
            found.Add(watch, []);
        }
        foreach (ref readonly var hit in hits)
        {
            ref readonly var term = ref terms[hit.Term];
            if (!term.Excludes)
            {
                HitsOf(found, term.Watch).Add(Told(hit, term, text));
            }
        }
        foreach (ref readonly var hit in hits)
        {
            if (terms[hit.Term].Excludes)
            {
                found.Remove(terms[hit.Term].Watch);
            }
        }
        return [.. found.Select(entry => new WatchMatch(watches[entry.Key], [.. entry.Value.OrderBy(hit => hit.Start).ThenBy(hit => hit.Length)]))];
    }

    private static bool Any(Span<bool> excluded, WatchTerm[] terms, ChannelPlan plan, ReadOnlySpan<Hit> hits)
    {
        excluded.Clear();
        foreach (ref readonly var hit in hits)
        {
            excluded[terms[hit.Term].Watch] |= terms[hit.Term].Excludes;
        }
        foreach (ref readonly var hit in hits)
        {
            if (!excluded[terms[hit.Term].Watch])
            {
                return true;
            }
        }
        foreach (var watch in plan.TakingAll)
        {
            if (!excluded[watch])
            {
                return true;
            }
        }
        return false;
    }

    private static List<WatchHit> HitsOf(SortedDictionary<int, List<WatchHit>> found, int watch)
    {
        if (!found.TryGetValue(watch, out var hits))
        {
            found.Add(watch, hits = []);
        }
        return hits;
    }

    /// <summary>A term with a sign covers the sign too.</summary>
    private static WatchHit Told(Hit hit, WatchTerm term, ReadOnlySpan<byte> text)
    {
        var sign = !term.HasSign || hit.Start == 0 ? 0 : text[hit.Start - 1] < 128 ? 1 : Math.Min(3, hit.Start);
        return new WatchHit(term.Text, hit.Start - sign, hit.End - hit.Start + sign);
    }
}
