using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Text;
using NodaTime;

namespace ListeningBot.Configuration.Teams;

/// <summary>The kinds of values of config/responders.yaml; each tells its problems where they stand.</summary>
internal sealed class RespondersText(Problems problems)
{
    private static readonly string[] Priorities = ["critical", "high", "normal", "low"];

    public Problems Problems => problems;

    /// <summary>What stands in a list; empty when it is left out.</summary>
    public IReadOnlyList<Node> Items(MapNode map, string key, string what, string cure)
    {
        if (map.ValueOf(key) is not { } node)
        {
            return [];
        }
        if (node is ListNode list)
        {
            return list.Items;
        }
        problems.Add(node.Place, $"{what} is not a list", cure);
        return [];
    }

    /// <summary>One text, or a list of them.</summary>
    public IReadOnlyList<ScalarNode> Texts(Node? node, string what)
    {
        var items = node switch { null => [], ListNode list => list.Items, _ => [node] };
        var texts = items.OfType<ScalarNode>().Where(item => item.Text.Trim().Length > 0).ToList();
        foreach (var item in items.Where(item => !texts.Contains(item)))
        {
            problems.Add(item.Place, $"{what} has an entry that is empty or no plain text", "Write it as [one, two]; put text with a colon in quotes.");
        }
        return texts;
    }

    public string Text(MapNode map, string key, string what, int longest)
    {
        if (map.ValueOf(key) is not { } node)
        {
            return "";
        }
        if (node is ScalarNode { Text: var text } && text.Trim().Length > 0 && text.Length <= longest && !text.Any(char.IsControl))
        {
            return text.Trim();
        }
        problems.Add(node.Place, $"{what}: {key} is too long or not plain text", $"Use at most {longest} characters on one line.");
        return "";
    }

    public string Name(MapNode map, string key, string what)
    {
        if (map.ValueOf(key) is not { } node)
        {
            problems.Add(map.Place, $"{what} has no {key}", $"Add {key}: and a short name of its own.");
            return "";
        }
        var name = node is ScalarNode scalar ? scalar.Text.Trim() : "";
        if (Names.IsFit(name))
        {
            return name;
        }
        problems.Add(node.Place, $"{what} has the {key} {Problems.Quote(name)}, which is no fit name", Names.Cure);
        return "";
    }

    public string Zone(MapNode map, string what)
    {
        var zone = Text(map, "zone", what, 60);
        if (zone.Length == 0 || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null)
        {
            return zone.Length == 0 ? "Etc/UTC" : zone;
        }
        var ids = DateTimeZoneProviders.Tzdb.Ids;
        var near = ids.FirstOrDefault(id => id.Split('/')[^1].Equals(zone.Replace(' ', '_'), StringComparison.OrdinalIgnoreCase)) ?? Nearest.To(zone, ids);
        problems.Add(map.ValueOf("zone")!.Place, $"{what} has the zone {Problems.Quote(zone)}, which is not known", near is null ? "Write an IANA name such as Europe/Berlin or America/New_York." : $"Did you mean {Problems.Quote(near)}?");
        return "Etc/UTC";
    }

    public IReadOnlyList<string> Languages(Node? node, string what)
    {
        var languages = Texts(node, what);
        foreach (var language in languages.Where(language => !Core.Text.Languages.IsKnown(language.Text.Trim())))
        {
            problems.Add(language.Place, $"{what} names the language {Problems.Quote(language.Text)}, which is not known", Core.Text.Languages.Cure(language.Text));
        }
        return [.. languages.Select(language => Core.Text.Languages.Plain(language.Text.Trim()))];
    }

    /// <summary>Accounts of customers, as in `ours`.</summary>
    public IReadOnlyList<string> Accounts(MapNode map, string key, string what)
    {
        var accounts = Texts(map.ValueOf(key), what);
        foreach (var account in accounts.Where(account => !WatchesFile.IsAccount(account.Text.Trim())))
        {
            problems.Add(account.Place, $"{what} has {Problems.Quote(account.Text)}, which is no account", "Write a handle (\"@mayor\"), an address, or \"*@paper.example\" for all addresses of a domain.");
        }
        return [.. accounts.Select(account => account.Text.Trim())];
    }

    /// <summary>Only names that are known; the others are told.</summary>
    public IReadOnlyList<string> Known(Node? node, string what, string noun, IReadOnlyCollection<string>? known, string whenNone)
    {
        var named = Texts(node, what);
        foreach (var name in named.Where(name => known is not null && !known.Contains(name.Text.Trim(), StringComparer.Ordinal)))
        {
            problems.Add(name.Place, $"{what} names the {noun} {Problems.Quote(name.Text)}, which is not known", Nearest.Cure(name.Text, known!, whenNone));
        }
        return [.. named.Select(name => name.Text.Trim()).Distinct(StringComparer.Ordinal)];
    }

    public IReadOnlyList<Member> Members(Node? node, string what, IReadOnlyList<Member> members)
    {
        var ids = Known(node, what, "member", [.. members.Select(member => member.Id).Distinct(StringComparer.Ordinal)], "Describe them below members: first.");
        return [.. ids.Select(id => members.FirstOrDefault(member => member.Id == id)).OfType<Member>()];
    }

    public IReadOnlyList<Weekly> Hours(Node? node, string what)
    {
        var hours = new List<Weekly>();
        foreach (var text in Texts(node, what))
        {
            if (TimeWords.Hours(text.Text) is { } weekly)
            {
                hours.Add(weekly);
                continue;
            }
            problems.Add(text.Place, $"{what} has {Problems.Quote(text.Text)}, which is no hours of a week", TimeWords.HoursCure);
        }
        return hours;
    }

    public Priority? PriorityOf(ScalarNode node, string what)
    {
        if (Priorities.Contains(node.Text.Trim(), StringComparer.Ordinal))
        {
            return Enum.Parse<Priority>(node.Text.Trim(), ignoreCase: true);
        }
        problems.Add(node.Place, $"{what} names the priority {Problems.Quote(node.Text)}, which is none", Nearest.Cure(node.Text, Priorities, ""));
        return null;
    }
}
