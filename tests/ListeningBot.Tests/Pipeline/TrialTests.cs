using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Watches on trial: `shadow: true`.</summary>
public sealed class TrialTests : IAsyncDisposable
{
    private static readonly Watch Real = Some.Watch("real");
    private static readonly Watch OnTrial = Some.Watch("tried", "laptop") with { Shadow = true, AlertAt = 0.2 };
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private int _presses;

    [Fact]
    public async Task What_only_a_watch_on_trial_hears_is_shown_in_the_room_of_its_own_and_pings_nobody()
    {
        var @case = (await HearAsync("1", [OnTrial]))!;
        _clock.Advance(TimeSpan.FromDays(3));
        await SweepAsync();

        Assert.True(@case.Shadow);
        Assert.Equal(["shadow"], await RoomsAsync(1));
        Assert.Equal((0, 0), await _temp.ReadAsync(view => (view.PingsToDo("shadow", _clock.GetUtcNow(), 9).Count, view.CasesDue(_clock.GetUtcNow(), 9).Count)));
        Assert.Empty(await _temp.ReadAsync(view => view.CasesSeen("care", DateTimeOffset.MinValue.AddYears(1000), _clock.GetUtcNow())));
        Assert.Empty(await _temp.ReadAsync(view => view.LiveCases("care", 9)));
    }

    [Fact]
    public async Task Heard_by_a_real_watch_too_the_real_one_decides_and_More_names_the_one_on_trial()
    {
        var @case = (await HearAsync("1", [OnTrial, Real]))!;
        Assert.False(@case.Shadow);
        Assert.Equal(["care"], await RoomsAsync(1));
        Assert.Contains("Heard by watch: real\nHeard on trial as well: tried (laptop)", (await PressAsync(PressAction.More, 1)).Say, StringComparison.Ordinal);

        Assert.Null(await HearAsync("2", [OnTrial, Real], complaint: 0.3));
        Assert.Equal(["care"], await _temp.ReadAsync(view => view.TeamsWithUnlistedTray()));
    }

    [Fact]
    public async Task Its_maybe_list_is_that_of_the_room_on_trial()
    {
        await HearAsync("1", [OnTrial], complaint: 0.1);

        Assert.Equal(["shadow"], await _temp.ReadAsync(view => view.TeamsWithUnlistedTray()));
    }

    [Fact]
    public async Task A_case_on_trial_takes_nothing_away_from_a_real_one()
    {
        const string Words = "my laptop from acme arrived with a broken screen and nobody answers my mails";
        await HearAsync("1", [OnTrial], text: Words);
        var same = (await HearAsync("2", [Real], text: Words))!;
        var answer = (await HearAsync("3", [Real], inReplyTo: "1"))!;

        Assert.Equal((2, 3), (same.Id, answer.Id));
        Assert.False(same.Shadow || answer.Shadow);
        var more = await HearAsync("4", [], inReplyTo: "1");
        Assert.Equal(1, more!.Id);
    }

    [Fact]
    public async Task A_real_repost_of_what_is_on_trial_only_is_a_real_case()
    {
        await HearAsync("1", [OnTrial]);
        var repost = (await HearAsync("2", [Real], repostOf: "1"))!;
        var tried = (await HearAsync("3", [OnTrial], repostOf: "1"))!;

        Assert.Equal((2, false), (repost.Id, repost.Shadow));
        Assert.Equal(["care"], await RoomsAsync(2));
        Assert.NotNull(tried);
    }

    [Fact]
    public async Task What_is_on_trial_joins_a_real_case_in_its_thread_without_showing_it_elsewhere()
    {
        await HearAsync("1", [Real]);
        var joined = (await HearAsync("2", [OnTrial], inReplyTo: "1", author: "1"))!;

        Assert.Equal((1, 2), (joined.Id, joined.Voices));
        Assert.Equal(["care"], joined.Teams);
        Assert.Equal(["care"], await RoomsAsync(1));
    }

    [Fact]
    public async Task A_case_on_trial_whose_post_is_edited_so_that_a_real_watch_alerts_on_it_goes_on_as_a_case_of_its_team()
    {
        await HearAsync("1", [OnTrial]);
        await HearAsync("2", [OnTrial], inReplyTo: "1", author: "1");

        var @case = (await EditAsync("1", [OnTrial, Real], text: "my acme laptop died"))!;

        Assert.Equal((2, false, "care", 2), (@case.Id, @case.Shadow, Assert.Single(@case.Teams), @case.Voices));
        Assert.Equal(2, (await _temp.ReadAsync(view => view.CaseOf(1)))!.MergedInto);
        Assert.Equal(["care"], await RoomsAsync(2));
        Assert.NotNull(@case.Due);
    }

    /// <summary>Their first words were on trial only, and go on with the case: who answers those speaks of it too.</summary>
    [Fact]
    public async Task What_the_customer_of_a_case_on_trial_writes_in_its_thread_and_a_real_watch_hears_is_a_case_of_its_team()
    {
        await HearAsync("1", [OnTrial], author: "fay");

        var @case = (await HearAsync("2", [OnTrial, Real], text: "acme: the laptop burned my house down, answer me", inReplyTo: "1", author: "fay"))!;

        Assert.Equal((2, false, "care", 2), (@case.Id, @case.Shadow, Assert.Single(@case.Teams), @case.Voices));
        Assert.Equal(["care"], await RoomsAsync(2));
        Assert.NotNull(@case.Due);
        Assert.Equal(2, (await _temp.ReadAsync(view => view.CaseOf(1)))!.MergedInto);
        Assert.Equal(2, (await HearAsync("3", [], text: "nobody answers", inReplyTo: "1", author: "fay"))!.Id);
    }

    [Fact]
    public async Task What_the_customer_of_a_case_on_trial_says_below_the_line_of_a_real_watch_waits_in_the_maybe_list_of_its_team()
    {
        await HearAsync("1", [OnTrial], author: "fay");

        Assert.Null(await HearAsync("2", [OnTrial, Real], complaint: 0.1, text: "acme?", inReplyTo: "1", author: "fay"));

        Assert.Equal([2L], await _temp.ReadAsync(view => view.UnlistedTray("care", 9)));
    }

    [Theory]
    [InlineData("my laptop died!", true)]
    [InlineData("acme took all my money and nobody of them answers", false)]
    public async Task One_that_was_called_no_complaint_leaves_the_trial_only_by_another_complaint(string edited, bool stays)
    {
        await HearAsync("1", [OnTrial]);
        await PressAsync(PressAction.NotAComplaint, 1);

        Assert.Equal((stays ? 1 : 2, stays), await EditAsync("1", [OnTrial, Real], text: edited) is { } @case ? (@case.Id, @case.Shadow) : default);
    }

    /// <summary>A promoted watch hears each old post as a real one.</summary>
    [Fact]
    public async Task What_was_solved_on_trial_stays_so_when_its_author_sets_a_comma_right_and_what_waits_there_waits_since_it_was_posted()
    {
        await HearAsync("1", [OnTrial]);
        await HearAsync("2", [OnTrial], text: "another laptop trouble");
        await PressAsync(PressAction.Claim, 1);
        await _temp.WriteAsync(tx => Writer(tx).Happen(tx.CaseOf(1)!, new Resolved(tx.CaseOf(1)!.Owner!, Outcome.Solved)));
        _clock.Advance(TimeSpan.FromDays(9));

        var promoted = OnTrial with { Shadow = false };
        var solved = (await EditAsync("1", [promoted], text: "my laptop, died"))!;
        var open = (await EditAsync("2", [promoted], text: "another laptop trouble!"))!;

        Assert.Equal((1, true), (solved.Id, solved.HasEnded));
        Assert.Equal((3, false, Some.Post().Posted!.Value), (open.Id, open.Shadow, open.Posted));
    }

    [Fact]
    public async Task A_maybe_on_trial_that_a_real_watch_hears_once_it_is_edited_lies_in_the_maybe_list_of_its_team()
    {
        await HearAsync("1", [OnTrial], complaint: 0.1);

        await EditAsync("1", [OnTrial, Real], complaint: 0.1, text: "my acme laptop");

        Assert.Equal([1L], await _temp.ReadAsync(view => view.UnlistedTray("care", 9)));
        var mention = (await _temp.ReadAsync(view => view.MentionOf(1)))!;
        Assert.Equal(("care", "real", "tried"), (Assert.Single(mention.Teams), Assert.Single(mention.Watches), Assert.Single(mention.OnTrial)));
    }

    [Fact]
    public async Task A_case_whose_post_is_edited_so_that_the_watch_of_another_team_alerts_on_it_is_shown_to_that_team_too()
    {
        await HearAsync("1", [Real]);
        var ops = Some.Watch("broken", "broken") with { Team = "ops" };

        var @case = (await EditAsync("1", [Real, ops], text: "my laptop died, all is broken"))!;

        Assert.Equal((1, 1, "care ops"), (@case.Id, @case.Voices, string.Join(' ', @case.Teams)));
        Assert.Equal(["care", "ops"], await RoomsAsync(1));
        Assert.Equal(["real", "broken"], (await _temp.ReadAsync(view => view.MentionOf(1)))!.Watches);
    }

    [Fact]
    public async Task Its_verdicts_count_and_what_is_said_about_it_pings_nobody()
    {
        await HearAsync("1", [OnTrial]);
        await PressAsync(PressAction.NotAComplaint, 1);

        Assert.Equal(Outcome.NotAComplaint, (await _temp.ReadAsync(view => view.CaseOf(1)))!.Outcome);
        await HearAsync("2", [OnTrial], text: "another laptop trouble");
        await PressAsync(PressAction.Claim, 2);
        await HearAsync("3", [OnTrial], inReplyTo: "2", author: "2");
        Assert.Empty(await _temp.ReadAsync(view => view.PingsToDo("shadow", _clock.GetUtcNow(), 9)));
        Assert.Equal(0, await _temp.ReadAsync(view => view.Totals().PingsWaiting));
    }

    [Theory]
    [InlineData(PressAction.Promise, null, "when", "Promised for tomorrow 10:00 UTC.")]
    [InlineData(PressAction.Escalate, null, "why", "Your words stand with the case.")]
    [InlineData(PressAction.Answered, null, null, "Answered.")]
    [InlineData(PressAction.Waiting, null, null, "It is the customer's turn.")]
    [InlineData(PressAction.Release, null, null, "It is free again.")]
    [InlineData(PressAction.HandOver, "me", "summary", "Ana has it now.")]
    public async Task Who_works_on_a_case_on_trial_is_told_that_nobody_is_called_or_reminded(PressAction action, string? value, string? field, string done)
    {
        await HearAsync("1", [OnTrial]);
        await HearAsync("2", [Real], text: "acme took my money");
        foreach (var id in new[] { 1L, 2 }.Where(_ => action != PressAction.HandOver))
        {
            await PressAsync(PressAction.Claim, id);
        }
        var fields = new Dictionary<string, string> { [field ?? ""] = "tomorrow 10:00" };

        Assert.Equal(done + " It is on trial: nobody is called or reminded. To make it a case of its team, enter the post's link with /case new.", (await PressAsync(action, 1, value, fields)).Say);
        Assert.DoesNotContain("on trial", (await PressAsync(action, 2, value, fields)).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_case_is_not_merged_into_one_on_trial_but_the_other_way_round_it_is()
    {
        await HearAsync("1", [OnTrial]);
        await HearAsync("2", [Real], text: "acme took my money");
        var by = new Responder("member:ana", "Ana");

        var refused = await _temp.WriteAsync(tx => Writer(tx).Merge(tx.CaseOf(2)!, tx.CaseOf(1)!, by));
        Assert.Contains("on trial only", refused, StringComparison.Ordinal);
        Assert.Null(await _temp.WriteAsync(tx => Writer(tx).Merge(tx.CaseOf(1)!, tx.CaseOf(2)!, by)));
        Assert.Equal(["care"], (await _temp.ReadAsync(view => view.CaseOf(2)))!.Teams);
    }

    private CaseWriter Writer(IStoreTx tx) => new(tx, _clock.GetUtcNow(), Policy.Default);

    private Task<Case?> EditAsync(string id, IReadOnlyList<Watch> watches, string text, double complaint = 0.9) => HearAsync(id, watches, complaint, text, kind: ChangeKind.Edited);

    private Task<Case?> HearAsync(
        string id, IReadOnlyList<Watch> watches, double complaint = 0.9, string text = "my laptop died", string? inReplyTo = null, string? author = null, string? repostOf = null, ChangeKind kind = ChangeKind.Added)
    {
        var post = Some.Post(text, id) with { Author = new Author { Id = author ?? id }, InReplyTo = inReplyTo is null ? null : new PostKey("replay:posts", inReplyTo), RepostOf = repostOf is null ? null : new PostKey("replay:posts", repostOf) };
        var heard = new Heard(kind, post, watches, Some.Assessment(complaint, Priority.High), ByUs: false) { Found = [new FoundBy("tried", ["laptop"])] };
        var harvest = new Harvest("posts", new Cursor(id), false, null, [heard], [], [], 1);
        return _temp.WriteAsync(tx =>
        {
            Recorder.Record(tx, harvest, Policy.Default, _clock.GetUtcNow());
            return tx.MentionOf(post.Key)?.CaseId is { } @case ? tx.CaseOf(@case) : null;
        });
    }

    private Task<string[]> RoomsAsync(long id) => _temp.ReadAsync(view => new[] { "care", "shadow", "private", "ops" }.Where(room => view.StandingOf(new CardKey($"case:{id}", room)) is not null).ToArray());

    private Task SweepAsync() => new DueWork(_temp.Store, new PolicyBook(), _clock, _ => { }).SweepAsync(CancellationToken.None);

    private Task<PressAnswer> PressAsync(PressAction action, long id, string? value = null, IReadOnlyDictionary<string, string>? fields = null) =>
        new PressDesk(_temp.Store, new PolicyBook(), _clock, _ => { }).PressAsync(new Press($"p{++_presses}", new Responder("discord:ana", "Ana"), new PressTarget(action, id, value)) { Fields = fields ?? new Dictionary<string, string>() });

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
