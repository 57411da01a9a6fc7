namespace ListeningBot.Core.Scoring.Training;

/// <summary>A stretch of a text as the model sees it.</summary>
internal sealed record View(float[] Features, int[] Grams);

/// <summary>A lesson, read: its whole, and its passages where it has several (else none).</summary>
internal sealed record Example(View Whole, View[] Passages, Lesson Lesson);

/// <summary>Reads lessons one by one; not thread-safe.</summary>
internal sealed class LessonReader
{
    private readonly Desk _desk = new();
    private int[] _grams = new int[1024];

    public Example Read(Lesson lesson)
    {
        var count = _desk.Begin(lesson.Text.AsSpan(0, Math.Min(lesson.Text.Length, Scorer.MostCharacters)), lesson.Evidence);
        var pieces = _desk.Pieces;
        if (count == 1)
        {
            return new Example(ViewOf(0, pieces.Count, lesson.Evidence, 1), [], lesson);
        }
        var passages = new List<View>();
        for (var from = 0; from < pieces.Count;)
        {
            var end = Passages.End(pieces, from, pieces.Text.Length);
            passages.Add(ViewOf(from, end, lesson.Evidence, count));
            from = end;
        }
        return new Example(WholeOf(passages, lesson.Evidence), [.. passages], lesson);
    }

    private View ViewOf(int from, int to, Evidence evidence, int passages)
    {
        var features = new float[Features.Count];
        _desk.FillPassage(from, to, evidence, passages, features);
        var count = Grams.Read(_desk.Pieces, from, to, ref _grams);
        return new View(features, _grams[..count]);
    }

    private View WholeOf(List<View> passages, Evidence evidence)
    {
        var features = new float[Features.Count];
        Features.Fill(features, _desk.Whole, _desk, evidence);
        return new View(features, [.. passages.SelectMany(passage => passage.Grams)]);
    }
}
