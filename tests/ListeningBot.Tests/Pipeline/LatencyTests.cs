using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class LatencyTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly Intake _intake = new(new ScorerBook(), new OpenThreads());

    [Fact]
    public async Task Each_step_has_its_figures_and_says_on_how_many_mentions_they_rest()
    {
        for (var i = 1; i <= 100; i++)
        {
            await HearAsync($"{i}", posted: _clock.GetUtcNow().AddSeconds(-i), seen: TimeSpan.FromSeconds(0.5));
        }
        await ShowAsync(1, after: TimeSpan.FromSeconds(2));

        var latency = Assert.Single(await LatencyAsync());

        Assert.Equal(("posts", 100), (latency.Channel, latency.Mentions));
        Assert.Equal(["posted to seen", "seen to fetched", "fetched to scored", "scored to recorded", "recorded to shown", "posted to shown"], latency.Hops.Select(hop => hop.Name));
        Assert.Equal([100, 100, 100, 100, 1, 1], latency.Hops.Select(hop => hop.Mentions));
        Assert.Equal((TimeSpan.FromSeconds(49.5), TimeSpan.FromSeconds(94.5), TimeSpan.FromSeconds(98.5)), (latency.Hops[0].P50, latency.Hops[0].P95, latency.Hops[0].P99));
        Assert.Equal(TimeSpan.FromSeconds(0.5), latency.Hops[1].P99);
        Assert.Equal(TimeSpan.FromSeconds(2), latency.Hops[4].P50);
        Assert.Equal(TimeSpan.FromSeconds(3), latency.Hops[5].P50);
    }

    [Fact]
    public async Task What_was_read_late_or_at_first_contact_or_has_no_date_spoils_no_figure()
    {
        await _temp.WriteAsync(tx => tx.AddGap("posts", new Gap(Now.AddHours(-3), Now.AddHours(-1), "no network") { Fate = GapFate.Backfilled }, Now));
        await HearAsync("late", posted: Now.AddHours(-2));
        await HearAsync("first", posted: Now.AddHours(-20), firstContact: true);
        await HearAsync("undated", posted: null);
        await HearAsync("left empty", posted: DateTimeOffset.UnixEpoch);
        await HearAsync("usual", posted: Now.AddSeconds(-7));

        var latency = Assert.Single(await LatencyAsync());

        Assert.Equal((3, 2, 1, 1), (latency.Mentions, latency.Undated, latency.AtFirstContact, latency.ReadAfterwards));
        Assert.Equal((1, TimeSpan.FromSeconds(7)), (latency.Hops[0].Mentions, latency.Hops[0].P99));
        Assert.Equal(3, latency.Hops[1].Mentions);
    }

    /// <summary>To a webhook no first contact brings what is old: whoever posts late does so as ever.</summary>
    [Theory]
    [InlineData(false, "posts showed it 3 h after it was posted")]
    [InlineData(true, "it was there before posts first looked there, at 09:00")]
    public async Task The_card_tells_of_a_first_contact_what_the_figures_leave_out_for_it(bool firstContact, string because)
    {
        await HearAsync("1", posted: Now.AddHours(-3), firstContact: firstContact);

        Assert.Equal(because, await _temp.ReadAsync(view => view.LateBecause(view.CaseOf(1)!, view.MentionOf(1)!)));
        Assert.Equal(firstContact ? 1 : 0, Assert.Single(await LatencyAsync()).AtFirstContact);
    }

    [Fact]
    public async Task No_clock_makes_a_time_shorter_than_none()
    {
        await HearAsync("ahead", posted: Now.AddMinutes(5));
        await ShowAsync(1, after: TimeSpan.FromMinutes(-10));

        Assert.All(Assert.Single(await LatencyAsync()).Hops, hop => Assert.Equal(TimeSpan.Zero, hop.P99));
    }

    [Fact]
    public async Task A_second_voice_in_a_case_was_not_shown_by_its_card()
    {
        await HearAsync("1", posted: Now.AddSeconds(-5));
        await HearAsync("2", posted: Now.AddSeconds(-4), author: "1");
        await ShowAsync(1, after: TimeSpan.FromSeconds(1));

        Assert.Equal([2, 2, 2, 2, 1, 1], Assert.Single(await LatencyAsync()).Hops.Select(hop => hop.Mentions));
    }

    [Fact]
    public async Task A_case_that_a_shared_card_names_was_shown_by_it_and_not_by_the_card_of_its_own_that_comes_later()
    {
        await HearAsync("1", posted: Now.AddSeconds(-5));
        await HearAsync("2", posted: Now.AddSeconds(-5));
        await NameAsync(1, after: TimeSpan.FromSeconds(2));
        await NameAsync(2, after: TimeSpan.FromSeconds(3));
        await ShowAsync(2, after: TimeSpan.FromHours(1));

        var shown = Assert.Single(await LatencyAsync()).Hops[5];

        Assert.Equal((2, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(8)), (shown.Mentions, shown.P50, shown.P99));
    }

    /// <summary>A webhook may bring what was said years ago; its card says "30 days ago", and how long we take it does not tell.</summary>
    [Fact]
    public async Task What_was_said_long_before_is_history_and_in_no_figure()
    {
        await HearAsync("history", posted: Now.AddYears(-6));
        await HearAsync("long ago", posted: Now.AddDays(-30));
        await ShowAsync(1, after: TimeSpan.FromSeconds(1));

        var latency = Assert.Single(await LatencyAsync());

        Assert.Equal((1, 1, 0, 0), (latency.Mentions, latency.LongBefore, latency.AtFirstContact, latency.ReadAfterwards));
        Assert.Equal((1, TimeSpan.FromDays(30)), (latency.Hops[0].Mentions, latency.Hops[0].P99));
        Assert.Equal(0, latency.Hops[5].Mentions);
    }

    [Fact]
    public async Task Cases_that_came_late_because_of_a_gap_are_known_by_it()
    {
        var gap = new Gap(Now.AddHours(-3), Now.AddHours(-1), "no network") { Fate = GapFate.Backfilled };
        await HearAsync("late", posted: Now.AddHours(-2));
        await HearAsync("usual", posted: Now.AddSeconds(-7));
        await HearAsync("before", posted: Now.AddHours(-4));

        Assert.Equal([1L], await _temp.ReadAsync(view => view.CasesLateBy("posts", gap)));
        Assert.Empty(await _temp.ReadAsync(view => view.CasesLateBy("other", gap)));
    }

    private Task HearAsync(string id, DateTimeOffset? posted, TimeSpan seen = default, bool firstContact = false, string? author = null)
    {
        var now = _clock.GetUtcNow();
        var post = Some.Post("acme lost my order, still waiting, terrible", id) with { Posted = posted, Author = new Author { Id = author ?? id } };
        var batch = PostBatch.Of([post], new Cursor(id), firstContact);
        var harvest = _intake.Take("posts", batch, WatchSet.Build([Some.Watch() with { AlertAt = 0 }], Ours.Nobody)) with { Clock = new BatchClock(now - seen, _clock) };
        return _temp.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default with { Bursts = new Bursts(0, TimeSpan.FromMinutes(10)) }, now));
    }

    private Task ShowAsync(long caseId, TimeSpan after) => _temp.WriteAsync(tx => tx.CardShown(new CardKey($"case:{caseId}", "care"), 1, new MessageRef("m"), _clock.GetUtcNow() + after));

    /// <summary>A card that many cases share names this one.</summary>
    private Task NameAsync(long caseId, TimeSpan after) => _temp.WriteAsync(tx => new CaseWriter(tx, _clock.GetUtcNow() + after, Policy.Default).Happen(tx.CaseOf(caseId)!, new CardShown("care")));

    private Task<IReadOnlyList<Latency>> LatencyAsync() => _temp.ReadAsync(view => Latency.Of(view, null, Now.AddDays(-1)));

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
