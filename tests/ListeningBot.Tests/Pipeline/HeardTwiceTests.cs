using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Two channels of one service bring the same post: a search for the brand to "care", and the community's own place, where everything counts, to "community".</summary>
public sealed class HeardTwiceTests : IAsyncDisposable
{
    private static readonly Watch Search = Some.Watch("search") with { AlertAt = 0.5 };
    private static readonly Watch Tried = Search with { Shadow = true, AlertAt = 0.2 };
    private static readonly Watch Own = Some.Watch("own") with { Team = "community", Everything = true, AlertAt = 0.2 };
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private readonly TempStore _temp = new();
    private int _cursor;

    [Fact]
    public async Task What_lay_in_the_maybe_list_of_one_team_is_a_case_of_the_other_whose_line_it_reaches()
    {
        await BySearchAsync(0.4, Search);
        await _temp.WriteAsync(tx => new CaseWriter(tx, Now, Policy.Default).WantTrayPage(tx.AddTrayPage("care", new DateOnly(2026, 11, 2), 1, 1, [1])));

        var recorded = await ByOwnAsync(0.4, Own);

        Assert.Equal((0, 1, 0), (recorded.Mentions, recorded.Cases, recorded.Tray));
        var @case = await CaseAsync(1);
        Assert.Equal(("community", 1, Some.Post().Posted, Now), (Assert.Single(@case.Teams), @case.Voices, @case.Posted, @case.FirstSeen));
        Assert.Equal(["community"], await RoomsAsync(1));
        Assert.Equal("heard by another watch too: now a case", await Read(view => view.TrayVerdictOf(1)));
        Assert.Equal(2, (await Read(view => view.CardsToShow("care", Now, 9))).Single(card => card.Key.Subject == "tray:1").Wanted);
        var mention = (await Read(view => view.MentionOf(1)))!;
        Assert.Equal("search own|care community", $"{string.Join(' ', mention.Watches)}|{string.Join(' ', mention.Teams)}");
    }

    [Fact]
    public async Task What_only_a_watch_on_trial_had_heard_goes_on_as_a_case_of_the_team_with_all_that_came_to_it()
    {
        await BySearchAsync(0.9, Tried);
        await RecordAsync("search", Answer("2", "mia", "and it burned my hand", 0.9));
        await RecordAsync("search", Answer("3", "zoe", "same here", 0.1));
        await RecordAsync("search", Answer("4", "acmecare", "Sorry Mia, we call you now", 0.1) with { ByUs = true });
        Assert.True((await CaseAsync(1)).Shadow);

        Assert.Equal(1, (await ByOwnAsync(0.9, Own)).Cases);

        var (trial, real) = (await CaseAsync(1), await CaseAsync(2));
        Assert.Equal((CaseState.Closed, 2), (trial.State, trial.MergedInto));
        Assert.Equal((false, "community", 2, "@acmecare"), (real.Shadow, Assert.Single(real.Teams), real.Voices, real.AnsweredBy));
        Assert.Equal(["community"], await RoomsAsync(2));
        Assert.Equal(["1", "2", "3", "4"], (await Read(view => view.MentionsOfCase(2))).Select(mention => mention.Post.Key.Id));
        var first = (await Read(view => view.MentionOf(1)))!;
        Assert.Equal(("own", "search"), (Assert.Single(first.Watches), Assert.Single(first.OnTrial)));
        await RecordAsync("search", Answer("5", "mia", "nobody called", 0.9));
        Assert.Equal(2, (await Read(view => view.MentionOf(new PostKey("replay:posts", "5"))))!.CaseId);
    }

    [Fact]
    public async Task A_case_of_one_team_is_shown_to_the_other_too_and_has_no_voice_more()
    {
        await BySearchAsync(0.9, Search);

        Assert.Equal(0, (await ByOwnAsync(0.9, Own)).Cases);

        var @case = await CaseAsync(1);
        Assert.Equal(("care community", 1), (string.Join(' ', @case.Teams), @case.Voices));
        Assert.Equal(["care", "community"], await RoomsAsync(1));
        await ByOwnAsync(0.9, "acme again, three weeks without an answer", "2", Own);
        Assert.Equal(2, (await CaseAsync(1)).Voices);
    }

    [Theory]
    [InlineData(0.4, false)]
    [InlineData(0.9, false)]
    [InlineData(0.9, true)]
    public async Task Heard_once_more_by_either_nothing_happens(double complaint, bool tried)
    {
        var search = tried ? Tried : Search;
        await BySearchAsync(complaint, search);
        await ByOwnAsync(complaint, Own);
        var before = await AllAsync();

        await ByOwnAsync(complaint, Own);
        await BySearchAsync(complaint, search);
        await ByOwnAsync(complaint, Own, search);

        Assert.Equal(before, await AllAsync());
    }

    [Fact]
    public async Task The_same_watch_by_another_channel_and_another_watch_by_the_same_channel_hear_nothing_anew()
    {
        await BySearchAsync(0.4, Search);
        var before = await AllAsync();

        await ByOwnAsync(0.6, Search with { AlertAt = 0.5 });
        await BySearchAsync(0.4, Search, Own);
        await ByOwnAsync(0.4, Own with { Shadow = true });

        Assert.Equal(before, await AllAsync());
    }

    [Theory]
    [InlineData(0.4, PressAction.TrayDismiss, false)]
    [InlineData(0.9, PressAction.NotAComplaint, false)]
    [InlineData(0.9, PressAction.NotAComplaint, true)]
    public async Task What_people_called_no_complaint_stays_so(double complaint, PressAction press, bool tried)
    {
        await BySearchAsync(complaint, tried ? Tried : Search);
        await _temp.Store.WriteAsync(tx => PressDesk.Take(tx, new Press("p", new Responder("discord:1", "Ana"), new PressTarget(press, 1)), Policy.Default, Now).Answer);
        var before = await AllAsync();

        await ByOwnAsync(complaint, Own);

        Assert.Equal(before, await AllAsync());
    }

    [Fact]
    public async Task What_people_called_no_complaint_with_its_case_stays_so_and_who_only_stood_below_is_heard()
    {
        await BySearchAsync(0.9, Search);
        var (voice, below) = (Answer("2", "ben", "same here with acme", 0.1) with { Watches = [Search] }, Answer("3", "zoe", "my order never came either", 0.9));
        await RecordAsync("search", voice);
        await RecordAsync("search", below);
        await _temp.Store.WriteAsync(tx => PressDesk.Take(tx, new Press("p", new Responder("discord:1", "Ana"), new PressTarget(PressAction.NotAComplaint, 1)), Policy.Default, Now).Answer);
        var before = await AllAsync();

        await RecordAsync("own", voice with { Watches = [Own], Assessment = Some.Assessment(0.9) });
        Assert.Equal(before, await AllAsync());

        Assert.Equal(1, (await RecordAsync("own", below with { Watches = [Own] })).Cases);
    }

    [Fact]
    public async Task Another_customer_who_stood_in_a_case_on_trial_leaves_it_alone()
    {
        await BySearchAsync(0.9, Tried);
        await RecordAsync("search", Answer("2", "mia", "and it burned my hand", 0.9));
        var below = Answer("3", "zoe", "my order never came either", 0.9);
        await RecordAsync("search", below);

        await RecordAsync("own", below with { Watches = [Own] });

        Assert.False((await CaseAsync(1)).HasEnded);
        Assert.Equal(["1", "2"], (await Read(view => view.MentionsOfCase(1))).Select(mention => mention.Post.Key.Id));
        Assert.Equal(["3"], (await Read(view => view.MentionsOfCase(2))).Select(mention => mention.Post.Key.Id));
    }

    [Fact]
    public async Task At_first_contact_what_is_old_alerts_nobody_and_later_it_does()
    {
        var old = new Heard(ChangeKind.Added, Some.Post() with { Posted = Now - TimeSpan.FromHours(25) }, [Search], Some.Assessment(0.4), ByUs: false);
        await RecordAsync("search", old);

        Assert.Equal(0, (await RecordAsync("own", old with { Watches = [Own] }, firstContact: true)).Cases);
        Assert.Equal(1, (await RecordAsync("own", old with { Watches = [Own] })).Cases);
    }

    [Fact]
    public async Task What_one_channel_remembered_from_before_its_time_alerts_the_team_of_another_that_reads_it_later()
    {
        var old = new Heard(ChangeKind.Added, Some.Post() with { Posted = Now - TimeSpan.FromHours(25) }, [Search], Some.Assessment(), ByUs: false);
        await RecordAsync("search", old, firstContact: true);

        Assert.Equal(1, (await RecordAsync("own", old with { Watches = [Own] })).Cases);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Below_its_line_or_under_its_silence_it_lies_in_the_maybe_list_of_the_other_team_too(bool silenced)
    {
        await BySearchAsync(0.4, Search);
        await BySearchAsync(0.4, "acme, hm", "2", Tried);
        if (silenced)
        {
            await _temp.Store.WriteAsync(tx => tx.AddSilence(new Silence(SilenceOf.Watch, "own", "planned", new Responder("a", "Ann"), Now, Now.AddHours(1))));
        }
        var own = silenced ? Own : Own with { AlertAt = 0.5 };

        await ByOwnAsync(0.4, own);
        await ByOwnAsync(0.4, "acme, hm", "2", own);

        Assert.Equal([1L, 2], await Read(view => view.UnlistedTray("community", 9)));
        Assert.Equal([1L], await Read(view => view.UnlistedTray("care", 9)));
        Assert.Equal(silenced ? 2 : 0, await Read(view => view.HeldBackBy(1)));
        Assert.Equal(["community"], (await Read(view => view.MentionOf(2)))!.Teams);
    }

    [Fact]
    public async Task What_answered_in_a_thread_without_a_watch_is_another_customers_own_case_where_it_complains()
    {
        await BySearchAsync(0.9, Search);
        var below = Answer("2", "ben", "they charged me twice and nobody answers", 0.9);
        await RecordAsync("search", below);
        Assert.Equal(1, (await Read(view => view.MentionOf(2)))!.CaseId);

        await RecordAsync("own", below with { Watches = [Own] });

        Assert.Equal(2, (await Read(view => view.MentionOf(2)))!.CaseId);
        Assert.Equal(["community"], await RoomsAsync(2));
        Assert.Equal(["care"], await RoomsAsync(1));
    }

    /// <summary>The other channel hears of the post only when its author changes it, and the store has it as it is by then.</summary>
    [Fact]
    public async Task What_the_other_channel_brings_as_an_edit_is_a_case_of_its_team_too()
    {
        await BySearchAsync(0.4, Search);

        var recorded = await RecordAsync("own", new Heard(ChangeKind.Edited, Some.Post(), [Own], Some.Assessment(0.4), ByUs: false));

        Assert.Equal(1, recorded.Cases);
        Assert.Equal(["community"], await RoomsAsync(1));
    }

    /// <summary>On Bluesky an answer to ours carries no name: the first watch hears it, and the case stays with who has it.</summary>
    [Fact]
    public async Task An_answer_that_names_nobody_brings_no_team_more_into_the_case_that_it_joins()
    {
        await BySearchAsync(0.9, Search);

        await RecordAsync("search", Answer("2", "mia", "still nothing after three weeks", 0.9) with { Watches = [Own], ByAddress = true });

        Assert.Equal("care", Assert.Single((await CaseAsync(1)).Teams));
        Assert.Equal(["care"], await RoomsAsync(1));
    }

    /// <summary>From the alert line of a watch up, as on other services.</summary>
    [Fact]
    public async Task An_answer_that_names_nobody_opens_its_customers_solved_case_again()
    {
        await BySearchAsync(0.9, Search);
        var ana = new Responder("discord:1", "Ana");
        foreach (var happened in new CaseEvent[] { new Claimed(ana), new Resolved(ana, Outcome.Solved) })
        {
            await _temp.WriteAsync(tx => new CaseWriter(tx, Now, Policy.Default).Happen(tx.CaseOf(1)!, happened));
        }
        Assert.True((await CaseAsync(1)).HasEnded);
        var nope = Answer("2", "mia", "nope, same as last week", 0.44);

        await RecordAsync("search", nope with { Post = nope.Post with { Posted = Now.AddDays(1) }, Watches = [Own], ByAddress = true });

        Assert.Equal((false, "care"), ((await CaseAsync(1)).HasEnded, Assert.Single((await CaseAsync(1)).Teams)));
    }

    private static Heard Answer(string id, string author, string text, double complaint)
    {
        var first = Some.Post().Key;
        var post = Some.Post(text, id) with { Author = new Author { Id = author, Handle = author }, InReplyTo = first, Thread = first };
        return new Heard(ChangeKind.Added, post, [], Some.Assessment(complaint), ByUs: false);
    }

    private Task<Recorded> BySearchAsync(double complaint, params Watch[] watches) => BySearchAsync(complaint, Some.Post().Text, "1", watches);

    private Task<Recorded> BySearchAsync(double complaint, string text, string id, params Watch[] watches) => HearAsync("search", complaint, text, id, watches);

    private Task<Recorded> ByOwnAsync(double complaint, params Watch[] watches) => ByOwnAsync(complaint, Some.Post().Text, "1", watches);

    private Task<Recorded> ByOwnAsync(double complaint, string text, string id, params Watch[] watches) => HearAsync("own", complaint, text, id, watches);

    private Task<Recorded> HearAsync(string channel, double complaint, string text, string id, Watch[] watches) =>
        RecordAsync(channel, new Heard(ChangeKind.Added, Some.Post(text, id), watches, Some.Assessment(complaint), ByUs: false));

    private Task<Recorded> RecordAsync(string channel, Heard heard, bool firstContact = false)
    {
        heard = heard with { Post = heard.Post with { Channel = channel } };
        var harvest = new Harvest(channel, new Cursor($"{++_cursor}"), firstContact, null, [heard], [], [], 1);
        return _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, Now));
    }

    /// <summary>What a second hearing could change: each case, mention and list.</summary>
    private Task<string> AllAsync() => Read(view => string.Join('\n', [
        .. new[] { 1L, 2, 3 }.Select(view.CaseOf).OfType<Case>().Select(one => $"case {one.Id} {one.Version} {one.State}"),
        .. new[] { 1L, 2, 3 }.Select(view.MentionOf).OfType<Mention>().Select(one => $"mention {one.Id} {one.Standing} {one.CaseId} {string.Join(',', one.Watches)} {string.Join(',', one.Teams)}"),
        .. view.TeamsWithUnlistedTray()]));

    private async Task<Case> CaseAsync(long id) => (await Read(view => view.CaseOf(id)))!;

    private Task<string[]> RoomsAsync(long id) => Read(view => new[] { "care", "community", "shadow" }.Where(room => view.StandingOf(new CardKey($"case:{id}", room)) is not null).ToArray());

    private Task<T> Read<T>(Func<IStoreView, T> work) => _temp.Store.ReadAsync(work);

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
