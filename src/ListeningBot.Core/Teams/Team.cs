using NodaTime;

namespace ListeningBot.Core.Teams;

/// <summary>The humans that a watch belongs to: who of them is on call when, at which hours they work, by when they want what done.</summary>
public sealed partial record Team
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

    /// <summary>Layers: whoever is in any of them is on call. Empty: everyone, always.</summary>
    public IReadOnlyList<Shift> Rota { get; init; } = [];
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>Business hours: what targets and escalation count. Empty: the hours of the rota, with those for which a change of less than a day names who is there, and without a rota all hours.</summary>
    public IReadOnlyList<Weekly> Hours { get; init; } = [];

    /// <summary>Hours in which only critical cases ping; they are no working time either.</summary>
    public IReadOnlyList<Weekly> Quiet { get; init; } = [];

    /// <summary>Holidays known now.</summary>
    public Closings Closed { get; init; } = Closings.None;

    /// <summary>Addresses of calendars that are fetched while the program runs: their holidays come on top.</summary>
    public IReadOnlyList<string> Calendars { get; init; } = [];

    /// <summary>Members, leads and managers, each once.</summary>
    public IEnumerable<Member> People => Members.Concat(Leads).Concat(Managers).DistinctBy(member => member.Id, StringComparer.Ordinal);

    /// <summary>Who is on call at this moment. Without a rota: everyone. Nobody outside the rota.</summary>
    public IReadOnlyList<Member> OnCall(DateTimeOffset at) => OnCall(Instant.FromDateTimeOffset(at));

    /// <summary>Those who speak the language, if any of them does; else all. "und" is no language.</summary>
    public static IReadOnlyList<Member> Fit(IReadOnlyList<Member> members, string lang)
    {
        Member[] speakers = [.. members.Where(member => member.Languages.Contains(lang, StringComparer.OrdinalIgnoreCase))];
        return speakers.Length > 0 ? speakers : members;
    }

    private Member[] OnCall(Instant at)
    {
        var clock = LocalClock.Zone(Zone);
        var members = Rota.Count == 0 ? Members : Rota.SelectMany(shift => shift.OnCall(at, clock, Closed));
        return [.. Changes.Where(change => change.Covers(at, clock)).Aggregate(members, (onCall, change) => change.Of(onCall)).DistinctBy(member => member.Id, StringComparer.Ordinal)];
    }
}
