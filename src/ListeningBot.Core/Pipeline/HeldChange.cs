using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>How a change that the guard held back stands.</summary>
public enum HeldStanding
{
    /// <summary>It waits for a human; what it would replace is live.</summary>
    Held,
    Applied,
    Discarded,

    /// <summary>Something else took its place: another edit, another version, or its files are as the live ones again.</summary>
    Overtaken,
}

/// <summary>What a team would lose by a change of watches, or be flooded with.</summary>
/// <param name="Missed">Mentions of confirmed complaints that no watch of the team would hear or alert any more: the latest, at most <see cref="Objection.MostNamed"/>.</param>
/// <param name="MissedCount">All of them.</param>
/// <param name="AlertsBefore">Over what was reckoned on; told where <paramref name="Floods"/>.</param>
public sealed record TeamObjection(string Team, IReadOnlyList<long> Missed, int MissedCount, int AlertsBefore, int AlertsAfter, bool Floods);

/// <summary>Why a change is held.</summary>
/// <param name="ReckonedOn">"212 confirmed complaints of 30 days and the 5,000 latest posts".</param>
public sealed record Objection(IReadOnlyList<TeamObjection> Teams, string ReckonedOn)
{
    public const int MostNamed = 10;

    /// <summary>The same but for the floods; null when nothing else was objected to.</summary>
    public Objection? WithoutFloods()
    {
        TeamObjection[] missing = [.. Teams.Where(team => team.MissedCount > 0).Select(team => team with { Floods = false })];
        return missing.Length == 0 ? null : this with { Teams = missing };
    }
}

/// <summary>A change of the configuration that the guard held back, and what became of it.</summary>
public sealed record HeldChange
{
    public long Id { get; init; }

    /// <summary>What would go live; its number is 0 until then.</summary>
    public required ConfigVersion Wanted { get; init; }

    /// <summary>The version that was live when it was judged.</summary>
    public required long Base { get; init; }
    public required Objection Why { get; init; }
    public HeldStanding Standing { get; init; }

    /// <summary>Who or what settled it; null while it is held.</summary>
    public string? SettledBy { get; init; }

    /// <summary>Where its card is shown: in the ops room, and in that of each team it touches.</summary>
    public IEnumerable<CardKey> Cards => Why.Teams.Select(team => team.Team).Prepend(Notices.OpsRoom).Distinct(StringComparer.Ordinal).Select(room => new CardKey($"held:{Id}", room));
}
