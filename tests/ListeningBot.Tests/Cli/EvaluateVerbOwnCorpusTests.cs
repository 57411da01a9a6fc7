using ListeningBot.Cli;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Tests.Cli;

/// <summary>The corpus that is built in: only what nothing was fitted to tells how good the scorer is.</summary>
public sealed class EvaluateVerbOwnCorpusTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evaluate").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Only_its_held_back_part_is_measured()
    {
        using var output = new StringWriter();
        Assert.Equal(Exit.Done, await EvaluateVerb.RunAsync(new EvaluateVerbWishes { Files = [], Corpus = true }, output, TextWriter.Null, CancellationToken.None));
        var held = Corpus.Read().Texts.Where(text => text.IsHeldBack).ToList();
        Assert.Contains($"{held.Count} texts, {held.Count(text => text.Labels.IsComplaint)} of them \"complaint\"", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_the_model_learned_from_is_told_to_flatter()
    {
        var name = Corpus.Read().Texts.First(text => text.Labels.IsComplaint).File;
        var file = new FileInfo(Path.Combine(_folder, "renamed.en.txt"));
        await using (var copy = file.Create())
        {
            await using var bytes = typeof(Corpus).Assembly.GetManifestResourceStream($"Corpus/{name}")!;
            await bytes.CopyToAsync(copy, TestContext.Current.CancellationToken);
        }
        using var messages = new StringWriter();
        Assert.Equal(Exit.Done, await EvaluateVerb.RunAsync(new EvaluateVerbWishes { Files = [file] }, TextWriter.Null, messages, CancellationToken.None));
        Assert.Equal("renamed.en.txt: the model learned from this file; its figures flatter." + Environment.NewLine, messages.ToString());
    }
}
