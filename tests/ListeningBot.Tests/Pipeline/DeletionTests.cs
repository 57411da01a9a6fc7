using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>A post that its author deletes leaves its words nowhere: not in a table, not on a card.</summary>
public sealed class DeletionTests : IAsyncDisposable
{
    private const string Canary = "quetzalcoatlus";
    private const string Text = "acme sold me a broken " + Canary + " and the hotline hangs up";
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Responder Anna = new("discord:1", "Anna");
    private readonly TempStore _temp = new();
    private int _presses;

    [Fact]
    public async Task Not_a_column_and_not_a_card_holds_a_word_of_it()
    {
        await QuotedEverywhereAsync();
        Assert.NotEmpty(await HoldersAsync());

        await GoneAsync(ChangeKind.Deleted, Key("1234567890"));

        Assert.Empty(await HoldersAsync());
        Assert.DoesNotContain(Canary, await ShownAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Anna, (await _temp.ReadAsync(view => view.CaseOf(1)!)).Owner);
        Assert.Contains("asked her twice", JsonSerializer.Serialize((await _temp.ReadAsync(view => view.EventsOf(1))).Select(happening => happening.Event).OfType<Noted>().Select(note => note.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_it_is_when_the_whole_account_is_gone()
    {
        await QuotedEverywhereAsync();
        await GoneAsync(ChangeKind.AuthorGone, new PostKey("replay:posts", "mia"));

        Assert.Empty(await HoldersAsync());
    }

    [Fact]
    public async Task A_maybe_that_is_deleted_leaves_its_list()
    {
        await HearAsync(Post("1", Text, "mia"), complaint: 0.2);
        await _temp.WriteAsync(tx => new CaseWriter(tx, Now, Policy.Default).WantTrayPage(tx.AddTrayPage("care", new DateOnly(2026, 11, 2), 1, 1, [1])));
        await GoneAsync(ChangeKind.Deleted, Key("1"));

        Assert.Empty(await HoldersAsync());
        Assert.DoesNotContain(Canary, await ShownAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Copies_by_others_stay_theirs_and_the_card_goes_on_without_the_deleted_one()
    {
        const string news = "Acme has recalled 40,000 kettles after several customers reported that the handle breaks off while pouring, says the company.";
        await HearAsync(Post("1", news, "mia"));
        await HearAsync(Post("2", "RT @mia: " + news, "ben"));
        await GoneAsync(ChangeKind.Deleted, Key("1"));

        var mentions = await _temp.ReadAsync(view => view.MentionsOfCase(1));
        Assert.Equal(["", "RT @mia: " + news], mentions.Select(mention => mention.Post.Text));
        Assert.DoesNotContain("kettles", await ShownAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_card_of_a_case_that_was_merged_away_is_shown_anew_without_it()
    {
        await HearAsync(Post("1", Text, "mia"));
        await HearAsync(Post("2", "acme lost my parcel", "ben"));
        await PressAsync(PressAction.Merge, 1, "2");
        await ShowAllAsync();
        await GoneAsync(ChangeKind.Deleted, Key("1"));

        Assert.Contains(await _temp.ReadAsync(view => view.CardsToShow("care", Now, 9)), card => card.Key.Subject == "case:1");
        Assert.DoesNotContain(Canary, await ShownAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_event_that_can_not_be_read_keeps_none_of_its_words()
    {
        await HearAsync(Post("1", Text, "mia"));
        await _temp.WriteAsync(tx => { new CaseWriter(tx, Now, Policy.Default).Happen(tx.CaseOf(1)!, new Noted(Anna, "she says: " + Text, Now)); });
        using (var db = _temp.OpenDb())
        {
            db.Execute("UPDATE case_events SET event = substr(event, 1, length(event) - 1) WHERE version = 2");
        }

        await GoneAsync(ChangeKind.Deleted, Key("1"));

        Assert.Empty(await HoldersAsync());
    }

    /// <summary>Two releases run: what the one can't read is an event of a kind that only the newer one knows.</summary>
    [Fact]
    public async Task An_event_of_a_later_kind_stays_unless_it_quotes_the_post_and_the_case_loses_the_words_with_it()
    {
        await HearAsync(Post("1", Text + "\nsays \"mia\"", "mia"));
        await _temp.WriteAsync(tx =>
        {
            var cases = new CaseWriter(tx, Now, Policy.Default);
            cases.Happen(tx.CaseOf(1)!, new WantsKnown(Anna, "money back: " + Text));
            cases.Happen(tx.CaseOf(1)!, new Noted(Anna, "nobody there", Now));
            cases.Happen(tx.CaseOf(1)!, new Noted(Anna, "hotline hangs up\nsays \"mia\"", Now));
        });
        using (var db = _temp.OpenDb())
        {
            db.Execute("UPDATE case_events SET event = replace(replace(event, '\"noted\"', '\"later\"'), '\"wants-known\"', '\"later\"') WHERE version > 1");
        }
        Assert.Contains("broken", (await _temp.ReadAsync(view => view.CaseOf(1)))!.Wants, StringComparison.Ordinal);

        await GoneAsync(ChangeKind.Deleted, Key("1"));

        Assert.Equal("money back: [deleted]", (await _temp.ReadAsync(view => view.CaseOf(1)))!.Wants);
        Assert.Empty(await HoldersAsync());
        using var after = _temp.OpenDb();
        Assert.Equal(1, after.Number("SELECT count(*) FROM case_events WHERE version = 3 AND instr(event, 'nobody there') > 0"));
        Assert.Equal(0, after.Number("SELECT count(*) FROM case_events WHERE version IN (2, 4)"));
    }

    [Fact]
    public async Task A_case_that_quotes_nothing_of_it_is_not_written_anew_though_an_event_of_it_is_gone()
    {
        await HearAsync(Post("1", Text, "mia"));
        await _temp.WriteAsync(tx => { new CaseWriter(tx, Now, Policy.Default).Happen(tx.CaseOf(1)!, new Noted(Anna, "nobody there", Now)); });
        using (var db = _temp.OpenDb())
        {
            db.Execute("DELETE FROM case_events WHERE version = 1");
            db.Execute("UPDATE case_events SET event = event || ' '");
        }

        await GoneAsync(ChangeKind.Deleted, Key("1"));

        using var after = _temp.OpenDb();
        Assert.Equal(1, after.Number("SELECT count(*) FROM case_events WHERE version = 2 AND event LIKE '% '"));
    }

    [Theory]
    [InlineData("she writes: the hotline hangs up, and more", "the hotline hangs up", "she writes: [deleted], and more")]
    [InlineData("she writes: \"and the HOTLINE HANGS UP on me each time\", so call", "it broke and the hotline hangs up on me each time!", "she writes: \"[deleted]\", so call")]
    [InlineData("says help me now", "help me", "says [deleted] now")]
    [InlineData("ok", "ok", "ok")]
    [InlineData("", "a long text that somebody has deleted", "")]
    [InlineData("she is right about the hotline", "the hotline hangs up on me each time", "she is right about the hotline")]
    public void Only_what_is_word_for_word_theirs_is_taken_out(string text, string deleted, string left) => Assert.Equal(left, Deletion.Without(text, deleted));

    private async Task QuotedEverywhereAsync()
    {
        await HearAsync(Post("1234567890", Text, "mia") with { Title = Canary + " broken", Links = ["https://pics.example/" + Canary] });
        await HearAsync(Post("2", "and acme has charged me twice as well", "mia"));
        await HearAsync(Post("3", "acme lost my parcel", "ben"));
        await HearAsync(Post("4", "acme hotline: nobody there", "mia"));
        foreach (var action in new[] { PressAction.More, PressAction.Show, PressAction.Claim, PressAction.Split, PressAction.More })
        {
            await PressAsync(action, 1);
        }
        await PressAsync(PressAction.Merge, 2);
        await _temp.WriteAsync(tx =>
        {
            var cases = new CaseWriter(tx, Now, Policy.Default);
            foreach (var happened in (CaseEvent[])
            [
                new WantsKnown(Anna, "money back: \"sold me a broken " + Canary + " and the hotline hangs up\""),
                new Promised(Anna, Now.AddHours(1), "a new one for " + Text),
                new Noted(Anna, "asked her twice about \"" + Text + "\"", Now),
                new HandedOver(Anna, Anna, Text),
                new Escalated(Anna, Text),
                new LeaderBrought(Anna, Anna, "You wrote " + Text),
                new TimeCame(Step.NudgePromise),
            ])
            {
                cases.Happen(tx.CaseOf(1)!, happened);
            }
            tx.AddDead(DeadLetters.Of("posts", new PostChange(ChangeKind.Edited, Some.Post(Text, "1234567890").Key, Some.Post(Text, "1234567890")), "can't be recorded (Fault)"), Now);
            tx.AddDead(Some.BadItem("posts", "line 7 is not JSON", "{\"id\":\"1234567890\",\"text\":\"" + Text), Now);
            tx.AddSampled(Some.Post(Text, "1234567890"), 1, Now);
            tx.KeepContacts(1, [new Contact(ContactKind.Mail, Canary + "@mail.example", "the post")]);
            tx.RecordVerdict(1, "complaint", Anna, Now);
        });
        await ShowAllAsync();
    }

    /// <summary>Each text column with the word in it, "table.column: text".</summary>
    private async Task<List<string>> HoldersAsync()
    {
        await _temp.CloseAsync();
        using var db = _temp.OpenDb();
        var holders = new List<string>();
        foreach (var (table, column) in Columns(db))
        {
            using var rows = db.Ask(string.Intern($"SELECT CAST(\"{column}\" AS TEXT) FROM \"{table}\" WHERE instr(lower(CAST(\"{column}\" AS TEXT)), '{Canary}') > 0"));
            while (rows.Read())
            {
                holders.Add($"{table}.{column}: {rows.Text(0)}");
            }
        }
        return holders;
    }

    private static List<(string Table, string Column)> Columns(Db db)
    {
        var columns = new List<(string, string)>();
        using var rows = db.Ask(
            "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'",
            "SELECT CAST(table_name AS text), CAST(column_name AS text) FROM information_schema.columns WHERE table_schema = current_schema()");
        while (rows.Read())
        {
            columns.Add((rows.Text(0), rows.Text(1)));
        }
        Assert.Contains(("mentions", "body"), columns);
        return columns;
    }

    /// <summary>All that would be shown now, of all cards.</summary>
    private Task<string> ShownAsync() => _temp.ReadAsync(view => string.Join('\n', view.CardsToShow("care", Now.AddHours(1), 50).Select(work => JsonSerializer.Serialize<object?>(CardPages.Write(view, work.Key, work.Wanted, Policy.Default)))));

    private Task ShowAllAsync() => _temp.WriteAsync(tx =>
    {
        foreach (var card in tx.CardsToShow("care", Now.AddHours(1), 50))
        {
            tx.CardShown(card.Key, card.Wanted, new MessageRef("m" + card.Key.Subject), Now);
        }
    });

    private Task PressAsync(PressAction action, long subject, string? value = null) => _temp.WriteAsync(tx =>
    {
        var press = new Press($"p{++_presses}", Anna, new PressTarget(action, subject, value));
        tx.RecordPress(press, PressDesk.Take(tx, press, Policy.Default, Now).Answer, Now);
    });

    private static PostKey Key(string id) => new("replay:posts", id);

    private static Post Post(string id, string text, string by) => Some.Post(text, id) with { Author = new Author { Id = by, Handle = by } };

    private Task HearAsync(Post post, double complaint = 0.9) => _temp.WriteAsync(tx => Recorder.Record(
        tx, new Harvest("posts", null, false, null, [new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(complaint), ByUs: false)], [], [], 1), Policy.Default, Now));

    private Task GoneAsync(ChangeKind kind, PostKey key) => _temp.WriteAsync(
        tx => Recorder.Record(tx, new Harvest("posts", null, false, null, [], [(kind, key)], [], 1), Policy.Default, Now));

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
