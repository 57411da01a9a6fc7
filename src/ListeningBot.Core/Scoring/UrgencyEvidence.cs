namespace ListeningBot.Core.Scoring;

/// <summary>
/// What is known beside the words and makes a complaint more urgent: each a small term of its own, never more than one step of priority, and only as far as it is a complaint.
/// </summary>
internal static class UrgencyEvidence
{
    private const double MostOfReach = 0.08;
    private const double OfDoubling = 0.009;
    private const long FewReaders = 1000;
    private const double OfOneStar = 0.08;
    private const double OfThread = 0.08;

    /// <summary>A term below this adds its little, but is no reason: rounded for people it would be nothing.</summary>
    public const double LeastNamed = 0.0005;

    /// <summary>For one, two, and more earlier posts or cases.</summary>
    private static readonly double[] s_repetition = [0, 0.1, 0.16, 0.2];

    public static double Reach(long? followers) => followers is > FewReaders and { } readers ? Math.Min(MostOfReach, Steady.Log2((double)readers / FewReaders) * OfDoubling) : 0;

    public static double Stars(double? stars) => stars is { } given && double.IsFinite(given) ? OfOneStar * Math.Clamp((3 - given) / 2, 0, 1) : 0;

    public static double Thread(bool inCase) => inCase ? OfThread : 0;

    public static double Repetition(int earlier) => s_repetition[Math.Clamp(earlier, 0, s_repetition.Length - 1)];

    /// <summary>Adds the terms to the urgency of the words, each with its ground.</summary>
    public static double AddTo(double urgency, double complaint, Evidence evidence, ref GroundList grounds)
    {
        var sum = urgency
            + Add(GroundCodes.Stars, Stars(evidence.Stars) * complaint, ref grounds)
            + Add(GroundCodes.Thread, Thread(evidence.Thread) * complaint, ref grounds)
            + Add(GroundCodes.Repetition, Repetition(evidence.Earlier) * complaint, ref grounds)
            + Add(GroundCodes.Reach, Reach(evidence.Followers) * complaint, ref grounds);
        return Math.Min(1, sum);
    }

    private static double Add(byte code, double term, ref GroundList grounds)
    {
        if (term >= LeastNamed)
        {
            grounds.Append(new Ground(code, (float)term, 0, 0));
        }
        return term;
    }
}
