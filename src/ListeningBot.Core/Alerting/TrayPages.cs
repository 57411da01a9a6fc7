using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Alerting;

/// <summary>The daily maybe list: calm, one message a page, five mentions a page, two buttons each.</summary>
public static class TrayPages
{
    /// <summary>Chat services allow five rows of buttons in a message.</summary>
    public const int EntriesAPage = 5;

    public static TrayCard Write(long pageId, int version, string team, DateOnly day, int page, int pages, IReadOnlyList<(Mention Mention, string? Verdict, Silence? HeldBackBy)> entries)
    {
        var written = entries.Select(e => Entry(e.Mention.Seen(privately: false), e.Verdict, e.HeldBackBy)).ToList();
        return new TrayCard
        {
            Key = new CardKey($"tray:{pageId}", team),
            Version = version,
            Team = team,
            Day = day,
            Page = page,
            Pages = pages,
            Entries = written,
            Buttons =
            [
                .. written.Where(e => e.Verdict is null).SelectMany(e => new[]
                {
                    new CardButton("Is a complaint", new PressTarget(PressAction.TrayComplaint, e.Mention)),
                    new CardButton("Dismiss", new PressTarget(PressAction.TrayDismiss, e.Mention)),
                }),
            ],
        };
    }

    public static TrayEntry Entry(Mention mention, string? verdict, Silence? heldBackBy) => new(
        mention.Id,
        mention.Deleted ? "someone" : CardWriter.Who(mention.Post.Author),
        CardWriter.Where(mention.Post),
        mention.Deleted ? "" : CardWriter.Quote(mention.Post),
        mention.Deleted ? null : mention.Post.Url,
        mention.Posted,
        mention.Assessment.Complaint,
        verdict ?? (mention.Erased ? "erased at its author's wish" : mention.Deleted ? "deleted by its author" : null))
    {
        HeldBackBy = heldBackBy?.InWords,
    };
}
