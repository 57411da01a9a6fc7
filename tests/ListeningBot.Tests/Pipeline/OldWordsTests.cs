using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Words that are heard, or called a complaint, only after we answered or solved what they are about.</summary>
public sealed class OldWordsTests : IAsyncDisposable
{
    private static readonly Responder Anna = new("member:anna", "Anna Berg");
    private readonly DeskRig _rig = new();
    private int _cursor;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    /// <summary>Where a thread is read again every hour or day. A complaint that nobody had answered may have been seen by nobody, or only what was before it; a source that tells only the day tells midnight.</summary>
    [Theory]
    [InlineData("answered", CaseState.Resolved, Happiness.Silent)]
    [InlineData("answered before", CaseState.Claimed, Happiness.AngryAgain)]
    [InlineData("said to be answered", CaseState.Claimed, Happiness.AngryAgain)]
    [InlineData("answered, critical", CaseState.Claimed, Happiness.AngryAgain)]
    [InlineData("not answered", CaseState.Claimed, Happiness.AngryAgain)]
    [InlineData("dated by the day", CaseState.Claimed, Happiness.AngryAgain)]
    public async Task Anger_from_before_our_answer_and_the_solution_opens_no_resolved_case_again(string what, CaseState state, Happiness happiness)
    {
        await HearAsync(Some.Post());
        await HappenAsync(new Claimed(Anna));
        _rig.Clock.Advance(TimeSpan.FromMinutes(10));
        if (what == "answered before")
        {
            await AnswerAsync(_rig.Clock.GetUtcNow().AddMinutes(-5));
        }
        var wrote = what == "dated by the day" ? new DateTimeOffset(_rig.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero) : _rig.Clock.GetUtcNow();
        _rig.Clock.Advance(TimeSpan.FromMinutes(30));
        if (what is "answered" or "answered, critical" or "dated by the day")
        {
            await AnswerAsync(_rig.Clock.GetUtcNow());
        }
        if (what == "said to be answered")
        {
            await HappenAsync(new OwnerAnswered(Anna));
        }
        _rig.Clock.Advance(TimeSpan.FromMinutes(5));
        await HappenAsync(new Resolved(Anna, Outcome.Solved));
        _rig.Clock.Advance(TimeSpan.FromHours(5));

        await HearAsync(Some.Post("it is still broken, nobody helps me", "2") with { InReplyTo = Some.Post().Key }, posted: wrote, said: what == "answered, critical" ? Some.Assessment(0.9, Priority.Critical) with { Urgency = 0.99 } : null);

        var @case = await _rig.CaseAsync();
        Assert.Equal((state, happiness, state == CaseState.Resolved ? Outcome.Solved : (Outcome?)null), (@case.State, @case.Happiness, @case.Outcome));
    }

    /// <summary>A team's alert line may lie above what counts as a complaint everywhere.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_maybe_that_complains_and_is_older_than_the_answer_or_the_solution_wakes_nothing(bool resolved)
    {
        await HearAsync(Some.Post("hm acme, not again", "0"), said: Some.Assessment(0.3) with { IsComplaint = true });
        _rig.Clock.Advance(TimeSpan.FromMinutes(30));
        await HearAsync(Some.Post());
        await HappenAsync(new Claimed(Anna));
        _rig.Clock.Advance(TimeSpan.FromMinutes(30));
        await HappenAsync(resolved ? new Resolved(Anna, Outcome.Solved) : new OwnerAnswered(Anna));
        var before = await _rig.CaseAsync();
        _rig.Clock.Advance(TimeSpan.FromHours(1));

        await _rig.PressAsync(PressAction.TrayComplaint, 1);

        var after = await _rig.CaseAsync();
        Assert.Equal((before.State, before.Happiness, before.Outcome), (after.State, after.Happiness, after.Outcome));
        Assert.Equal(2, (await _rig.Temp.ReadAsync(view => view.MentionsOfCase(1))).Count);
    }

    /// <summary>It changes how fast somebody must act.</summary>
    [Fact]
    public async Task A_maybe_that_makes_an_answered_case_critical_is_told_to_its_owner()
    {
        await HearAsync(Some.Post());
        await MaybeAsync(Some.Assessment(0.3, Priority.Critical) with { IsComplaint = true });
        _rig.Clock.Advance(TimeSpan.FromMinutes(30));
        await HappenAsync(new Claimed(Anna));
        await HappenAsync(new OwnerAnswered(Anna));

        await _rig.PressAsync(PressAction.TrayComplaint, 2, DeskRig.ByBen);

        await _rig.Temp.WriteAsync(tx => tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("m"), _rig.Clock.GetUtcNow()));
        Assert.Equal((CaseState.Answered, Priority.Critical), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).Priority));
        Assert.Equal(["This case is critical now."], (await _rig.Temp.ReadAsync(view => view.PingsToDo("care", _rig.Clock.GetUtcNow(), 10))).Select(ping => ping.Text));
    }

    /// <summary>Not only our first answer counts.</summary>
    [Fact]
    public async Task A_maybe_from_between_two_answers_wakes_nothing()
    {
        await HearAsync(Some.Post());
        await HappenAsync(new Claimed(Anna));
        await HappenAsync(new OwnerAnswered(Anna));
        _rig.Clock.Advance(TimeSpan.FromHours(1));
        await MaybeAsync(Some.Assessment(0.3));
        _rig.Clock.Advance(TimeSpan.FromHours(1));
        await HappenAsync(new OwnerAnswered(Anna));

        await _rig.PressAsync(PressAction.TrayComplaint, 2);

        Assert.Equal(CaseState.Answered, (await _rig.CaseAsync()).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_maybe_of_two_teams_shows_the_case_to_both_however_old_it_is(bool answered)
    {
        await HearAsync(Some.Post("hm acme, I want to buy another one", "0"), said: Some.Assessment(0.3), watches: [Some.Watch(), Some.Watch("sales", "buy") with { Team = "sales" }]);
        _rig.Clock.Advance(TimeSpan.FromMinutes(30));
        await HearAsync(Some.Post());
        await HappenAsync(new Claimed(Anna));
        if (answered)
        {
            await HappenAsync(new OwnerAnswered(Anna));
        }

        await _rig.PressAsync(PressAction.TrayComplaint, 1, DeskRig.ByBen);

        Assert.Equal(["care", "sales"], (await _rig.CaseAsync()).Teams);
        Assert.NotNull(await _rig.Temp.ReadAsync(view => view.StandingOf(new CardKey("case:1", "sales"))));
    }

    /// <summary>The second post, in the tray.</summary>
    private Task MaybeAsync(Assessment said) => _rig.Temp.WriteAsync(tx =>
    {
        var (post, now) = (Some.Post("hm acme, not again", "2"), _rig.Clock.GetUtcNow());
        var id = tx.AddMention(new Mention { Post = post, Posted = now, FirstSeen = now, Assessment = said, Watches = ["acme"], Teams = ["care"], Standing = Standing.Tray });
        tx.AddToTray(id, ["care"], said.Complaint, now);
    });

    private Task HappenAsync(CaseEvent happened) =>
        _rig.Temp.WriteAsync(tx => { new CaseWriter(tx, _rig.Clock.GetUtcNow(), _rig.Policies.Current).Happen(tx.CaseOf(1)!, happened); });

    private Task AnswerAsync(DateTimeOffset posted) =>
        HearAsync(Some.Post("Sorry Mia, we look into it", "ours") with { Author = new Author { Id = "care", Handle = "care" }, InReplyTo = Some.Post().Key }, posted, byUs: true);

    private Task HearAsync(Post post, DateTimeOffset? posted = null, Assessment? said = null, IReadOnlyList<Watch>? watches = null, bool byUs = false)
    {
        var heard = new Heard(ChangeKind.Added, post with { Posted = posted ?? _rig.Clock.GetUtcNow() }, watches ?? [Some.Watch()], said ?? Some.Assessment(), byUs);
        return _rig.Temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor($"{++_cursor}"), false, null, [heard], [], [], 1), _rig.Policies.Current, _rig.Clock.GetUtcNow()));
    }
}
