using System.Text.RegularExpressions;
using ListeningBot.Cli;
using ListeningBot.Configuration;

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

        Assert.Equal(Block(""), output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_key_has_its_row() =>
        Assert.All([.. WatchesFile.TopKeys, .. WatchesFile.WatchKeys], key => Assert.Contains($"\n| `{key}` | ", Guide));

    private static SettingsReading Read(ConfigurationFolder folder) => new SettingsReader(folder.Sources, Program.ChannelKinds, Program.NotifierKinds).Read();

    /// <summary>The first fenced block of a language.</summary>
    private static string Block(string language)
    {
        var fenced = Guide.Split("```").Where((_, i) => i % 2 == 1);
        return fenced.First(block => block.StartsWith(language + "\n", StringComparison.Ordinal))[(language.Length + 1)..];
    }
}
