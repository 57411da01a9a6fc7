namespace ListeningBot.Core.Scoring.Training;

/// <summary>By how much one model judges the same texts better than another, and how far chance alone could bring it (one standard error).</summary>
internal readonly record struct Gain(double Mean, double Error)
{
    /// <summary>Chance alone goes so far once in twenty tries.</summary>
    private const double Sure = 1.64;

    public bool IsSure => Mean > Sure * Error;

    /// <summary>In log loss.</summary>
    public static Gain InLoss(Trial before, Trial after)
    {
        var gains = before.Losses.Zip(after.Losses, (one, other) => one - other).ToList();
        return new Gain(gains.Average(), gains.Count < 2 ? double.PositiveInfinity : Math.Sqrt(VarianceOf(gains) / gains.Count));
    }

    /// <summary>In the share of texts that stand on the right side of the line; only those that changed sides can be chance.</summary>
    public static Gain InDecisions(Trial before, Trial after)
    {
        bool Right(Trial trial, int i) => trial.Complaints[i] >= Scorer.ComplaintLine == trial.Truth[i];
        var changed = Enumerable.Range(0, before.Truth.Count).Where(i => Right(before, i) != Right(after, i)).ToList();
        var better = changed.Count(i => Right(after, i));
        return new Gain((2.0 * better - changed.Count) / before.Truth.Count, Math.Sqrt(changed.Count) / before.Truth.Count);
    }

    /// <summary>In AUC, by how each complaint stands among the others and each of the others among the complaints (DeLong).</summary>
    public static Gain InAuc(Trial before, Trial after)
    {
        List<double> Gains(bool complaints) =>
        [
            .. Enumerable.Range(0, before.Truth.Count).Where(i => before.Truth[i] == complaints)
                .Select(i => PlaceOf(after, i) - PlaceOf(before, i)),
        ];
        var (ofComplaints, ofOthers) = (Gains(true), Gains(false));
        return ofComplaints.Count < 2 || ofOthers.Count < 2
            ? new Gain(0, double.PositiveInfinity)
            : new Gain(ofComplaints.Average(), Math.Sqrt(VarianceOf(ofComplaints) / ofComplaints.Count + VarianceOf(ofOthers) / ofOthers.Count));
    }

    /// <summary>The share of texts of the other side that stand on the right side of this one; ties count half.</summary>
    private static double PlaceOf(Trial trial, int i)
    {
        var sign = trial.Truth[i] ? 1 : -1;
        var (sum, count) = (0.0, 0);
        for (var j = 0; j < trial.Truth.Count; j++)
        {
            if (trial.Truth[j] != trial.Truth[i])
            {
                sum += (Math.Sign(trial.Complaints[i] - trial.Complaints[j]) * sign + 1) / 2.0;
                count++;
            }
        }
        return sum / count;
    }

    private static double VarianceOf(List<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
    }
}
