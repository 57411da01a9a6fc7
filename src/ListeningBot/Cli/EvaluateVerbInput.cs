using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Cli;

/// <summary>Reads labelled texts, as JSON lines and in the corpus' form, and has them judged.</summary>
internal sealed class EvaluateVerbInput(Scorer scorer, TextWriter messages)
{
    /// <summary>False once something could not be used.</summary>
    public bool IsGood { get; private set; } = true;

    public void Complain(string what)
    {
        IsGood = false;
        messages.WriteLine(what);
    }

    /// <summary>Each file of JSON lines by itself, then all that is in the corpus' form as one, then the held-back part of the corpus.</summary>
    public async IAsyncEnumerable<EvaluateVerbSet> ReadAsync(EvaluateVerbWishes wishes, [EnumeratorCancellation] CancellationToken ct)
    {
        var texts = wishes.Files.Where(file => file.Extension == ".txt").ToList();
        foreach (var file in wishes.Files.Except(texts))
        {
            var cases = new List<EvaluateVerbCase>();
            if (await ReadableAsync(file, () => ReadLinesAsync(file, cases, ct), ct) || cases.Count > 0)
            {
                yield return new EvaluateVerbSet(file.Name, cases);
            }
        }
        if (texts.Count > 0)
        {
            var all = new List<CorpusText>();
            foreach (var file in texts)
            {
                var (before, wasGood) = (all.Count, IsGood);
                if (await ReadableAsync(file, () => ReadCorpusFormAsync(file, all, ct), ct) && all.Count == before && IsGood == wasGood)
                {
                    Complain($"{file.Name}: no labelled text in it; nothing to measure.");
                }
            }
            if (all.Count > 0)
            {
                yield return Judged(texts is [var only] ? only.Name : $"{texts.Count} files of {texts[0].Directory?.Name}", all);
            }
        }
        if (wishes.Corpus)
        {
            yield return Judged("corpus, held-back part", Corpus.Read().Texts.Where(text => text.IsHeldBack));
        }
    }

    private EvaluateVerbSet Judged(string name, IEnumerable<CorpusText> texts) => new(name, [.. texts.Select(Judge)]);

    private EvaluateVerbCase Judge(CorpusText text)
    {
        var feeling = text.Labels.Sentiment switch { "neg" => "negative", "pos" => "positive", _ => "neutral" };
        return new EvaluateVerbCase($"{text.File}:{text.Line}", text.Labels.Kind, feeling, text.Text, scorer.Assess(text.Text, new Evidence { Lang = text.Lang }), text);
    }

    private async Task<bool> ReadableAsync(FileInfo file, Func<Task> readAsync, CancellationToken ct)
    {
        if (Directory.Exists(file.FullName))
        {
            Complain($"{file.FullName}: is a folder. Name the files in it that shall be measured.");
            return false;
        }
        try
        {
            if (await IsLearnedFromAsync(file, ct))
            {
                await messages.WriteLineAsync($"{file.Name}: the model learned from this file; its figures flatter.");
            }
            await readAsync();
            return true;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Complain($"{file.FullName}: can't be read ({unreadable.Message})");
            return false;
        }
    }

    private static async Task<bool> IsLearnedFromAsync(FileInfo file, CancellationToken ct)
    {
        await using var stream = file.OpenRead();
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
        return Model.Shipped.Manifest.Sources.Any(source => source.Sha256 == hash);
    }

    private async Task ReadCorpusFormAsync(FileInfo file, List<CorpusText> texts, CancellationToken ct)
    {
        using var reader = new StringReader(await File.ReadAllTextAsync(file.FullName, ct));
        var errors = new List<string>();
        texts.AddRange(CorpusFile.Read(file.Name, reader, errors));
        errors.ForEach(Complain);
    }

    private async Task ReadLinesAsync(FileInfo file, List<EvaluateVerbCase> cases, CancellationToken ct)
    {
        await using var stream = file.OpenRead();
        var lines = new ScoreVerbLines(stream);
        while (await lines.ReadAsync(ct))
        {
            if (!lines.TooLong && lines.Line.Span.Trim(" \t"u8).IsEmpty)
            {
                continue;
            }
            var input = lines.TooLong ? ScoreVerbInput.Wrong($"longer than {ScoreVerbLines.MostBytes} bytes") : ScoreVerbInput.Parse(lines.Line);
            if ((input.Error ?? (input.Label is null ? "\"label\" is missing; every line needs one" : null)) is { } error)
            {
                Complain($"{file.Name}, line {lines.Number}: {error}");
                continue;
            }
            var feeling = Array.Find(EvaluateVerbCase.Feelings, one => one == input.Label);
            cases.Add(new EvaluateVerbCase(input.Id?.ToString() ?? $"line {lines.Number}", input.Label!, feeling, input.Text, scorer.Assess(input.Text, input.Evidence)));
        }
    }
}
