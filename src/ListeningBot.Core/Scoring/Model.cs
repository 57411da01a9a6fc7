using System.Runtime.Intrinsics;

namespace ListeningBot.Core.Scoring;

/// <summary>How a head's logit becomes a probability: slope and offset, fitted on texts that the weights were not fitted to.</summary>
internal readonly record struct Calibration(float Slope, float Offset)
{
    public static readonly Calibration None = new(1, 0);

    public double Logit(double logit) => Slope * logit + Offset;

    public double Probability(double logit) => Steady.Logistic(Logit(logit));
}

/// <summary>The lines that turn probabilities into words.</summary>
internal readonly record struct Lines(float Negative, float Positive, float Normal, float High, float Critical, float Aspect);

/// <summary>What was learned: for each feature, and for each bucket of word and character runs, one weight a head. Immutable.</summary>
public sealed partial class Model
{
    /// <summary>A text with fewer grams than this counts as if it had so many: two words alone are no proof.</summary>
    private const int FewestGrams = 8;

    private readonly float[] _dense;
    private readonly sbyte[] _table;
    private readonly float[] _scales;
    private readonly Calibration[] _calibrations;
    private readonly Lean? _lean;

    /// <param name="dense">Features x heads.</param>
    /// <param name="table">Buckets x heads, in units of the head's scale.</param>
    internal Model(float[] dense, sbyte[] table, float[] scales, Calibration[] calibrations, Lines lines, Manifest manifest)
    {
        (_dense, _table, _scales, _calibrations, Lines, Manifest) = (dense, table, scales, calibrations, lines, manifest);
    }

    private Model(Model shipped, Lean lean, Manifest manifest)
        : this(shipped._dense, shipped._table, shipped._scales, shipped._calibrations, shipped.Lines, manifest) => _lean = lean;

    /// <summary>How many sums <see cref="Add"/> makes: one a head, then one a lane of what a team's verdicts add.</summary>
    internal const int Sums = Heads.Count + Lean.Lanes;

    /// <summary>This model with what a team's verdicts add to it.</summary>
    internal Model With(Lean lean, Manifest manifest) => new(this, lean, manifest);

    internal Lines Lines { get; }
    internal Calibration[] Calibrations => _calibrations;
    public Manifest Manifest { get; }

    /// <summary>How much one gram counts among so many.</summary>
    internal static float ShareOf(int grams) => 1 / MathF.Sqrt(Math.Max(FewestGrams, grams));

    /// <summary>All logits from the features and what <see cref="Add"/> summed up over so many grams. Returns how far the team's verdicts moved the complaint's.</summary>
    internal float Weigh(ReadOnlySpan<float> features, ReadOnlySpan<int> sums, int grams, Span<float> logits)
    {
        Dense(_dense, features, logits);
        var share = ShareOf(grams);
        for (var head = 0; head < Heads.Count; head++)
        {
            logits[head] += sums[head] * _scales[head] * share;
        }
        return _lean is null ? 0 : _lean.AddTo(logits, features, sums[Heads.Count..], share, _calibrations);
    }

    /// <summary>The part of the features alone; in a fixed order, so that everywhere the same comes out.</summary>
    internal static void Dense(ReadOnlySpan<float> weights, ReadOnlySpan<float> features, Span<float> logits)
    {
        var (a, b, c, d) = (Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero);
        for (var i = 0; i < features.Length; i++)
        {
            if (features[i] == 0)
            {
                continue;
            }
            var value = Vector128.Create(features[i]);
            var row = weights.Slice(i * Heads.Count, Heads.Count);
            a += value * Vector128.Create(row);
            b += value * Vector128.Create(row[4..]);
            c += value * Vector128.Create(row[8..]);
            d += value * Vector128.Create(row[12..]);
        }
        a.CopyTo(logits);
        b.CopyTo(logits[4..]);
        c.CopyTo(logits[8..]);
        d.CopyTo(logits[12..]);
    }

    /// <summary>What one feature adds to a head's calibrated logit.</summary>
    internal double WeightOf(Feature feature, Head head, double value) => value * _dense[(int)feature * Heads.Count + (int)head] * _calibrations[(int)head].Slope;

    /// <summary>What one step adds to a head's calibrated logit, among so many grams.</summary>
    internal double StepOf(Head head, int grams) => _scales[(int)head] * ShareOf(grams) * _calibrations[(int)head].Slope;

    /// <summary>Calibrated.</summary>
    internal double Logit(Head head, double logit) => _calibrations[(int)head].Logit(logit);

    internal double Probability(Head head, double logit) => _calibrations[(int)head].Probability(logit);
}
