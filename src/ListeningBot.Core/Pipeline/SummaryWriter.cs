using ListeningBot.Core.Cases;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Pipeline;

/// <summary>What the next owner needs to know, from what happened: a hand-over shall be warm.</summary>
internal static class SummaryWriter
{
    private const int Longest = 900;
    private const int LongestNote = 200;
    private const int LatestNotes = 3;

    public static string Write(Case @case, IReadOnlyList<Happening> events, string zone, DateTimeOffset now)
    {
        string When(DateTimeOffset at) => WhenWords.InWords(at, zone, now);
        IEnumerable<string?> lines =
        [
            @case.Wants is { } wants ? $"They want: {wants}" : "What they want is not known yet: ask.",
            @case.AnsweredAt is { } answered ? $"Answered by {@case.AnsweredBy}, {When(answered)}." : "Not answered yet.",
            @case.OpenPromise is { } promise ? $"Promised for {When(promise.Due)}: {promise.What}" : null,
            .. @case.Promises.Where(past => past.Kept is not null).Select(past => $"{(past.Kept == true ? "A promise was kept" : "A promise was not kept")}: {past.What}"),
            @case.TheirWordsAt is { } spoke ? $"They last wrote {When(spoke)}." : null,
            .. events.Select(happening => happening.Event).OfType<Noted>().TakeLast(LatestNotes).Select(note => $"{note.By.Name}: {note.Text.Cut(LongestNote)}"),
        ];
        return string.Join('\n', lines.OfType<string>()).Cut(Longest);
    }
}
