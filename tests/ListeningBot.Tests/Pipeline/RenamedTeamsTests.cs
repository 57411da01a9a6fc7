using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;
using ListeningBot.Tests.Teams;

namespace ListeningBot.Tests.Pipeline;

/// <summary>A team has another name in the configuration, or is not there any more, while cases of it are open.</summary>
public sealed class RenamedTeamsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Team Help = new() { Name = "help", Members = [SomeTeam.Carl] };
    private static readonly Watch OfHelp = Some.Watch() with { Team = "help" };
    private static readonly Post Mild = Some.Post("my acme charger gets a bit warm");
    private static readonly Post Grave = Mild with { Text = "it caught fire and my hand is burned" };
    private readonly TempStore _temp = new();
    private Policy _policy = Policy.Default with { Responders = new Responders { Teams = [SomeTeam.Care()] } };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_edit_that_makes_a_case_critical_calls_the_team_of_todays_watch(bool resolved)
    {
        await RecordAsync(Mild, Priority.Normal, Some.Watch());
        if (resolved)
        {
            await HappenAsync(new Claimed(new Responder("member:carl", "Carl")));
            await HappenAsync(new Resolved(new Responder("member:carl", "Carl"), Outcome.Solved));
        }
        Rename();

        await RecordAsync(Grave, Priority.Critical, OfHelp, ChangeKind.Edited);

        Assert.Equal(["care", "help"], (await CaseAsync()).Teams);
        Assert.Equal(Priority.Critical, (await CaseAsync()).Priority);
        Assert.Contains("discord:3", await CalledInAsync("help"));
        Assert.Empty(await CalledInAsync("care"));
    }

    [Fact]
    public async Task An_edit_that_alerts_nobody_adds_no_team()
    {
        await RecordAsync(Mild, Priority.Normal, Some.Watch());
        Rename();

        await RecordAsync(Mild with { Text = "my acme charger is all right now" }, Priority.Low, OfHelp, ChangeKind.Edited, complaint: 0.1);

        Assert.Equal(["care"], (await CaseAsync()).Teams);
    }

    [Fact]
    public async Task An_edit_that_only_a_watch_on_trial_hears_shows_a_case_to_nobody_else()
    {
        await RecordAsync(Mild, Priority.Normal, Some.Watch());

        await RecordAsync(Grave, Priority.Critical, OfHelp with { Shadow = true }, ChangeKind.Edited);

        Assert.Equal(["care"], (await CaseAsync()).Teams);
    }

    [Fact]
    public async Task A_case_that_another_team_has_too_is_not_lost_and_its_steps_call_that_one()
    {
        await RecordAsync(Mild, Priority.Normal, Some.Watch(), also: OfHelp);
        Rename();

        await HappenAsync(new TimeCame(Step.Ping));

        Assert.Equal(["discord:3"], await CalledInAsync("help"));
        Assert.Empty(await CalledInAsync("care"));
        Assert.False(LostTeam.Of(await CaseAsync(), team => team == "care"));
        Assert.True(LostTeam.Of(await CaseAsync(), _ => true));
    }

    [Fact]
    public async Task A_team_that_only_a_watch_names_is_there_and_answers_before_the_next()
    {
        await RecordAsync(Mild, Priority.Normal, Some.Watch(), also: OfHelp);
        Rename();
        _policy = _policy with { Listening = new HashSet<string> { "care", "help" } };

        await HappenAsync(new TimeCame(Step.Ping));

        Assert.Equal(["nobody"], await CalledInAsync("care"));
        Assert.Empty(await CalledInAsync("help"));
    }

    private void Rename() => _policy = _policy with { Responders = new Responders { Teams = [Help] } };

    private async Task<IReadOnlyList<string>> CalledInAsync(string room)
    {
        await _temp.WriteAsync(tx => tx.CardShown(new("case:1", room), 1, new("m-" + room), Now));
        return [.. (await _temp.ReadAsync(view => view.PingsToDo(room, Now.AddHours(1), 10))).SelectMany(ping => ping.To.DefaultIfEmpty("nobody"))];
    }

    private Task RecordAsync(Post post, Priority priority, Watch watch, ChangeKind kind = ChangeKind.Added, double complaint = 0.9, Watch? also = null)
    {
        IReadOnlyList<Watch> watches = also is null ? [watch] : [watch, also with { Name = "also" }];
        var heard = new Heard(kind, post, watches, Some.Assessment(complaint, priority), ByUs: false);
        return _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", null, false, null, [heard], [], [], 1), _policy, Now));
    }

    private Task HappenAsync(CaseEvent happened) => _temp.WriteAsync(tx => new CaseWriter(tx, Now, _policy).Happen(tx.CaseOf(1)!, happened));

    private async Task<Case> CaseAsync() => (await _temp.ReadAsync(view => view.CaseOf(1)))!;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
