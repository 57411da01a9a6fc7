namespace ListeningBot.Core.Scoring.Training;

/// <summary>What the labels of the corpus teach each head.</summary>
internal static class CorpusLessons
{
    private const float MostSeverity = 3;

    /// <summary>
    /// Files named everyday-* hold the ordinary run of what is said, the others hard cases that were written so that no single word gives them away.
    /// Counted alike, the hard ones would unlearn that unhappy words mostly mean unhappy people.
    /// </summary>
    private const string Ordinary = "everyday-";
    private const float OrdinaryWeight = 3;
    private const float HardWeight = 0.5f;

    public static Lesson Of(CorpusText text) =>
        new(text.Text, new Evidence { Lang = text.Lang }, TargetsOf(text.Labels), text.File.StartsWith(Ordinary, StringComparison.Ordinal) ? OrdinaryWeight : HardWeight) { DetailWeight = 1 };

    public static float[] TargetsOf(CorpusLabels labels)
    {
        var targets = Lesson.Nothing();
        targets[(int)Head.Complaint] = labels.IsComplaint ? 1 : 0;
        targets[(int)Head.Negative] = labels.Sentiment == "neg" ? 1 : 0;
        targets[(int)Head.Positive] = labels.Sentiment == "pos" ? 1 : 0;
        if (labels is { Priority: { } priority, Severity: { } severity, Aspect: { } aspect })
        {
            targets[(int)Head.Normal] = priority >= Priority.Normal ? 1 : 0;
            targets[(int)Head.High] = priority >= Priority.High ? 1 : 0;
            targets[(int)Head.Critical] = priority >= Priority.Critical ? 1 : 0;
            targets[(int)Head.Severity] = severity / MostSeverity;
            for (var head = Heads.FirstAspect; head <= Head.Quality; head++)
            {
                targets[(int)head] = Aspects.Names[head - Heads.FirstAspect] == aspect ? 1 : 0;
            }
        }
        return targets;
    }
}
