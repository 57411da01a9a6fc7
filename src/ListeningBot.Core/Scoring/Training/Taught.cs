using System.Security.Cryptography;
using System.Text;

namespace ListeningBot.Core.Scoring.Training;

/// <summary>A text and what people of a team said of it.</summary>
/// <param name="Priority">What they made of it; null where they let it stand.</param>
public sealed record Taught(string Text, Evidence Evidence, bool IsComplaint, Priority? Priority)
{
    private const int HeldOfHundred = 25;

    /// <summary>Nothing is fitted to it: models are compared on it. Told by the text alone, so that it never changes sides, and copies of a text stand on one side.</summary>
    public bool IsHeldBack => SHA256.HashData(Encoding.UTF8.GetBytes(Text))[1] * 100 / 256 < HeldOfHundred;

    internal Lesson Lesson
    {
        get
        {
            var targets = Training.Lesson.Nothing();
            targets[(int)Head.Complaint] = IsComplaint ? 1 : 0;
            if (Priority is { } priority)
            {
                targets[(int)Head.Normal] = priority >= Scoring.Priority.Normal ? 1 : 0;
                targets[(int)Head.High] = priority >= Scoring.Priority.High ? 1 : 0;
                targets[(int)Head.Critical] = priority >= Scoring.Priority.Critical ? 1 : 0;
            }
            return new Lesson(Text, Evidence, targets, 1);
        }
    }
}
