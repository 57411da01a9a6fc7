using System.Text.RegularExpressions;
using ListeningBot.Cli;
using ListeningBot.Configuration;
using ListeningBot.Configuration.Schemas;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Configuration;

/// <summary>What the managers' guide says of replies and gestures is so.</summary>
public sealed class AnsweringGuideTests
{
    private static readonly string Guide = Part("## Answering", "\n## ");

    public static TheoryData<string, string, string> Mistakes =>
    [
        .. Rows("| in `replies.yaml`").Select(row => ("config/replies.yaml", $"ask:\n  en:\n    {row.Written}\n", row.Said)),
        .. Rows("| in `gestures.yaml`").Select(row => ("config/gestures.yaml", $"gestures:\n  - name: flowers\n    {row.Written}\n", row.Said)),
    ];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_says_what_the_guide_says(string file, string text, string said)
    {
        using var folder = new ConfigurationFolder().Write(file, text);
        var problem = folder.Problem();
        Assert.Equal(said, $"{problem.What}. {problem.Cure}");
    }

    [Fact]
    public void The_guides_files_make_the_guides_thread()
    {
        var yaml = Blocks("yaml");
        using var folder = ConfigurationFolder.With(watches: "watches:\n  - name: brand\n    find: [acme]\n").Write("config/replies.yaml", yaml[0]).Write("config/gestures.yaml", yaml[1]);
        var (output, errors) = (new StringWriter(), new StringWriter());

        var exit = ExplainVerb.Run(folder.Reader, new ExplainVerbPost("Acme promised delivery on Friday, I am still waiting for my bike", Thread: true), new ManualClock(), new VerbPaper(output, null), new VerbPaper(errors, null));

        Assert.Equal((Exit.Done, ""), (exit, errors.ToString()));
        Assert.EndsWith("\n\n" + Blocks("")[0], output.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_and_placeholder_is_told()
    {
        Assert.All(RepliesSchema.Top.Names, key => Assert.Contains($"\n| `{key}` | ", Guide));
        Assert.All(GesturesSchema.Gesture.Names, key => Assert.Contains($"\n| `{key}` | ", Guide));
        Assert.All([.. RepliesSchema.Texts.Names, .. RepliesSchema.Answer.Names], key => Assert.Contains($"`{key}`", Guide));
        Assert.All(
            Enum.GetValues<Core.Alerting.ReplyPurpose>().SelectMany(purpose => Core.Alerting.Drafts.AlwaysIn(purpose).Concat(Core.Alerting.Drafts.SometimesIn(purpose))),
            word => Assert.Contains($"`{{{word}}}`", Guide));
    }

    [Fact]
    public void Every_example_of_a_gestures_key_is_read()
    {
        var examples = Regex.Matches(Guide[Guide.IndexOf("### gestures.yaml", StringComparison.Ordinal)..], "\\| `(?<example>[a-z ]+: [^`|]+)` \\|$", RegexOptions.Multiline).Select(match => match.Groups["example"].Value).ToList();
        Assert.Equal(GesturesSchema.Gesture.Names.Length, examples.Count);
        using var folder = new ConfigurationFolder().Write("config/gestures.yaml", $"gestures:\n  - {string.Join("\n    ", examples)}\n");
        Assert.Empty(folder.Problems());
    }

    private static IEnumerable<(string Written, string Said)> Rows(string head) =>
        Regex.Matches(Guide[Guide.IndexOf(head, StringComparison.Ordinal)..].Split("\n\n")[0], "^\\| `(?<written>.+?)` \\| (?<said>.+) \\|$", RegexOptions.Multiline)
            .Where(row => !row.Value.StartsWith(head, StringComparison.Ordinal)).Select(row => (row.Groups["written"].Value, row.Groups["said"].Value));

    private static string[] Blocks(string language) =>
        [.. Guide.Split("```").Where((_, i) => i % 2 == 1).Where(block => block.StartsWith(language + "\n", StringComparison.Ordinal)).Select(block => block[(language.Length + 1)..])];

    private static string Part(string from, string to)
    {
        var guide = Shipped.Text("config/README.md").ReplaceLineEndings("\n");
        var start = guide.IndexOf(from, StringComparison.Ordinal);
        return guide[start..guide.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
