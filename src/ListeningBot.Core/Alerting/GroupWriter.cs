using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Alerting;

/// <summary>Writes the one card that stands for the many cases of a burst.</summary>
public static class GroupWriter
{
    /// <summary>A menu holds no more.</summary>
    public const int MostChoices = 25;
    private const int MostOnTop = 5;

    /// <summary>About one line on a phone.</summary>
    private const int QuoteLength = 70;
    private const int LabelLength = 80;

    /// <param name="free">The cases that nobody has, in the order in which they are to be taken, each with the mention that its card would quote.</param>
    /// <param name="unclaimed">How many nobody has and nobody has answered.</param>
    public static GroupCard Write(CaseGroup group, IReadOnlyList<(Case Case, Mention First)> free, int unclaimed, CardKey key, int version) => new()
    {
        Key = key,
        Version = version,
        Team = group.Team,
        Aspect = group.Aspect,
        Since = group.OpenedAt,
        Cases = group.Cases,
        Unclaimed = unclaimed,
        Highest = free is [var (first, _), ..] ? first.Priority : Priority.Low,
        Top = [.. free.Take(MostOnTop).Select(one => new GroupEntry(one.Case.Id, one.Case.Priority, Who(one), Quote(one), one.Case.Posted))],
        Choices = [.. free.Take(MostChoices).Select(one => new CardButton(Label(one), new PressTarget(PressAction.Take, group.Id, one.Case.Id.ToString())))],
        Buttons = free.Count == 0 ? [] : [new CardButton("Take the most urgent", new PressTarget(PressAction.Take, group.Id), Main: true)],
    };

    private static string Who((Case Case, Mention First) one) => one.First.Deleted ? "someone" : CardWriter.Who(one.First.Seen(one.Case.Private).Post.Author);

    private static string Quote((Case Case, Mention First) one) => one.First.Deleted ? "" : CardWriter.Quote(one.First.Seen(one.Case.Private).Post).Cut(QuoteLength);

    private static string Label((Case Case, Mention First) one) =>
        (Quote(one) is { Length: > 0 } quote ? $"{one.Case.Id} · {Who(one)}: {quote}" : $"{one.Case.Id} · {Who(one)}").Cut(LabelLength);
}
