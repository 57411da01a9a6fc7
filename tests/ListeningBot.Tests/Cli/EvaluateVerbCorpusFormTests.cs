using System.Text.Json;
using ListeningBot.Cli;

namespace ListeningBot.Tests.Cli;

/// <summary>Texts in the corpus' form, several files together, lines for scripts, false alarms.</summary>
public sealed class EvaluateVerbCorpusFormTests : IDisposable
{
    private const string Mail = """
        // a comment
        complaint neg critical 3 safety | The kettle exploded and burned my hand, I am in hospital. This is dangerous, take it off sale!
        complaint neg high 2 refund | Third email and still no refund, nobody answers. I want my money back today.
        praise pos | Thank you, the crew was wonderful, love it!

        """;

    private const string Post = """
        complaint neg normal 1 delivery | Mein Paket ist seit zwei Wochen nicht angekommen, niemand antwortet. Frechheit!
        praise pos | Danke, super Service, sehr zufrieden!

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("evaluate").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private FileInfo Write(string name, string content)
    {
        var file = new FileInfo(Path.Combine(_folder, name));
        File.WriteAllText(file.FullName, content);
        return file;
    }

    private static async Task<(int Exit, string Output, string Messages)> Evaluate(EvaluateVerbWishes wishes)
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();
        var exit = await EvaluateVerb.RunAsync(wishes, output, messages, CancellationToken.None);
        return (exit, output.ToString(), messages.ToString());
    }

    [Fact]
    public async Task Files_in_the_form_of_the_corpus_are_one_set_measured_whole_and_by_language_and_file()
    {
        var (exit, output, messages) = await Evaluate(new EvaluateVerbWishes { Files = [Write("mail.en.txt", Mail), Write("post.de.txt", Post)] });
        Assert.Equal("", messages);
        Assert.Equal(Exit.Done, exit);
        Assert.Contains("5 texts, 3 of them \"complaint\"", output, StringComparison.Ordinal);
        Assert.Matches(@"high or critical, called a complaint too\s+2\s", output);
        Assert.Matches(@"(?m)^  praise\s+2\s", output);
        Assert.Matches(@"(?m)^  de\s+2\s+1\s", output);
        Assert.Matches(@"(?m)^  mail\s+3\s+2\s", output);
    }

    [Fact]
    public async Task A_line_that_is_none_is_named_and_the_rest_is_measured()
    {
        var (exit, output, messages) = await Evaluate(new EvaluateVerbWishes { Files = [Write("mail.en.txt", Mail + "complaint neg | half of the labels\n")] });
        Assert.Equal(Exit.BadInput, exit);
        Assert.Contains("mail.en.txt, line 5: a complaint has five labels", messages, StringComparison.Ordinal);
        Assert.Contains("3 texts", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_any_text_and_a_folder_are_told_as_such()
    {
        var (exit, output, messages) = await Evaluate(new EvaluateVerbWishes { Files = [Write("empty.en.txt", "// nothing yet\n"), new FileInfo(_folder)] });
        Assert.Equal((Exit.BadInput, ""), (exit, output));
        Assert.Contains("empty.en.txt: no labelled text in it; nothing to measure.", messages, StringComparison.Ordinal);
        Assert.Contains($"{_folder}: is a folder. Name the files in it that shall be measured.", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_get_a_line_for_each_set_and_one_for_the_mean()
    {
        var lines = Write("lines.jsonl", """
            {"id":1,"text":"awful, broken again, nobody answers my emails","label":"negative"}
            {"id":2,"text":"thanks, lovely","label":"positive"}
            """);
        var (exit, output, _) = await Evaluate(new EvaluateVerbWishes { Files = [lines, Write("mail.en.txt", Mail)], Json = true });
        Assert.Equal(Exit.Done, exit);
        var sets = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["set", "set", "mean"], sets.Select(set => set.GetProperty("kind").GetString()));
        Assert.Equal(1, sets[0].GetProperty("complaint").GetProperty("rocAuc").GetDouble());
        Assert.InRange(sets[0].GetProperty("feeling").GetProperty("f1OfNegative").GetDouble(), 0, 1);
        Assert.False(sets[0].TryGetProperty("labels", out _));
        Assert.Equal(2, sets[1].GetProperty("labels").GetProperty("highEndToEnd").GetProperty("texts").GetInt32());
        Assert.Equal(2, sets[2].GetProperty("sets").GetInt32());
    }

    [Fact]
    public async Task False_alarms_are_counted_in_files_without_complaints()
    {
        var news = Write("news.jsonl", """{"id":1,"text":"The museum opens a new wing on Friday","label":"news"}""");
        var (exit, output, messages) = await Evaluate(new EvaluateVerbWishes { Files = [news, Write("mail.en.txt", Mail)], FalseAlarmsAt = 0.9 });
        Assert.Equal("", messages);
        Assert.Equal(Exit.Done, exit);
        Assert.Contains("90.0% of the complaints are found from a probability of 0.", output, StringComparison.Ordinal);
        Assert.Matches(@"mail\.en\.txt\s+2\s+100\.0%\s+0\s+-", output);
        Assert.Matches(@"mail\.en\.txt: praise\s+0\s+-\s+1\s+0\.0%", output);
        Assert.Matches(@"news\.jsonl\s+0\s+-\s+1\s+0\.0%", output);
    }

    [Fact]
    public async Task False_alarms_without_a_file_to_count_them_in_are_told()
    {
        var brand = Write("brand.jsonl", """{"id":1,"text":"awful, broken again","label":"complaint"}""");
        var (exit, _, messages) = await Evaluate(new EvaluateVerbWishes { Files = [brand], FalseAlarmsAt = 0.9 });
        Assert.Equal(Exit.BadInput, exit);
        Assert.Contains("--false-alarms-at needs a file with complaints and one without", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("evaluate", "--corpus", "--worst", "0")]
    [InlineData("evaluate", "--corpus", "--texts")]
    [InlineData("evaluate", "--corpus", "--json", "--worst", "3")]
    [InlineData("evaluate", "--corpus", "--false-alarms-at", "90")]
    [InlineData("evaluate", "--corpus", "--false-alarms-at", "many")]
    public async Task What_it_cannot_mean_is_refused(params string[] typed) => Assert.Equal(Exit.Usage, await CommandLine.RunAsync(typed));
}
