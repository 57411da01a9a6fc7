using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ListeningBot.Core.Scoring.Training;

/// <summary>How the weights are fitted.</summary>
/// <param name="Rate">Of the buckets at the beginning; it falls to nothing in a straight line.</param>
/// <param name="FeatureRate">The same of the features.</param>
/// <param name="Shrink">Pulls a bucket's weight towards nothing, each time that it is used.</param>
/// <param name="BeliefShrink">Pulls a feature's weight towards what was believed before, of complaint, negative and positive, which many texts teach.</param>
/// <param name="FeatureShrink">The same of the other heads.</param>
internal sealed record FitSettings(int Rounds, float Rate, float FeatureRate, float Shrink, float BeliefShrink, float FeatureShrink)
{
    public static readonly FitSettings Shipped = new(12, 2f, 0.02f, 0.004f, 0.15f, 0.05f);
}

/// <summary>
/// Logistic regression of all heads at once by stochastic descent: one thread, a fixed order, sums and products only, so that the same lessons give the same weights everywhere.
/// In a text of several passages the complaint's head learns from the one that speaks loudest, as it is judged later; the others learn from the whole.
/// </summary>
internal sealed class Fit(FitSettings settings, float[] believed)
{
    private readonly float[] _logits = new float[Heads.Count];
    private readonly float[] _pull = new float[Heads.Count];
    private readonly float[] _believed = believed;

    public float[] Dense { get; } = [.. believed];
    public float[] Table { get; } = new float[Grams.Buckets * Heads.Count];

    public void Run(IReadOnlyList<Example> examples, Action<int>? round = null)
    {
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new Shuffle(20261122);
        var steps = (double)settings.Rounds * examples.Count;
        var step = 0L;
        for (var i = 0; i < settings.Rounds; i++)
        {
            random.Mix(order);
            foreach (var at in order)
            {
                Learn(examples[at], (float)(1 - step++ / steps));
            }
            round?.Invoke(i + 1);
        }
    }

    private void Learn(Example example, float left)
    {
        if (example.Passages.Length == 0)
        {
            Learn(example.Whole, example, left, 0, Heads.Count);
            return;
        }
        Learn(Loudest(example.Passages), example, left, 0, 1);
        Learn(example.Whole, example, left, 1, Heads.Count);
    }

    private View Loudest(View[] passages)
    {
        var (loudest, most) = (passages[0], float.NegativeInfinity);
        foreach (var passage in passages)
        {
            Weigh(passage, _logits);
            if (_logits[(int)Head.Complaint] > most)
            {
                (loudest, most) = (passage, _logits[(int)Head.Complaint]);
            }
        }
        return loudest;
    }

    /// <summary>Pulls the heads from..to towards the example's targets.</summary>
    private void Learn(View view, Example example, float left, int from, int to)
    {
        Weigh(view, _logits);
        Array.Clear(_pull);
        var targets = example.Lesson.Targets;
        for (var head = from; head < to; head++)
        {
            var target = targets[head];
            _pull[head] = float.IsNaN(target) ? 0 : example.Lesson.WeightOf(head) * ((float)Steady.Logistic(_logits[head]) - target);
        }
        LearnFeatures(view.Features, settings.FeatureRate * left, example.Lesson, from, to);
        LearnGrams(view.Grams, settings.Rate * left, example.Lesson, from, to);
    }

    private void LearnFeatures(float[] features, float rate, Lesson lesson, int from, int to)
    {
        for (var i = 0; i < features.Length; i++)
        {
            if (features[i] == 0)
            {
                continue;
            }
            for (var head = from; head < to; head++)
            {
                if (float.IsNaN(lesson.Targets[head]) || IsNotLearned((Feature)i, (Head)head))
                {
                    continue;
                }
                var at = i * Heads.Count + head;
                var shrink = head <= (int)Head.Positive && i < (int)Feature.German ? settings.BeliefShrink : settings.FeatureShrink;
                Dense[at] -= rate * (_pull[head] * features[i] + shrink * lesson.WeightOf(head) * (Dense[at] - _believed[at]));
            }
        }
    }

    private static bool IsNotLearned(Feature feature, Head head) => head switch
    {
        Head.Complaint => IsHabit(feature),
        Head.Normal or Head.High or Head.Critical => IsBesideUrgency(feature),
        _ => false,
    };

    /// <summary>
    /// Stars are evidence of their own and must not count twice. Who is called by name, how large the letters are and how long somebody writes make nothing more or less urgent.
    /// </summary>
    private static bool IsBesideUrgency(Feature feature) =>
        feature is Feature.LowStars or Feature.HighStars or Feature.Names or Feature.StartsWithName or Feature.Shouting or Feature.Elongation or Feature.Length or Feature.Tags or Feature.Link
            or Feature.LinkWithoutTrouble or Feature.Retweet;

    /// <summary>
    /// What the outer form says of a complaint is not learned: where names, tags, links, quotes and capitals stand in a text is the habit of whoever wrote the lessons,
    /// and people elsewhere have others.
    /// </summary>
    private static bool IsHabit(Feature feature) => feature is Feature.Names or Feature.StartsWithName or Feature.Tags or Feature.Quote or Feature.Price or Feature.Ellipsis or Feature.Exclamation
        or Feature.QuestionMark or Feature.Length or Feature.Retweet or Feature.Link or Feature.LinkWithoutTrouble or Feature.Cashtag or Feature.Headline or Feature.Elongation or Feature.Shouting
        or Feature.Nobody or Feature.You or Feature.Me or Feature.Numbers;

    private void LearnGrams(int[] grams, float rate, Lesson lesson, int from, int to)
    {
        Span<float> keep = stackalloc float[Heads.Count];
        Span<float> move = stackalloc float[Heads.Count];
        var share = Model.ShareOf(grams.Length);
        for (var head = 0; head < Heads.Count; head++)
        {
            var used = head >= from && head < to && !float.IsNaN(lesson.Targets[head]);
            keep[head] = used ? 1 - rate * settings.Shrink * lesson.WeightOf(head) : 1;
            move[head] = used ? rate * share * _pull[head] : 0;
        }
        ref var table = ref MemoryMarshal.GetArrayDataReference(Table);
        foreach (var gram in grams)
        {
            var at = (nuint)(uint)gram * Heads.Count;
            for (var lane = 0; lane < Heads.Count; lane += 4)
            {
                var row = Vector128.LoadUnsafe(ref table, at + (nuint)lane);
                row = row * Vector128.Create<float>(keep[lane..]) - Vector128.Create<float>(move[lane..]);
                row.StoreUnsafe(ref table, at + (nuint)lane);
            }
        }
    }

    public void Weigh(View view, Span<float> logits)
    {
        Model.Dense(Dense, view.Features, logits);
        var (a, b, c, d) = (Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero);
        ref var table = ref MemoryMarshal.GetArrayDataReference(Table);
        foreach (var gram in view.Grams)
        {
            var at = (nuint)(uint)gram * Heads.Count;
            a += Vector128.LoadUnsafe(ref table, at);
            b += Vector128.LoadUnsafe(ref table, at + 4);
            c += Vector128.LoadUnsafe(ref table, at + 8);
            d += Vector128.LoadUnsafe(ref table, at + 12);
        }
        var share = Vector128.Create(Model.ShareOf(view.Grams.Length));
        (Vector128.Create<float>(logits) + a * share).CopyTo(logits);
        (Vector128.Create<float>(logits[4..]) + b * share).CopyTo(logits[4..]);
        (Vector128.Create<float>(logits[8..]) + c * share).CopyTo(logits[8..]);
        (Vector128.Create<float>(logits[12..]) + d * share).CopyTo(logits[12..]);
    }
}

/// <summary>An order by chance that is the same everywhere (xorshift).</summary>
internal sealed class Shuffle(ulong seed)
{
    private ulong _state = seed;

    public void Mix(int[] items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            _state ^= _state << 13;
            _state ^= _state >> 7;
            _state ^= _state << 17;
            var j = (int)(_state % (ulong)(i + 1));
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
