using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Core.Pipeline;

/// <summary>What a team's verdicts teach, and what of them can't.</summary>
/// <param name="Taught">One for each text: where copies of it were judged, the latest verdict.</param>
/// <param name="Gone">Their authors deleted the posts, or asked to be forgotten: no text is left to learn from.</param>
/// <param name="Rewritten">Their authors have written something else since.</param>
/// <param name="Wordless">A link alone, or what a machine wrote.</param>
public sealed record Teachings(IReadOnlyList<Taught> Taught, int Gone, int Rewritten, int TakenBack, int Copies, int Wordless)
{
    /// <summary>Cases of watches on trial teach like others: people judged real words. Canaries are no mentions and can't.</summary>
    public static Teachings Of(IStoreView view)
    {
        var judged = view.Verdicts().GroupBy(given => given.Mention).OrderBy(given => given.Max(one => one.At))
            .Select(given => (Given: given, Mention: view.MentionOf(given.Key))).ToList();
        var standing = judged.Where(one => Verdict.Of(one.Given).Complaint is not null).ToList();
        var kept = standing.Where(one => one.Mention is { Deleted: false }).ToList();
        var current = kept.Select(one => (Verdict: Verdict.Of(one.Given, one.Mention), one.Mention)).Where(one => one.Verdict.Complaint is not null).ToList();
        var worded = current.Where(one => HasWords(one.Mention!)).ToList();
        var texts = new Dictionary<string, Taught>(StringComparer.Ordinal);
        foreach (var (verdict, mention) in worded)
        {
            var text = Intake.TextOf(mention!.Post);
            texts[text] = new Taught(text, Intake.EvidenceOf(mention.Post), verdict.Complaint!.Value, verdict.Priority);
        }
        return new Teachings([.. texts.Values], standing.Count - kept.Count, kept.Count - current.Count, judged.Count - standing.Count, worded.Count - texts.Count, current.Count - worded.Count);
    }

    private static bool HasWords(Mention mention) => !mention.Post.Automatic && mention.Post.Text.Trim() is { Length: > 0 } text && text != mention.Post.Url;
}
