using System.Text;
using BenchmarkDotNet.Attributes;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Benchmarks.Scoring;

/// <summary>Posts of 246 characters, one core: everything of an assessment, the same without its reasons' texts, reading tokens alone, and a plain scorer in the manner of VADER.</summary>
[MemoryDiagnoser]
public class ScoringTexts
{
    private const int Texts = 256;
    private const int Characters = 246;
    private static readonly string[] s_sentences =
    [
        "My order still hasn't arrived and nobody answers the phone.", "Just had the best coffee in town with @mia, lovely morning!", "The app keeps crashing since the update, please fix it.",
        "We drove out to the lake and it was really quiet there.", "Why do I have to wait 45 minutes on hold for this?", "New blog post about gardening https://blog.example/tomatoes #garden",
        "I was charged twice for the same ticket, 48.50 each.", "Thanks for the quick reply, that worked 👍", "Tickets go on sale on Friday at ten, see you all there.", "The room was clean but the heating did not work at night.",
        "Not impressed with the new menu, the soup was cold.", "He said that the match would be shown later in the evening.",
    ];
    private readonly Scorer _scorer = new();
    private readonly Desk _desk = new();
    private readonly VaderLike _rival = new();
    private readonly string[] _texts = [.. Enumerable.Range(0, Texts).Select(Text)];
    private byte[][] _utf8 = [];

    [GlobalSetup]
    public void Prepare() => _utf8 = [.. _texts.Select(Encoding.UTF8.GetBytes)];

    [Benchmark(Baseline = true, OperationsPerInvoke = Texts)]
    public double Vader_like()
    {
        var sum = 0.0;
        foreach (var text in _texts)
        {
            sum += _rival.Compound(text);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Texts)]
    public double Assess_everything()
    {
        var sum = 0.0;
        foreach (var text in _texts)
        {
            sum += _scorer.Assess(text, Evidence.None).Complaint;
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Texts)]
    public double Without_reasons()
    {
        var sum = 0.0;
        foreach (var text in _texts)
        {
            _desk.Read(text, Evidence.None, Model.Shipped);
            sum += _desk.Logits[0];
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Texts)]
    public int Tokens_alone()
    {
        var count = 0;
        foreach (var text in _utf8)
        {
            foreach (var token in new Words(text))
            {
                count += token.Length;
            }
        }
        return count;
    }

    private static string Text(int seed)
    {
        var text = new StringBuilder();
        for (var i = seed; text.Length < Characters; i = i * 7 + 3 & 0xFFFF)
        {
            text.Append(s_sentences[i % s_sentences.Length]).Append(' ');
        }
        return text.ToString(0, Characters);
    }
}
