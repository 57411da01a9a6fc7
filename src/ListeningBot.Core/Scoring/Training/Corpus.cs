using System.Security.Cryptography;
using System.Text;

namespace ListeningBot.Core.Scoring.Training;

/// <summary>The corpus that is built into the program: texts written for it, with their labels.</summary>
public static class Corpus
{
    private const string Folder = "Corpus/";
    internal const string Licence = "MIT (written for this project)";

    internal static IReadOnlyList<string> Files { get; } = [.. typeof(Corpus).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>Throws <see cref="FormatException"/> with every error.</summary>
    public static (List<CorpusText> Texts, List<Source> Sources) Read()
    {
        var errors = new List<string>();
        var all = new List<CorpusText>();
        var sources = new List<Source>();
        foreach (var file in Files)
        {
            var bytes = BytesOf(file);
            using var reader = new StringReader(Encoding.UTF8.GetString(bytes));
            var texts = CorpusFile.Read(file, reader, errors);
            all.AddRange(texts);
            sources.Add(new Source(file, Licence, Convert.ToHexStringLower(SHA256.HashData(bytes)), texts.Count));
        }
        return errors.Count == 0 ? (all, sources) : throw new FormatException(string.Join(Environment.NewLine, errors));
    }

    /// <summary>Text and language of each, one after the other and nothing kept; lines that are none are left out.</summary>
    public static IEnumerable<(string Text, string Lang)> Texts()
    {
        var errors = new List<string>();
        foreach (var file in Files)
        {
            using var reader = new StreamReader(typeof(Corpus).Assembly.GetManifestResourceStream(Folder + file)!, Encoding.UTF8);
            foreach (var text in CorpusFile.Read(file, reader, errors))
            {
                yield return (text.Text, text.Lang);
            }
        }
    }

    private static byte[] BytesOf(string file)
    {
        using var stream = typeof(Corpus).Assembly.GetManifestResourceStream(Folder + file)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
