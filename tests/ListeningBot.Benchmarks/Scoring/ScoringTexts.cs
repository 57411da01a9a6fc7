using System.Text;
using BenchmarkDotNet.Attributes;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;
using ListeningBot.Core.Text;

namespace ListeningBot.Benchmarks.Scoring;

/// <summary>
/// Posts of 246 characters cut from the corpus, many enough that the model's table is not in the cache by itself; one core: everything with the texts of the reasons, everything with
/// reasons as codes, the heads alone, reading tokens alone, and a plain scorer in the manner of VADER.
/// </summary>
[MemoryDiagnoser]
public class ScoringTexts
{
    private const int Texts = 4096;
    private const int Characters = 246;
    private readonly Scorer _scorer = new();
    private readonly Desk _desk = new();
    private readonly VaderLike _rival = new();
    private string[] _texts = [];
    private byte[][] _utf8 = [];

    [GlobalSetup]
    public void Prepare()
    {
        _texts = Posts();
        _utf8 = [.. _texts.Select(Encoding.UTF8.GetBytes)];
    }

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
    public double Judge_everything()
    {
        var sum = 0.0;
        foreach (var text in _texts)
        {
            sum += _scorer.Judge(text, Evidence.None).Complaint;
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

    /// <summary>The corpus, shuffled by a fixed seed but each language by itself, as a stream of words that is cut into posts; the posts of all languages are mixed in the end.</summary>
    internal static string[] Posts()
    {
        var random = new Random(1);
        var posts = new List<string>();
        foreach (var lang in Corpus.Read().Texts.GroupBy(text => text.Lang))
        {
            var texts = lang.Select(text => text.Text).ToArray();
            random.Shuffle(texts);
            var stream = string.Join(' ', texts);
            posts.AddRange(Enumerable.Range(0, stream.Length / Characters).Select(i => stream.Substring(i * Characters, Characters)));
        }
        var all = posts.ToArray();
        random.Shuffle(all);
        return all.Length >= Texts ? all[..Texts]
            : throw new InvalidOperationException($"The corpus that is built in gives {all.Length} posts, not {Texts}: put its files into src/ListeningBot.Core/Scoring/Corpus and build again.");
    }
}
