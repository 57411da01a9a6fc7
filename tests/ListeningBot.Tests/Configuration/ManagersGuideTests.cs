using System.Text.RegularExpressions;
using ListeningBot.Cli;
using ListeningBot.Configuration;
using ListeningBot.Configuration.Schemas;

namespace ListeningBot.Tests.Configuration;

/// <summary>The managers' guide says what the program does.</summary>
public sealed class ManagersGuideTests
{
    private const string App = "{ \"Channels\": { \"inbox\": { \"Kind\": \"mail\", \"Host\": \"imap.acmebikes.example\", \"User\": \"u\", \"Password\": \"p\" }, \"bluesky\": { \"Kind\": \"bluesky\" } } }";
    private static readonly string Guide = Shipped.Text("config/README.md");

    public static TheoryData<string, string> Mistakes
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (Match row in Regex.Matches(Guide[Guide.IndexOf("## Mistakes", StringComparison.Ordinal)..], "^\\| `(?<written>.+?)` \\| (?<said>.+) \\|$", RegexOptions.Multiline))
            {
                rows.Add(row.Groups["written"].Value, row.Groups["said"].Value);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_says_what_the_guide_says(string written, string said)
    {
        using var folder = ConfigurationFolder.With(App, $"watches:\n  - name: brand\n    find: [acme]\n    {written}\n");
        var problem = Read(folder).Problems[0];
        Assert.Equal(said, $"{problem.What}. {problem.Cure}");
        Assert.Equal(4, problem.Line);
    }

    [Fact]
    public async Task The_guides_file_is_summed_up_as_shown()
    {
        using var folder = ConfigurationFolder.With(App, Block("yaml"));
        var output = new StringWriter();

        await CheckVerb.RunAsync(new SettingsReader(folder.Sources, Program.ChannelKinds, Program.NotifierKinds), online: false, new VerbPaper(output, null), TimeProvider.System, CancellationToken.None);

        Assert.Equal(Block(""), output.ToString().ReplaceLineEndings("\n").Replace(folder.Root, "/srv/listeningbot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_guides_teams_are_summed_up_as_shown_on_a_monday_at_ten()
    {
        using var folder = ConfigurationFolder.With(App, Block("yaml"))
            .Write("config/responders.yaml", Blocks.Last(block => block.StartsWith("yaml\n# yaml-language-server: $schema=responders", StringComparison.Ordinal))["yaml\n".Length..])
            .Write("config/holidays.ics", Teams.HolidayCalendarTests.Christmas);
        var output = new StringWriter();

        await CheckVerb.RunAsync(new SettingsReader(folder.Sources, Program.ChannelKinds, Program.NotifierKinds), online: false, new VerbPaper(output, null), new Support.ManualClock(), CancellationToken.None);

        Assert.Contains(Blocks.Single(block => block.StartsWith("\nTeams\n", StringComparison.Ordinal))[1..], output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_line_of_the_guides_rota_and_changes_is_read()
    {
        foreach (var row in Rows("### Rota and changes", "### What happens when"))
        {
            var key = row.Contains(" 2026-", StringComparison.Ordinal) && !row.Contains("turns", StringComparison.Ordinal) ? "changes" : "rota";
            using var folder = ConfigurationFolder.With(App, Block("yaml")).Write("config/responders.yaml", $"members: [{{ id: anna }}, {{ id: ben }}, {{ id: dora }}]\nteams:\n  - name: care\n    members: [anna, ben, dora]\n    {key}:\n      {row}\n");
            Assert.Empty(Read(folder).Problems);
        }
    }

    [Fact]
    public void Every_example_of_a_target_and_a_rule_is_read()
    {
        var examples = Guide[Guide.IndexOf("In `targets`", StringComparison.Ordinal)..Guide.IndexOf("## Answering", StringComparison.Ordinal)];
        var keys = Regex.Matches(examples, "\\| `(?<example>[^`|]+: [^`|]+)` \\|$", RegexOptions.Multiline).Select(match => match.Groups["example"].Value).ToList();
        Assert.Equal(TargetsSchema.Keys.Names.Length + RespondersSchema.Route.Names.Length, keys.Count);
        var targets = keys.Take(TargetsSchema.Keys.Names.Length).Select(key => "      " + key + "\n");
        var rule = string.Join("\n    ", keys.Skip(TargetsSchema.Keys.Names.Length));
        using var folder = ConfigurationFolder.With(App, Block("yaml")).Write("config/responders.yaml", $"teams:\n  - name: care\n    targets:\n{string.Concat(targets)}routes:\n  - {rule}\n");
        Assert.Empty(Read(folder).Problems);
    }

    [Fact]
    public void Every_key_of_the_responders_has_its_row() =>
        Assert.All([.. RespondersSchema.Top.Names, .. RespondersSchema.Member.Names, .. RespondersSchema.Team.Names, .. TargetsSchema.Keys.Names, .. RespondersSchema.Route.Names], key => Assert.Contains($"\n| `{key}` | ", Guide));

    [Fact]
    public void Every_key_has_its_row() =>
        Assert.All([.. WatchesSchema.Top.Names, .. WatchesSchema.Watch.Names], key => Assert.Contains($"\n| `{key}` | ", Guide));

    private static SettingsReading Read(ConfigurationFolder folder) => new SettingsReader(folder.Sources, Program.ChannelKinds, Program.NotifierKinds).Read();

    [Fact]
    public async Task What_the_guide_says_of_searches_is_what_check_says()
    {
        const string Searching = """
            { "Channels": {
                "x": { "Kind": "x", "Token": "t", "Budget": 2, "Listen": "Search" }, "reddit": { "Kind": "reddit" },
                "fediverse": { "Kind": "mastodon", "Server": "https://mastodon.example", "Token": "t" }, "hn": { "Kind": "hackernews" } } }
            """;
        using var folder = ConfigurationFolder.With(Searching, Blocks.Single(block => block.StartsWith("yaml\nwatches:\n  - name: money back", StringComparison.Ordinal))["yaml\n".Length..]);
        var output = new StringWriter();

        await CheckVerb.RunAsync(new SettingsReader(folder.Sources, Program.ChannelKinds, Program.NotifierKinds), online: false, new VerbPaper(output, null), TimeProvider.System, CancellationToken.None);

        var said = output.ToString().ReplaceLineEndings("\n");
        Assert.Contains(Blocks.Single(block => block.StartsWith("\nSearches", StringComparison.Ordinal))[1..], said, StringComparison.Ordinal);
        Assert.Contains(Blocks.Single(block => block.Contains("can't be searched for", StringComparison.Ordinal))["\nconfig/watches.yaml".Length..], said, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Blocks => Guide.Split("```").Where((_, i) => i % 2 == 1);

    /// <summary>What the first columns of the tables between two headings have written.</summary>
    private static IEnumerable<string> Rows(string from, string to) =>
        Regex.Matches(Guide[Guide.IndexOf(from, StringComparison.Ordinal)..Guide.IndexOf(to, StringComparison.Ordinal)], "^\\| `(?<written>- .+?)` \\|", RegexOptions.Multiline).Select(match => match.Groups["written"].Value);

    /// <summary>The first fenced block of a language.</summary>
    private static string Block(string language)
    {
        return Blocks.First(block => block.StartsWith(language + "\n", StringComparison.Ordinal))[(language.Length + 1)..];
    }
}
