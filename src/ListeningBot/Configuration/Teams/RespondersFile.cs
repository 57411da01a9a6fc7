using ListeningBot.Configuration.Schemas;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;
using ListeningBot.Notifiers;

namespace ListeningBot.Configuration.Teams;

/// <summary>What the rest of the configuration knows, for rules to name. Null: it can't be known.</summary>
internal sealed record KnownNames(IReadOnlyList<Watch>? Watches, IReadOnlyList<string>? Channels, IReadOnlyList<NotifierKind> Notifiers);

/// <summary>What managers wrote in config/responders.yaml.</summary>
internal sealed class RespondersFile(MapNode root, SourceTexts texts, Problems problems)
{
    private readonly RespondersText _text = new(problems);

    public Responders Read(KnownNames known)
    {
        WatchesFile.RefuseUnknownKeys(root, RespondersSchema.Top.Names, "this file", problems);
        var members = Each("members", "members", map => new MemberEntry(map, _text).Read(known.Notifiers), member => member.Id);
        RefuseSharedAccounts();
        var calendars = new CalendarFiles(texts, problems);
        var teams = Each("teams", "teams", map => new TeamEntry(map, members, known.Notifiers, calendars, _text).Read(), team => team.Name);
        if (root.Entries.Count > 0)
        {
            // Of a file that is gone or can't be read nobody knows what it names.
            calendars.RefuseUnread();
        }
        string[] names = [.. teams.Select(team => team.Name).Union((known.Watches ?? []).Select(watch => watch.Team), StringComparer.Ordinal)];
        return new Responders
        {
            Teams = teams,
            Routes = [.. _text.Items(root, "routes", "routes", "Write each rule as - aspect: billing with its team: below.").Select(item => item is MapNode map ? new RouteEntry(map, _text).Read(known, names) : NoMap(item, "routes")).OfType<RouteRule>()],
            Vips = new Ours(_text.Accounts(root, "vips", "vips")),
        };
    }

    private RouteRule? NoMap(Node item, string list)
    {
        problems.Add(item.Place, $"has an entry of {list} without keys", $"config/README.md shows how {list} are written.");
        return null;
    }

    /// <summary>The entries of a list that have a name of their own.</summary>
    private List<T> Each<T>(string key, string what, Func<MapNode, T?> read, Func<T, string> nameOf)
        where T : class
    {
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        var all = new List<T>();
        foreach (var item in _text.Items(root, key, what, $"Write each of the {what} as - {(key == "members" ? "id" : "name")}: ... with its other keys below."))
        {
            if (item is not MapNode map)
            {
                NoMap(item, what);
            }
            else if (read(map) is { } one)
            {
                if (!places.TryAdd(nameOf(one), map.Place))
                {
                    problems.Add(map.Place, $"has {Problems.Quote(nameOf(one))} a second time among the {what}, the first is on line {places[nameOf(one)].Line}", "Give each a name of its own.");
                }
                all.Add(one);
            }
        }
        return all;
    }

    /// <summary>Who presses must be one person.</summary>
    private void RefuseSharedAccounts()
    {
        var owners = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var member in (root.ValueOf("members") as ListNode)?.Items.OfType<MapNode>() ?? [])
        {
            var accounts = member.ValueOf("accounts");
            foreach (var account in (accounts is ListNode list ? list.Items : accounts is null ? [] : [accounts]).OfType<ScalarNode>())
            {
                if (!owners.TryAdd(account.Text.Trim(), account.Place))
                {
                    problems.Add(account.Place, $"has the account {Problems.Quote(account.Text)} a second time, the first is on line {owners[account.Text.Trim()].Line}", "Give each account to one member.");
                }
            }
        }
    }
}
