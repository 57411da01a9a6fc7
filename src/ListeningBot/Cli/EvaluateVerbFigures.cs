namespace ListeningBot.Cli;

/// <summary>One labelled text and what the scorer said of it.</summary>
internal readonly record struct EvaluateVerbCase(string Label, double Complaint, bool IsComplaint, string SentimentLabel);

/// <summary>How well the scorer did on labelled texts. All figures are 0..1; NaN where a class is missing.</summary>
internal sealed class EvaluateVerbFigures
{
    public const int Bins = 10;
    private readonly (double Score, bool Positive)[] _byScore;

    public EvaluateVerbFigures(IReadOnlyList<EvaluateVerbCase> cases, string positive)
    {
        Cases = cases;
        Positive = positive;
        _byScore = [.. cases.Select(one => (one.Complaint, one.Label == positive)).OrderByDescending(one => one.Complaint)];
        Positives = _byScore.Count(one => one.Positive);
        Found = cases.Count(one => one.IsComplaint && one.Label == positive);
        Alarms = cases.Count(one => one.IsComplaint);
    }

    public IReadOnlyList<EvaluateVerbCase> Cases { get; }
    public string Positive { get; }
    public int Positives { get; }

    /// <summary>Complaints that were called so.</summary>
    public int Found { get; }

    /// <summary>Everything that was called a complaint.</summary>
    public int Alarms { get; }
    public double Precision => Found / (double)Alarms;
    public double Recall => Found / (double)Positives;
    public double F1 => 2.0 * Found / (Alarms + Positives);

    /// <summary>How often a complaint scores higher than another text; a tie counts half.</summary>
    public double RocAuc
    {
        get
        {
            double above = 0, seen = 0;
            foreach (var (positives, negatives) in Ties())
            {
                above += negatives * (seen + positives / 2.0);
                seen += positives;
            }
            return above / ((double)Positives * (Cases.Count - Positives));
        }
    }

    /// <summary>Average precision.</summary>
    public double PrAuc
    {
        get
        {
            double area = 0, found = 0, all = 0;
            foreach (var (positives, negatives) in Ties())
            {
                found += positives;
                all += positives + negatives;
                area += positives * (found / all);
            }
            return area / Positives;
        }
    }

    /// <summary>True where the labels are the three of sentiment.</summary>
    public bool HasSentiment => Cases.Any(one => one.Label == "negative") && Cases.Any(one => one.Label == "positive")
        && Cases.All(one => one.Label is "negative" or "neutral" or "positive");

    public double MacroRecall => Labels.Select(label => Cases.Where(one => one.Label == label).Average(one => one.SentimentLabel == label ? 1.0 : 0)).Average();

    public IReadOnlyList<string> Labels => [.. Cases.Select(one => one.Label).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>For each tenth of the probability: how many, what was said on average, what was true.</summary>
    public IReadOnlyList<(int Count, double Said, double True)> Calibration =>
        [.. _byScore.ToLookup(one => Math.Min(Bins - 1, (int)(one.Score * Bins))) is var bins
            ? Enumerable.Range(0, Bins).Select(bin => (bins[bin].Count(),
                bins[bin].Select(one => one.Score).DefaultIfEmpty(double.NaN).Average(),
                bins[bin].Select(one => one.Positive ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average()))
            : []];

    /// <summary>How far said and true lie apart, weighted by count.</summary>
    public double CalibrationError => Calibration.Where(bin => bin.Count > 0).Sum(bin => bin.Count * Math.Abs(bin.Said - bin.True)) / Cases.Count;

    private IEnumerable<(int Positives, int Negatives)> Ties()
    {
        for (var at = 0; at < _byScore.Length;)
        {
            var (score, positives, start) = (_byScore[at].Score, 0, at);
            for (; at < _byScore.Length && _byScore[at].Score == score; at++)
            {
                positives += _byScore[at].Positive ? 1 : 0;
            }
            yield return (positives, at - start - positives);
        }
    }
}
