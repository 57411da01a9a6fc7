using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Teams;

/// <summary>What routing looks at.</summary>
public sealed record RouteQuery(
    IReadOnlyList<string> Watches, string Aspect, string Lang, Priority Priority, string Channel, string Kind, string? AuthorId, string? AuthorHandle);

/// <summary>To whom a case goes.</summary>
/// <param name="Teams">The first is the one that answers; the others see its card. Empty: the teams of its watches.</param>
/// <param name="Vip">On the list of people whose cases are raised by one step, up to high.</param>
/// <param name="Why">For `explain`: one short sentence a rule that decided.</param>
public sealed record Route(IReadOnlyList<string> Teams, bool Vip, IReadOnlyList<string> Why);

/// <summary>All teams and the rules by which cases come to them. Immutable: an edit of the configuration makes a new one.</summary>
public sealed record Responders
{
    public static readonly Responders None = new();

    public IReadOnlyList<Team> Teams { get; init; } = [];

    /// <summary>A team that is not described has no members, works at all hours and keeps the default targets.</summary>
    public Team TeamOf(string name) => Teams.FirstOrDefault(team => team.Name == name) ?? new Team { Name = name };

    public Member? MemberOf(string account) => Teams.SelectMany(team => team.Members).FirstOrDefault(member => member.Accounts.Contains(account));

    public Member? MemberNamed(string id) => Teams.SelectMany(team => team.Members).FirstOrDefault(member => member.Id == id);

    /// <summary>As long as nobody is described, whoever is in the room may act; then only members of a team and holders of a mapped role.</summary>
    public bool MayAct(string account, IReadOnlyList<string> roles) => Teams.Count == 0 || MemberOf(account) is not null || Teams.Any(team => team.Roles.Intersect(roles).Any());

    public Route RouteOf(RouteQuery query) => new([], Vip: false, []);
}
