using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Which changes of watches must wait for a human.</summary>
public sealed class WatchGuardTests : IAsyncDisposable
{
    private const int Days = 30;
    private static readonly Responder s_anna = new("member:anna", "Anna");
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private int _post;

    [Fact]
    public async Task A_change_that_would_have_missed_a_confirmed_complaint_is_held_with_the_complaint_named()
    {
        var missed = await HearAsync("acme burns", confirmed: true);
        await HearAsync("acme weather");

        var objection = await JudgeAsync([Some.Watch()], [Some.Watch("acme", "shop")]);

        var team = Assert.Single(objection!.Teams);
        Assert.Equal(("care", 1, false), (team.Team, team.MissedCount, team.Floods));
        Assert.Equal([missed], team.Missed);
        Assert.Equal("what was heard in the last 30 days: all 2 posts that watches matched", objection.ReckonedOn);
    }

    [Fact]
    public async Task A_change_that_loses_only_what_nobody_confirmed_may_go_live()
    {
        await HearAsync("acme weather");
        await HearAsync("acme shop burns", confirmed: true);
        Assert.Null(await JudgeAsync([Some.Watch()], [Some.Watch("acme", "shop")]));
    }

    [Fact]
    public async Task A_confirmed_complaint_older_than_the_days_holds_nothing()
    {
        await HearAsync("acme burns", confirmed: true, daysAgo: Days + 1);
        Assert.Null(await JudgeAsync([Some.Watch()], []));
    }

    [Fact]
    public async Task A_confirmed_complaint_counts_however_many_posts_came_after_it()
    {
        var old = await HearAsync("acme burns", confirmed: true, daysAgo: 20);
        await _temp.WriteAsync(tx =>
        {
            for (var i = 0; i < WatchGuard.MostMentions; i++)
            {
                Hear(tx, "shop is open", 1);
            }
        });

        var objection = await JudgeAsync([Some.Watch(), Some.Watch("shop", "shop")], [Some.Watch("shop", "shop")]);

        Assert.Equal([old], objection!.Teams.Single().Missed);
        Assert.Equal("what was heard in the last 30 days: all confirmed complaints and the latest 5,000 posts that watches matched", objection.ReckonedOn);
    }

    [Fact]
    public async Task A_post_that_its_own_people_wrote_from_now_on_is_missed_too()
    {
        await HearAsync("acme burns", confirmed: true);
        Assert.NotNull(await JudgeAsync(WatchSet.Build([Some.Watch()], Ours.Nobody), WatchSet.Build([Some.Watch()], new Ours(["@mia"])), 3));
    }

    [Theory]
    [InlineData(1, 4, 3, false)]
    [InlineData(1, 30, 3, false)]
    [InlineData(1, 31, 3, true)]
    [InlineData(20, 60, 3, false)]
    [InlineData(20, 61, 3, true)]
    [InlineData(20, 61, 0, false)]
    [InlineData(20, 61, 4, false)]
    public async Task A_change_that_multiplies_a_teams_alerts_is_held_but_not_from_one_to_four(int before, int after, double factor, bool held)
    {
        for (var i = 0; i < after; i++)
        {
            await HearAsync(i < before ? "acme is late" : "the shop is late");
        }

        var objection = await JudgeAsync(WatchSet.Build([Some.Watch()], Ours.Nobody), WatchSet.Build([Some.Watch("acme", "acme", "shop")], Ours.Nobody), factor);

        Assert.Equal(held, objection is not null);
        if (objection is not null)
        {
            Assert.Equal(("care", before, after, true), (objection.Teams[0].Team, objection.Teams[0].AlertsBefore, objection.Teams[0].AlertsAfter, objection.Teams[0].Floods));
        }
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(1, true)]
    public async Task What_a_months_sample_would_add_is_not_held_against_the_alerts_of_its_latest_days(int sampledDaysAgo, bool held)
    {
        await HearAsync("shop is open", daysAgo: 25);
        await _temp.WriteAsync(tx =>
        {
            for (var i = 0; i < WatchGuard.MostMentions; i++)
            {
                Hear(tx, "shop is open", 1);
            }
            tx.AddSampled(Some.Post("acme is late again, third time, nobody answers", "sampled"), 50_000, _clock.GetUtcNow().AddDays(-sampledDaysAgo));
        });

        Assert.Equal(held, await JudgeAsync([Some.Watch("shop", "shop")], [Some.Watch("shop", "shop", "acme")]) is not null);
    }

    [Fact]
    public async Task A_watch_on_trial_floods_nobody()
    {
        for (var i = 0; i < 50; i++)
        {
            await HearAsync("the shop is late");
        }
        Assert.Null(await JudgeAsync([Some.Watch()], [Some.Watch(), Some.Watch("new", "shop") with { Shadow = true }]));
        Assert.NotNull(await JudgeAsync([Some.Watch()], [Some.Watch(), Some.Watch("new", "shop")]));
    }

    [Fact]
    public async Task Of_many_the_latest_are_named_and_all_are_counted()
    {
        for (var i = 0; i < Objection.MostNamed + 3; i++)
        {
            await HearAsync("acme burns", confirmed: true);
        }
        var team = (await JudgeAsync([Some.Watch()], []))!.Teams.Single();
        Assert.Equal((13, 13L, 4L), (team.MissedCount, team.Missed[0], team.Missed[^1]));
    }

    private Task<Objection?> JudgeAsync(IReadOnlyList<Watch> old, IReadOnlyList<Watch> now) => JudgeAsync(WatchSet.Build(old, Ours.Nobody), WatchSet.Build(now, Ours.Nobody), 3);

    private Task<Objection?> JudgeAsync(WatchSet old, WatchSet now, double factor) =>
        new WatchGuard(_temp.Store, new ScorerBook(), _clock).JudgeAsync(old, now, Days, factor, CancellationToken.None);

    private Task<long> HearAsync(string text, bool confirmed = false, int daysAgo = 0) => _temp.WriteAsync(tx =>
    {
        var mention = Hear(tx, text, daysAgo);
        if (confirmed)
        {
            tx.RecordVerdict(mention, Core.Pipeline.Verdict.AComplaint, s_anna, _clock.GetUtcNow());
        }
        return mention;
    });

    private long Hear(IStoreTx tx, string text, int daysAgo) => tx.AddMention(new Mention
    {
        Post = Some.Post(text, $"{++_post}"),
        Posted = _clock.GetUtcNow(),
        FirstSeen = _clock.GetUtcNow().AddDays(-daysAgo),
        Assessment = Some.Assessment(),
        Watches = ["acme"],
        Teams = ["care"],
        Standing = Standing.Case,
    });

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
