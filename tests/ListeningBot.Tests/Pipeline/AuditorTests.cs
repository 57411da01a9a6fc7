using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using ListeningBot.Tests.Teams;
using Microsoft.Data.Sqlite;
using Moq;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Rows are broken on purpose, behind the program's back.</summary>
public sealed class AuditorTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly PolicyBook _policies = new();
    private readonly RoomDirectory _rooms = new(new Room("console", "console", ""), Mock.Of<INotifier>());
    private readonly WatchBook _watches = new();
    private readonly HashSet<string> _rung = [];
    private readonly DueWork _due;
    private Auditor _auditor;

    public AuditorTests()
    {
        _due = new DueWork(_temp.Store, _policies, _clock, _ => { });
        _auditor = NewAuditor();
        Rooms("care", "ops", "shadow", "private");
        Watch(Some.Watch());
    }

    [Fact]
    public async Task Cases_that_are_well_are_no_alarm()
    {
        await OpenAsync(3);
        await PressAsync(PressAction.Claim, 2);

        Assert.Equal(0, await AuditAsync());
        Assert.Empty(await NoticesAsync());
    }

    [Theory]
    [InlineData("UPDATE cases SET due = NULL, body = json_remove(body, '$.due', '$.dueStep') WHERE id = 2", "another step")]
    [InlineData("UPDATE cases SET due = due + 86400000, body = json_set(body, '$.due', due + 86400000) WHERE id = 2", "another step")]
    [InlineData("UPDATE cases SET body = json_set(body, '$.dueStep', 'Floor') WHERE id = 2", "another step")]
    [InlineData("DELETE FROM cards WHERE subject = 'case:2'", "no card was wanted")]
    public async Task A_broken_row_is_told_once_with_its_number_and_mended(string broken, string told)
    {
        await OpenAsync(3);
        await AuditAsync();
        var before = await _temp.ReadAsync(view => view.CaseOf(2)!);
        Break(broken);

        Assert.Equal(1, await AuditAsync());

        var notice = Assert.Single(await NoticesAsync());
        Assert.Contains("Case 2 is open", notice, StringComparison.Ordinal);
        Assert.Contains(told, notice, StringComparison.Ordinal);
        Assert.Contains("ops", _rung);
        var after = await _temp.ReadAsync(view => view.CaseOf(2)!);
        Assert.Equal((before.Due, before.DueStep), (after.Due, after.DueStep));
        Assert.NotNull(await _temp.ReadAsync(view => view.StandingOf(new CardKey("case:2", "care"))));
        Assert.Equal(0, await AuditAsync());
        Assert.Empty(await _temp.ReadAsync(view => view.Alarms()));

        Break(broken);
        Assert.Equal(1, await AuditAsync());
    }

    [Fact]
    public async Task A_card_that_its_room_refused_is_told_once_across_a_restart_and_again_only_when_it_was_well_between()
    {
        await OpenAsync(1);
        Break("UPDATE cards SET gave_up = wanted");

        Assert.Equal(1, await AuditAsync());
        await _temp.ReopenAsync();
        _auditor = NewAuditor();
        Assert.Equal(0, await AuditAsync());
        Assert.Contains("does not take its card", Assert.Single(await NoticesAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_team_without_a_room_is_told_with_the_cure()
    {
        await OpenAsync(30);
        Rooms("billing", "ops");

        Assert.Equal(30, await AuditAsync());

        var notice = Assert.Single(await NoticesAsync());
        Assert.Contains("30 cases (1, 2, 3,", notice, StringComparison.Ordinal);
        Assert.Contains("and 10 more", notice, StringComparison.Ordinal);
        Assert.Contains("Give the room an entry", notice, StringComparison.Ordinal);
    }

    private const string OfCare =
        "2 cases (1, 2) are open and of the team \"care\", which neither a watch nor responders.yaml names now: nobody is called for them. Their cards are in the team's own room where appsettings.json still has that, "
        + "else where teams without a room are. Claim and end them, or name the team again until then.";

    /// <summary>Renamed, as a rule: its cards go on, and nobody of the new name is called for them.</summary>
    [Fact]
    public async Task Open_cases_of_a_team_that_was_taken_out_are_told_once_and_stay_known_until_it_is_back()
    {
        await OpenAsync(2);
        Watch(Some.Watch() with { Team = "help" });
        _policies.Swap(Policy.Default with { Responders = new Responders { Teams = [new Team { Name = "help" }] } });

        Assert.Equal(2, await _auditor.AuditTeamsAsync(CancellationToken.None));
        Assert.Equal(0, await AuditAsync());

        Assert.Equal([OfCare], await NoticesAsync());
        Assert.Contains("ops", _rung);
        Assert.Equal([OfCare], (await _temp.ReadAsync(Auditor.LostTeams)).Select(team => team.InWords()));

        _policies.Swap(Policy.Default with { Responders = new Responders { Teams = [new Team { Name = "care" }] } });
        Assert.Equal(0, await _auditor.AuditTeamsAsync(CancellationToken.None));
        Assert.Empty(await _temp.ReadAsync(Auditor.LostTeams));
    }

    /// <summary>The look at teams ends only what it looks for.</summary>
    [Fact]
    public async Task A_team_that_is_back_ends_no_other_alarm()
    {
        await OpenAsync(1);
        Break("UPDATE cards SET gave_up = wanted");
        await AuditAsync();

        await _auditor.AuditTeamsAsync(CancellationToken.None);

        Assert.Equal("CardRefused", Assert.Single(await _temp.ReadAsync(view => view.Alarms())).Fault);
    }

    /// <summary>Where nobody is described a team is its room, and whoever is there.</summary>
    [Theory]
    [InlineData(0, "care", "ops")]
    [InlineData(1, "default", "ops")]
    public async Task Without_described_teams_one_is_lost_with_its_room(int told, params string[] rooms)
    {
        await OpenAsync(1);
        Watch();
        Rooms(rooms);

        Assert.Equal(told, await AuditAsync());
    }

    [Fact]
    public async Task A_step_that_is_never_taken_is_told()
    {
        await OpenAsync(1);
        await AuditAsync();
        _clock.Advance(TimeSpan.FromHours(2));
        Break($"UPDATE cases SET due = {_clock.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds()}");

        Assert.Equal(1, await AuditAsync());

        Assert.Contains("was not taken", Assert.Single(await NoticesAsync()), StringComparison.Ordinal);
        await _due.SweepAsync(CancellationToken.None);
        Assert.True((await _temp.ReadAsync(view => view.CaseOf(1)!)).Pinged);
        Assert.Equal(0, await AuditAsync());
    }

    /// <summary>The program was down when it came due, and is up again at night.</summary>
    [Fact]
    public async Task A_step_that_was_missed_waits_for_the_morning_and_is_no_alarm()
    {
        UseOffice(Targets.Default);
        _clock.Advance(TimeSpan.FromHours(7.5));
        await OpenAsync(1);

        foreach (var hours in new[] { 6.5, 8 })
        {
            _clock.Advance(TimeSpan.FromHours(hours));
            Assert.Equal(0, await AuditAsync());
            var asleep = await _temp.ReadAsync(view => view.CaseOf(1)!);
            Assert.Equal((false, ManualClock.Start.AddHours(23), Step.Ping), (asleep.Pinged, asleep.Due, asleep.DueStep));
            Assert.Equal(0, await _due.ReckonAsync(CancellationToken.None));
        }

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await AuditAsync());
        Assert.True((await _temp.ReadAsync(view => view.CaseOf(1)!)).Pinged);
        Assert.Empty(await NoticesAsync());
    }

    [Fact]
    public async Task The_floor_comes_at_night_also_where_an_earlier_step_waits_for_the_morning()
    {
        UseOffice(Targets.Default with { Floor = TimeSpan.FromHours(8) });
        _clock.Advance(TimeSpan.FromHours(7.5));
        await OpenAsync(1);
        _clock.Advance(TimeSpan.FromHours(6.5));
        await AuditAsync();

        _clock.Advance(TimeSpan.FromHours(1.6));
        await _due.SweepAsync(CancellationToken.None);

        var @case = await _temp.ReadAsync(view => view.CaseOf(1)!);
        Assert.Equal((Step.Floor, false), (Assert.Single(@case.Taken).Step, @case.Pinged));
        Assert.Equal((ManualClock.Start.AddHours(23), Step.Ping), (@case.Due, @case.DueStep));
    }

    [Fact]
    public async Task A_group_that_is_gone_gives_its_cases_cards_of_their_own()
    {
        _policies.Swap(Policy.Default with { Bursts = new Bursts(1, TimeSpan.FromMinutes(10)) });
        await OpenAsync(3);
        Break("DELETE FROM case_groups");
        Break("DELETE FROM cards WHERE subject LIKE 'group:%'");

        Assert.Equal(2, await AuditAsync());

        Assert.Equal([null, null, null], await _temp.ReadAsync(view => new[] { 1, 2, 3 }.Select(id => view.CaseOf(id)!.Group).ToArray()));
        Assert.Equal(0, await AuditAsync());
    }

    [Fact]
    public async Task A_case_on_trial_needs_no_step()
    {
        await OpenAsync(1, onTrial: true);
        Watch();

        Assert.Equal(0, await AuditAsync());
    }

    [Fact]
    public async Task Changed_targets_are_reckoned_anew_in_all_open_cases_and_are_no_alarm()
    {
        await OpenAsync(1200);
        Assert.Equal(0, await _due.ReckonAsync(CancellationToken.None));
        var team = new Team { Name = "care", Targets = Targets.Default with { Ping = new ByPriority(null, null, TimeSpan.FromMinutes(7), null) } };
        _policies.Swap(Policy.Default with { Responders = new Responders { Teams = [team] } });

        Assert.Equal(0, await AuditAsync());

        Assert.Empty(await NoticesAsync());
        Assert.Equal(1200, await _temp.ReadAsync(view => view.OpenCasesAfter(0, 5000).Count(@case => @case.Due == @case.FirstSeen.AddMinutes(7))));
        Assert.Equal(0, await _due.ReckonAsync(CancellationToken.None));
    }

    private void UseOffice(Targets targets)
    {
        var office = SomeTeam.Care("Etc/UTC") with { Hours = [SomeTeam.Hours(SomeTeam.EachDay, "08:00-18:00")], Targets = targets };
        _policies.Swap(Policy.Default with { Responders = new Responders { Teams = [office] } });
    }

    private Auditor NewAuditor() => new(_temp.Store, new DueWork(_temp.Store, _policies, _clock, _ => { }), _policies, _watches, _rooms, _clock, _rung.UnionWith);

    private Task<int> AuditAsync() => _auditor.AuditAsync(CancellationToken.None);

    private void Rooms(params string[] names) => _rooms.Swap(names.ToDictionary(name => name, name => (new Room(name, "chat", ""), Mock.Of<INotifier>())));

    private void Watch(params Watch[] watches) => _watches.Swap(WatchSet.Build(watches, Ours.Nobody));

    private void Break(string sql)
    {
        using var db = _temp.OpenDb();
        if (_temp.IsPostgres)
        {
            db.Execute("""
                CREATE OR REPLACE FUNCTION json_set(body text, path text, value anyelement) RETURNS text LANGUAGE sql AS 'SELECT (body::jsonb || jsonb_build_object(substr(path, 3), value))::text';
                CREATE OR REPLACE FUNCTION json_set(body text, path text, value text) RETURNS text LANGUAGE sql AS 'SELECT (body::jsonb || jsonb_build_object(substr(path, 3), value))::text';
                CREATE OR REPLACE FUNCTION json_remove(body text, VARIADIC paths text[]) RETURNS text LANGUAGE sql AS 'SELECT (body::jsonb - array(SELECT substr(path, 3) FROM unnest(paths) path))::text'
                """);
        }
        Assert.NotEqual(0, db.Ask(sql).Changed());
    }

    private Task<string[]> NoticesAsync() => _temp.ReadAsync(view => Enumerable.Range(1, 20).Select(id => view.NoticeOf(id)?.Text).OfType<string>().ToArray());

    private Task PressAsync(PressAction action, long id) =>
        new PressDesk(_temp.Store, _policies, _clock, _ => { }).PressAsync(new Press($"{action} {id}", new Responder("discord:ana", "Ana"), new PressTarget(action, id)));

    private async Task OpenAsync(int cases, bool onTrial = false)
    {
        var heard = Enumerable.Range(0, cases).Select(i => new Heard(
            ChangeKind.Added,
            Some.Post($"acme trouble {i}", $"{i}") with { Author = new Author { Id = $"a{i}" } },
            [Some.Watch() with { Shadow = onTrial }],
            Some.Assessment(0.9, Priority.Normal),
            ByUs: false));
        var policy = _policies.Current == Policy.Default ? Policy.Default with { Bursts = new Bursts(0, TimeSpan.FromMinutes(10)) } : _policies.Current;
        await _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor("1"), false, null, [.. heard], [], [], 1), policy, _clock.GetUtcNow()));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
