using System.Security.Cryptography;
using System.Text;

namespace ListeningBot.Core.Scoring.Training;

/// <summary>The labels of one text of the corpus; Corpus/README.md says what they mean.</summary>
/// <param name="Kind">"complaint", or what it is instead.</param>
/// <param name="Sentiment">"neg", "neu" or "pos".</param>
/// <param name="Priority">Null for what is no complaint, as are severity (0..3) and aspect.</param>
public sealed record CorpusLabels(string Kind, string Sentiment, Priority? Priority, int? Severity, string? Aspect)
{
    public const string Complaint = "complaint";

    internal static readonly string[] Kinds = [Complaint, "news", "ad", "job", "joke", "quote", "praise", "thanks", "question", "gossip", "chat"];
    internal static readonly string[] Feelings = ["neg", "neu", "pos"];

    public bool IsComplaint => Kind == Complaint;

    /// <summary>Null, with the error, for what are no labels.</summary>
    internal static CorpusLabels? Parse(ReadOnlySpan<char> text, out string error)
    {
        var words = text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        error = words switch
        {
            [] => "labels are missing",
            _ when !Kinds.Contains(words[0]) => $"\"{words[0]}\" is no kind; write one of {string.Join(", ", Kinds)}",
            [_] => "the feeling is missing; write neg, neu or pos",
            _ when !Feelings.Contains(words[1]) => $"\"{words[1]}\" is no feeling; write neg, neu or pos",
            [Complaint, _, var priority, var severity, var aspect] => ErrorOf(priority, severity, aspect),
            [Complaint, ..] => "a complaint has five labels: complaint, feeling, priority, severity, aspect",
            [_, _] => "",
            _ => "what is no complaint has two labels: kind and feeling",
        };
        return error.Length > 0 ? null
            : words.Length == 2 ? new CorpusLabels(words[0], words[1], null, null, null)
            : new CorpusLabels(words[0], words[1], Enum.Parse<Priority>(words[2], ignoreCase: true), words[3][0] - '0', words[4]);
    }

    private static string ErrorOf(string priority, string severity, string aspect) =>
        priority is not ("critical" or "high" or "normal" or "low") ? $"\"{priority}\" is no priority; write critical, high, normal or low"
        : severity is not ("0" or "1" or "2" or "3") ? $"\"{severity}\" is no severity; write 0, 1, 2 or 3"
        : !Aspects.Names.Contains(aspect) ? $"\"{aspect}\" is no aspect; write one of {string.Join(", ", Aspects.Names)}"
        : "";
}

/// <summary>One text of the corpus.</summary>
/// <param name="Other">What the other reader said, where the two differed.</param>
public sealed record CorpusText(string File, int Line, string Lang, string Text, CorpusLabels Labels, CorpusLabels? Other)
{
    private const int HeldOfHundred = 15;
    private const int CalibrationOfHundred = 10;

    /// <summary>0..99, told by the text alone, so that a text never changes sides when others are added.</summary>
    private int Share => SHA256.HashData(Encoding.UTF8.GetBytes(Text))[0] * 100 / 256;

    /// <summary>An order by chance that is the same everywhere.</summary>
    public string Order => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Text)), 8, 8);

    /// <summary>Nothing is ever fitted to it: figures are taken on it.</summary>
    public bool IsHeldBack => Share < HeldOfHundred;

    /// <summary>Only probabilities and lines are fitted to it.</summary>
    public bool IsForCalibration => Share is >= HeldOfHundred and < HeldOfHundred + CalibrationOfHundred;
}

/// <summary>Reads the corpus' form: labels, " | ", text.</summary>
public static class CorpusFile
{
    private const string Between = " | ";

    /// <summary>All texts, and an error for every line that is none.</summary>
    public static List<CorpusText> Read(string name, TextReader reader, List<string> errors)
    {
        var texts = new List<CorpusText>();
        var lang = name.Split('.') is [.., { Length: 2 } two, _] ? two : "en";
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }
            var at = line.IndexOf(Between, StringComparison.Ordinal);
            var labels = line.AsSpan(0, Math.Max(0, at));
            var other = labels.IndexOf('~');
            var error = "no \" | \" between labels and text";
            CorpusLabels? first = at < 0 ? null : CorpusLabels.Parse(other < 0 ? labels : labels[..other], out error);
            CorpusLabels? second = first is null || other < 0 ? null : CorpusLabels.Parse(labels[(other + 1)..], out error);
            if (first is null || error.Length > 0)
            {
                errors.Add($"{name}, line {number}: {error}.");
                continue;
            }
            texts.Add(new CorpusText(name, number, lang, Plain(line.AsSpan(at + Between.Length)), first, second));
        }
        return texts;
    }

    private static string Plain(ReadOnlySpan<char> text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var escaped = text[i] == '\\' && i + 1 < text.Length;
            plain.Append(!escaped ? text[i] : text[++i] == 'n' ? '\n' : text[i]);
        }
        return plain.ToString();
    }
}
