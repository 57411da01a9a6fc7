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
        var exit = await EvaluateVerb.RunAsync([file], positive, output, messages, CancellationToken.None);
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
        var exit = await EvaluateVerb.RunAsync([new FileInfo(Path.Combine(_folder, "none.jsonl"))], null, TextWriter.Null, messages, CancellationToken.None);
        Assert.Equal(Exit.BadInput, exit);
        Assert.Contains("can't be read", messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Areas_and_rates_are_those_of_a_small_example_done_by_hand()
    {
        EvaluateVerbCase Case(double score, string label) => new(label, score, score >= 0.5, "neutral");
        var figures = new EvaluateVerbFigures([Case(0.9, "yes"), Case(0.6, "no"), Case(0.6, "yes"), Case(0.2, "no"), Case(0.1, "yes")], "yes");
        Assert.Equal(2 / 3.0, figures.Precision, 9);
        Assert.Equal(2 / 3.0, figures.Recall, 9);
        Assert.Equal(2 / 3.0, figures.F1, 9);
        Assert.Equal(3.5 / 6, figures.RocAuc, 9);
        Assert.Equal((1 + 2 / 3.0 + 3 / 5.0) / 3, figures.PrAuc, 9);
        Assert.False(figures.HasSentiment);
    }
}
