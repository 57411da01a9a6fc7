namespace ListeningBot.Core.Scoring.Training;

/// <summary>A text and what each head should say of it.</summary>
/// <param name="Targets">One a head, 0..1; NaN where nobody knows.</param>
/// <param name="Weight">How much it counts; 1 is a text of the corpus.</param>
internal sealed record Lesson(string Text, Evidence Evidence, float[] Targets, float Weight)
{
    public static float[] Nothing()
    {
        var targets = new float[Heads.Count];
        Array.Fill(targets, float.NaN);
        return targets;
    }
}
