using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class SilencesTests : IAsyncDisposable
{
    private static readonly Responder Ana = new("member:ana", "Ana");
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private int _posts;
    private Policy _policy = Policy.Default;

    [Theory]
    [InlineData(SilenceOf.Watch, "acme", true)]
    [InlineData(SilenceOf.Watch, "other", false)]
    [InlineData(SilenceOf.Word, "laptop", true)]
    [InlineData(SilenceOf.Word, "DIED AGAIN", true)]
    [InlineData(SilenceOf.Word, "lap", false)]
    [InlineData(SilenceOf.Author, "@mia", true)]
    [InlineData(SilenceOf.Author, "mia", true)]
    [InlineData(SilenceOf.Author, "mi", false)]
    [InlineData(SilenceOf.Aspect, "quality", true)]
    [InlineData(SilenceOf.Aspect, "billing", false)]
    [InlineData(SilenceOf.Team, "care", true)]
    [InlineData(SilenceOf.Team, "sales", false)]
    public async Task What_a_silence_covers_opens_no_case_and_lies_in_the_tray_with_the_silence_named(SilenceOf what, string value, bool covered)
    {
        await SilenceAsync(what, value);

        var recorded = await HearAsync([Some.Watch()]);

        Assert.Equal(covered ? (0, 1) : (1, 0), (recorded.Cases, recorded.Tray));
        var named = await _temp.ReadAsync(view => view.SilenceHolding(1));
        Assert.Equal(covered ? $"silence 1 ({what.ToString().ToLowerInvariant()} {value}, by Ana): planned works" : null, named?.InWords);
        Assert.Equal(covered ? 1 : 0, await _temp.ReadAsync(view => view.HeldBackBy(1)));
    }

    [Fact]
    public async Task A_critical_complaint_is_never_silenced_unless_the_silence_says_so()
    {
        await SilenceAsync(SilenceOf.Watch, "acme");
        Assert.Equal(1, (await HearAsync([Some.Watch()], Priority.Critical)).Cases);

        await _temp.WriteAsync(tx => { tx.AddSilence(new Silence(SilenceOf.Word, "acme", "drill", Ana, _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1)) { AlsoCritical = true }); });
        Assert.Equal(0, (await HearAsync([Some.Watch()], Priority.Critical)).Cases);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_critical_only_because_its_author_complained_before_is_never_silenced(bool edited)
    {
        foreach (var id in new long[] { 1, 2 })
        {
            await HearAsync([Some.Watch()], author: "a0");
            await _temp.WriteAsync(tx =>
            {
                var cases = new CaseWriter(tx, _clock.GetUtcNow(), Policy.Default);
                cases.Happen(tx.CaseOf(id)!, new Claimed(Ana));
                cases.Happen(tx.CaseOf(id)!, new Resolved(Ana, Outcome.Solved, "fixed"));
                cases.Happen(tx.CaseOf(id)!, new TimeCame(Step.CloseInSilence));
            });
            _clock.Advance(TimeSpan.FromDays(2));
        }
        await SilenceAsync(SilenceOf.Watch, "acme");
        var post = Post(edited ? "acme, hm" : "acme took my money", "third") with { Author = new Author { Id = "a0" }, Posted = _clock.GetUtcNow() };
        var said = Some.Assessment(0.9, Priority.High) with { Urgency = 0.72 };
        if (edited)
        {
            await RecordAsync(new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(0.2), ByUs: false));
            post = post with { Text = "acme took my money" };
        }

        var recorded = await RecordAsync(new Heard(edited ? ChangeKind.Edited : ChangeKind.Added, post, [Some.Watch()], said, ByUs: false));

        Assert.Equal(1, recorded.Cases);
        Assert.Equal(Priority.Critical, (await _temp.ReadAsync(view => view.CaseOf(3)))!.Priority);
        Assert.Equal(0, await _temp.ReadAsync(view => view.HeldBackBy(1)));
    }

    [Fact]
    public async Task Who_else_listens_is_alerted_all_the_same()
    {
        await SilenceAsync(SilenceOf.Team, "care");

        await HearAsync([Some.Watch(), Some.Watch("sales-acme") with { Team = "sales" }]);

        Assert.Equal(["sales"], (await _temp.ReadAsync(view => view.CaseOf(1)))!.Teams);
    }

    /// <summary>The team of the watch is told nothing that a route sends elsewhere.</summary>
    [Theory]
    [InlineData("billing", "billing", "")]
    [InlineData("care", "billing", "billing")]
    [InlineData("care", "billing care", "billing")]
    [InlineData("billing", "billing care", "care")]
    public async Task Where_a_route_decides_the_silence_of_a_team_covers_what_would_come_to_it(string silenced, string routed, string told)
    {
        _policy = Policy.Default with { Responders = new Responders { Routes = [new RouteRule { Aspects = ["quality"], Teams = routed.Split(' ') }] } };
        await SilenceAsync(SilenceOf.Team, silenced);

        var recorded = await HearAsync([Some.Watch()]);
        var again = await HearAsync([Some.Watch()], author: "a0");

        Assert.Equal(told.Length == 0 ? (0, 1) : (1, 0), (recorded.Cases, recorded.Tray));
        Assert.Equal(0, again.Cases);
        Assert.Equal(told, string.Join(' ', (await _temp.ReadAsync(view => view.CaseOf(1)))?.Teams ?? []));
        Assert.Equal(told.Length == 0 ? 2 : 0, await _temp.ReadAsync(view => view.HeldBackBy(1)));
    }

    [Fact]
    public async Task What_is_on_trial_for_a_silenced_team_opens_no_case_either()
    {
        await SilenceAsync(SilenceOf.Team, "care");

        Assert.Equal(0, (await HearAsync([Some.Watch() with { Shadow = true }])).Cases);
    }

    [Fact]
    public async Task What_belongs_to_an_open_case_goes_to_its_owner()
    {
        await HearAsync([Some.Watch()]);
        await SilenceAsync(SilenceOf.Watch, "acme");

        var recorded = await HearAsync([Some.Watch()], author: "a0");

        Assert.Equal((0, 0), (recorded.Cases, recorded.Tray));
        Assert.Equal(2, (await _temp.ReadAsync(view => view.MentionsOfCase(1))).Count);
    }

    [Fact]
    public async Task A_post_that_lay_in_the_tray_and_is_edited_to_a_complaint_is_silenced_too()
    {
        await SilenceAsync(SilenceOf.Watch, "acme");
        var post = Post("acme, hm", "x");
        await RecordAsync(new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(0.2), ByUs: false));

        var recorded = await RecordAsync(new Heard(ChangeKind.Edited, post with { Text = "acme took my money" }, [Some.Watch()], Some.Assessment(0.9), ByUs: false));

        Assert.Equal(0, recorded.Cases);
        Assert.Equal(1, await _temp.ReadAsync(view => view.HeldBackBy(1)));
    }

    [Fact]
    public async Task When_it_has_ended_complaints_alert_again_and_the_maybe_list_says_how_many_it_held_back()
    {
        var due = new DueWork(_temp.Store, new PolicyBook(), _clock, _ => { });
        await due.ListMaybesAsync(CancellationToken.None);
        await SilenceAsync(SilenceOf.Watch, "acme");
        for (var i = 0; i < 3; i++)
        {
            await HearAsync([Some.Watch()]);
        }
        await due.ListMaybesAsync(CancellationToken.None);
        Assert.Null((await _temp.ReadAsync(view => view.TrayPageOf(1)))!.Note);

        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, (await HearAsync([Some.Watch()])).Cases);
        await due.ListMaybesAsync(CancellationToken.None);

        Assert.Equal("Ended: silence 1 (watch acme, by Ana): planned works. It held back 3.", (await _temp.ReadAsync(view => view.TrayPageOf(2)))!.Note);
        await due.ListMaybesAsync(CancellationToken.None);
        Assert.Null(await _temp.ReadAsync(view => view.TrayPageOf(3)));
    }

    [Fact]
    public async Task What_was_held_back_becomes_a_case_when_a_human_says_so()
    {
        await SilenceAsync(SilenceOf.Watch, "acme");
        await HearAsync([Some.Watch()]);
        var desk = new PressDesk(_temp.Store, new PolicyBook(), _clock, _ => { });

        await desk.PressAsync(new Press("p", Ana, new PressTarget(PressAction.TrayComplaint, 1)));

        Assert.Equal(CaseState.Unclaimed, (await _temp.ReadAsync(view => view.CaseOf(1)))!.State);
    }

    private Task SilenceAsync(SilenceOf what, string value) =>
        _temp.WriteAsync(tx => { tx.AddSilence(new Silence(what, value, "planned works", Ana, _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1))); });

    private Task<Recorded> HearAsync(IReadOnlyList<Watch> watches, Priority priority = Priority.Normal, string? author = null)
    {
        var id = $"p{_posts++}";
        var post = Post("My Acme laptop died again", id);
        post = author is null && _posts == 1 ? post with { Author = new Author { Id = "a0", Name = "Mia", Handle = "mia" } }
            : post with { Author = new Author { Id = author ?? id, Handle = author is null ? "mia" : null } };
        return RecordAsync(new Heard(ChangeKind.Added, post, watches, Some.Assessment(0.9, priority), ByUs: false));
    }

    private static Post Post(string text, string id) => Some.Post(text, id);

    private Task<Recorded> RecordAsync(Heard heard)
    {
        var harvest = new Harvest("posts", new Cursor(heard.Post.Key.Id), false, null, [heard], [], [], 1);
        return _temp.WriteAsync(tx => Recorder.Record(tx, harvest, _policy, _clock.GetUtcNow()));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
