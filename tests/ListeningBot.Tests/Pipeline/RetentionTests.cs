using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Storage;
using ListeningBot.Tests.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>What is older than it is kept goes, with all that belongs to it, and nothing else does.</summary>
public sealed class RetentionTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly DateTimeOffset LongAgo = Now.AddDays(-731);
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly PolicyBook _policies = new();

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task A_closed_case_goes_with_everything_that_belongs_to_it_and_an_open_one_stays()
    {
        var (gone, customer) = await CaseAsync("old", CaseState.Closed, LongAgo);
        var (open, _) = await CaseAsync("open", CaseState.Unclaimed, LongAgo);
        var (recent, _) = await CaseAsync("recent", CaseState.Closed, Now.AddDays(-729));
        Assert.NotEqual(0, Rows("verdicts"));

        var removed = await RunAsync();

        Assert.Equal(["rows of closed cases"], removed.Keys);
        Assert.Equal([open, recent], (await _temp.ReadAsync(view => view.LatestCases(9))).Select(@case => @case.Id).Order());
        Assert.Null(await _temp.ReadAsync(view => view.MentionOf(SomeStored.Key("old"))));
        Assert.Null(await _temp.ReadAsync(view => view.CustomerOf(customer)));
        foreach (var (table, rows) in new[] { ("mentions", 2), ("cases", 2), ("case_events", 2), ("case_keys", 2), ("cards", 4), ("pings", 2), ("verdicts", 2), ("lookups", 2), ("mention_times", 2), ("rereads", 2), ("customers", 2), ("customer_accounts", 2), ("alarms", 2), ("tray", 2) })
        {
            Assert.Equal((table, rows), (table, Rows(table)));
        }
        Assert.NotEqual(gone, await _temp.WriteAsync(tx => tx.NextCaseId()));
        Assert.Empty(await RunAsync());
    }

    [Fact]
    public async Task A_closed_case_that_can_not_be_read_goes_too_and_holds_up_nothing_else()
    {
        var (broken, _) = await CaseAsync("broken", CaseState.Closed, LongAgo.AddDays(-1));
        await CaseAsync("old", CaseState.Closed, LongAgo);
        await _temp.WriteAsync(tx =>
        {
            Notices.Add(tx, "old", good: true, LongAgo);
            tx.AddDead(new DeadLetter(DeadKind.Row, "", $"case {broken}", "it can't be read") { Work = new DeadRow("case", broken) }, Now);
            tx.AddDead(new DeadLetter(DeadKind.Card, "care", $"case:{broken}", "too long") { Work = new DeadCard(new CardKey($"case:{broken}", "care")) }, Now);
        });
        using (var db = _temp.OpenDb())
        {
            db.Ask("UPDATE cases SET body = substr(body, 1, 40) WHERE id = ?").With(broken).Changed();
        }

        await RunAsync();

        foreach (var table in new[] { "cases", "mentions", "customers", "notices", "dead_letters" })
        {
            Assert.Equal((table, 0), (table, Rows(table)));
        }
        Assert.False(await _temp.ReadAsync(view => view.HasUnreadable));
    }

    [Fact]
    public async Task A_customer_whose_later_case_can_not_be_read_stays()
    {
        var (_, customer) = await CaseAsync("old", CaseState.Closed, LongAgo);
        var (broken, _) = await CaseAsync("new", CaseState.Closed, Now, customer);
        using (var db = _temp.OpenDb())
        {
            db.Ask("UPDATE cases SET body = substr(body, 1, 40) WHERE id = ?").With(broken).Changed();
        }

        await RunAsync();

        Assert.Equal(1, Rows("cases"));
        Assert.NotNull(await _temp.ReadAsync(view => view.CustomerOf(customer)));
    }

    [Fact]
    public async Task A_customer_with_a_later_case_stays()
    {
        var (_, customer) = await CaseAsync("old", CaseState.Closed, LongAgo);
        await CaseAsync("new", CaseState.Closed, Now, customer);
        await RunAsync();

        Assert.NotNull(await _temp.ReadAsync(view => view.CustomerOf(customer)));
    }

    [Fact]
    public async Task A_case_of_many_copies_goes_in_short_transactions_and_is_readable_in_between()
    {
        var (id, _) = await CaseAsync("0", CaseState.Closed, LongAgo);
        await _temp.WriteAsync(tx =>
        {
            for (var i = 1; i <= 250; i++)
            {
                tx.AddMention(Stored($"copy {i}", LongAgo) with { CaseId = id });
            }
        });

        Assert.Equal(100, await _temp.WriteAsync(tx => tx.AgeCases(Now, 100)));
        var @case = (await _temp.ReadAsync(view => view.CaseOf(id)))!;
        Assert.NotNull(await _temp.ReadAsync(view => view.MentionOf(@case.FirstMention)));
        Assert.Equal(151, Rows("mentions"));
        await RunAsync();
        Assert.Equal((0, 0), (Rows("mentions"), Rows("cases")));
    }

    [Fact]
    public async Task What_never_became_a_case_goes_sooner_and_what_somebody_judged_as_late_as_cases()
    {
        await _temp.WriteAsync(tx =>
        {
            foreach (var (id, seen, judged) in new[] { ("old", 181, false), ("judged", 181, true), ("judged long ago", 731, true), ("new", 179, false) })
            {
                var mention = tx.AddMention(Stored(id, Now.AddDays(-seen)));
                tx.AddToTray(mention, ["care"], 0.3, Now.AddDays(-seen));
                if (judged)
                {
                    tx.DecideTray(mention, "dismissed", Now);
                    tx.RecordVerdict(mention, "dismissed", new Responder("a", "Ann"), Now);
                }
            }
        });
        await RunAsync();

        Assert.Equal(["judged", "new"], (await _temp.ReadAsync(view => view.MentionsSince(DateTimeOffset.UnixEpoch))).Select(mention => mention.Post.Key.Id));
        Assert.Equal((2, 1), (Rows("tray"), Rows("verdicts")));
    }

    [Fact]
    public async Task What_was_put_up_and_what_the_bot_noted_go_by_their_age()
    {
        foreach (var days in new[] { 366, 364 })
        {
            var at = Now.AddDays(-days);
            await _temp.WriteAsync(tx =>
            {
                Notices.Add(tx, $"{days}", good: false, at);
                tx.WantCard(new CardKey($"digest:{tx.AddDigest("care", Period.Day, at.AddDays(-1), at)!.Id}", "care"), 1, Priority.Low, at, at);
                var page = tx.AddTrayPage("care", DateOnly.FromDateTime(at.UtcDateTime), 1, 1, []);
                tx.WantCard(new CardKey($"tray:{page.Id}", "care"), 1, Priority.Low, at, at);
                tx.WantCard(new CardKey($"canary:{days}", "ops"), 1, Priority.Low, at, at);
                tx.WantCard(new CardKey($"group:{tx.AddGroup("care", "billing", at)}", "care"), 1, Priority.Low, at, at);
                tx.AddSilence(new Silence(SilenceOf.Word, "acme", $"{days}", new Responder("a", "Ann"), at, at));
                tx.KeepDocument($"holidays https://calendar.example/{days}", "{}", at);
                tx.KeepDocument($"last list {days}", "{}", at);
                tx.AddGap("posts", new Gap(at, at, "cut off"), at, told: false);
                tx.KeepTimes(tx.AddMention(Stored($"{days}", Now)), new MentionTimes("posts", at, at, at, TimeSpan.Zero, TimeSpan.Zero, FirstContact: false));
            });
        }
        await _temp.WriteAsync(tx => tx.AddGap("posts", new Gap(LongAgo, Gap.NoEnd, "dark still") { Fate = GapFate.Open }, LongAgo, told: true));
        var removed = await RunAsync();

        Assert.Equal([("calendars", 1), ("digests", 1), ("gaps and times", 2), ("notices and lists", 5)], removed.Select(one => (one.Key, one.Value)).Order());
        foreach (var (table, rows) in new[] { ("notices", 1), ("digests", 1), ("tray_pages", 1), ("case_groups", 1), ("silences", 1), ("cards", 5), ("documents", 3), ("gaps", 2), ("mention_times", 1), ("mentions", 2) })
        {
            Assert.Equal((table, rows), (table, Rows(table)));
        }
    }

    /// <summary>What is remembered of a week's digest is needed until eight on the next Monday.</summary>
    [Fact]
    public async Task A_digest_that_lists_are_kept_too_briefly_for_is_not_put_up_again()
    {
        _policies.Change(policy => policy with { Retention = Retention.Default with { Lists = 7 }, Responders = new Responders { Teams = [new Team { Name = "care", Zone = "UTC" }] } });
        await CaseAsync("old", CaseState.Unclaimed, Now.AddDays(-3));
        IReadOnlySet<string> rung = new HashSet<string>();
        var digests = new Digests(_temp.Store, _policies, _clock, rooms => rung = rooms);
        await digests.PutUpAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["care"], rung);
        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromHours(6));

        await RunAsync();
        await digests.PutUpAsync(TestContext.Current.CancellationToken);

        Assert.Empty(rung);
    }

    [Fact]
    public async Task A_calendar_that_can_not_be_fetched_outlives_the_lists()
    {
        _policies.Change(policy => policy with { Retention = Retention.Default with { Lists = 7 } });
        await _temp.WriteAsync(tx => tx.KeepDocument("holidays https://calendar.example/feed", "{}", Now.AddDays(-364)));

        Assert.Empty(await RunAsync());
    }

    [Fact]
    public async Task A_page_and_a_silence_stay_while_something_of_them_does()
    {
        await _temp.WriteAsync(tx =>
        {
            var mention = tx.AddMention(Stored("1", Now));
            tx.AddToTray(mention, ["care"], 0.3, LongAgo);
            tx.AddTrayPage("care", DateOnly.FromDateTime(LongAgo.UtcDateTime), 1, 1, [mention]);
            tx.HoldBack(mention, tx.AddSilence(new Silence(SilenceOf.Word, "acme", "planned", new Responder("a", "Ann"), LongAgo, LongAgo)));
        });
        Assert.Empty(await RunAsync());
        Assert.Equal((1, 1), (Rows("tray_pages"), Rows("silences")));
    }

    [Fact]
    public async Task Answers_to_presses_go_after_three_months()
    {
        foreach (var days in new[] { 91, 89 })
        {
            await _temp.WriteAsync(tx =>
            {
                tx.RecordPress(new Press($"{days}", new Responder("a", "Ann"), new PressTarget(PressAction.More, 1)), PressAnswer.Done, Now.AddDays(-days));
                tx.HearNote($"{days}", Now.AddDays(-days));
            });
        }
        await RunAsync();

        Assert.Equal((1, 1), (Rows("presses"), Rows("notes_heard")));
        Assert.Null(await _temp.ReadAsync(view => view.AnswerTo("91")));
    }

    [Fact]
    public async Task Zero_keeps_it_for_ever()
    {
        _policies.Change(policy => policy with { Retention = new Retention(0, 0, 0, 0, 0, 0) });
        await CaseAsync("old", CaseState.Closed, LongAgo.AddYears(-20));
        await _temp.WriteAsync(tx => { tx.AddMention(Stored("loose", LongAgo)); Notices.Add(tx, "old", good: true, LongAgo); });

        Assert.Empty(await RunAsync());
        Assert.Equal((2, 1), (Rows("mentions"), Rows("notices")));
    }

    [Theory]
    [InlineData(181, 400, 0)]
    [InlineData(179, 400, 1)]
    [InlineData(181, 100, 1)]
    public async Task A_post_that_was_forgotten_by_its_age_opens_nothing_when_a_source_tells_it_again(int posted, int read, int cases)
    {
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("0"), Now.AddDays(-read)));
        var heard = new Heard(ChangeKind.Added, Some.Post() with { Posted = Now.AddDays(-posted) }, [Some.Watch()], Some.Assessment(), ByUs: false);
        var recorded = await _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor("1"), false, null, [heard], [], [], 1), Policy.Default, Now));

        Assert.Equal((cases, 1 - cases, 0), (recorded.Cases, recorded.PassedOver, recorded.Tray));
        Assert.Equal("1", (await _temp.ReadAsync(view => view.CursorOf("posts")))!.Value);
    }

    /// <summary>A feed that writes no better date is heard for more than the first half-year.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1970)]
    [InlineData(1980)]
    public async Task A_date_that_nobody_meant_makes_no_post_old(int year)
    {
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("0"), Now.AddDays(-400)));
        var heard = new Heard(ChangeKind.Added, Some.Post() with { Posted = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero) }, [Some.Watch()], Some.Assessment(), ByUs: false);
        var recorded = await _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor("1"), false, null, [heard], [], [], 1), Policy.Default, Now));

        Assert.Equal((1, 0), (recorded.Cases, recorded.PassedOver));
    }

    [Fact]
    public async Task Others_write_between_its_steps()
    {
        for (var i = 0; i < 30; i++)
        {
            await CaseAsync($"{i}", CaseState.Closed, LongAgo);
        }
        var commits = _temp.Store.Commits;
        var run = RunAsync();
        var written = 0;
        while (!run.IsCompleted)
        {
            await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor($"{written}"), Now));
            written++;
        }
        await run;

        Assert.True(_temp.Store.Commits - commits >= 30, "Each case is a transaction of its own.");
        Assert.True(written > 0);
        Assert.Equal(0, Rows("cases"));
    }

    [Fact]
    public async Task However_much_is_too_old_one_run_removes_it()
    {
        await Task.WhenAll(Enumerable.Range(0, 600).Select(i => CaseAsync($"{i}", CaseState.Closed, LongAgo)));
        await _temp.WriteAsync(tx => { tx.AddMention(Stored("loose", LongAgo)); Notices.Add(tx, "old", good: true, LongAgo); });

        await RunAsync();

        Assert.Equal((0, 0, 0), (Rows("cases"), Rows("mentions"), Rows("notices")));
    }

    [Fact]
    public async Task Where_one_run_is_too_short_for_all_nothing_waits_for_what_is_much()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => CaseAsync($"{i}", CaseState.Closed, LongAgo)));
        await _temp.WriteAsync(tx => { tx.AddMention(Stored("loose", LongAgo)); Notices.Add(tx, "old", good: true, LongAgo); });

        await RunAsync(new Slow());

        Assert.InRange(Rows("cases"), 10, 29);
        Assert.Equal((Rows("cases"), 0), (Rows("mentions"), Rows("notices")));
    }

    private Task<IReadOnlyDictionary<string, int>> RunAsync(TimeProvider? clock = null) => new RetentionKeeper(_temp.Store, _policies, clock ?? _clock).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Two seconds pass with each look at it.</summary>
    private sealed class Slow : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => ++_looks * 2 * TimeSpan.TicksPerSecond;
    }

    private static Mention Stored(string id, DateTimeOffset seen) => SomeStored.Mention(id) with { FirstSeen = seen };

    /// <summary>A case with one row of everything that can belong to one.</summary>
    private Task<(long Case, long Customer)> CaseAsync(string post, CaseState state, DateTimeOffset at, long? customer = null) => _temp.WriteAsync(tx =>
    {
        var owner = customer ?? tx.AddCustomer(new Customer { Accounts = [new CustomerAccount("replay:posts", post)] }).Id;
        var id = tx.NextCaseId();
        var mention = tx.AddMention(Stored(post, at) with { CaseId = id });
        var @case = SomeStored.Case(id, mention: mention) with { State = state, FirstSeen = at, Customer = owner };
        tx.SaveCase(@case, SomeStored.Opened(@case), at);
        tx.TakeKey($"thread {post}", id);
        tx.WantCard(new CardKey($"case:{id}", "care"), 1, Priority.High, at, at);
        tx.WantCard(new CardKey($"thread:{id}", "care"), 1, Priority.High, at, at);
        tx.WantPing(new CardKey($"case:{id}", "care"), "unclaimed", "text", [], [], at);
        tx.RecordVerdict(mention, "complaint", new Responder("a", "Ann"), at);
        tx.WantLookup(mention, at);
        tx.KeepTimes(mention, new MentionTimes("posts", Now, Now, Now, TimeSpan.Zero, TimeSpan.Zero, FirstContact: false));
        tx.AskAgain(id, "posts", at, at);
        tx.AddAlarm(new Alarm(id, "NoCard"), at);
        tx.AddToTray(mention, ["care"], 0.3, at);
        return (id, owner);
    });

    private long Rows(string table)
    {
        using var db = _temp.OpenDb();
        return db.Number("SELECT count(*) FROM " + table);
    }
}
