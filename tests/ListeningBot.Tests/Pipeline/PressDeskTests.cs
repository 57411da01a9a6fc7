using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class PressDeskTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly HashSet<string> _rung = [];
    private readonly PressDesk _desk;
    private int _presses;

    public PressDeskTests() => _desk = new PressDesk(_temp.Store, new PolicyBook(), _clock, _rung.UnionWith);

    [Fact]
    public async Task A_claim_is_stored_with_who_pressed_and_the_room_is_woken()
    {
        await OpenAsync();

        Assert.Equal(PressAnswer.Done, await PressAsync(PressAction.Claim, "Ana"));
        var @case = await CaseAsync();
        Assert.Equal(("Ana", CaseState.Claimed), (@case.Owner?.Name, @case.State));
        Assert.Equal(["care"], _rung);
    }

    [Fact]
    public async Task The_same_press_heard_twice_counts_once_and_is_answered_alike()
    {
        await OpenAsync();
        var press = new Press("one", new Responder("discord:Ana", "Ana"), new PressTarget(PressAction.Claim, 1));

        var first = await _desk.PressAsync(press);
        var second = await _desk.PressAsync(press);

        Assert.Equal((first.Say, first.Ask.Count), (second.Say, second.Ask.Count));
        Assert.Equal(2, (await CaseAsync()).Version);
    }

    [Fact]
    public async Task Thirty_two_clickers_give_one_owner_and_thirty_one_kind_answers()
    {
        await OpenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => PressAsync(PressAction.Claim, "R" + i))));

        Assert.Equal(31, answers.Count(a => a.Say?.Contains("has it already", StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task Resolve_asks_for_the_outcome_and_changes_nothing_until_it_is_given()
    {
        await OpenAsync();
        Assert.Contains("Claim first", (await PressAsync(PressAction.Resolve, "Ana")).Say, StringComparison.Ordinal);
        await PressAsync(PressAction.Claim, "Ana");

        var asked = await PressAsync(PressAction.Resolve, "Ana");

        Assert.Equal(6, asked.Ask.Count);
        Assert.Equal(CaseState.Claimed, (await CaseAsync()).State);
        var target = asked.Ask.Single(b => b.Label == "solved").Target!;
        Assert.Equal(PressAction.Outcome, PressTarget.Parse(target.ToString())!.Action);
        var form = (await _desk.PressAsync(new Press("chosen", new Responder("discord:Ana", "Ana"), target))).Form!;
        Assert.Equal(CaseState.Claimed, (await CaseAsync()).State);
        await _desk.PressAsync(new Press("close", new Responder("discord:Ana", "Ana"), form.Target) { Fields = new Dictionary<string, string> { ["note"] = "sent a new one" } });
        Assert.Equal((CaseState.Resolved, Outcome.Solved), ((await CaseAsync()).State, (await CaseAsync()).Outcome));
    }

    [Theory]
    [InlineData("Nonsense")]
    [InlineData(null)]
    [InlineData("17")]
    public async Task An_outcome_that_we_never_offered_closes_nothing(string? value)
    {
        await OpenAsync();
        await PressAsync(PressAction.Claim, "Ana");

        var answer = await _desk.PressAsync(new Press("x", new Responder("discord:Ana", "Ana"), new PressTarget(PressAction.Outcome, 1, value)));

        Assert.Contains("outcome", answer.Say, StringComparison.Ordinal);
        Assert.Equal(CaseState.Claimed, (await CaseAsync()).State);
    }

    [Fact]
    public async Task A_year_old_button_is_answered_kindly()
    {
        Assert.Contains("no longer kept", (await PressAsync(PressAction.Claim, "Ana", 999)).Say, StringComparison.Ordinal);
        Assert.Contains("no longer kept", (await PressAsync(PressAction.TrayDismiss, "Ana", 999)).Say, StringComparison.Ordinal);
    }

    /// <summary>The store was begun anew, the cards of before still stand there, and this number was given again.</summary>
    [Theory]
    [InlineData(PressAction.Claim)]
    [InlineData(PressAction.NotAComplaint)]
    [InlineData(PressAction.More)]
    [InlineData(PressAction.TrayDismiss)]
    [InlineData(PressAction.Take)]
    [InlineData(PressAction.Take, "1")]
    [InlineData(PressAction.LinkYes)]
    [InlineData(PressAction.LinkNo)]
    [InlineData(PressAction.ApplyChange)]
    [InlineData(PressAction.DiscardChange)]
    public async Task A_button_on_a_card_of_an_older_store_touches_nothing_of_this_one(PressAction action, string? value = null)
    {
        await ShownAsync("m2");
        await _temp.WriteAsync(tx =>
        {
            tx.AddGroup("care", "billing", _clock.GetUtcNow());
            tx.AskLink("discord:9", "somebody", "mia", _clock.GetUtcNow());
            tx.AddConfig(new ConfigVersion(0, _clock.GetUtcNow(), "x", "x", "one", "{}"));
            tx.AddHeldChange(new HeldChange { Wanted = new ConfigVersion(0, _clock.GetUtcNow(), "x", "x", "two", "{}"), Base = 1, Why = new Objection([], "nothing") });
        });

        var answer = await _desk.PressAsync(PressOn("m1", action, sentAgo: TimeSpan.FromDays(3), value));

        Assert.Equal("This card is of an older store, and its number stands for something else now. Nothing was changed.", answer.Say);
        Assert.Equal((null, CaseState.Unclaimed), ((await CaseAsync()).Owner, (await CaseAsync()).State));
        Assert.Null(await _temp.Store.ReadAsync(view => view.TrayVerdictOf(1)));
        Assert.Null((await _temp.Store.ReadAsync(view => view.LinkOf(1)))!.Yes);
        Assert.Equal((1, HeldStanding.Held), await _temp.Store.ReadAsync(view => view.LatestHeld()));
    }

    [Theory]
    [InlineData("m1", -1)]
    [InlineData("m2", 3 * 24 * 60)]
    public async Task A_card_that_was_sent_twice_and_one_that_a_wrong_clock_dates_are_pressed_as_ever(string message, int minutesBefore)
    {
        await ShownAsync("m2");

        Assert.Equal(PressAnswer.Done, await _desk.PressAsync(PressOn(message, PressAction.Claim, TimeSpan.FromMinutes(minutesBefore))));
        Assert.Equal("Ana", (await CaseAsync()).Owner?.Name);
    }

    [Fact]
    public async Task More_tells_the_reasons_and_the_watch()
    {
        await OpenAsync();

        var answer = await PressAsync(PressAction.More, "Ana");

        Assert.Contains("died again", answer.Say, StringComparison.Ordinal);
        Assert.Contains("watch: acme", answer.Say, StringComparison.Ordinal);
        Assert.Equal("https://social.example/1", answer.Ask[0].Url);
    }

    [Fact]
    public async Task A_claim_withdraws_the_pings_of_the_case()
    {
        await OpenAsync();
        var key = new CardKey("case:1", "care");
        var due = new DueWork(_temp.Store, new PolicyBook(), _clock, _ => { });
        await _temp.Store.WriteAsync(tx => { tx.CardShown(key, 1, new MessageRef("m1"), _clock.GetUtcNow()); return 0; });
        _clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(1, await due.SweepAsync(CancellationToken.None));
        var ping = Assert.Single(await PingsAsync());
        await _temp.Store.WriteAsync(tx => { tx.PingSent(ping.Id, new MessageRef("p1"), _clock.GetUtcNow()); return 0; });
        Assert.Empty(await PingsAsync());
        Assert.Equal(0, await due.SweepAsync(CancellationToken.None));

        await PressAsync(PressAction.Claim, "Ana");

        Assert.True(Assert.Single(await PingsAsync()).Withdraw);
    }

    [Fact]
    public async Task The_maybe_list_has_pages_of_five_and_each_entry_is_decided_once()
    {
        for (var i = 0; i < 7; i++)
        {
            await RecordAsync(Some.Post($"acme number {i} hm", $"{i}") with { Author = new Author { Id = $"a{i}" } }, complaint: 0.1 * i / 2);
        }
        await new DueWork(_temp.Store, new PolicyBook(), _clock, _rung.UnionWith).ListMaybesAsync(CancellationToken.None);

        var cards = await _temp.Store.ReadAsync(view => view.CardsToShow("care", _clock.GetUtcNow(), 10));
        Assert.Equal(["tray:1", "tray:2"], cards.Select(c => c.Key.Subject).Order());
        var page = (await _temp.Store.ReadAsync(view => view.TrayPageOf(1)))!;
        Assert.Equal((1, 2, 5), (page.Page, page.Pages, page.Mentions.Count));

        Assert.Equal(PressAnswer.Done, await PressAsync(PressAction.TrayComplaint, "Ana", page.Mentions[0]));
        Assert.Equal(CaseState.Unclaimed, (await CaseAsync()).State);
        Assert.Equal(PressAnswer.Done, await PressAsync(PressAction.TrayDismiss, "Ben", page.Mentions[1]));
        Assert.Equal("Already decided: dismissed, by Ben.", (await PressAsync(PressAction.TrayComplaint, "Ana", page.Mentions[1])).Say);
        var entries = await _temp.Store.ReadAsync(view => view.EntriesOf(page));
        Assert.Equal(3, (await _temp.Store.ReadAsync(view => view.CardsToShow("care", _clock.GetUtcNow(), 10))).Single(c => c.Key.Subject == "tray:1").Wanted);
        Assert.Equal(Standing.Dismissed, entries[1].Mention.Standing);
    }

    [Fact]
    public async Task A_maybe_of_an_author_with_an_open_case_joins_it()
    {
        await RecordAsync(Some.Post("acme, hm", "0") with { Author = new Author { Id = "other" } }, complaint: 0.2);
        var maybe = (await _temp.Store.ReadAsync(view => view.MentionOf(new PostKey("replay:posts", "0"))))!;
        await _temp.Store.WriteAsync(tx => { tx.UpdateMention(maybe with { Post = maybe.Post with { Author = new Author { Id = "mia" } } }); return 0; });
        await OpenAsync();

        await PressAsync(PressAction.TrayComplaint, "Ana", maybe.Id);

        Assert.Equal(2, (await _temp.Store.ReadAsync(view => view.MentionsOfCase(1))).Count);
    }

    [Theory]
    [InlineData(false, CaseState.Claimed, Happiness.AngryAgain, null)]
    [InlineData(true, CaseState.Resolved, Happiness.Silent, "It belongs to case 1, which was resolved after these words. If this is another trouble, open it again there.")]
    public async Task A_maybe_that_a_human_calls_a_complaint_opens_the_resolved_case_of_its_author_again_unless_it_is_older_than_the_solution(bool older, CaseState state, Happiness happiness, string? told)
    {
        await RecordAsync(Some.Post("acme, thank you very much indeed", "0") with { Posted = _clock.GetUtcNow() }, Some.Assessment(0.05) with { Sentiment = 0.2 });
        _clock.Advance(TimeSpan.FromMinutes(older ? 10 : 0));
        await OpenAsync();
        await _temp.WriteAsync(tx => new CaseWriter(tx, _clock.GetUtcNow(), Policy.Default).Happen(tx.CaseOf(1)!, new Claimed(new Responder("discord:Ana", "Ana"))));
        await _temp.WriteAsync(tx => new CaseWriter(tx, _clock.GetUtcNow(), Policy.Default).Happen(tx.CaseOf(1)!, new Resolved(new Responder("discord:Ana", "Ana"), Outcome.Solved)));

        Assert.Equal(told is null ? PressAnswer.Done : PressAnswer.Tell(told), await PressAsync(PressAction.TrayComplaint, "Ana", 1));

        Assert.Equal((state, happiness), ((await CaseAsync()).State, (await CaseAsync()).Happiness));
    }

    [Fact]
    public async Task A_maybe_that_a_human_takes_up_the_next_day_is_pinged_only_when_nobody_claims_it_from_then_on()
    {
        await RecordAsync(Some.Post("acme, hm", "0"), complaint: 0.2);
        _clock.Advance(TimeSpan.FromHours(20));
        await PressAsync(PressAction.TrayComplaint, "Ana");
        var due = new DueWork(_temp.Store, new PolicyBook(), _clock, _rung.UnionWith);

        Assert.Equal(0, await due.SweepAsync(CancellationToken.None));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await due.SweepAsync(CancellationToken.None));
    }

    private Task OpenAsync() => RecordAsync(Some.Post(), 0.9);

    private Task RecordAsync(Post post, double complaint) => RecordAsync(post, Some.Assessment(complaint));

    private Task RecordAsync(Post post, Assessment assessment)
    {
        var heard = new Heard(ChangeKind.Added, post, [Some.Watch()], assessment, ByUs: false);
        var harvest = new Harvest("posts", new Cursor(post.Key.Id), false, null, [heard], [], [], 1);
        return _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, _clock.GetUtcNow()));
    }

    private Task<PressAnswer> PressAsync(PressAction action, string who, long subject = 1) =>
        _desk.PressAsync(new Press($"press {Interlocked.Increment(ref _presses)}", new Responder("discord:" + who, who), new PressTarget(action, subject)));

    private async Task ShownAsync(string message)
    {
        await OpenAsync();
        await _temp.Store.WriteAsync(tx => { tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef(message), _clock.GetUtcNow()); return 0; });
    }

    private Press PressOn(string message, PressAction action, TimeSpan sentAgo, string? value = null) =>
        new("on " + message, new Responder("discord:Ana", "Ana"), new PressTarget(action, 1, value)) { On = new PressedCard(new MessageRef(message), _clock.GetUtcNow() - sentAgo) };

    private async Task<Case> CaseAsync() => (await _temp.Store.ReadAsync(view => view.CaseOf(1)))!;

    private Task<IReadOnlyList<PingWork>> PingsAsync() => _temp.Store.ReadAsync(view => view.PingsToDo("care", _clock.GetUtcNow(), 10));

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
