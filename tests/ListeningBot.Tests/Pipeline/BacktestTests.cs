using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class BacktestTests : IAsyncDisposable
{
    private static readonly DateTimeOffset s_now = ManualClock.Start;
    private static readonly Responder s_anna = new("member:anna", "Anna");
    private readonly TempStore _temp = new();
    private int _post;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task A_watch_taken_away_loses_what_it_alone_alerts_to()
    {
        await HearAsync("acme is late", ["acme"]);
        await HearAsync("acme shop is late", ["acme", "shop"]);

        var result = await RunAsync([Some.Watch("acme"), Some.Watch("shop", "shop")], [Some.Watch("shop", "shop")]);

        Assert.Equal((2, 1, 0, 1), Counts(result.Alerts));
        Assert.Equal("acme is late", Assert.Single(result.Lost).Text);
        Assert.Equal((2, 0, 0, 2), Counts(result.ByWatch.Single(watch => watch.Watch == "acme").Alerts));
        Assert.Empty(result.Missed);
        Assert.Equal(0, result.Moved.Total);
    }

    [Fact]
    public async Task A_confirmed_complaint_that_nobody_would_see_any_more_is_named_and_so_is_one_that_would_wait_in_the_maybe_tray()
    {
        var lost = await HearAsync("acme burns", ["acme"], said: Core.Pipeline.Verdict.AComplaint, priority: Priority.Critical);
        var waits = await HearAsync("acme shop late", ["acme", "shop"], complaint: 0.6, said: Core.Pipeline.Verdict.AComplaint);
        await HearAsync("acme weather", ["acme"], said: Core.Pipeline.Verdict.NoComplaint);
        await HearAsync("acme unjudged", ["acme"]);

        var result = await RunAsync([Some.Watch("acme")], [Some.Watch("shop", "shop") with { AlertAt = 0.7 }]);

        Assert.Equal([(lost, HeardAs.Nothing), (waits, HeardAs.Maybe)], result.Missed.Select(one => (one.Mention!.Value, one.After)));
        Assert.Equal(1, result.FalseSpared);
        Assert.Equal((new Judged(2, 1), new Judged(0, 0)), (result.JudgedBefore, result.JudgedAfter));
        Assert.Equal(1.0 / 3, result.JudgedBefore.FalseShare);
        Assert.True(result.JudgedBefore.IsFew);
        Assert.Null(result.JudgedAfter.FalseShare);
    }

    [Fact]
    public async Task A_confirmed_complaint_of_the_maybe_tray_is_missed_when_it_would_not_even_wait_there_and_caught_when_it_would_alert()
    {
        var low = await HearAsync("acme hinge", ["acme"], complaint: 0.3, said: Core.Pipeline.Verdict.AComplaint, standing: Standing.Tray);

        Assert.Equal(low, Assert.Single((await RunAsync([Some.Watch("acme")], [])).Missed).Mention);
        var caught = await RunAsync([Some.Watch("acme")], [Some.Watch("acme") with { AlertAt = 0.2 }]);
        Assert.Equal(low, Assert.Single(caught.Caught).Mention);
        Assert.Equal((1, 0, 0, 1), Counts(caught.Maybes));
        Assert.Empty(caught.Missed);
    }

    [Fact]
    public async Task A_complaint_about_somebody_else_may_be_lost()
    {
        var mention = await HearAsync("acme late", ["acme"], caseId: 1);
        await _temp.WriteAsync(tx =>
        {
            var opened = new Opened(tx.NextCaseId(), mention, Priority.Normal, ["care"], s_now, s_now, null);
            tx.SaveCase(Case.Open(opened), opened, s_now);
            tx.SaveCase(tx.CaseOf(1)! with { Version = 2, Outcome = Outcome.NotOurs }, new Resolved(s_anna, Outcome.NotOurs), s_now);
            tx.RecordVerdict(mention, Core.Pipeline.Verdict.AComplaint, s_anna, s_now);
        });

        var result = await RunAsync([Some.Watch("acme")], []);

        Assert.Empty(result.Missed);
        Assert.Equal(1, result.FalseSpared);
    }

    [Fact]
    public async Task What_people_said_of_the_post_that_a_card_shows_counts_for_the_post_that_opened_the_case()
    {
        var opening = await HearAsync("acme late", ["acme"], caseId: 1);
        var shown = await HearAsync("and again", [], caseId: 1);
        await _temp.WriteAsync(tx =>
        {
            var opened = new Opened(tx.NextCaseId(), opening, Priority.Normal, ["care"], s_now, s_now, null);
            tx.SaveCase(Case.Open(opened), opened, s_now);
            tx.SaveCase(tx.CaseOf(1)! with { Version = 2, FirstMention = shown }, new Claimed(s_anna), s_now);
            tx.RecordVerdict(shown, Core.Pipeline.Verdict.AComplaint, s_anna, s_now);
        });

        Assert.Equal(opening, Assert.Single((await RunAsync([Some.Watch("acme")], [])).Missed).Mention);
    }

    [Fact]
    public async Task What_is_deleted_ours_baseline_automatic_or_in_by_its_thread_is_no_alert()
    {
        var deleted = await HearAsync("acme gone", ["acme"], said: Core.Pipeline.Verdict.AComplaint);
        await _temp.WriteAsync(tx => tx.BlankMention(deleted, s_now));
        await HearAsync("acme answer", ["acme"], standing: Standing.Ours);
        await HearAsync("acme old", ["acme"], standing: Standing.Baseline);
        await HearAsync("acme in a thread", [], standing: Standing.Case);
        await HearAsync("acme robot", ["acme"], post => post with { Automatic = true });
        await HearAsync("acme by us", ["acme"], post => post with { Author = new Author { Handle = "acmecare" } });

        var result = await RunAsync([Some.Watch("acme")], []);

        Assert.Equal((0, 0, 0, 0), Counts(result.Alerts));
        Assert.Equal((1, 0, 0, 1), Counts(result.Maybes));
        Assert.Equal((1, 1, 1, 2), (result.Deleted, result.DeletedConfirmed, result.InThreads, result.Mentions));
    }

    [Fact]
    public async Task A_complaint_that_a_colleague_entered_is_caught_by_the_watch_that_would_have_found_it()
    {
        static Post Entered(Post post) => post with { Channel = "seen", Kind = "seen", Key = post.Key with { Namespace = "seen" } };
        var entered = await HearAsync("my gift card is empty", [], Entered, said: Core.Pipeline.Verdict.AComplaint);
        await HearAsync("https://forum.example/gift/7", [], post => Entered(post) with { Url = "https://forum.example/gift/7" }, said: Core.Pipeline.Verdict.AComplaint);
        await HearAsync("a gift card, taken back", [], Entered);

        var result = await RunAsync([Some.Watch("acme")], [Some.Watch("acme"), Some.Watch("gift", "gift")]);

        Assert.Equal(entered, Assert.Single(result.Caught).Mention);
        Assert.Equal((1, 2), (result.Mentions, result.InThreads));
        Assert.Equal((0, 1, 1, 0), Counts(result.Alerts));
        Assert.Equal(entered, Assert.Single((await RunAsync([Some.Watch("gift", "gift")], [])).Missed).Mention);
    }

    [Fact]
    public async Task Another_team_gains_what_the_first_one_loses_and_nothing_is_missed()
    {
        await HearAsync("acme late", ["acme"], said: Core.Pipeline.Verdict.AComplaint);

        var result = await RunAsync([Some.Watch("acme")], [Some.Watch("acme") with { Team = "sales" }]);

        Assert.Equal((1, 1, 0, 0), Counts(result.Alerts));
        Assert.Equal(1, result.Moved.Total);
        Assert.Equal([("care", 1L, 0L), ("sales", 0L, 1L)], result.ByTeam.Select(team => (team.Team, team.Alerts.Before.Total, team.Alerts.After.Total)));
        Assert.Empty(result.Missed);
        Assert.False(result.ChangesNothing);
    }

    [Fact]
    public async Task A_watch_on_trial_alerts_nobody_and_is_counted_apart()
    {
        await HearAsync("acme late", ["acme"]);

        var result = await RunAsync([], [Some.Watch("acme") with { Shadow = true }]);

        Assert.Equal((0, 0, 0, 0), Counts(result.Alerts));
        Assert.Equal((0, 0, 0, 0), Counts(result.Maybes));
        var watch = Assert.Single(result.ByWatch);
        Assert.True(watch.OnTrial);
        Assert.Equal(1, watch.Alerts.Gained.Total);
    }

    [Fact]
    public async Task Load_is_told_by_the_hour()
    {
        for (var minute = 0; minute < 8; minute++)
        {
            await HearAsync("acme late", ["acme"], seen: s_now.AddMinutes(minute));
        }
        await HearAsync("acme late", ["acme"], seen: s_now.AddHours(2));
        await HearAsync("acme shop late", ["acme"], seen: s_now.AddHours(4));

        var team = Assert.Single((await RunAsync([Some.Watch("acme")], [Some.Watch("shop", "shop")])).ByTeam);

        Assert.Equal((new Load(2.5, 8, false), new Load(0.25, 1, false)), (team.LoadBefore, team.LoadAfter));
    }

    [Fact]
    public async Task Only_the_time_asked_for_and_the_latest_mentions_are_looked_at()
    {
        for (var hour = 0; hour < 10; hour++)
        {
            await HearAsync($"acme late {hour}", ["acme"], seen: s_now.AddHours(hour));
        }

        Assert.Equal(4, (await RunAsync(new BacktestPlan(Set([Some.Watch("acme")]), Set([]), s_now.AddHours(6)))).Alerts.Lost.Total);
        Assert.Equal(10, (await RunAsync(new BacktestPlan(Set([Some.Watch("acme")]), Set([]), s_now.AddHours(-6)))).Alerts.Lost.Total);
        var latest = await RunAsync(new BacktestPlan(Set([Some.Watch("acme")]), Set([]), s_now) { MostMentions = 3 });
        Assert.Equal((3, true), (latest.Mentions, latest.CutShort));
    }

    [Fact]
    public async Task The_most_urgent_are_the_examples_and_a_letter_is_masked()
    {
        await HearAsync("acme low", ["acme"], priority: Priority.Low);
        await HearAsync("acme high and sure", ["acme"], complaint: 0.95, priority: Priority.High);
        await HearAsync("acme high", ["acme"], complaint: 0.8, priority: Priority.High);
        await HearAsync("acme letter of order 4711-20933, ring +44 20 7946 0018. Mia Lang", ["acme"], post => post with { Private = true, Url = "https://mail.example/1", Author = new Author { Id = "mia@mail.example", Name = "Mia Lang" } }, priority: Priority.Critical);

        var result = await RunAsync(new BacktestPlan(Set([Some.Watch("acme")]), Set([]), s_now) { Examples = 3 });

        Assert.Equal([Priority.Critical, Priority.High, Priority.High], result.Lost.Select(one => one.Priority));
        Assert.Contains("acme letter of order", result.Lost[0].Text);
        Assert.DoesNotContain("7946 0018", result.Lost[0].Text);
        Assert.DoesNotContain("Mia Lang", result.Lost[0].Text);
        Assert.Null(result.Lost[0].Url);
        Assert.Equal("acme high and sure", result.Lost[1].Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task What_is_counted_is_what_a_plain_count_gives(int seed)
    {
        var random = new Random(seed);
        var mentions = new List<Mention>();
        var said = new Dictionary<long, bool>();
        for (var i = 0; i < 400; i++)
        {
            var mention = PlainBacktest.SomeMention(random, i, s_now);
            mention = mention with { Id = await _temp.WriteAsync(tx => tx.AddMention(mention)) };
            mentions.Add(mention);
            if (random.Next(3) == 0)
            {
                said[mention.Id] = random.Next(2) == 0;
                await _temp.WriteAsync(tx => tx.RecordVerdict(mention.Id, said[mention.Id] ? Core.Pipeline.Verdict.AComplaint : Core.Pipeline.Verdict.NoComplaint, s_anna, s_now));
            }
        }
        var before = PlainBacktest.SomeWatches(random);
        var after = PlainBacktest.Changed(random, before);

        var result = await RunAsync(new BacktestPlan(Set(before), Set(after), s_now) { Examples = 1000 });

        var plain = new PlainBacktest(before, after, [.. mentions.Where(mention => mention.Standing is not (Standing.Ours or Standing.Baseline) && !mention.Deleted && mention.Watches.Count > 0)], said);
        Assert.Equal(plain.Gained.Select(one => one.Id).Order(), result.Gained.Concat(result.Caught).Select(one => one.Mention!.Value).Order());
        Assert.Equal(plain.Lost.Select(one => one.Id).Order(), result.Lost.Concat(result.Missed.Where(missed => missed.Before == HeardAs.Alert)).Select(one => one.Mention!.Value).Order());
        Assert.Equal(plain.Missed.Order(), result.Missed.Select(one => one.Mention!.Value).Order());
        Assert.Equal((plain.Spared, plain.Added), (result.FalseSpared, result.FalseAdded));
        Assert.Equal((plain.Gained.Count, plain.Lost.Count), ((int)result.Alerts.Gained.Total, (int)result.Alerts.Lost.Total));
        foreach (var (priority, alerts) in result.ByPriority)
        {
            Assert.Equal((plain.Gained.Count(one => one.Assessment.Priority == priority), plain.Lost.Count(one => one.Assessment.Priority == priority)), ((int)alerts.Gained.Total, (int)alerts.Lost.Total));
        }
        foreach (var team in PlainBacktest.Teams)
        {
            var told = result.ByTeam.SingleOrDefault(one => one.Team == team)?.Alerts ?? Shift.None;
            Assert.Equal(plain.CountOf(team), (told.Before.Total, told.After.Total));
        }
    }

    private static WatchSet Set(IReadOnlyList<Watch> watches) => WatchSet.Build(watches, new Ours(["@acmecare"]));

    private static (long, long, long, long) Counts(Shift shift) => (shift.Before.Total, shift.After.Total, shift.Gained.Total, shift.Lost.Total);

    private Task<BacktestResult> RunAsync(IReadOnlyList<Watch> before, IReadOnlyList<Watch> after) => RunAsync(new BacktestPlan(Set(before), Set(after), s_now));

    private Task<BacktestResult> RunAsync(BacktestPlan plan) => new Backtest(_temp.Store, new Scorer()).RunAsync(plan);

    private Task<long> HearAsync(string text, IReadOnlyList<string> watches, Func<Post, Post>? change = null, double complaint = 0.9, Priority priority = Priority.Normal, string? said = null, Standing standing = Standing.Case, long? caseId = null, DateTimeOffset? seen = null) =>
        _temp.WriteAsync(tx =>
        {
            var post = Some.Post(text, $"{++_post}");
            var mention = tx.AddMention(new Mention
            {
                Post = change?.Invoke(post) ?? post,
                Posted = s_now,
                FirstSeen = seen ?? s_now,
                Assessment = Some.Assessment(complaint, priority),
                Watches = watches,
                Teams = ["care"],
                Standing = standing,
                CaseId = caseId,
            });
            if (said is not null)
            {
                tx.RecordVerdict(mention, said, s_anna, s_now);
            }
            return mention;
        });
}
