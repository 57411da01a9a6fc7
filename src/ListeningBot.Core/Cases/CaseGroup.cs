namespace ListeningBot.Core.Cases;

/// <summary>Cases of one team and aspect that came in one burst: one card stands for all of them.</summary>
/// <param name="Burst">Whose burst it is, as of <see cref="BurstOf"/>; of older groups in the room "private" that alone, whichever teams their cases are of.</param>
/// <param name="LastAt">When the last case joined.</param>
/// <param name="Cases">How many ever joined.</param>
public sealed record CaseGroup(long Id, string Burst, string Aspect, DateTimeOffset OpenedAt, DateTimeOffset LastAt, int Cases)
{
    /// <summary>Whom its card names.</summary>
    public string Team => Burst[(Burst.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <summary>"care", "private care": a team calls its own people and takes its own cases, also where several share a room.</summary>
    public static string BurstOf(string room, string team) => room == team ? team : $"{room} {team}";

    /// <summary>Of its cases that nobody has: neither answered nor put off. These are handed out first, and for these alone somebody is called.</summary>
    public static bool Waits(Case free) => free.State != CaseState.Answered && free.SnoozedUntil is null;
}
