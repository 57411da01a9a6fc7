using System.Security.Cryptography;
using System.Text;

namespace ListeningBot.Core.Scoring.Training;

/// <summary>Makes the shipped model from what may be shipped: the built-in corpus and, where their files are at hand, public sets.</summary>
public static class Workshop
{
    /// <summary>The same files give the same bytes everywhere.</summary>
    /// <param name="data">A folder with sets as NAME.jsonl, or null. Files that are no known set are named to <paramref name="tell"/> and left out.</param>
    /// <param name="tell">Hears how far it is.</param>
    /// <exception cref="FormatException">Something in the corpus or a set is no text with labels.</exception>
    public static Model Make(DirectoryInfo? data, Action<string> tell)
    {
        var (texts, sources) = Corpus.Read();
        var lessons = texts.Where(text => !text.IsHeldBack && !text.IsForCalibration).Select(CorpusLessons.Of).ToList();
        tell(Say(texts, lessons.Count));
        foreach (var file in data?.GetFiles("*.jsonl").OrderBy(file => file.Name, StringComparer.Ordinal).ToArray() ?? [])
        {
            if (PublicSets.Named(file.Name) is not { } set)
            {
                tell($"{file.Name}: left out; no set of this name is known to be free to learn from ({string.Join(", ", PublicSets.All.Select(one => one.Name))} are).");
                continue;
            }
            var bytes = File.ReadAllBytes(file.FullName);
            using var reader = new StringReader(Encoding.UTF8.GetString(bytes));
            var some = PublicSets.Read(set, reader);
            tell($"{file.Name}: {some.Count} texts ({set.Licence})");
            lessons.AddRange(some);
            sources.Add(new Source(file.Name, set.Licence, Convert.ToHexStringLower(SHA256.HashData(bytes)), some.Count));
        }
        var manifest = new Manifest { Version = "", Lexicons = Model.LexiconsHash, Sources = sources };
        return Trainer.Train(lessons, [.. texts.Where(text => text.IsForCalibration)], manifest, FitSettings.Shipped, tell);
    }

    private static string Say(List<CorpusText> texts, int fitted)
    {
        var complaints = texts.Count(text => text.Labels.IsComplaint);
        var second = texts.Where(text => text.Other is not null).ToList();
        string Share(Func<CorpusText, bool> differs, int of) => FormattableString.Invariant($"{100.0 * second.Count(differs) / of:0.0}%");
        return $"corpus: {texts.Count} texts, {complaints} of them complaints; {fitted} are fitted, {texts.Count(text => text.IsForCalibration)} calibrate, {texts.Count(text => text.IsHeldBack)} are held back. "
            + $"Two readers differed in complaint or not {Share(text => text.Other!.IsComplaint != text.Labels.IsComplaint, texts.Count)}, feeling {Share(text => text.Other!.Sentiment != text.Labels.Sentiment, texts.Count)}, "
            + $"priority {Share(text => text is { Labels.Priority: { } one, Other.Priority: { } other } && one != other, complaints)}, "
            + $"severity {Share(text => text is { Labels.Severity: { } one, Other.Severity: { } other } && one != other, complaints)}, "
            + $"aspect {Share(text => text is { Labels.Aspect: { } one, Other.Aspect: { } other } && one != other, complaints)} of the texts that have it.";
    }
}
