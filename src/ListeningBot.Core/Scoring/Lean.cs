using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ListeningBot.Core.Scoring;

/// <summary>
/// What a team's verdicts add to the shipped weights: where it leans. Each weight is bounded by the form in which it is kept, and all of them together move no logit of a text
/// by more than <see cref="MostOf"/>, whatever was taught and however often. Immutable.
/// </summary>
internal sealed class Lean
{
    /// <summary>Of a bucket, in units of the logit for a text of one gram.</summary>
    public const float MostOfBucket = 0.6f;

    /// <summary>Of a feature, whose values are about 0..3.</summary>
    public const float MostOfFeature = 0.4f;

    /// <summary>From this value of <see cref="Feature.Minutes"/> on somebody may come to harm.</summary>
    private const float Grave = 1;

    /// <summary>A bucket's weight is so many steps either way.</summary>
    public const int Steps = 127;

    /// <summary>What verdicts speak of: each is one lane.</summary>
    public static readonly Head[] Taught = [Head.Complaint, Head.Normal, Head.High, Head.Critical];
    public const int Lanes = 4;

    private readonly float[] _dense;
    private readonly sbyte[] _table;

    /// <param name="dense">Features x lanes.</param>
    /// <param name="table">Buckets x lanes, in steps.</param>
    public Lean(float[] dense, sbyte[] table) => (_dense, _table) = (dense, table);

    public ReadOnlySpan<float> Dense => _dense;
    public ReadOnlySpan<sbyte> Table => _table;

    /// <summary>Of a head's calibrated logit. 1.5 takes 0.7 to the line; what is surer stays what it was.</summary>
    public static float MostOf(Head head) => head == Head.Complaint ? 1.5f : 1;

    /// <summary>Adds what the buckets say, in steps, to <paramref name="sums"/> (one a lane).</summary>
    public void Add(ReadOnlySpan<int> buckets, Span<int> sums)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        var (a, b, c, d) = (0, 0, 0, 0);
        foreach (var bucket in buckets)
        {
            ref var row = ref Unsafe.Add(ref table, (nint)(uint)bucket * Lanes);
            a += row;
            b += Unsafe.Add(ref row, 1);
            c += Unsafe.Add(ref row, 2);
            d += Unsafe.Add(ref row, 3);
        }
        sums[0] += a;
        sums[1] += b;
        sums[2] += c;
        sums[3] += d;
    }

    /// <summary>Adds to the logits, before calibration and within bounds, how far a text with these features and sums leans. Returns the complaint's part.</summary>
    public float AddTo(Span<float> logits, ReadOnlySpan<float> features, ReadOnlySpan<int> sums, float share, ReadOnlySpan<Calibration> calibrations)
    {
        var lean = Vector128.ConvertToSingle(Vector128.Create(sums)) * Vector128.Create(MostOfBucket / Steps * share);
        for (var i = 0; i < features.Length; i++)
        {
            lean += Vector128.Create(features[i]) * Vector128.Create(Dense[(i * Lanes)..]);
        }
        var ofComplaint = 0f;
        for (var lane = 0; lane < Lanes; lane++)
        {
            var head = Taught[lane];
            var moved = Bounded(head, lean[lane], features, calibrations[(int)head].Slope);
            logits[(int)head] += moved;
            ofComplaint = head == Head.Complaint ? moved : ofComplaint;
        }
        return ofComplaint;
    }

    /// <summary>What can hurt somebody within minutes is never learned away: there nothing leans down.</summary>
    /// <param name="slope">From this logit to the calibrated one; positive.</param>
    public static float Bounded(Head head, float lean, ReadOnlySpan<float> features, float slope) =>
        Math.Clamp(lean, features[(int)Feature.Minutes] >= Grave ? 0 : -MostOf(head) / slope, MostOf(head) / slope);
}
