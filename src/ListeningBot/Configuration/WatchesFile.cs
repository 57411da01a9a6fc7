using ListeningBot.Configuration.Schemas;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;

namespace ListeningBot.Configuration;

/// <summary>What managers wrote in config/watches.yaml.</summary>
internal sealed class WatchesFile(MapNode root, Problems problems)
{
    private readonly Dictionary<string, MapNode> _maps = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="channels">The configured names, or null when those can't be known.</param>
    /// <param name="kinds">Of channels.</param>
    public IReadOnlyList<Watch> Watches(IReadOnlyList<string>? channels, IReadOnlyList<string> kinds)
    {
        var queries = new QueryEntries(channels is null ? null : [.. channels.Union(kinds, StringComparer.Ordinal)], problems);
        var pieces = queries.Pieces(root);
        var watches = new List<Watch>();
        var items = ItemsOf(root, "watches", "watches", "Write each watch as - name: ...").ToList();
        foreach (var item in items)
        {
            if (item is not MapNode map)
            {
                problems.Add(item.Place, "has a watch without keys", "Write each watch as - name: ... with its other keys below, and a blank after each colon.");
                continue;
            }
            if (new WatchEntry(map, queries, pieces, problems).Read(channels) is not { } watch)
            {
                continue;
            }
            if (!_maps.TryAdd(watch.Name, map))
            {
                problems.Add(map.Place, $"has a second watch named {Problems.Quote(watch.Name)}, the first is on line {_maps[watch.Name].Place.Line}", "Give each watch a name of its own.");
            }
            watches.Add(watch);
        }
        queries.TellUnused(root, pieces, items);
        return watches;
    }

    /// <summary>What the watches say only together, or on the channels that there are. For watches without a problem.</summary>
    public void Warn(IReadOnlyList<WatchAdvice> advice)
    {
        foreach (var one in advice)
        {
            var what = $"watch {Problems.Quote(one.Watch)}";
            if (!problems.HasWarned($"{what}: query can never fit"))
            {
                problems.Warn(_maps[one.Watch].Nearest(one.Key).Place, $"{what} {one.What}", one.Cure);
            }
        }
    }

    /// <summary>A team that nobody knows is likely a slip, and its cards would go where none of it looks, with nobody on call.</summary>
    /// <param name="known">Teams that responders.yaml describes, and rooms of teams.</param>
    /// <param name="meantElsewhere">Teams are known by their rooms alone, and there is one for the cards of all others.</param>
    public void WarnOfTeams(IReadOnlyList<Watch> watches, IReadOnlyCollection<string> known, bool meantElsewhere)
    {
        foreach (var watch in watches.Where(watch => known.Count > 0 && !known.Contains(watch.Team, StringComparer.Ordinal) && (!meantElsewhere || Nearest.To(watch.Team, known) is not null)))
        {
            problems.Warn(
                _maps[watch.Name].Nearest("team").Place,
                $"watch {Problems.Quote(watch.Name)} is for the team {Problems.Quote(watch.Team)}, which has no room of its own and which responders.yaml does not describe",
                Nearest.Cure(watch.Team, known, ""));
        }
    }

    /// <param name="members">Accounts of our people: what they answer where they are known by them is our answer.</param>
    public Ours Ours(IEnumerable<string> members)
    {
        var accounts = new List<string>();
        foreach (var (text, place) in Texts(root, "ours", "ours", problems))
        {
            var account = text.Trim();
            if (!IsAccount(account))
            {
                problems.Add(place, $"ours has {Problems.Quote(account)}, which is no account", "Write a handle (\"@nimbuscares\"), an address, or \"*@nimbus.example\" for all addresses of a domain.");
                continue;
            }
            accounts.Add(account);
        }
        return new Ours([.. accounts.Union(members, StringComparer.Ordinal)]);
    }

    public static bool IsAccount(string account)
    {
        var domain = account.StartsWith("*@", StringComparison.Ordinal) && account.Length > 2;
        return account.TrimStart('@').Length > 0 && !account.Any(char.IsControl) && !(domain ? account[2..] : account).Contains('*', StringComparison.Ordinal);
    }

    public void RefuseUnknownKeys() => RefuseUnknownKeys(root, WatchesSchema.Top.Names, "this file", problems);

    public static void RefuseUnknownKeys(MapNode map, string[] known, string where, Problems problems)
    {
        foreach (var entry in map.Entries.Where(e => !known.Contains(e.Key, StringComparer.Ordinal)))
        {
            problems.Add(entry.Place, $"has an unknown key {Problems.Quote(entry.Key)} in {where}", Nearest.Cure(entry.Key, known, "Take it away."));
        }
    }

    /// <summary>The texts of a list, each with its place.</summary>
    public static IEnumerable<(string Text, Place Place)> Texts(MapNode map, string key, string what, Problems problems)
    {
        foreach (var item in Items(map, key, what, $"Write it as a list: {key}: [one, two].", problems))
        {
            if (item is ScalarNode { Kind: ScalarKind.Text, Text: var text } && !string.IsNullOrWhiteSpace(text))
            {
                yield return (text, item.Place);
                continue;
            }
            var empty = item is ScalarNode;
            problems.Add(
                item.Place,
                empty ? $"{what} has an empty entry" : $"{what} has an entry that is no plain text",
                empty ? "Take it away, or put it in quotes when it begins with #: \"#nimbus\"." : "Put text with a colon in quotes: \"nimbus: help\".");
        }
    }

    private IEnumerable<Node> ItemsOf(MapNode map, string key, string what, string cure) => Items(map, key, what, cure, problems);

    internal static List<Node> Items(MapNode map, string key, string what, string cure, Problems problems)
    {
        switch (map.ValueOf(key))
        {
            case null:
                return [];
            case ListNode list:
                return list.Items;
            case var other:
                problems.Add(other.Place, $"{what} is not a list", cure);
                return [];
        }
    }
}
