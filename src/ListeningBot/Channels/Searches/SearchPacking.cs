namespace ListeningBot.Channels.Searches;

/// <summary>Writes asks as few searches, none longer than the service takes; together they find all that was asked for.</summary>
/// <param name="and">What stands between two parts that must both be true: " ", " AND ".</param>
/// <param name="longest">Characters of one search. No operator of the dialect is longer than half of it.</param>
internal sealed class SearchPacking(string and, int longest)
{
    private const string Or = " OR ";

    /// <param name="always">What each search ends with; never left away.</param>
    public IReadOnlyList<string> Of(IEnumerable<Ask> wanted, string always = "") =>
    [
        .. wanted.GroupBy(KeyOf, StringComparer.Ordinal)
            .SelectMany(like => Fitting(Merged([.. like]), longest - always.Length - 2))
            .Select(ask => (always.Length > 0 && ask is Ask.Any ? Nested(ask) : Written(ask)) + always)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Equal for asks that differ in one OR only, and so share a search: two watches with the same language and exclusions.</summary>
    private string KeyOf(Ask ask)
    {
        var (parts, main) = (PartsOf(ask), MainOf(ask));
        return string.Join(and, parts.Select((part, i) => i == main ? "\0" : Nested(part)));
    }

    private Ask Merged(IReadOnlyList<Ask> like)
    {
        var (parts, main) = (PartsOf(like[0]), MainOf(like[0]));
        return Ask.AllOf(parts.Select((part, i) => i == main ? Ask.AnyOf(like.Select(ask => PartsOf(ask)[MainOf(ask)])) : part));
    }

    private static IReadOnlyList<Ask> PartsOf(Ask ask) => ask is Ask.All all ? all.Parts : [ask];

    /// <summary>The longest part that could be asked alone is the one to be split.</summary>
    private int MainOf(Ask ask) => PartsOf(ask).Index().Where(part => part.Item.IsSearchable).MaxBy(part => Written(part.Item).Length).Index;

    /// <summary>The same in pieces, each no longer than there is room, one of which is true of each post of which the whole is.</summary>
    private IEnumerable<Ask> Fitting(Ask ask, int room) =>
        ask is Ask.One || Written(ask).Length <= room ? [ask]
        : ask is Ask.Any any ? Packed(any.Parts.SelectMany(part => Fitting(part, room - 2)), room)
        : Shared(PartsOf(ask), MainOf(ask), room);

    private List<Ask> Packed(IEnumerable<Ask> parts, int room)
    {
        List<Ask> packed = [];
        List<Ask> pack = [];
        var length = 0;
        foreach (var part in parts)
        {
            var more = Nested(part).Length + (pack.Count > 0 ? Or.Length : 0);
            if (pack.Count > 0 && length + more > room)
            {
                packed.Add(Ask.AnyOf(pack));
                (pack, length, more) = ([], 0, Nested(part).Length);
            }
            pack.Add(part);
            length += more;
        }
        packed.Add(Ask.AnyOf(pack));
        return packed;
    }

    /// <summary>The main part in pieces, each with as much of the rest as half of the room holds: what must be there first, the shortest first, then what is ruled out.</summary>
    private IEnumerable<Ask> Shared(IReadOnlyList<Ask> parts, int main, int room)
    {
        var left = Math.Min(room / 2, room - Least(parts[main]) - 2);
        var kept = new HashSet<int> { main };
        foreach (var (i, cost) in Enumerable.Range(0, parts.Count).Where(i => i != main).Select(i => (i, Cost: Nested(parts[i]).Length + and.Length)).OrderBy(part => !parts[part.i].IsPositive).ThenBy(part => part.Cost))
        {
            if (cost <= left)
            {
                kept.Add(i);
                left -= cost;
            }
        }
        var rest = kept.Where(i => i != main).Sum(i => Nested(parts[i]).Length + and.Length);
        return Fitting(parts[main], room - rest - 2).Select(piece => Ask.AllOf(parts.Index().Where(part => kept.Contains(part.Index)).Select(part => part.Index == main ? piece : part.Item)));
    }

    /// <summary>The least room in which it can be asked.</summary>
    private int Least(Ask ask) => ask switch
    {
        Ask.All all => all.Parts.Where(part => part.IsSearchable).Min(Least),
        Ask.Any any => any.Parts.Max(part => Least(part) + (part is Ask.One ? 0 : 2)),
        _ => Written(ask).Length,
    };

    private string Written(Ask ask) => ask switch
    {
        Ask.One one => one.Text,
        Ask.All all => string.Join(and, all.Parts.Select(Nested)),
        Ask.Any any => string.Join(Or, any.Parts.Select(Nested)),
        _ => "",
    };

    private string Nested(Ask ask) => ask is Ask.One one ? one.Text : $"({Written(ask)})";
}
