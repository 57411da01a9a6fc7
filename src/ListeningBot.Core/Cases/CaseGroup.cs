namespace ListeningBot.Core.Cases;

/// <summary>Cases of one team and aspect that came in one burst: one card stands for all of them.</summary>
/// <param name="Team">The room whose burst it is: a team's name, "private" or "shadow".</param>
/// <param name="LastAt">When the last case joined.</param>
/// <param name="Cases">How many ever joined.</param>
public sealed record CaseGroup(long Id, string Team, string Aspect, DateTimeOffset OpenedAt, DateTimeOffset LastAt, int Cases);
