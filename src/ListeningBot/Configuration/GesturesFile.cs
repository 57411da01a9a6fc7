using System.Globalization;
using System.Text.RegularExpressions;
using ListeningBot.Configuration.Schemas;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Configuration;

/// <summary>What managers wrote in config/gestures.yaml: what may be offered beyond the fix, for which pain, and who says yes.</summary>
internal sealed partial class GesturesFile(MapNode root, Problems problems)
{
    public static readonly string[] Approvers = ["anyone", "lead", "manager"];
    public static readonly string[] Priorities = ["low", "normal", "high", "critical"];
    public const int LongestName = 80;
    public const int LongestSay = 150;

    public IReadOnlyList<Gesture> Read()
    {
        WatchesFile.RefuseUnknownKeys(root, GesturesSchema.Top.Names, "this file", problems);
        var lines = new Dictionary<string, int?>(StringComparer.OrdinalIgnoreCase);
        var gestures = new List<Gesture>();
        foreach (var item in WatchesFile.Items(root, "gestures", "gestures", "Write each gesture as - name: ...", problems))
        {
            if (item is not MapNode map)
            {
                problems.Add(item.Place, "has a gesture without keys", "Write each gesture as - name: ... with its other keys below.");
                continue;
            }
            var gesture = new Reading(map, problems).Gesture();
            if (gesture.Name.Length > 0 && !lines.TryAdd(gesture.Name, map.Place.Line))
            {
                problems.Add(map.Place, $"has a second gesture named {Problems.Quote(gesture.Name)}, the first is on line {lines[gesture.Name]}", "Give each gesture a name of its own.");
            }
            gestures.Add(gesture);
        }
        return gestures;
    }

    private sealed partial class Reading(MapNode map, Problems problems)
    {
        private readonly string _what = map.ValueOf("name") is ScalarNode { Text: var name } ? "gesture " + Problems.Quote(name) : "a gesture";

        public Gesture Gesture()
        {
            WatchesFile.RefuseUnknownKeys(map, GesturesSchema.Gesture.Names, _what, problems);
            var (upTo, currency) = Amount();
            return new Gesture
            {
                Name = Name(),
                Aspects = AspectsOf(),
                Severity = OneOf("severity", ["0", "1", "2", "3"], $"Write how much it must hurt: 0 (small), 1 (noticeable), 2 (serious) or {Severity.Most} (grave)."),
                Priority = (Priority)OneOf("priority", Priorities, "Write low, normal, high or critical."),
                UpTo = upTo,
                Currency = currency,
                Approve = (Approver)OneOf("approve", Approvers, "Write anyone, lead or manager."),
                Say = Say(),
            };
        }

        private string Name()
        {
            if (map.ValueOf("name") is { } node)
            {
                return PlaybookFiles.TextOf(node, $"{_what}: name", LongestName, problems) ?? "";
            }
            problems.Add(map.Place, "a gesture has no name", "Add name: and what it is, in a few words for colleagues.");
            return "";
        }

        private List<string> AspectsOf()
        {
            var aspects = new List<string>();
            foreach (var (text, place) in WatchesFile.Texts(map, "aspects", $"{_what}: aspects", problems))
            {
                aspects.Add(text.Trim());
                if (!Aspects.Names.Contains(text.Trim()))
                {
                    problems.Add(place, $"{_what} names the aspect {Problems.Quote(text)}, which is not known", Nearest.Cure(text, Aspects.Names, ""));
                }
            }
            if (aspects.Count == 0 && map.EntryOf("aspects") is { Value: ListNode or ScalarNode { Kind: ScalarKind.Null } } empty)
            {
                problems.Add(empty.Place, $"{_what}: aspects is empty", "Name one, or take the line away: then it is for all.");
            }
            return aspects;
        }

        /// <summary>The place of what is written among these words; the first when nothing is.</summary>
        private int OneOf(string key, string[] words, string cure)
        {
            if (map.ValueOf(key) is not { } node)
            {
                return 0;
            }
            var at = node is ScalarNode scalar ? Array.IndexOf(words, scalar.Text) : -1;
            if (at < 0)
            {
                problems.Add(node.Place, $"{_what}: {key} is {(node is ScalarNode { Text: var text } ? Problems.Quote(text) : "no plain word")}, which is not known", cure);
            }
            return Math.Max(0, at);
        }

        private (decimal? UpTo, string? Currency) Amount()
        {
            if (map.ValueOf("up to") is not { } node)
            {
                return (null, null);
            }
            if (node is ScalarNode scalar && Money().Match(scalar.Text.Trim()) is { Success: true } money && decimal.Parse(money.Groups["amount"].ValueSpan, CultureInfo.InvariantCulture) is > 0 and var amount)
            {
                return (amount, money.Groups["currency"].Value);
            }
            problems.Add(node.Place, $"{_what}: up to is {(node is ScalarNode { Text: var text } ? Problems.Quote(text) : "no plain text")}, not an amount", "Write the amount and the currency's three letters: 50 EUR or 49.90 USD.");
            return (null, null);
        }

        private Dictionary<string, string> Say()
        {
            var say = new Dictionary<string, string>(StringComparer.Ordinal);
            if (map.ValueOf("say") is not { } node)
            {
                return say;
            }
            if (node is not MapNode languages)
            {
                problems.Add(node.Place, $"{_what}: say has no languages", "Write the languages below it: en: \"a new cable\".");
                return say;
            }
            foreach (var entry in languages.Entries)
            {
                PlaybookFiles.CheckLanguage(entry, $"{_what}: say", problems);
                if (PlaybookFiles.TextOf(entry.Value, $"{_what}: say, {entry.Key}", LongestSay, problems) is not { } text)
                {
                    continue;
                }
                if (text.AsSpan().IndexOfAny("{}[]\n") >= 0)
                {
                    problems.Add(entry.Value.Place, $"{_what}: say, {entry.Key} has a bracket or a second line", "Write plain words on one line: they are put into the draft as they stand.");
                }
                say[Languages.Plain(entry.Key)] = text;
            }
            return say;
        }

        [GeneratedRegex(@"^(?<amount>[0-9]{1,7}(?:\.[0-9]{1,2})?) (?<currency>[A-Z]{3})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
        private static partial Regex Money();
    }
}
