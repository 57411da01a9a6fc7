using System.Text;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Alerting;

/// <summary>Writes what a room shows of a case. Plain text only: each notifier escapes it in its own way.</summary>
public static class CardWriter
{
    /// <summary>About two lines on a phone.</summary>
    public const int QuoteLength = 180;

    /// <summary>Two lines on a phone, at most.</summary>
    private const int LongestHeard = 80;

    /// <summary>Names of reasons that weigh in the sum but tell a reader nothing: 'says "not"'.</summary>
    private static readonly HashSet<string> Vague = ["negation", "person", "time", "contrast", "numbers", "me", "you", "voice", "nobody", "names", "form", "subject"];

    public static CaseCard Write(Case @case, CaseFacts facts, CardKey key)
    {
        var first = facts.First.Seen(@case.Private);
        return new()
        {
            Key = key,
            Version = @case.Version,
            CaseId = @case.Id,
            State = @case.State,
            Priority = @case.Priority,
            Posted = @case.Posted,
            IsUndated = first.Post.Posted is null,
            Who = first.Deleted ? "someone" : Who(first.Post.Author),
            Where = Where(first.Post),
            Quote = first.Deleted ? "" : Quote(first.Post),
            Url = first.Deleted ? null : first.Post.Url,
            Reason = first.Deleted ? "read like a complaint before it was deleted" : TopReason(first.Assessment),
            HeardBy = HeardBy(first)?.Seen(@case.Private || first.Post.Private),
            NextStep = NextSteps.Of(@case, first.Deleted),
            Voices = @case.Voices,
            For = @case.IsFree ? @case.For?.Name : null,
            Owner = @case.Owner?.Name,
            Outcome = @case.Outcome,
            ClosedBy = @case.ClosedBy?.Name,
            MergedInto = @case.MergedInto,
            AnsweredBy = @case.AnsweredBy,
            AnsweredAt = @case.AnsweredAt,
            Deleted = first.Deleted,
            Erased = first.Erased,
            LateBecause = facts.LateBecause,
            Wants = @case.Wants?.Seen(@case.Private),
            History = facts.History?.Seen(@case.Private),
            PromiseDue = @case.OpenPromise?.Due,
            Promise = @case.OpenPromise?.What.Seen(@case.Private),
            SnoozedUntil = @case.SnoozedUntil,
            HandOvers = @case.HandOvers,
            Happiness = @case.Happiness,
            TheirWords = TheirWords.Of(@case, first.Post.AnswersUnseen),
            Private = @case.Private || first.Post.Private,
            Buttons = [.. Buttons(@case, first).OfType<CardButton>()],
        };
    }

    public static string Who(Author author)
    {
        var handle = author.Handle is { Length: > 0 } h ? (h.Contains('@', StringComparison.Ordinal) ? h : "@" + h) : null;
        return (author.Name is { Length: > 0 } name ? name : null, handle) switch
        {
            ({ } n, { } h2) when !n.Equals(h2.TrimStart('@'), StringComparison.OrdinalIgnoreCase) => $"{n} ({h2})",
            (_, { } h2) => h2,
            ({ } n, null) => n,
            _ => author.Id is { Length: > 0 } id && IsForPeople(id) ? id : "someone",
        };
    }

    /// <summary>A name or an address, not a service's own number or key ("did:plc:..."), which tells people nothing.</summary>
    private static bool IsForPeople(string id) => !id.All(char.IsAsciiDigit) && (!id.Contains(':', StringComparison.Ordinal) || id.Contains("://", StringComparison.Ordinal));

    public static string Where(Post post) =>
        (post.Kind == post.Channel || post.Kind == "replay" ? post.Channel : $"{post.Kind} · {post.Channel}") + (post.Place is { Length: > 0 } place ? $" · {place}" : "");

    /// <summary>Title and text on one line, cut at a word.</summary>
    public static string Quote(Post post)
    {
        var text = Folded(post.Title is { Length: > 0 } title && !post.Text.StartsWith(title, StringComparison.Ordinal) ? $"{title}: {post.Text}" : post.Text);
        if (text.Length <= QuoteLength)
        {
            return text;
        }
        var cut = text.LastIndexOf(' ', QuoteLength - 1);
        cut = cut < QuoteLength / 2 ? QuoteLength - 1 : cut;
        return text[..(char.IsHighSurrogate(text[cut - 1]) ? cut - 1 : cut)].TrimEnd() + "…";
    }

    /// <summary>The strongest reason that speaks for a complaint and means something to a reader, or an honest word that there is none.</summary>
    public static string TopReason(Assessment assessment)
    {
        var speaking = assessment.Reasons.Where(reason => reason.Weight > 0).ToList();
        return (speaking.Find(reason => !Vague.Contains(reason.Name)) ?? speaking.FirstOrDefault())?.Text ?? "no single word stands out";
    }

    /// <summary>Of the watches that decided; null where nobody noted it, or its text is gone.</summary>
    private static string? HeardBy(Mention first) =>
        string.Join("; ", first.Found.Where(found => first.Watches.Contains(found.Watch))) is { Length: > 0 } heard && !first.Deleted ? heard.Cut(LongestHeard) : null;

    /// <summary>Null when the post has no address, or is no longer there.</summary>
    public static CardButton? OpenPost(Mention mention) =>
        mention.Post.Url is { Length: > 0 } url && !mention.Deleted ? new CardButton("Open post", null, url) : null;

    private static CardButton?[] Buttons(Case @case, Mention first)
    {
        var open = OpenPost(first);
        return @case switch
        {
            { IsFree: true } => [Press("Claim", PressAction.Claim, main: true), Press("Not a complaint", PressAction.NotAComplaint), Press("More", PressAction.More)],
            { HasEnded: false } =>
            [
                open,
                Press("Answered", PressAction.Answered, main: @case.State == CaseState.Claimed),
                Press("Promise", PressAction.Promise),
                Press("Resolve", PressAction.Resolve, main: @case.State != CaseState.Claimed),
                Press("More", PressAction.More),
            ],
            { MergedInto: not null } or { Erased: true } => [open],
            { State: CaseState.Resolved } => [open, Press("Followed up", PressAction.FollowedUp, main: true), Press("Reopen", PressAction.Reopen)],
            _ => [open, Press("Reopen", PressAction.Reopen)],
        };

        CardButton Press(string label, PressAction action, bool main = false) => new(label, new PressTarget(action, @case.Id), Main: main);
    }

    private static string Folded(string text)
    {
        var folded = new StringBuilder(Math.Min(text.Length, QuoteLength * 2));
        foreach (var c in text)
        {
            if (folded.Length > QuoteLength + 1)
            {
                break;
            }
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
            {
                folded.Append(c);
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }
        return folded.ToString().TrimEnd();
    }
}
