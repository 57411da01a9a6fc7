namespace ListeningBot.Core.Teams;

/// <summary>A human of a team, as config/responders.yaml names them.</summary>
public sealed record Member
{
    /// <summary>Short and unique: "anna".</summary>
    public required string Id { get; init; }

    /// <summary>What colleagues read: "Anna Berg".</summary>
    public required string Name { get; init; }

    /// <summary>Chat accounts: "discord:1234".</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Two letters each.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>IANA name, "Europe/Berlin": promises are read and shown in it. Null: as <see cref="Responders.ZoneOf"/> says.</summary>
    public string? Zone { get; init; }
}
