namespace ListeningBot.Core.Scoring.Training;

/// <summary>A text and what each head should say of it.</summary>
/// <param name="Targets">One a head, 0..1; NaN where nobody knows.</param>
/// <param name="Weight">How much it counts for complaint and feelings; 1 is a common text of the corpus.</param>
internal sealed record Lesson(string Text, Evidence Evidence, float[] Targets, float Weight)
{
    /// <summary>How much it counts for the heads that tell complaints apart: priority, severity, aspect.</summary>
    public float DetailWeight { get; init; } = Weight;

    public float WeightOf(int head) => head <= (int)Head.Positive ? Weight : DetailWeight;

    public static float[] Nothing()
    {
        var targets = new float[Heads.Count];
        Array.Fill(targets, float.NaN);
        return targets;
    }
}
