using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Teams;

/// <summary>All teams and the rules by which cases come to them. Immutable: an edit of the configuration makes a new one.</summary>
public sealed record Responders
{
    public static readonly Responders None = new();

    public IReadOnlyList<Team> Teams { get; init; } = [];

    /// <summary>The first that fits decides.</summary>
    public IReadOnlyList<RouteRule> Routes { get; init; } = [];

    /// <summary>People whose cases are raised by one step, up to high.</summary>
    public Watching.Ours Vips { get; init; } = Watching.Ours.Nobody;

    /// <summary>A team that is not described has no members, works at all hours and keeps the default targets.</summary>
    public Team TeamOf(string name) => Teams.FirstOrDefault(team => team.Name == name) ?? new Team { Name = name };

    /// <summary>Who works at this moment before who begins later, else as they are: what several teams hear waits for no Monday while one of them is there.</summary>
    public IReadOnlyList<string> AtWorkFirst(IReadOnlyList<string> teams, DateTimeOffset at) =>
        teams.Count < 2 ? teams : [.. teams.OrderBy(team => TeamOf(team).Awake(at, Priority.Normal))];

    public Member? MemberOf(string account) => People.FirstOrDefault(member => member.Accounts.Contains(account));

    /// <summary>By whose clock a person's times are read and told: their own, else that of the first team that names them.</summary>
    public string ZoneOf(Member member) => member.Zone ?? Teams.First(team => team.People.Any(other => other.Id == member.Id)).Zone;

    /// <summary>Of everybody who is described, each once.</summary>
    public IEnumerable<string> Accounts => People.SelectMany(member => member.Accounts).Distinct(StringComparer.Ordinal);

    public Member? MemberNamed(string id) => People.FirstOrDefault(member => member.Id == id);

    public bool DescribeNobody => Teams.All(team => team.Roles.Count == 0 && !team.People.Any());

    /// <summary>As long as nobody is described, whoever is in the room may act; then only people of a team and holders of a mapped role.</summary>
    public bool MayAct(string account, IReadOnlyList<string> roles) =>
        DescribeNobody || MemberOf(account) is not null || Teams.Any(team => team.Roles.Intersect(roles).Any());

    public Route RouteOf(RouteQuery query)
    {
        var vip = Vips.Has(query.Kind, query.AuthorId, query.AuthorHandle);
        var asked = query with { Priority = new Route([], vip, []).Raised(query.Priority) };
        var rule = Routes.Index().FirstOrDefault(rule => rule.Item.Fits(asked));
        string[] why =
        [
            .. rule.Item is { } fits ? new[] { $"Rule {rule.Index + 1} ({fits}) sends it to {string.Join(", then ", fits.Teams)}." } : [],
            .. vip ? new[] { "Its author is one of the vips: one step more urgent, up to high." } : [],
        ];
        return new Route(rule.Item?.Teams ?? [], vip, why);
    }

    /// <summary>With the holidays of calendars that were fetched, by their addresses.</summary>
    public Responders With(IReadOnlyDictionary<string, IReadOnlyList<Holiday>> fetched) => this with
    {
        Teams = [.. Teams.Select(team => team.Calendars.Count == 0 ? team : With(team, fetched))],
    };

    private static Team With(Team team, IReadOnlyDictionary<string, IReadOnlyList<Holiday>> fetched) => team with
    {
        Closed = new Closings([.. team.Closed.Holidays, .. team.Calendars.SelectMany(address => fetched.GetValueOrDefault(address) ?? [])], team.Zone) { Observances = team.Closed.Observances },
    };

    private IEnumerable<Member> People => Teams.SelectMany(team => team.People);
}
