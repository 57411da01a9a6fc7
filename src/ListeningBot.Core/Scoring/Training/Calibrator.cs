namespace ListeningBot.Core.Scoring.Training;

/// <summary>Fits slope and offset of a head, so that what it says with 0.8 is true 8 times of 10; and the lines that turn probabilities into words.</summary>
internal static class Calibrator
{
    private const int Rounds = 60;

    /// <summary>Keeps slope and offset near 1 and 0 where there are few texts.</summary>
    private const double Shrink = 2;
    private const double LeastSlope = 0.2;
    private const double MostSlope = 4;
    private const double Ln2 = 0.693147180559945309417;

    /// <summary>Newton's steps on the two-parameter logistic loss, each halved until it does good.</summary>
    public static Calibration Of(IReadOnlyList<(double Logit, double Target)> said)
    {
        var (slope, offset) = (1.0, 0.0);
        var loss = LossOf(said, slope, offset);
        for (var i = 0; i < Rounds; i++)
        {
            var (bySlope, byOffset) = StepOf(said, slope, offset);
            for (var share = 1.0; share > 1e-3; share /= 2)
            {
                var (newSlope, newOffset) = (Math.Clamp(slope - share * bySlope, LeastSlope, MostSlope), offset - share * byOffset);
                var newLoss = LossOf(said, newSlope, newOffset);
                if (newLoss < loss)
                {
                    (slope, offset, loss) = (newSlope, newOffset, newLoss);
                    break;
                }
            }
        }
        return new Calibration((float)slope, (float)offset);
    }

    private static (double Slope, double Offset) StepOf(IReadOnlyList<(double Logit, double Target)> said, double slope, double offset)
    {
        var (gs, go, hss, hso, hoo) = (Shrink * (slope - 1), Shrink * offset, Shrink, 0.0, Shrink);
        foreach (var (logit, target) in said)
        {
            var p = Steady.Logistic(slope * logit + offset);
            var (error, h) = (p - target, Math.Max(1e-6, p * (1 - p)));
            (gs, go) = (gs + error * logit, go + error);
            (hss, hso, hoo) = (hss + h * logit * logit, hso + h * logit, hoo + h);
        }
        var determinant = hss * hoo - hso * hso;
        return ((gs * hoo - go * hso) / determinant, (go * hss - gs * hso) / determinant);
    }

    private static double LossOf(IReadOnlyList<(double Logit, double Target)> said, double slope, double offset)
    {
        var loss = Shrink * ((slope - 1) * (slope - 1) + offset * offset) / 2;
        foreach (var (logit, target) in said)
        {
            var x = slope * logit + offset;
            // log(1 + e^x) - target x, for large x either way too
            loss += Math.Max(x, 0) + Steady.Log2(1 + Steady.Exp(-Math.Abs(x))) * Ln2 - target * x;
        }
        return loss;
    }

    /// <summary>The line (one of a hundred) at which this measure is best; in a tie the one in the middle.</summary>
    public static float Best(double from, double to, Func<double, double> measure)
    {
        const int Steps = 100;
        var values = Enumerable.Range(0, Steps + 1).Select(i => from + (to - from) * i / Steps).Select(line => (Line: line, Value: measure(line))).ToList();
        var best = values.Max(one => one.Value);
        var lines = values.Where(one => one.Value >= best - 1e-12).Select(one => one.Line).ToList();
        return (float)lines[lines.Count / 2];
    }
}
