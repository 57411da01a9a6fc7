using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>What customers say after our answer decides: scored for real, in the thread and about the brand, before and after the case is closed.</summary>
public sealed partial class LaterWordsTests : IAsyncDisposable
{
    private const string Thanks = "Thank you acme, my refund arrived and everybody was so kind";
    private const string Anger = "acme still has not refunded me, three weeks, nobody answers, worst service ever";
    private static readonly Responder Anna = new("member:anna", "Anna");
    private static readonly PostKey First = Said("1", "").Key;
    private readonly TempStore _temp = new();
    private readonly Scorer _scorer = new();
    private DateTimeOffset _now = ManualClock.Start;
    private int _cursor;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task Thanks_about_the_brand_after_the_end_are_happy_by_them_and_stay_out_of_the_maybe_list()
    {
        await ClosedCaseAsync();
        _now += TimeSpan.FromDays(60);

        await HearAsync(Said("2", Thanks));

        var @case = await CaseAsync(1);
        Assert.Equal((CaseState.Closed, Outcome.Solved, Happiness.Happy), (@case.State, @case.Outcome, @case.Happiness));
        Assert.Equal((Standing.Case, 1L), await _temp.ReadAsync(view => (view.MentionOf(Said("2", "").Key)!.Standing, view.MentionOf(Said("2", "").Key)!.CaseId!.Value)));
        Assert.Empty(await _temp.ReadAsync(view => view.TeamsWithUnlistedTray()));
        Assert.Null(await _temp.ReadAsync(view => view.CaseHolding(CaseKeys.Thread(Said("2", "").Key))));
    }

    [Fact]
    public async Task Thanks_come_too_late_for_a_case_closed_long_ago()
    {
        await ClosedCaseAsync();
        _now += TimeSpan.FromDays(91);

        await HearAsync(Said("2", Thanks));

        Assert.Equal(Happiness.Silent, (await CaseAsync(1)).Happiness);
    }

    [Theory]
    [InlineData("acme has opened a new shop in our street", Standing.Tray)]
    [InlineData("Acme: great, another week without my parcel", Standing.Case)]
    public async Task What_is_not_clearly_good_says_nothing_about_a_closed_case(string text, Standing standing)
    {
        await ClosedCaseAsync();

        await HearAsync(Said("2", text));

        Assert.Equal(Happiness.Silent, (await CaseAsync(1)).Happiness);
        Assert.Equal(standing, (await _temp.ReadAsync(view => view.MentionOf(Said("2", "").Key)))!.Standing);
    }

    [Fact]
    public async Task Good_words_that_no_watch_hears_are_not_about_us()
    {
        await ClosedCaseAsync();

        await HearAsync(Said("2", Thanks) with { InReplyTo = new PostKey("replay:posts", "elsewhere") }, watched: false);

        Assert.Null(await _temp.ReadAsync(view => view.MentionOf(Said("2", "").Key)));
    }

    [Fact]
    public async Task Their_thanks_in_the_thread_of_a_closed_case_count_without_a_watch()
    {
        await ClosedCaseAsync();

        await HearAsync(Said("2", "Thanks, all sorted now, you are the best!") with { InReplyTo = First }, watched: false);

        Assert.Equal(Happiness.Happy, (await CaseAsync(1)).Happiness);
    }

    [Fact]
    public async Task Their_anger_in_the_thread_of_a_closed_case_opens_it_again_and_it_holds_its_keys()
    {
        await ClosedCaseAsync();

        await HearAsync(Said("2", Anger) with { InReplyTo = First }, watched: false);

        var @case = await CaseAsync(1);
        Assert.Equal((CaseState.Claimed, Happiness.AngryAgain, Anna), (@case.State, @case.Happiness, @case.Owner));
        Assert.Equal(1, await _temp.ReadAsync(view => view.CaseHolding(CaseKeys.Thread(First))));
        Assert.Equal(1, await _temp.ReadAsync(view => view.CaseHolding(CaseKeys.Thread(Said("2", "").Key))));
        Assert.NotNull(@case.Due);
    }

    [Theory]
    [InlineData(89, CaseState.Claimed)]
    [InlineData(91, CaseState.Closed)]
    public async Task After_a_restart_their_anger_in_the_thread_of_a_closed_case_is_heard_as_long_as_it_counts(int days, CaseState state)
    {
        await ClosedCaseAsync();
        _now += TimeSpan.FromDays(days);
        var threads = new OpenThreads();
        await _temp.ReadAsync(view =>
        {
            threads.Learn(view, _now);
            return true;
        });

        var angry = Said("2", "it broke again and nobody helps, worst service ever") with { InReplyTo = First, Posted = _now };
        var harvest = new Intake(new ScorerBook(), threads).Take("posts", PostBatch.Of([angry], new Cursor("again")), WatchSet.Build([Some.Watch()], Ours.Nobody));
        await _temp.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, _now));

        Assert.Equal(state, (await CaseAsync(1)).State);
        Assert.Equal(state == CaseState.Claimed ? 1 : 0, harvest.Heard.Count);
    }

    [Fact]
    public async Task Anger_about_the_brand_opens_a_resolved_case_again_and_after_its_close_a_new_one()
    {
        await ResolvedCaseAsync();
        await HearAsync(Said("2", Anger));
        Assert.Equal((CaseState.Claimed, Happiness.AngryAgain), ((await CaseAsync(1)).State, (await CaseAsync(1)).Happiness));

        await HappenAsync(new Resolved(Anna, Outcome.Solved));
        await HappenAsync(new TimeCame(Step.CloseInSilence));
        await HearAsync(Said("3", "acme broke my other lamp, I want my money back, awful company"));

        Assert.Equal(CaseState.Closed, (await CaseAsync(1)).State);
        Assert.Equal((await CaseAsync(1)).Customer, (await CaseAsync(2)).Customer);
    }

    /// <summary>Of anybody else it would be a case: an inbox is told of more than what counts as a complaint everywhere.</summary>
    [Theory]
    [InlineData(0.2, -0.3, CaseState.Claimed, Happiness.AngryAgain)]
    [InlineData(0.3, -0.3, CaseState.Resolved, Happiness.Silent)]
    [InlineData(0.01, 0.8, CaseState.Resolved, Happiness.Happy)]
    public async Task What_reaches_the_line_of_its_watch_opens_a_resolved_case_again_unless_it_is_clearly_good(double line, double sentiment, CaseState state, Happiness happiness)
    {
        await ResolvedCaseAsync();

        var words = Some.Assessment(sentiment > 0 ? 0.05 : 0.28) with { IsComplaint = false, Sentiment = sentiment };
        await RecordAsync(new Heard(ChangeKind.Added, Said("2", "acme: I wrote about the order before") with { Posted = _now }, [Some.Watch() with { AlertAt = line }], words, ByUs: false));

        Assert.Equal((state, happiness), ((await CaseAsync(1)).State, (await CaseAsync(1)).Happiness));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Anger_written_over_their_own_words_opens_an_ended_case_again_and_a_comma_does_not(bool closed)
    {
        await (closed ? ClosedCaseAsync() : ResolvedCaseAsync());
        var ended = (await CaseAsync(1)).State;
        await HearAsync(Said("1", Anger + "!"), kind: ChangeKind.Edited);
        await HearAsync(Said("1", Anger + " EDIT: they called, all good now, thanks"), kind: ChangeKind.Edited);
        Assert.Equal(ended, (await CaseAsync(1)).State);

        _now += TimeSpan.FromDays(3);
        await HearAsync(Said("1", "The new kettle from acme broke after two days and burned my hand, I want my money back"), kind: ChangeKind.Edited);

        var @case = await CaseAsync(1);
        Assert.Equal((CaseState.Claimed, Happiness.AngryAgain, Anna, _now), (@case.State, @case.Happiness, @case.Owner, @case.TheirWordsAt));
        Assert.True(@case.Priority >= (await _temp.ReadAsync(view => view.MentionOf(First)))!.Assessment.Priority);
        Assert.Equal(1, await _temp.ReadAsync(view => view.CaseHolding(CaseKeys.Thread(First))));
    }

    [Theory]
    [InlineData("thank you acme, everybody was so kind, love it")]
    [InlineData(Anger)]
    public async Task A_strangers_words_in_the_thread_change_neither_a_resolved_nor_a_closed_case(string text)
    {
        await ResolvedCaseAsync();
        await HearAsync(By("zoe", Said("2", text)) with { InReplyTo = First }, watched: false);
        Assert.Equal((CaseState.Resolved, Happiness.Silent), ((await CaseAsync(1)).State, (await CaseAsync(1)).Happiness));

        await HappenAsync(new TimeCame(Step.CloseInSilence));
        await HearAsync(By("zoe", Said("3", text + " and so on")) with { InReplyTo = First }, watched: false);

        Assert.Equal((CaseState.Closed, Happiness.Silent), ((await CaseAsync(1)).State, (await CaseAsync(1)).Happiness));
        Assert.Null(await _temp.ReadAsync(view => view.MentionOf(Said("3", "").Key)));
    }

    /// <summary>Who only asked in the thread and complains there once all is over would be seen by nobody.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_strangers_anger_written_over_neutral_words_in_an_ended_case_is_a_case_of_its_own(bool closed)
    {
        var asks = By("zoe", Said("2", "which acme lamp was that?")) with { InReplyTo = First };
        await ResolvedCaseAsync(joined: asks);
        Assert.Equal(1L, (await _temp.ReadAsync(view => view.MentionOf(asks.Key)))!.CaseId);
        if (closed)
        {
            await HappenAsync(new TimeCame(Step.CloseInSilence));
        }
        var ended = (await CaseAsync(1)).State;

        await HearAsync(asks with { Text = "acme broke my kettle too and hung up on me, I want my money back, awful company" }, kind: ChangeKind.Edited);
        await HearAsync(By("zoe", Said("3", Anger)) with { InReplyTo = asks.Key });

        Assert.Equal((ended, 1, Happiness.Silent), ((await CaseAsync(1)).State, (await CaseAsync(1)).Voices, (await CaseAsync(1)).Happiness));
        Assert.Equal((CaseState.Unclaimed, 2), ((await CaseAsync(2)).State, (await CaseAsync(2)).Voices));
        Assert.Equal(2, await _temp.ReadAsync(view => view.CaseHolding(CaseKeys.Thread(asks.Key))));
        Assert.Equal([2L, 2L], (await _temp.ReadAsync(view => view.MentionsOfCase(2))).Select(mention => mention.CaseId!.Value));
    }

    /// <summary>Nobody answers whom somebody else's case stands for.</summary>
    [Fact]
    public async Task A_strangers_anger_written_over_neutral_words_in_an_open_case_is_a_case_of_its_own_and_leaves_the_other_as_it_was()
    {
        var asks = By("zoe", Said("2", "which acme lamp was that?")) with { InReplyTo = First };
        await HearAsync(Said("1", Anger));
        await HearAsync(asks);
        var before = await CaseAsync(1);

        await HearAsync(asks with { Text = "my acme kettle caught fire and burned my hand, their hotline hung up on me, I want my money back" }, kind: ChangeKind.Edited);

        Assert.Equal((before.State, before.Priority, before.Voices), ((await CaseAsync(1)).State, (await CaseAsync(1)).Priority, (await CaseAsync(1)).Voices));
        Assert.Equal((CaseState.Unclaimed, 1), ((await CaseAsync(2)).State, (await CaseAsync(2)).Voices));
        Assert.Equal(2, await _temp.ReadAsync(view => view.CaseHolding(CaseKeys.Thread(asks.Key))));
    }

    /// <summary>Whose case below it has ended says there, without the brand, that nothing is well.</summary>
    [Fact]
    public async Task Anger_below_ones_own_ended_case_opens_that_again_also_where_it_stands_below_another_customers_open_one()
    {
        var zoes = By("zoe", Said("2", Anger + ", the kettle leaks")) with { InReplyTo = First };
        await HearAsync(Said("1", Anger));
        await HearAsync(zoes);
        await _temp.WriteAsync(tx =>
        {
            foreach (CaseEvent happened in new CaseEvent[] { new Claimed(Anna), new Resolved(Anna, Outcome.Solved), new TimeCame(Step.CloseInSilence) })
            {
                new CaseWriter(tx, _now, Policy.Default).Happen(tx.CaseOf(2)!, happened);
            }
        });
        var before = await CaseAsync(1);

        await HearAsync(By("zoe", Said("3", "it broke again and nobody helps, this is a disgrace, I want my money back")) with { InReplyTo = zoes.Key, Thread = First }, watched: false);

        Assert.Equal((before.State, before.Priority, before.Voices), ((await CaseAsync(1)).State, (await CaseAsync(1)).Priority, (await CaseAsync(1)).Voices));
        Assert.Equal((CaseState.Claimed, Happiness.AngryAgain), ((await CaseAsync(2)).State, (await CaseAsync(2)).Happiness));
    }

    [Fact]
    public async Task A_copy_that_is_edited_and_still_repeats_the_words_stays_with_its_case()
    {
        const string news = "Acme has recalled 40,000 kettles after several customers reported that the handle breaks off while pouring. The company said on Monday that buyers get their money back, but shops know nothing of it.";
        var copy = By("zoe", Said("2", "Breaking: " + news));
        await RecordAsync(new Heard(ChangeKind.Added, Said("1", news), [Some.Watch()], Some.Assessment(), ByUs: false));
        await RecordAsync(new Heard(ChangeKind.Added, copy, [Some.Watch()], Some.Assessment(), ByUs: false));

        await RecordAsync(new Heard(ChangeKind.Edited, copy with { Text = news + " A fire was put out." }, [Some.Watch()], Some.Assessment(priority: Priority.Critical), ByUs: false));

        Assert.Equal((2, Priority.Critical), ((await CaseAsync(1)).Voices, (await CaseAsync(1)).Priority));
        Assert.Null(await _temp.ReadAsync(view => view.CaseOf(2)));
    }

    /// <summary>An absence note comes seconds after our answer, and thanks for it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_machine_writes_for_them_is_not_the_customer_writing_again(bool resolved)
    {
        await HearAsync(Said("1", Anger));
        await HappenAsync(new Claimed(Anna));
        await HappenAsync(new OwnerAnswered(Anna));
        if (resolved)
        {
            await HappenAsync(new Resolved(Anna, Outcome.Solved));
        }
        var before = await CaseAsync(1);

        await HearAsync(Said("2", Thanks) with { InReplyTo = First, Automatic = true });
        await HearAsync(Said("3", Anger + " at all") with { InReplyTo = First, Automatic = true });

        var @case = await CaseAsync(1);
        Assert.Equal((before.State, before.Happiness, before.TheirWordsAt), (@case.State, @case.Happiness, @case.TheirWordsAt));
    }

    [Fact]
    public async Task Thanks_of_nobody_known_make_nobody_happy()
    {
        await ResolvedCaseAsync();

        await HearAsync(Said("2", Thanks) with { InReplyTo = First, Author = Author.Unknown });

        Assert.Equal((CaseState.Resolved, Happiness.Silent), ((await CaseAsync(1)).State, (await CaseAsync(1)).Happiness));
    }

    [Fact]
    public async Task Silence_is_closed_by_the_agenda_and_stays_silence()
    {
        await ResolvedCaseAsync();
        Assert.Equal(Targets.Default.FollowUp, (await CaseAsync(1)).Due - _now);

        while ((await CaseAsync(1)).Due is { } due)
        {
            _now = due;
            await _temp.WriteAsync(tx => new CaseWriter(tx, _now, Policy.Default).TakeStepDue(tx.CaseOf(1)!));
        }

        Assert.Equal(CaseState.Closed, (await CaseAsync(1)).State);
        Assert.Equal(Targets.Default.FollowUp + Targets.Default.Silence, _now - (await CaseAsync(1)).ResolvedAt);
        Assert.Equal((Happiness.Silent, (DateTimeOffset?)null), ((await CaseAsync(1)).Happiness, (await CaseAsync(1)).TheirWordsAt));
    }

    [Fact]
    public async Task What_was_no_complaint_is_not_made_happy()
    {
        await HearAsync(Said("1", Anger));
        await HappenAsync(new Dismissed(Anna));

        await HearAsync(Said("2", Thanks));

        Assert.Equal(Happiness.Silent, (await CaseAsync(1)).Happiness);
    }

    [Fact]
    public async Task One_person_who_complains_on_two_networks_is_one_case_and_a_letter_stays_private()
    {
        var elsewhere = Said("2", "acme hotline hung up on me again, awful") with { Key = new PostKey("mastodon", "2"), Author = new Author { Handle = "mia@social.example" } };
        await HearAsync(Said("1", Anger));
        await _temp.WriteAsync(tx => tx.SaveCustomer(tx.CustomerOf(1)!.With(CustomerAccount.Of(elsewhere)!).With(CustomerAccount.Of(Letter("3"))!)));

        await HearAsync(elsewhere);
        await HearAsync(Letter("3"));

        Assert.Equal(2, (await CaseAsync(1)).Voices);
        Assert.True((await CaseAsync(2)).Private);
    }

    private static Post Letter(string id) => Said(id, "You have not refunded me, I am very angry and my lawyer will write") with { Key = new PostKey("mail:inbox", id), Author = new Author { Id = "mia@mia.example" }, Private = true };

    private static Post Said(string id, string text) => Some.Post(text, id);

    private static Post By(string author, Post post) => post with { Author = new Author { Id = author, Handle = author } };

    private async Task ResolvedCaseAsync(Post? joined = null)
    {
        await HearAsync(Said("1", Anger));
        if (joined is not null)
        {
            await HearAsync(joined);
        }
        await HappenAsync(new Claimed(Anna));
        await HappenAsync(new OwnerAnswered(Anna));
        await HappenAsync(new Resolved(Anna, Outcome.Solved));
    }

    private async Task ClosedCaseAsync()
    {
        await ResolvedCaseAsync();
        await HappenAsync(new TimeCame(Step.CloseInSilence));
        Assert.Equal(CaseState.Closed, (await CaseAsync(1)).State);
    }

    private Task HappenAsync(CaseEvent happened) => _temp.WriteAsync(tx => { new CaseWriter(tx, _now, Policy.Default).Happen(tx.CaseOf(1)!, happened); });

    private Task HearAsync(Post post, bool watched = true, ChangeKind kind = ChangeKind.Added, DateTimeOffset? posted = null, Assessment? said = null) =>
        RecordAsync(new Heard(kind, post with { Posted = posted ?? _now }, watched ? [Some.Watch()] : [], said ?? _scorer.Assess(post.Text, Evidence.None), ByUs: false), _now);

    private Task HearOursAsync(string id, DateTimeOffset heardAt, DateTimeOffset posted) =>
        RecordAsync(new Heard(ChangeKind.Added, By("acmecare", Said(id, "Sorry Mia, we look into it")) with { InReplyTo = First, Posted = posted }, [], Some.Assessment(0), ByUs: true), heardAt);

    private Task RecordAsync(Heard heard) => RecordAsync(heard, _now);

    private Task RecordAsync(Heard heard, DateTimeOffset at) =>
        _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor($"{++_cursor}"), false, null, [heard], [], [], 1), Policy.Default, at));

    private async Task<IReadOnlyList<string>> SaidAsync()
    {
        await _temp.WriteAsync(tx => tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("m1"), _now));
        return [.. (await _temp.ReadAsync(view => view.PingsToDo("care", _now.AddDays(1), 10))).Where(ping => !ping.Withdraw).Select(ping => ping.Text)];
    }

    private Task<CaseCard> CardAsync() => _temp.ReadAsync(view => CardWriter.Write(view.CaseOf(1)!, new CaseFacts(view.MentionOf(1)!), new CardKey("case:1", "care")));

    private Task<Case> CaseAsync(long id) => _temp.ReadAsync(view => view.CaseOf(id)!);
}
