namespace ListeningBot.Core.Cases;

/// <summary>Cases of one team and aspect that came in one burst: one card stands for all of them.</summary>
/// <param name="Team">The room whose burst it is: a team's name, "private" or "shadow".</param>
/// <param name="LastAt">When the last case joined.</param>
/// <param name="Cases">How many ever joined.</param>
public sealed record CaseGroup(long Id, string Team, string Aspect, DateTimeOffset OpenedAt, DateTimeOffset LastAt, int Cases)
{
    /// <summary>Of its cases that nobody has: neither answered nor put off. These are handed out first, and for these alone somebody is called.</summary>
    public static bool Waits(Case free) => free.State != CaseState.Answered && free.SnoozedUntil is null;
}
