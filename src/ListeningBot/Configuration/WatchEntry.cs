using System.Globalization;
using System.Text.RegularExpressions;
using ListeningBot.Configuration.Schemas;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Configuration;

/// <summary>One entry below watches:.</summary>
internal sealed partial class WatchEntry(MapNode map, QueryEntries queries, QueryPieces pieces, Problems problems)
{
    public const string DefaultTeam = "care";
    public const int LongestName = 80;
    private readonly string _what = map.ValueOf("name") is ScalarNode { Text: var name } ? "watch " + Problems.Quote(name) : "a watch";

    /// <summary>Null when it has no name; with its problems told, what is returned serves only to find more.</summary>
    public Watch? Read(IReadOnlyList<string>? channels)
    {
        WatchesFile.RefuseUnknownKeys(map, WatchesSchema.Watch.Names, _what, problems);
        var watch = new Watch
        {
            Name = Name(),
            Team = Team(),
            Find = List("find"),
            Query = queries.Query(map, _what, pieces),
            Exclude = List("exclude"),
            Everything = YesOrNo("everything"),
            Channels = List("channels"),
            Languages = [.. List("languages").Select(Languages.Plain)],
            AlertAt = Alert(),
            Shadow = YesOrNo("shadow"),
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

    private bool YesOrNo(string key)
    {
        if (map.ValueOf(key) is not { } node)
        {
            return false;
        }
        if (node is ScalarNode { Text: "true" or "false" } scalar)
        {
            return scalar.Text == "true";
        }
        problems.Add(node.Place, $"{_what}: {key} is neither true nor false", $"Write {key}: true, or take the line away.");
        return false;
    }

    private double Alert()
    {
        if (map.ValueOf("alert") is not { } node)
        {
            return Scorer.ComplaintLine;
        }
        if (node is ScalarNode scalar
            && double.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var alert)
            && alert is >= 0 and <= 1)
        {
            return alert;
        }
        var written = node is ScalarNode { Text: var text } ? Problems.Quote(text) : "a list";
        problems.Add(node.Place, $"{_what}: alert is {written}, not a number from 0 to 1", "Write 0.5 for half; a larger number alerts less often.");
        return Scorer.ComplaintLine;
    }

    private IReadOnlyList<string> List(string key)
    {
        var before = problems.Count;
        string[] texts = [.. WatchesFile.Texts(map, key, $"{_what}: {key}", problems).Select(t => t.Text.Trim())];
        if (texts.Length == 0 && map.EntryOf(key) is { } entry && problems.Count == before)
        {
            problems.Add(entry.Place, $"{_what}: {key} is empty", key == "find" ? "Add a word or phrase to find." : "Add an entry, or take the line away.");
        }
        return texts;
    }

    private void CheckWhatItHears(Watch watch)
    {
        var (find, query) = (map.EntryOf("find"), map.EntryOf("query"));
        if (find is null && query is null && map.EntryOf("everything")?.Value is null or ScalarNode { Text: "false" })
        {
            problems.Add(map.Place, $"{_what} has nothing to listen for", "Add find: [words], or query: 'words OR \"a phrase\"', or everything: true with channels: [names].");
        }
        if (query is not null && find is not null)
        {
            problems.Add(query.Place, $"{_what} has both find and query", "Keep one: words of find go into the query with OR between them.");
        }
        if (query is not null && watch.Everything)
        {
            problems.Add(query.Place, $"{_what} has both a query and everything: true", "Keep one: a query hears what fits it, everything hears all.");
        }
        if (find is not null && watch.Everything)
        {
            problems.Warn(find.Place, $"{_what}: find is of no account beside everything: true", "Take one of them away.");
        }
        if (watch.Everything && map.EntryOf("channels") is null)
        {
            problems.Add(map.EntryOf("everything")?.Place ?? map.Place, $"{_what}: everything is true for no channel", "Add channels: [names], so that it is not every post of all channels.");
        }
    }

    private void CheckTerms(Watch watch)
    {
        var unfit = CheckTerms("find").Concat(CheckTerms("exclude")).Select(entry => entry.Place).ToHashSet();
        CheckAmongEachOther(watch, unfit);
    }

    /// <summary>The entries that are no word or phrase, and that is told.</summary>
    private List<ScalarNode> CheckTerms(string list)
    {
        var entries = (map.ValueOf(list) as ListNode)?.Items.OfType<ScalarNode>().Where(entry => !string.IsNullOrWhiteSpace(entry.Text)) ?? [];
        return [.. entries.Where(entry => !queries.IsTerm(entry, $"{_what}: {list}"))];
    }

    /// <summary>What only the matcher can tell of words: two that mean the same.</summary>
    private void CheckAmongEachOther(Watch watch, HashSet<Place> unfit)
    {
        foreach (var problem in WatchSet.ProblemsOf(watch with { Everything = true, Channels = ["any"] }))
        {
            var term = TermOf().Match(problem);
            var place = term.Success ? map.Nearest($"{term.Groups["list"].Value}:{int.Parse(term.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) - 1}").Place : map.Place;
            if (unfit.Contains(place))
            {
                continue;
            }
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
            problems.Add(item.Place, $"{_what} names the channel {Problems.Quote(item.Text)}, which is not in appsettings.json", Nearest.Cure(item.Text, channels, "No channel is configured yet: leave this watch out until one is."));
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
