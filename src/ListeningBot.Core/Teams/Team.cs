using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Teams;

/// <summary>The humans that a watch belongs to: who of them is on call when, at which hours they work, by when they want what done.</summary>
public sealed record Team
{
    public required string Name { get; init; }
    public IReadOnlyList<Member> Members { get; init; } = [];

    /// <summary>Chat roles whose holders may act for this team: "discord:5678".</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
    public IReadOnlyList<Member> Leads { get; init; } = [];
    public IReadOnlyList<Member> Managers { get; init; } = [];
    public Targets Targets { get; init; } = Targets.Default;

    /// <summary>IANA name.</summary>
    public string Zone { get; init; } = "Etc/UTC";

    /// <summary>Who is on call at this moment. Without a rota: everyone.</summary>
    public IReadOnlyList<Member> OnCall(DateTimeOffset at) => Members;

    /// <summary>The moment that lies <paramref name="span"/> of working time later. Critical cases know no working hours.</summary>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan span, Priority priority) => from + span;

    /// <summary>This moment, or the next at which somebody may be pinged: outside the rota and in quiet hours only critical cases ping.</summary>
    public DateTimeOffset Awake(DateTimeOffset at, Priority priority) => at;
}
