namespace ListeningBot.Core.Scoring.Training;

/// <summary>How far and how fast a team's verdicts move weights.</summary>
/// <param name="Rate">Of the buckets at the beginning; it falls to nothing in a straight line.</param>
/// <param name="FeatureRate">The same of the features.</param>
/// <param name="Shrink">Pulls a bucket back to the shipped weight, each time that it is used: as often as verdicts pull it away, so that no number of them overwhelms it.</param>
/// <param name="FeatureShrink">The same of the features.</param>
internal sealed record RefitSettings(int Rounds, float Rate, float FeatureRate, float Shrink, float FeatureShrink)
{
    public static readonly RefitSettings Default = new(10, 1f, 0.003f, 0.02f, 0.3f);
}

/// <summary>
/// Fits what verdicts add to the shipped model, which itself stays as it is: logistic regression by stochastic descent from nothing, in a fixed order.
/// A text whose logit was moved as far as it may be pulls no further.
/// </summary>
internal sealed class Refit(Model shipped, RefitSettings settings)
{
    private readonly float[] _dense = new float[Features.Count * Lean.Lanes];
    private readonly float[] _table = new float[Grams.Buckets * Lean.Lanes];
    private readonly int[] _sums = new int[Model.Sums];
    private readonly float[] _logits = new float[Heads.Count];

    /// <param name="rehearsed">Texts of everybody that keep what is learned where it belongs: without them a team that has many false alarms of one kind would lean down everywhere.</param>
    public static Lean Of(Model shipped, IReadOnlyList<Taught> taught, IReadOnlyList<CorpusText> rehearsed, RefitSettings settings)
    {
        var refit = new Refit(shipped, settings);
        var reader = new LessonReader();
        refit.Run([.. taught.Select(one => one.Lesson).Concat(Rehearsals(shipped, rehearsed)).Select(reader.Read)]);
        return refit.Rounded();
    }

    /// <summary>Of these the shipped model's own word is to stand, right or wrong: a team is no judge of what it never saw.</summary>
    private static IEnumerable<Lesson> Rehearsals(Model shipped, IReadOnlyList<CorpusText> texts)
    {
        var desk = new Desk();
        foreach (var text in texts)
        {
            var evidence = new Evidence { Lang = text.Lang };
            desk.Read(text.Text.AsSpan(0, Math.Min(text.Text.Length, Scorer.MostCharacters)), evidence, shipped);
            var targets = Lesson.Nothing();
            foreach (var head in Lean.Taught)
            {
                targets[(int)head] = (float)shipped.Probability(head, desk.Logits[(int)head]);
            }
            yield return new Lesson(text.Text, evidence, targets, 1);
        }
    }

    private void Run(Example[] examples)
    {
        var order = Enumerable.Range(0, examples.Length).ToArray();
        var random = new Shuffle(20261122);
        var steps = (float)settings.Rounds * examples.Length;
        var step = 0;
        for (var i = 0; i < settings.Rounds; i++)
        {
            random.Mix(order);
            foreach (var at in order)
            {
                Learn(examples[at], 1 - step++ / steps);
            }
        }
    }

    /// <summary>As it is judged later: the complaint's head by the passage that speaks loudest, the others by the whole.</summary>
    private void Learn(Example example, float left)
    {
        var loudest = example.Passages.Length == 0 ? example.Whole : example.Passages.MaxBy(passage => LogitOf(passage, 0) + LeanOf(passage, 0))!;
        for (var lane = 0; lane < Lean.Lanes; lane++)
        {
            var head = Lean.Taught[lane];
            if (!float.IsNaN(example.Lesson.Targets[(int)head]))
            {
                Learn(head == Head.Complaint ? loudest : example.Whole, lane, example.Lesson.Targets[(int)head], left * example.Lesson.WeightOf((int)head));
            }
        }
    }

    /// <param name="rate">How much this text counts now: its weight, less and less towards the end.</param>
    private void Learn(View view, int lane, float target, float rate)
    {
        var head = Lean.Taught[lane];
        var calibration = shipped.Calibrations[(int)head];
        var lean = LeanOf(view, lane);
        var bounded = Lean.Bounded(head, lean, view.Features, calibration.Slope);
        var pull = calibration.Slope * (float)(calibration.Probability(LogitOf(view, lane) + bounded) - target);
        pull = lean != bounded && pull < 0 == lean > 0 ? 0 : pull;
        for (var i = 0; i < view.Features.Length; i++)
        {
            if (view.Features[i] != 0)
            {
                ref var weight = ref _dense[i * Lean.Lanes + lane];
                weight = Math.Clamp(weight - settings.FeatureRate * rate * (pull * view.Features[i] + settings.FeatureShrink * weight), -Lean.MostOfFeature, Lean.MostOfFeature);
            }
        }
        var share = Model.ShareOf(view.Grams.Length);
        foreach (var gram in view.Grams)
        {
            ref var weight = ref _table[gram * Lean.Lanes + lane];
            weight = Math.Clamp(weight - settings.Rate * rate * (pull * share + settings.Shrink * weight), -Lean.MostOfBucket, Lean.MostOfBucket);
        }
    }

    /// <summary>What the shipped model says, before calibration.</summary>
    private float LogitOf(View view, int lane)
    {
        Array.Clear(_sums);
        shipped.Add(view.Grams, _sums);
        shipped.Weigh(view.Features, _sums, view.Grams.Length, _logits);
        return _logits[(int)Lean.Taught[lane]];
    }

    private float LeanOf(View view, int lane)
    {
        var sum = 0f;
        foreach (var gram in view.Grams)
        {
            sum += _table[gram * Lean.Lanes + lane];
        }
        sum *= Model.ShareOf(view.Grams.Length);
        for (var i = 0; i < view.Features.Length; i++)
        {
            sum += view.Features[i] * _dense[i * Lean.Lanes + lane];
        }
        return sum;
    }

    private Lean Rounded() => new(_dense, [.. _table.Select(weight => (sbyte)MathF.Round(weight / Lean.MostOfBucket * Lean.Steps))]);
}
