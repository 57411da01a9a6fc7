namespace ListeningBot.Cli;

/// <summary>How well complaints and feelings are told. All figures are 0..1; NaN where a class is missing.</summary>
internal sealed class EvaluateVerbFigures
{
    public const int Bins = 10;
    private readonly (double Score, bool Positive)[] _byScore;

    public EvaluateVerbFigures(IReadOnlyList<EvaluateVerbCase> cases, string positive)
    {
        Cases = cases;
        Positive = positive;
        _byScore = [.. cases.Select(one => (one.Said.Complaint, one.Label == positive)).OrderByDescending(one => one.Complaint)];
        Complaints = EvaluateVerbHits.Of(cases, one => one.Said.IsComplaint, one => one.Label == positive);
    }

    public IReadOnlyList<EvaluateVerbCase> Cases { get; }
    public string Positive { get; }

    /// <summary>Called a complaint, and labelled as one.</summary>
    public EvaluateVerbHits Complaints { get; }

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
            return above / ((double)Complaints.True * (Cases.Count - Complaints.True));
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
            return area / Complaints.True;
        }
    }

    /// <summary>True where each text has a feeling, and both ends occur.</summary>
    public bool HasFeelings => Cases.All(one => one.Feeling is not null) && Cases.Any(one => one.Feeling == "negative") && Cases.Any(one => one.Feeling == "positive");

    /// <summary>The mean recall of the feelings that occur.</summary>
    public double MacroRecall => Feelings.Average(one => one.Recall);

    /// <summary>The mean F1 of the feelings that occur.</summary>
    public double MacroF1 => Feelings.Average(one => one.F1);
    public double NegativeF1 => Feeling("negative").F1;

    private IEnumerable<EvaluateVerbHits> Feelings => EvaluateVerbCase.Feelings.Select(Feeling).Where(one => one.True > 0);

    private EvaluateVerbHits Feeling(string feeling) => EvaluateVerbHits.Of(Cases, one => one.Said.SentimentLabel == feeling, one => one.Feeling == feeling);

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
