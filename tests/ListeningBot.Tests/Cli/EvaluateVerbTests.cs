using ListeningBot.Cli;

namespace ListeningBot.Tests.Cli;

public sealed class EvaluateVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evaluate").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int Exit, string Output, string Messages)> Evaluate(string? positive, params string[] lines)
    {
        var file = new FileInfo(Path.Combine(_folder, "labelled.jsonl"));
        await File.WriteAllLinesAsync(file.FullName, lines);
        using var output = new StringWriter();
        using var messages = new StringWriter();
        var exit = await EvaluateVerb.RunAsync(new EvaluateVerbWishes { Files = [file], Positive = positive }, output, messages, CancellationToken.None);
        return (exit, output.ToString(), messages.ToString());
    }

    [Fact]
    public async Task It_measures_complaint_and_sentiment()
    {
        var (exit, output, messages) = await Evaluate(null,
            """{"id":"1","text":"My order never arrived and nobody answers my emails, terrible service","label":"negative"}""",
            """{"id":"2","text":"The shop opens at nine","label":"neutral"}""",
            """{"id":"3","text":"Thank you, what a wonderful crew, love it","label":"positive"}""");
        Assert.Equal(Exit.Done, exit);
        Assert.Equal("", messages);
        Assert.Contains("3 texts, 1 of them \"negative\"", output, StringComparison.Ordinal);
        Assert.Matches(@"ROC-AUC\s+100\.0%", output);
        Assert.Matches(@"sentiment macro recall\s+100\.0%", output);
        Assert.Matches(@"sentiment F1 negative\s+100\.0%", output);
    }

    [Fact]
    public async Task A_bad_line_is_named_and_the_rest_is_measured()
    {
        var (exit, output, messages) = await Evaluate("bad", """{"id":"1","text":"awful, broken again","label":"bad"}""", "{", """{"id":"3","text":"fine"}""", "", """{"id":"4","text":"nice","label":"good"}""");
        Assert.Equal(Exit.BadInput, exit);
        Assert.Contains("labelled.jsonl, line 2: not valid JSON", messages, StringComparison.Ordinal);
        Assert.Contains("line 3: \"label\" is missing", messages, StringComparison.Ordinal);
        Assert.Contains("2 texts, 1 of them \"bad\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_that_it_does_not_know_are_listed()
    {
        var (exit, _, messages) = await Evaluate(null, """{"id":"1","text":"a","label":"ham"}""");
        Assert.Equal(Exit.BadInput, exit);
        Assert.Contains("its labels are ham", messages, StringComparison.Ordinal);
        Assert.Contains("--positive", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_told()
    {
        using var messages = new StringWriter();
        var exit = await EvaluateVerb.RunAsync(new EvaluateVerbWishes { Files = [new FileInfo(Path.Combine(_folder, "none.jsonl"))] }, TextWriter.Null, messages, CancellationToken.None);
        Assert.Equal(Exit.BadInput, exit);
        Assert.Contains("can't be read", messages.ToString(), StringComparison.Ordinal);
    }
}
