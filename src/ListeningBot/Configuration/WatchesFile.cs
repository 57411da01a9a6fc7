using System.Globalization;
using System.Text.RegularExpressions;
using ListeningBot.Core.Watching;

namespace ListeningBot.Configuration;

/// <summary>What managers wrote in config/watches.yaml.</summary>
internal sealed partial class WatchesFile(MapNode root, Problems problems)
{
    private const string DefaultTeam = "care";
    private const int LongestName = 80;

    public static readonly string[] TopKeys = ["ours", "watches"];
    public static readonly string[] WatchKeys = ["name", "team", "find", "exclude", "everything", "channels", "languages", "alert"];

    /// <param name="channels">The configured names, or null when those can't be known.</param>
    public IReadOnlyList<Watch> Watches(IReadOnlyList<string>? channels)
    {
        var places = new Dictionary<string, Place>(StringComparer.OrdinalIgnoreCase);
        var watches = new List<Watch>();
        foreach (var item in ItemsOf(root, "watches", "watches", "Write each watch as - name: ..."))
        {
            if (item is not MapNode map)
            {
                problems.Add(item.Place, "has a watch without keys", "Write each watch as - name: ... with its other keys below.");
                continue;
            }
            if (new WatchEntry(map, problems).Read(channels) is not { } watch)
            {
                continue;
            }
            if (!places.TryAdd(watch.Name, map.Place))
            {
                problems.Add(map.Place, $"has a second watch named {Problems.Quote(watch.Name)}, the first is on line {places[watch.Name].Line}", "Give each watch a name of its own.");
            }
            watches.Add(watch);
        }
        return watches;
    }

    public Ours Ours()
    {
        var accounts = new List<string>();
        foreach (var (text, place) in Texts(root, "ours", "ours", problems))
        {
            var account = text.Trim();
            var domain = account.StartsWith("*@", StringComparison.Ordinal) && account.Length > 2;
            if (account.TrimStart('@').Length == 0 || account.Any(char.IsControl) || (domain ? account[2..] : account).Contains('*', StringComparison.Ordinal))
            {
                problems.Add(place, $"ours has {Problems.Quote(account)}, which is no account", "Write a handle (\"@nimbuscares\"), an address, or \"*@nimbus.example\" for all addresses of a domain.");
                continue;
            }
            accounts.Add(account);
        }
        return new Ours(accounts);
    }

    public void RefuseUnknownKeys() => RefuseUnknownKeys(root, TopKeys, "this file", problems);

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

    private static List<Node> Items(MapNode map, string key, string what, string cure, Problems problems)
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

    /// <summary>One entry below watches:.</summary>
    private sealed partial class WatchEntry(MapNode map, Problems problems)
    {
        private readonly string _what = map.ValueOf("name") is ScalarNode { Text: var name } ? "watch " + Problems.Quote(name) : "a watch";

        /// <summary>Null when it has no name; with its problems told, what is returned serves only to find more.</summary>
        public Watch? Read(IReadOnlyList<string>? channels)
        {
            RefuseUnknownKeys(map, WatchKeys, _what, problems);
            var watch = new Watch
            {
                Name = Name(),
                Team = Team(),
                Find = List("find"),
                Exclude = List("exclude"),
                Everything = Everything(),
                Channels = List("channels"),
                Languages = List("languages"),
                AlertAt = Alert(),
            };
            CheckWhatItHears(watch);
            CheckTerms(watch);
            CheckChannels(channels);
            CheckLanguages();
            return watch.Name.Length == 0 ? null : watch;
        }

        private string Name()
        {
            if (map.ValueOf("name") is not ScalarNode name || string.IsNullOrWhiteSpace(name.Text))
            {
                problems.Add(map.Place, "a watch has no name", "Add name: and a short name of its own.");
                return "";
            }
            if (name.Text.Length > LongestName || name.Text.Any(char.IsControl))
            {
                problems.Add(name.Place, $"{_what} has a name that is too long or not plain text", $"Use at most {LongestName} characters on one line.");
            }
            return name.Text.Trim();
        }

        private string Team()
        {
            if (map.ValueOf("team") is not { } node)
            {
                return DefaultTeam;
            }
            var team = node is ScalarNode scalar ? scalar.Text : "";
            if (!Names.IsFit(team))
            {
                problems.Add(node.Place, $"{_what} has the team {Problems.Quote(team)}, which is no fit name", Names.Cure);
            }
            return team;
        }

        private bool Everything()
        {
            if (map.ValueOf("everything") is not { } node)
            {
                return false;
            }
            if (node is ScalarNode { Text: "true" or "false" } scalar)
            {
                return scalar.Text == "true";
            }
            problems.Add(node.Place, $"{_what}: everything is neither true nor false", "Write everything: true, or take the line away.");
            return false;
        }

        private double Alert()
        {
            if (map.ValueOf("alert") is not { } node)
            {
                return 0.5;
            }
            if (node is ScalarNode scalar
                && double.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var alert)
                && alert is >= 0 and <= 1)
            {
                return alert;
            }
            var written = node is ScalarNode { Text: var text } ? Problems.Quote(text) : "a list";
            problems.Add(node.Place, $"{_what}: alert is {written}, not a number from 0 to 1", "Write 0.5 for half; a larger number alerts less often.");
            return 0.5;
        }

        private IReadOnlyList<string> List(string key)
        {
            var before = problems.Count;
            string[] texts = [.. Texts(map, key, $"{_what}: {key}", problems).Select(t => t.Text.Trim())];
            if (texts.Length == 0 && map.EntryOf(key) is { } entry && problems.Count == before)
            {
                problems.Add(entry.Place, $"{_what}: {key} is empty", key == "find" ? "Add a word or phrase to find." : "Add an entry, or take the line away.");
            }
            return texts;
        }

        private void CheckWhatItHears(Watch watch)
        {
            if (map.EntryOf("find") is null && map.EntryOf("everything")?.Value is null or ScalarNode { Text: "false" })
            {
                problems.Add(map.Place, $"{_what} has nothing to listen for", "Add find: [words], or everything: true with channels: [names].");
            }
            if (watch.Everything && map.EntryOf("channels") is null)
            {
                problems.Add(map.EntryOf("everything")?.Place ?? map.Place, $"{_what}: everything is true for no channel", "Add channels: [names], so that it is not every post of all channels.");
            }
        }

        /// <summary>What only the matcher can tell of words: nothing to find in them, two that mean the same.</summary>
        private void CheckTerms(Watch watch)
        {
            foreach (var problem in WatchSet.ProblemsOf(watch with { Everything = true, Channels = ["any"] }))
            {
                var term = TermOf().Match(problem);
                var place = term.Success ? map.Nearest($"{term.Groups["list"].Value}:{int.Parse(term.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) - 1}").Place : map.Place;
                var cut = problem.LastIndexOf(": ", StringComparison.Ordinal);
                problems.Add(place, char.ToLowerInvariant(problem[0]) + problem[1..cut], char.ToUpperInvariant(problem[cut + 2]) + problem[(cut + 3)..]);
            }
        }

        /// <summary>"..., find, term 2 ...": which entry of which list is meant.</summary>
        [GeneratedRegex(", (?<list>find|exclude), term (?<number>[0-9]{1,6})", RegexOptions.NonBacktracking)]
        private static partial Regex TermOf();

        private void CheckChannels(IReadOnlyList<string>? channels)
        {
            if (channels is null || map.ValueOf("channels") is not ListNode list)
            {
                return;
            }
            foreach (var item in list.Items.OfType<ScalarNode>().Where(i => i.Kind == ScalarKind.Text && !channels.Contains(i.Text.Trim(), StringComparer.Ordinal)))
            {
                problems.Add(item.Place, $"{_what} names the channel {Problems.Quote(item.Text)}, which is not in appsettings.json", Nearest.Cure(item.Text, channels, "No channel is configured yet: take it away."));
            }
        }

        private void CheckLanguages()
        {
            if (map.ValueOf("languages") is not ListNode list)
            {
                return;
            }
            foreach (var item in list.Items.OfType<ScalarNode>().Where(i => i.Kind == ScalarKind.Text && !Languages.IsKnown(i.Text.Trim())))
            {
                problems.Add(item.Place, $"{_what} names the language {Problems.Quote(item.Text)}, which is not known", Languages.Cure(item.Text));
            }
        }
    }
}
