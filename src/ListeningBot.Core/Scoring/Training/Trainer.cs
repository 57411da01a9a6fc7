namespace ListeningBot.Core.Scoring.Training;

/// <summary>Makes a model from lessons: fits, rounds to bytes, calibrates.</summary>
internal static class Trainer
{
    /// <summary>So many steps either way of a head's scale.</summary>
    private const int Steps = 127;

    /// <summary>A weight among ten thousand that is larger is cut off, so that the others keep their steps.</summary>
    private const double KeptOf = 0.9999;

    /// <summary>An urgent text that is missed costs so many false alarms.</summary>
    private const double CostOfMissed = 1.4;

    /// <param name="lessons">What is fitted.</param>
    /// <param name="calibration">Texts that are not among the lessons: probabilities and lines are fitted to them.</param>
    public static Model Train(IReadOnlyList<Lesson> lessons, IReadOnlyList<CorpusText> calibration, Manifest manifest, FitSettings settings, Action<string>? tell = null)
    {
        tell?.Invoke($"reading {lessons.Count} texts");
        var reader = new LessonReader();
        var examples = lessons.Select(reader.Read).ToList();
        var fit = new Fit(settings, Priors.Read());
        fit.Run(examples, round => tell?.Invoke($"round {round} of {settings.Rounds}"));
        var (table, scales) = Quantised(fit.Table);
        var raw = new Model(fit.Dense, table, scales, [.. Enumerable.Repeat(Calibration.None, Heads.Count)], default, manifest);
        var model = Calibrated(raw, fit.Dense, table, scales, calibration, manifest);
        return new Model(fit.Dense, table, scales, model.Calibrations, model.Lines, manifest with { Version = Model.VersionOf(model) });
    }

    /// <summary>Weights as bytes: each head has a scale of its own.</summary>
    internal static (sbyte[] Table, float[] Scales) Quantised(float[] weights)
    {
        var table = new sbyte[weights.Length];
        var scales = new float[Heads.Count];
        for (var head = 0; head < Heads.Count; head++)
        {
            var column = new List<float>();
            for (var at = head; at < weights.Length; at += Heads.Count)
            {
                if (weights[at] != 0)
                {
                    column.Add(Math.Abs(weights[at]));
                }
            }
            column.Sort();
            scales[head] = column.Count == 0 ? 1 : Math.Max(1e-6f, column[(int)((column.Count - 1) * KeptOf)]) / Steps;
            for (var at = head; at < weights.Length; at += Heads.Count)
            {
                table[at] = (sbyte)Math.Clamp(MathF.Round(weights[at] / scales[head]), -Steps, Steps);
            }
        }
        return (table, scales);
    }

    private static Model Calibrated(Model raw, float[] dense, sbyte[] table, float[] scales, IReadOnlyList<CorpusText> texts, Manifest manifest)
    {
        var desk = new Desk();
        var said = texts.Select(text =>
        {
            var lesson = CorpusLessons.Of(text);
            desk.Read(lesson.Text.AsSpan(0, Math.Min(lesson.Text.Length, Scorer.MostCharacters)), lesson.Evidence, raw);
            return (Logits: desk.Logits.ToArray(), lesson.Targets);
        }).ToList();
        var calibrations = new Calibration[Heads.Count];
        Array.Fill(calibrations, Calibration.None);
        for (var head = 0; head < (int)Heads.FirstAspect; head++)
        {
            calibrations[head] = Calibrator.Of([.. said.Where(one => !float.IsNaN(one.Targets[head])).Select(one => ((double)one.Logits[head], (double)one.Targets[head]))]);
        }
        var model = new Model(dense, table, scales, calibrations, default, manifest);
        double P(Head head, (float[] Logits, float[] Targets) one) => model.Probability(head, one.Logits[(int)head]);
        var complaints = said.Where(one => one.Targets[(int)Head.Complaint] > 0).ToList();
        float LineOf(Head head) => Calibrator.Best(0.05, 0.6, line => FoundOf([.. complaints.Select(one => (P(head, one) >= line, one.Targets[(int)head] > 0))]));
        var feelings = said.Select(one => (Feeling: Sentiment.Feeling(model, one.Logits), Sign: Math.Sign(one.Targets[(int)Head.Positive] - one.Targets[(int)Head.Negative]))).ToList();
        var negative = Calibrator.Best(-0.6, 0, line => Balanced(feelings, -1, one => one <= line));
        var positive = Calibrator.Best(0, 0.6, line => Balanced(feelings, 1, one => one >= line));
        var lines = new Lines(negative, positive, LineOf(Head.Normal), LineOf(Head.High), LineOf(Head.Critical), Calibrator.Best(0.02, 0.6, line => complaints.Count(one => IsAspectRight(one.Logits, one.Targets, line))));
        return new Model(dense, table, scales, calibrations, lines, manifest);
    }

    /// <summary>The aspect whose head speaks loudest, if it speaks up at all.</summary>
    private static bool IsAspectRight(float[] logits, float[] targets, double line)
    {
        var loudest = (int)Heads.FirstAspect;
        for (var head = loudest; head < Heads.Count; head++)
        {
            loudest = logits[head] > logits[loudest] ? head : loudest;
        }
        var said = Steady.Logistic(logits[loudest]) > line;
        return said ? targets[loudest] > 0 : Array.TrueForAll(targets[(int)Heads.FirstAspect..], target => target == 0);
    }

    /// <summary>The F measure in which an urgent text that is missed costs more than a false alarm.</summary>
    private static double FoundOf(List<(bool Said, bool True)> all)
    {
        var found = all.Count(one => one.Said && one.True);
        return (1 + CostOfMissed) * found / Math.Max(1, all.Count(one => one.Said) + CostOfMissed * all.Count(one => one.True));
    }

    /// <summary>The mean of how many of this sign are found and how many of the others are left alone.</summary>
    private static double Balanced(List<(double Feeling, int Sign)> all, int sign, Func<double, bool> says) =>
        (double)all.Count(one => one.Sign == sign && says(one.Feeling)) / Math.Max(1, all.Count(one => one.Sign == sign))
        + (double)all.Count(one => one.Sign != sign && !says(one.Feeling)) / Math.Max(1, all.Count(one => one.Sign != sign));
}
