using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

public enum Period
{
    Day,
    Week,
}

/// <summary>A team's digest of a stretch of time, as it was put up.</summary>
public sealed record Digest(long Id, string Team, Period Period, DateTimeOffset From, DateTimeOffset To);

public partial interface IStoreView
{
    Digest? DigestOf(long id);

    /// <summary>Cases of a team (the first of the case) to which something happened since then, their coming included.</summary>
    IReadOnlyList<Case> CasesChanged(string team, DateTimeOffset since);

    /// <summary>Teams that ever had a case.</summary>
    IReadOnlyList<string> TeamsWithCases();
}

public partial interface IStoreTx
{
    /// <summary>Null when this team has this digest already.</summary>
    Digest? AddDigest(string team, Period period, DateTimeOffset from, DateTimeOffset to);
}
