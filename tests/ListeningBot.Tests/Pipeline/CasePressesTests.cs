using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>A care team's day at the desk: presses, choices, forms, and what they leave in the store.</summary>
public sealed partial class CasePressesTests : IAsyncDisposable
{
    private static readonly Member Anna = new() { Id = "anna", Name = "Anna Berg", Accounts = ["discord:1"], Zone = "Europe/Berlin" };
    private static readonly Member Ben = new() { Id = "ben", Name = "Ben Ode", Accounts = ["discord:2"] };
    private static readonly Member Lea = new() { Id = "lea", Name = "Lea Kurz", Accounts = ["discord:3"] };
    private static readonly Responder ByAnna = new("member:anna", "Anna Berg");
    private static readonly Responder ByBen = new("member:ben", "Ben Ode");

    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly PolicyBook _policies = new();
    private readonly PressDesk _desk;
    private int _presses;

    public CasePressesTests()
    {
        _policies.Swap(new Policy { Responders = new Responders { Teams = [new Team { Name = "care", Members = [Anna, Ben], Leads = [Lea] }] } });
        _desk = new PressDesk(_temp.Store, _policies, _clock, _ => { });
    }

    [Fact]
    public async Task A_promise_is_asked_for_read_in_the_responders_own_zone_and_kept_by_an_answer()
    {
        await MineAsync();
        await PressAsync(PressAction.Answered);

        var form = (await PressAsync(PressAction.Promise)).Form!;
        var said = await SubmitAsync(form, ("when", "tomorrow 10:00"), ("what", "a call"));

        var promise = (await CaseAsync()).OpenPromise!;
        Assert.Equal((9, "a call"), (promise.Due.Hour, promise.What));
        Assert.Contains("tomorrow 10:00", said.Say, StringComparison.Ordinal);
        await PressAsync(PressAction.Answered);
        Assert.True(Assert.Single((await CaseAsync()).Promises).Kept);
    }

    [Fact]
    public async Task Who_has_no_zone_goes_by_the_teams_clock()
    {
        _policies.Swap(new Policy { Responders = new Responders { Teams = [new Team { Name = "care", Zone = "Europe/Berlin", Members = [Anna with { Zone = null }] }] } });
        await MineAsync();

        await SubmitAsync((await PressAsync(PressAction.Promise)).Form!, ("when", "tomorrow 10:00"), ("what", "a call"));

        Assert.Equal(9, (await CaseAsync()).OpenPromise!.Due.Hour);
    }

    [Fact]
    public async Task A_time_that_nobody_understands_is_asked_again_with_examples_and_nothing_changes()
    {
        await MineAsync();

        var said = await SubmitAsync((await PressAsync(PressAction.Promise)).Form!, ("when", "soonish"), ("what", "a call"));

        Assert.Contains("Friday 10:00", said.Say, StringComparison.Ordinal);
        Assert.Empty((await CaseAsync()).Promises);
    }

    [Fact]
    public async Task A_hand_over_is_warm_and_calls_the_next_owner_by_name()
    {
        await MineAsync();
        await SubmitAsync((await PressAsync(PressAction.Wants)).Form!, ("wants", "her money back"));

        var asked = await PressAsync(PressAction.HandOver);
        var form = (await ChooseAsync(asked, "Ben Ode")).Form!;
        Assert.Contains("her money back", form.Fields[0].Value, StringComparison.Ordinal);
        await SubmitAsync(form, ("summary", form.Fields[0].Value!));

        Assert.Equal((ByBen, 1), ((await CaseAsync()).Owner, (await CaseAsync()).HandOvers));
        Assert.Contains("her money back", (await PingToAsync("discord:2")).Text, StringComparison.Ordinal);
        Assert.StartsWith("Ben Ode has it.", (await PressAsync(PressAction.Answered)).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleague_may_take_over_so_that_nothing_hangs_on_a_holiday()
    {
        await MineAsync();

        var form = (await ChooseAsync(await PressAsync(PressAction.HandOver, ByBen), "To me", ByBen)).Form!;
        await SubmitAsync(form, ByBen, ("summary", ""));

        Assert.Equal(ByBen, (await CaseAsync()).Owner);
    }

    [Fact]
    public async Task A_leader_gets_a_draft_and_the_owner_stays()
    {
        await MineAsync();

        var form = (await ChooseAsync(await PressAsync(PressAction.Leader), "Lea Kurz")).Form!;
        await SubmitAsync(form, ("draft", "I am sorry, Mia."));

        Assert.Equal((ByAnna, "Lea Kurz"), ((await CaseAsync()).Owner, (await CaseAsync()).Leader?.Name));
        Assert.Contains("I am sorry, Mia.", (await PingToAsync("discord:3")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_snooze_asks_nobody_until_its_time()
    {
        await MineAsync();

        await ChooseAsync(await PressAsync(PressAction.Snooze), asked => asked.Ask[0]);

        var @case = await CaseAsync();
        Assert.Equal((_clock.GetUtcNow().AddHours(1), Step.WakeUp), (@case.SnoozedUntil!.Value, @case.DueStep));
    }

    [Fact]
    public async Task An_outcome_is_closed_with_its_note_and_undone_within_minutes()
    {
        await MineAsync();
        var form = (await ChooseAsync(await PressAsync(PressAction.Resolve), "solved, and we went beyond")).Form!;
        Assert.True(form.Fields.Single(field => field.Name == "beyond").Required);

        await SubmitAsync(form, ("note", "new laptop"), ("offered", "a repair"), ("beyond", "a bag"));
        var resolved = await CaseAsync();
        await PressAsync(PressAction.Undo);

        Assert.Equal((CaseState.Resolved, Outcome.WentBeyond, "a bag"), (resolved.State, resolved.Outcome, resolved.Beyond));
        Assert.Equal((CaseState.Claimed, null), ((await CaseAsync()).State, (await CaseAsync()).Outcome));
    }

    [Fact]
    public async Task The_draft_for_a_leader_stays_when_the_owner_goes_on()
    {
        await MineAsync();
        await SubmitAsync((await ChooseAsync(await PressAsync(PressAction.Leader), "Lea Kurz")).Form!, ("draft", "I am sorry, Mia."));

        await PressAsync(PressAction.Waiting);

        Assert.Contains("I am sorry, Mia.", (await PingToAsync("discord:3")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_owner_has_left_the_team_whoever_is_on_call_hears_what_is_due()
    {
        await MineAsync();
        _policies.Swap(new Policy { Responders = new Responders { Teams = [new Team { Name = "care", Members = [Ben], Leads = [Lea] }] } });

        await _temp.Store.WriteAsync(tx => new CaseWriter(tx, _clock.GetUtcNow(), _policies.Current).Happen(tx.CaseOf(1)!, new TimeCame(Step.AskOwner)));

        Assert.Contains("still on it", (await PingToAsync("discord:2")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_no_account_yet_is_not_the_only_one_called()
    {
        var dora = new Member { Id = "dora", Name = "Dora Lind" };
        _policies.Swap(new Policy { Responders = new Responders { Teams = [new Team { Name = "care", Members = [dora, Ben] }] } });
        await RecordAsync(Some.Post());
        await RecordAsync(Some.Post("the acme charger burns, help me now please it smokes", "2") with { Author = new Author { Id = "tom" } });

        foreach (var id in new[] { 1L, 2L })
        {
            await _temp.Store.WriteAsync(tx => new CaseWriter(tx, _clock.GetUtcNow(), _policies.Current).Happen(tx.CaseOf(id)!, new TimeCame(Step.Ping)));
            await _temp.WriteAsync(tx => { tx.CardShown(new CardKey($"case:{id}", "care"), 1, new MessageRef($"m{id}"), _clock.GetUtcNow()); return 0; });
        }

        Assert.All(await _temp.ReadAsync(view => view.PingsToDo("care", _clock.GetUtcNow(), 10)), ping => Assert.Equal(["discord:2"], ping.To));
    }

    [Fact]
    public async Task A_time_to_snooze_that_has_passed_meanwhile_is_said_to_have_passed()
    {
        await MineAsync();
        var asked = await PressAsync(PressAction.Snooze);
        _clock.Advance(TimeSpan.FromHours(2));

        Assert.StartsWith("That time has passed", (await ChooseAsync(asked, options => options.Ask[0])).Say, StringComparison.Ordinal);
        Assert.Null((await CaseAsync()).SnoozedUntil);
    }

    [Fact]
    public async Task What_is_written_in_the_thread_is_kept_once_and_resets_the_idle_clock()
    {
        await MineAsync();
        await _temp.WriteAsync(tx => { tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("room/9"), _clock.GetUtcNow()); return 0; });
        _clock.Advance(TimeSpan.FromMinutes(90));
        var note = new ThreadNote("n1", Account(ByAnna), [new MessageRef("other/9"), new MessageRef("room/9")], "She prefers mail.", _clock.GetUtcNow());

        await _desk.NoteAsync(note);
        await _desk.NoteAsync(note);
        await _desk.NoteAsync(note with { Id = "n2", Under = [new MessageRef("room/10")] });

        var events = await _temp.ReadAsync(view => view.EventsOf(1));
        Assert.Contains(events, happening => happening.Event is Opened { Where: "posts" });
        Assert.Contains(events, happening => happening.Event is Noted { Where: "discord" });
        Assert.Equal("She prefers mail.", Assert.Single(events.Select(happening => happening.Event).OfType<Noted>()).Text);
        Assert.Equal(_clock.GetUtcNow(), (await CaseAsync()).LastAction);
    }

    [Fact]
    public async Task Of_questions_that_quote_customers_nothing_is_kept()
    {
        await MineAsync();
        await RecordAsync(Some.Post("and the acme shop charged me twice", "2"));

        var asked = await PressAsync(PressAction.Split);
        var kept = await _temp.ReadAsync(view => view.AnswerTo($"press {_presses}"));

        Assert.Contains("died again", asked.Ask[0].Label, StringComparison.Ordinal);
        Assert.Equal(("This was answered already.", 0), (kept!.Say, kept.Ask.Count));
    }

    [Fact]
    public async Task Replaying_what_was_stored_gives_the_state()
    {
        await MineAsync();
        await SubmitAsync((await PressAsync(PressAction.Promise)).Form!, ("when", "in 2 h"), ("what", "a call"));
        await PressAsync(PressAction.Answered);
        await SubmitAsync((await ChooseAsync(await PressAsync(PressAction.Resolve), "solved")).Form!, ("note", "called"));

        var events = await _temp.ReadAsync(view => view.EventsOf(1));

        Assert.Equivalent(await CaseAsync() with { Due = null, DueStep = null }, Case.Replay(events.Select(happening => (happening.Event, happening.At))), strict: true);
    }

    /// <summary>As the chat tells of them: their names there are their own business.</summary>
    private static Responder Account(Responder person) => new(person == ByAnna ? Anna.Accounts[0] : Ben.Accounts[0], "nickname");

    private Task HappenAsync(long @case, CaseEvent happened) => _temp.WriteAsync(tx => { new CaseWriter(tx, _clock.GetUtcNow(), _policies.Current).Happen(tx.CaseOf(@case)!, happened); });

    private async Task MineAsync()
    {
        await RecordAsync(Some.Post());
        await PressAsync(PressAction.Claim);
    }

    private Task RecordAsync(Post post, Priority priority = Priority.Normal)
    {
        var heard = new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(0.9, priority), ByUs: false);
        var harvest = new Harvest("posts", new Cursor(post.Key.Id), false, null, [heard], [], [], 1);
        return _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, _policies.Current, _clock.GetUtcNow()));
    }

    private Task<PressAnswer> PressAsync(PressAction action, Responder? by = null, long subject = 1) => PressAsync(new PressTarget(action, subject), by);

    private Task<PressAnswer> PressAsync(PressTarget target, Responder? by = null, params (string Name, string Text)[] fields) =>
        _desk.PressAsync(new Press($"press {++_presses}", Account(by ?? ByAnna), target) { Fields = fields.ToDictionary(field => field.Name, field => field.Text) });

    private Task<PressAnswer> ChooseAsync(PressAnswer asked, string label, Responder? by = null) => PressAsync(asked.Ask.Single(choice => choice.Label == label).Target!, by);

    private Task<PressAnswer> ChooseAsync(PressAnswer asked, Func<PressAnswer, CardButton> choose, long subject = 1)
    {
        var target = choose(asked).Target!;
        Assert.Equal(subject, target.Subject);
        return PressAsync(target);
    }

    private Task<PressAnswer> SubmitAsync(Form form, params (string Name, string Text)[] fields) => PressAsync(form.Target, null, fields);

    private Task<PressAnswer> SubmitAsync(Form form, Responder by, params (string Name, string Text)[] fields) => PressAsync(form.Target, by, fields);

    private async Task<Case> CaseAsync(long id = 1) => (await _temp.Store.ReadAsync(view => view.CaseOf(id)))!;

    private async Task<PingWork> PingToAsync(string account)
    {
        await _temp.WriteAsync(tx => { tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("m"), _clock.GetUtcNow()); return 0; });
        return Assert.Single(await _temp.ReadAsync(view => view.PingsToDo("care", _clock.GetUtcNow(), 10)), ping => ping.To.Contains(account));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
