using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Storage;

/// <summary>One row whose JSON can't be read costs what it held and nothing else; it is in the list of dead letters, and leaves it once it can be read again.</summary>
public sealed class DamagedRowsTests : IAsyncDisposable
{
    private readonly DeskRig _rig = new();
    private readonly DeadLettersRig _dead;

    public DamagedRowsTests() => _dead = new DeadLettersRig(_rig.Temp.Store, _rig.Clock, _rig.Policies);

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task An_event_costs_its_case_no_other_and_leaves_the_list_once_it_is_mended()
    {
        await ThreeEventsAsync();
        Run("UPDATE case_events SET event = substr(event, 1, 9) WHERE version = 2");

        Assert.Equal([typeof(Opened), typeof(Released)], await EventsAsync());
        await ListedAsync("event of case 1");
        await StaysAsync();
        Run("UPDATE case_events SET event = (SELECT event FROM case_events WHERE version = 3) WHERE version = 2");
        await LeavesAsync();
    }

    [Fact]
    public async Task Words_that_are_taken_out_of_events_are_taken_out_of_the_right_ones_and_those_nobody_can_read_go_when_it_is_asked_for()
    {
        await ThreeEventsAsync();
        Run("UPDATE case_events SET event = substr(event, 1, 9) WHERE version = 2");

        await _rig.Temp.WriteAsync(tx => tx.Reword(tx.CaseOf(1)!, [.. tx.EventsOf(1).Select(happening => happening.Event)]));
        Assert.Equal([typeof(Opened), typeof(Released)], await EventsAsync());
        Assert.Equal(3, Number("SELECT count(*) FROM case_events"));
        await _rig.Temp.WriteAsync(tx => tx.RemoveUnreadableEvents(1, _ => false));
        Assert.Equal(3, Number("SELECT count(*) FROM case_events"));
        await _rig.Temp.WriteAsync(tx => tx.RemoveUnreadableEvents(1, left => left == "{\"event\":"));

        Assert.Equal([typeof(Opened), typeof(Released)], await EventsAsync());
        Assert.Equal(2, Number("SELECT count(*) FROM case_events"));
        Assert.Equal(3, Number("SELECT max(version) FROM case_events"));
    }

    [Fact]
    public async Task Contacts_cost_their_case_no_others()
    {
        await _rig.ComplainAsync("1");
        await _rig.HearAsync(Some.Post("acme still does nothing", "2") with { InReplyTo = new PostKey("replay:posts", "1"), Author = new Author { Id = "a1", Handle = "a1" } });
        await _rig.Temp.WriteAsync(tx =>
        {
            tx.WantLookup(1, _rig.Clock.GetUtcNow());
            tx.WantLookup(2, _rig.Clock.GetUtcNow());
            tx.KeepContacts(1, [new Contact(ContactKind.Mail, "a@mail.example", "the post")]);
            tx.KeepContacts(2, [new Contact(ContactKind.Mail, "b@mail.example", "the post")]);
        });
        Run("UPDATE lookups SET contacts = '[{' WHERE mention = 2");

        Assert.Equal(["a@mail.example"], (await _rig.Temp.ReadAsync(view => view.ContactsOf(1))).Select(contact => contact.Value));
        Assert.Empty(await _rig.Temp.ReadAsync(view => view.ContactsIn(2)));
        await ListedAsync("contacts of mention 2");
        await StaysAsync();
        Run("UPDATE lookups SET contacts = '[]' WHERE mention = 2");
        await LeavesAsync();
    }

    [Fact]
    public async Task Sampled_posts_are_read_past_a_whole_page_of_damaged_ones_and_found_by_who_wants_to_be_forgotten()
    {
        await _rig.Temp.WriteAsync(tx => Enumerable.Range(1, 4).ToList().ForEach(i => tx.AddSampled(Some.Post(id: $"{i}"), 1, _rig.Clock.GetUtcNow())));
        Run("UPDATE unmatched SET body = substr(body, 1, length(body) - 1) WHERE post_id IN ('1', '2')");

        Assert.Equal(["3", "4"], (await _rig.Temp.ReadAsync(view => view.SampledPosts(0, 2))).Select(sampled => sampled.Post.Key.Id));
        Assert.Empty(await _rig.Temp.ReadAsync(view => view.SampledPosts(4, 2)));
        await ListedAsync("sampled post 1", "sampled post 2");

        var named = (await _rig.Temp.ReadAsync(view => view.SampledNaming("mia"))).OrderBy(sampled => sampled.Id).ToList();
        Assert.Equal([("1", "mia", ""), ("2", "mia", "")], named.Take(2).Select(sampled => (sampled.Post.Key.Id, sampled.Post.Author.Id, sampled.Post.Text)));
        await _rig.Temp.WriteAsync(tx => named.ForEach(sampled => tx.RemoveSampled(sampled.Post.Key)));
        await LeavesAsync();
    }

    [Fact]
    public async Task A_page_of_open_cases_none_of_which_can_be_read_is_not_the_end_of_them()
    {
        await _rig.ComplainAsync("1");
        await _rig.ComplainAsync("2");
        Run("UPDATE cases SET body = '{' WHERE id = 1");
        Run("UPDATE mentions SET body = '{' WHERE id = 1");

        Assert.Equal(2, Assert.Single(await _rig.Temp.ReadAsync(view => view.OpenCasesAfter(0, 1))).Id);
        Assert.Equal(2, Assert.Single(await _rig.Temp.ReadAsync(view => view.BareMentions(1, 1))).Id);
    }

    [Fact]
    public async Task A_case_that_can_not_be_read_hides_no_other_to_which_a_post_belongs()
    {
        await _rig.ComplainAsync("1");
        await _rig.ComplainAsync("2");
        Run("UPDATE cases SET body = '{' WHERE id = 1");

        var answer = Some.Post("same here", "3") with { InReplyTo = new PostKey("replay:posts", "1"), Thread = new PostKey("replay:posts", "2"), Author = new Author { Id = "zoe" } };
        await _rig.HearAsync(answer, complaint: 0.1);

        Assert.Equal(2L, await _rig.Temp.ReadAsync(view => view.MentionOf(answer.Key)!.CaseId));
    }

    [Fact]
    public async Task A_case_that_has_ended_costs_the_others_of_its_aspect_neither_their_example_nor_their_thread()
    {
        var ends = await EndedAsync("1");
        await EndedAsync("2");
        Run("UPDATE cases SET body = substr(body, 1, 40) WHERE id = 1");

        Assert.Equal([2L], (await _rig.Temp.ReadAsync(view => view.EndedPosts("quality", 9))).Select(post => post.CaseId));
        Assert.Equal("acme trouble number 2", (await _rig.Temp.ReadAsync(view => view.EndedPosts("quality", 9)))[0].Text);
        await _rig.Temp.WriteAsync(tx => tx.ShowThreadsAnew("quality", ends));
        await ListedAsync("case 1");
    }

    [Fact]
    public async Task A_judged_case_costs_its_own_mentions_their_verdicts_and_no_other()
    {
        await EndedAsync("1");
        await EndedAsync("2");
        Run("UPDATE cases SET body = substr(body, 1, 40) WHERE id = 1");
        Run("UPDATE case_events SET event = '{' WHERE case_id = 2 AND version = 1");

        var said = await _rig.Temp.ReadAsync(view => PastVerdicts.Of(view));

        // It may have been somebody else's trouble: then it is no complaint of ours, and nobody can tell.
        Assert.Equal([KeyValuePair.Create(2L, true)], said);
        await ListedAsync("case 1", "event of case 2");
    }

    [Fact]
    public async Task A_case_whose_first_event_is_gone_was_opened_by_no_other_mention_of_it()
    {
        await _rig.ComplainAsync("1");
        await _rig.HearAsync(Some.Post("acme still does nothing", "2") with { InReplyTo = new PostKey("replay:posts", "1"), Author = new Author { Id = "a1", Handle = "a1" } });
        Assert.IsType<MentionJoined>((await _rig.Temp.ReadAsync(view => view.EventsOf(1)))[1].Event);
        Run("DELETE FROM case_events WHERE case_id = 1 AND version = 1");

        Assert.Equal(1, (await _rig.Temp.ReadAsync(view => view.JudgedCaseOf(1)))!.Opened);
    }

    [Fact]
    public async Task A_press_whose_answer_can_not_be_read_is_not_done_twice_and_stops_nobody_s_look_at_the_case()
    {
        await _rig.ComplainAsync("1");
        var press = new Press("p", DeskRig.ByAnna, new PressTarget(PressAction.Claim, 1));
        await _rig.Desk.PressAsync(press);
        Run("UPDATE presses SET answer = '{'");

        await _rig.Desk.PressAsync(press);

        Assert.Equal([typeof(Opened), typeof(Claimed)], await EventsAsync());
        Assert.Equal(PressAnswer.Done, Assert.Single(await _rig.Temp.ReadAsync(view => view.PressesOn(1))).Answer);
    }

    [Fact]
    public async Task A_page_of_the_maybe_list_a_canary_run_and_a_held_change_are_listed_and_hold_up_nobody()
    {
        var now = _rig.Clock.GetUtcNow();
        await _rig.Temp.WriteAsync(tx =>
        {
            tx.AddTrayPage("care", DateOnly.FromDateTime(now.UtcDateTime), 1, 1, []);
            tx.AddCanaryRun(new CanaryRun { StartedAt = now, Until = now, Sent = [], Rooms = [] });
            tx.AddCanaryRun(new CanaryRun { StartedAt = now, Until = now, Sent = [], Rooms = [] });
            tx.AddHeldChange(new HeldChange { Wanted = new ConfigVersion(0, now, "x", "x", "two", "{}"), Base = 1, Why = new Objection([], "nothing") });
        });
        Run("UPDATE tray_pages SET mentions = '['");
        Run("UPDATE canary_runs SET body = '{' WHERE id = 1");
        Run("UPDATE held_changes SET body = '{'");

        Assert.Null(await _rig.Temp.ReadAsync(view => view.TrayPageOf(1)));
        Assert.Equal(2, Assert.Single(await _rig.Temp.ReadAsync(view => view.OpenCanaryRuns())).Id);
        Assert.Null(await _rig.Temp.ReadAsync(view => view.HeldChangeOfHash("two")));
        Assert.Empty(await _rig.Temp.WriteAsync(tx => ConfigDesk.ShowAnew(tx, 1)));
        await ListedAsync("canary run 1", "held change 1", "maybe page 1");
        await StaysAsync();

        // As what is kept no longer goes.
        Run("DELETE FROM tray_pages");
        Run("DELETE FROM canary_runs WHERE id = 1");
        Run("DELETE FROM held_changes");
        await LeavesAsync();
    }

    [Fact]
    public async Task A_silence_that_names_somebody_and_can_not_be_read_loses_its_words_when_they_are_erased()
    {
        var now = _rig.Clock.GetUtcNow();
        await _rig.Temp.WriteAsync(tx => tx.AddSilence(new Silence(SilenceOf.Author, "@mia.lang", "planned", DeskRig.ByAnna, now, now.AddHours(1))));
        Run("UPDATE silences SET body = substr(body, 1, length(body) - 1)");

        Assert.Equal(1, await _rig.Temp.WriteAsync(tx => tx.EraseSilencesNaming("@mia.lang", now)));

        using var db = _rig.Temp.OpenDb();
        Assert.Equal(0, db.Number("SELECT count(*) FROM silences WHERE instr(body, 'mia') > 0"));
        await ListedAsync("silence 1");
        await LeavesAsync();
    }

    [Fact]
    public async Task Every_damaged_row_is_found_also_behind_a_thousand_events_of_one_case()
    {
        await _rig.ComplainAsync("1");
        await _rig.ComplainAsync("2");
        Run("INSERT INTO case_events (case_id, version, at, event) WITH RECURSIVE n (v) AS (SELECT 2 UNION ALL SELECT v + 1 FROM n WHERE v < 2200) SELECT 1, v, 0, (SELECT event FROM case_events WHERE case_id = 1) FROM n");
        Run("UPDATE case_events SET event = '{\"by\":\"mia.lang\"' WHERE case_id = 1 AND version = 1002");
        Run("UPDATE case_events SET event = '{' WHERE case_id = 2 OR version = 1001");
        Run("UPDATE customers SET body = '{'");

        Assert.Equal(
            [new DamagedRow("event of case", 1, Names: true), new DamagedRow("event of case", 2, Names: false), new DamagedRow("customer", 1, Names: false), new DamagedRow("customer", 2, Names: false)],
            await _rig.Temp.ReadAsync(view => view.DamagedRows(["mia.lang"])));
    }

    /// <summary>What is left of a mention of somebody else, or of theirs.</summary>
    [Theory]
    [InlineData("anna", "{\"text\":\"a banana and Annabel", false)]
    [InlineData("anna", "{\"text\":\"ask Anna, she knows", true)]
    [InlineData("anna", "{\"text\":\"first line\\nanna knows", true)]
    [InlineData("anna", "{\"text\":\"first line\\\\nanna knows", false)]
    [InlineData("Jürgen", "{\"name\":\"J\\u00dcRGEN\"", true)]
    [InlineData("@mia.lang", "{\"text\":\"thanks @mia.lang!", true)]
    [InlineData("@mia.lang", "{\"text\":\"thanks @mia.langer!", false)]
    [InlineData("mia", "{\"text\":\"mia \\\"mia\\\" knows", false)]
    [InlineData("山田太郎", "{\"text\":\"山田太郎さんに聞いて", true)]
    [InlineData("@mia.lang", "{\"text\":\"@mia.langさんと同じ", true)]
    [InlineData("mia", "{\"id\":\"Mia\"", true)]
    public async Task A_damaged_row_names_whom_it_names_as_a_word_of_its_own(string name, string left, bool names)
    {
        await _rig.ComplainAsync("1");
        using (var db = _rig.Temp.OpenDb())
        {
            db.Ask("UPDATE mentions SET body = ? WHERE id = 1").With(left).Changed();
        }

        Assert.Equal(new DamagedRow("mention", 1, names), Assert.Single(await _rig.Temp.ReadAsync(view => view.DamagedRows([name]))));
    }

    [Fact]
    public async Task A_dead_letter_of_a_kind_or_with_work_that_only_a_later_program_knows_stops_no_list()
    {
        await _rig.Temp.WriteAsync(tx => tx.AddDead(Some.BadItem("inbox", "no id", "words"), _rig.Clock.GetUtcNow()));
        await _rig.Temp.WriteAsync(tx => tx.AddDead(Some.BadItem("inbox", "no id", "words") with { Work = new DeadPing(7) }, _rig.Clock.GetUtcNow()));
        Run("UPDATE dead_letters SET kind = 'Later' WHERE id = 1");
        Run("UPDATE dead_letters SET item = '{\"work\":\"later\"}' WHERE id = 2");

        Assert.Equal([DeadKind.Row, DeadKind.Item], (await LettersAsync()).Select(letter => letter.Kind));
        Assert.Equal(2, (await _rig.Temp.ReadAsync(view => view.DeadCounts())).Count);
        await _dead.Letters.TendAsync(CancellationToken.None);
        Assert.Contains("dead letter 2", (await LettersAsync()).Select(letter => letter.What));
        await RetryAsync();
        Assert.Equal(2, (await LettersAsync()).Single(letter => letter.What == "dead letter 2").Tries);
    }

    private async Task ThreeEventsAsync()
    {
        await _rig.ComplainAsync("1");
        await _rig.PressAsync(PressAction.Claim, 1);
        await _rig.PressAsync(PressAction.Release, 1);
    }

    private async Task<DateTimeOffset> EndedAsync(string id)
    {
        await _rig.ComplainAsync(id);
        var number = long.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
        var now = _rig.Clock.GetUtcNow();
        await _rig.Temp.WriteAsync(tx =>
        {
            tx.SaveCase(tx.CaseOf(number)! with { Version = 2, State = CaseState.Closed, Outcome = Outcome.Solved, ResolvedAt = now, ClosedAt = now }, new Released(DeskRig.ByAnna), now);
            tx.RecordVerdict(number, Verdict.AComplaint, DeskRig.ByAnna, now);
        });
        return now;
    }

    private async Task<IEnumerable<Type>> EventsAsync() => (await _rig.Temp.ReadAsync(view => view.EventsOf(1))).Select(happening => happening.Event.GetType());

    private async Task ListedAsync(params string[] rows)
    {
        await _dead.Letters.TendAsync(CancellationToken.None);
        Assert.Equal(rows, (await LettersAsync()).Select(letter => letter.What).Order(StringComparer.Ordinal));
    }

    private async Task StaysAsync()
    {
        await RetryAsync();
        Assert.All(await LettersAsync(), letter => Assert.Equal(2, letter.Tries));
        Assert.NotEmpty(await LettersAsync());
    }

    private async Task LeavesAsync()
    {
        await RetryAsync();
        Assert.Empty(await LettersAsync());
    }

    private async Task RetryAsync()
    {
        await _rig.Temp.WriteAsync(tx => tx.DeadLetters(0, 99).ToList().ForEach(letter => tx.AskDeadRetry(letter.Id, asked: true)));
        await _dead.Letters.TendAsync(CancellationToken.None);
    }

    private Task<IReadOnlyList<DeadLetter>> LettersAsync() => _rig.Temp.ReadAsync(view => view.DeadLetters(0, 99));

    private long Number(string sql)
    {
        using var db = _rig.Temp.OpenDb();
        return db.Number(sql);
    }

    private void Run(string sql)
    {
        using var db = _rig.Temp.OpenDb();
        db.Execute(sql);
    }
}
