using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class DeadLettersTests : IAsyncDisposable
{
    private readonly DeskRig _rig = new();
    private readonly DeadLettersRig _dead;

    public DeadLettersTests() => _dead = new DeadLettersRig(_rig.Temp.Store, _rig.Clock, _rig.Policies);

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task What_could_not_be_recorded_is_heard_like_any_post_when_it_is_tried_again()
    {
        await AddAsync(DeadLetters.Of("posts", Change(Some.Post()), "can't be recorded (Fault)"));

        await RetryAsync();

        Assert.Empty(await LettersAsync());
        Assert.Equal("mia", (await _rig.Temp.ReadAsync(view => view.MentionOf(Some.Post().Key)))!.Post.Author.Id);
        Assert.Equal(CaseState.Unclaimed, (await _rig.CaseAsync()).State);
        Assert.Contains("care", _dead.Rung);
        Assert.Single(await _rig.Temp.ReadAsync(view => view.CardsToShow("care", _rig.Clock.GetUtcNow(), 9)));
    }

    [Fact]
    public async Task What_fails_again_stays_with_its_new_reason_and_is_told_once()
    {
        await AddAsync(DeadLetters.Of("posts", Change(Some.Post() with { Author = null! }), "can't be recorded"));
        await TendAsync();

        await RetryAsync();
        await RetryAsync();

        var letter = Assert.Single(await LettersAsync());
        Assert.Equal((3, false), (letter.Tries, letter.RetryAsked));
        Assert.Contains("could not be understood", letter.Why, StringComparison.Ordinal);
        Assert.Single(await NoticesAsync());
    }

    [Fact]
    public async Task What_nobody_asks_to_be_tried_again_stays_as_it_is_across_a_restart()
    {
        await AddAsync(DeadLetters.Of("posts", Change(Some.Post()), "can't be recorded"));
        await _rig.Temp.ReopenAsync();
        await new DeadLettersRig(_rig.Temp.Store, _rig.Clock).Letters.TendAsync(CancellationToken.None);

        Assert.Equal(("posts", "replay:posts 1", 1), (await LettersAsync()).Select(letter => (letter.Place, letter.What, letter.Tries)).Single());
    }

    [Fact]
    public async Task A_burst_is_told_in_one_word_and_the_next_one_waits()
    {
        await AddAsync([.. Enumerable.Range(0, 300).Select(i => Some.BadItem("inbox", $"line {i} is not JSON", "{"))]);
        await AddAsync(new DeadLetter(DeadKind.Card, "care", "case:1", "too long") { Work = new DeadCard(new CardKey("case:1", "care")) });
        await TendAsync();
        await TendAsync();

        var told = Assert.Single(await NoticesAsync());
        Assert.StartsWith("301 things could not be dealt with: 300 items of inbox, the last: line 299 is not JSON; the card of case 1 in room care: too long. See `listeningbot dead`", told);

        await AddAsync(Some.BadItem("inbox", "line 301 is not JSON", "{"));
        _rig.Clock.Advance(DeadLetters.ToldEvery - TimeSpan.FromSeconds(1));
        await TendAsync();
        Assert.Single(await NoticesAsync());
        _rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await TendAsync();
        Assert.StartsWith("Could not be dealt with: an item of channel inbox: line 301 is not JSON. ", (await NoticesAsync())[1]);
    }

    [Fact]
    public async Task A_deletion_takes_what_waits_of_the_post_or_the_author_with_it()
    {
        await AddAsync(DeadLetters.Of("posts", Change(Some.Post()), "x"), DeadLetters.Of("posts", Change(Some.Post(id: "2")), "x"), DeadLetters.Of("posts", Change(Some.Post(id: "3") with { Author = new Author { Id = "ben" } }), "x"));

        await ForgetAsync(ChangeKind.Deleted, Some.Post().Key);
        Assert.Equal(["replay:posts 2", "replay:posts 3"], (await LettersAsync()).Select(letter => letter.What));
        await ForgetAsync(ChangeKind.AuthorGone, new PostKey("replay:posts", "mia"));
        Assert.Equal(["replay:posts 3"], (await LettersAsync()).Select(letter => letter.What));
    }

    /// <summary>Some web forms send all letters under one id.</summary>
    [Fact]
    public async Task A_letter_waits_on_though_another_one_comes_under_its_id()
    {
        var (mia, ben, eve) = (Letter("my acme order never came", "mia"), Letter("acme charged me twice", "ben"), Letter("acme lost my parcel", "eve"));
        await AddAsync(DeadLetters.Of("posts", Change(mia), "x"), DeadLetters.Of("posts", Change(ben), "x"), DeadLetters.Of("posts", Change(ben), "x"));
        Assert.Equal([1, 2], (await LettersAsync()).Select(letter => letter.Tries));

        await _rig.HearAsync(eve);
        Assert.Equal(2, (await LettersAsync()).Count);
        await RetryAsync();

        Assert.Empty(await LettersAsync());
        Assert.Equal(["eve", "mia", "ben"], await _rig.Temp.ReadAsync(view => new long[] { 1, 2, 3 }.Select(id => view.MentionOf(id)!.Post.Author.Id!).ToList()));
    }

    [Fact]
    public async Task What_is_heard_after_all_waits_no_more()
    {
        await AddAsync(DeadLetters.Of("posts", Change(Some.Post()), "can't be recorded"));

        await _rig.HearAsync(Some.Post());

        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task A_press_that_met_a_fault_of_this_program_is_kept_and_done_when_it_is_tried_again()
    {
        await _rig.ComplainAsync("1");
        var desk = new PressDesk(new FaultyStore(_rig.Temp.Store), _rig.Policies, _rig.Clock, _ => { });

        await Assert.ThrowsAsync<DivideByZeroException>(() => desk.PressAsync(new Press("p", DeskRig.ByAnna, new PressTarget(PressAction.Claim, 1))));
        Assert.Equal((DeadKind.Press, "Claim:1 by anna in the chat"), (await LettersAsync()).Select(letter => (letter.Kind, letter.What)).Single());
        await RetryAsync();

        Assert.Empty(await LettersAsync());
        Assert.Equal((CaseState.Claimed, "member:anna"), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).Owner!.Id));
    }

    [Fact]
    public async Task A_command_whose_file_could_not_be_written_is_done_to_the_end_when_it_is_tried_again()
    {
        var (file, faults) = (new List<string>(), 1);
        WatchChanged Change(WatchChange change)
        {
            if (faults-- > 0)
            {
                throw new DivideByZeroException();
            }
            file.Add(change.Word);
            return new WatchChanged(true, "written");
        }
        var commands = Commands(_rig.Temp.Store, Change);
        var desk = new PressDesk(_rig.Temp.Store, _rig.Policies, _rig.Clock, _ => { }, commands);
        var command = _rig.Of("/watch add", ("watch", "acme"), ("word", "akme"));

        await Assert.ThrowsAsync<DivideByZeroException>(() => desk.CommandAsync(command));
        await desk.CommandAsync(command);
        Assert.Empty(file);
        await RetryAsync(Letters(_rig.Temp.Store, commands));

        Assert.Equal(["akme"], file);
        Assert.Empty(await LettersAsync());
        await desk.CommandAsync(command);
        Assert.Equal(["akme"], file);
    }

    [Fact]
    public async Task A_command_whose_file_can_not_be_written_when_it_is_tried_again_waits_on_and_says_why()
    {
        var may = false;
        var commands = Commands(_rig.Temp.Store, _ => new WatchChanged(may, "the folder can't be written to"));
        var command = _rig.Of("/watch add", ("watch", "acme"), ("word", "akme"));
        await AddAsync(new DeadLetter(DeadKind.Command, "", "/watch add by anna", "an unexpected fault") { Work = new DeadCommand(command) });

        await RetryAsync(Letters(_rig.Temp.Store, commands));
        Assert.Equal(("the folder can't be written to", 2), (await LettersAsync()).Select(letter => (letter.Why, letter.Tries)).Single());
        may = true;
        await RetryAsync(Letters(_rig.Temp.Store, commands));

        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task A_command_whose_change_stands_in_its_file_already_is_done()
    {
        var commands = Commands(_rig.Temp.Store, _ => new WatchChanged(false, "it has \"akme\" under find already", IsSo: true));
        await AddAsync(new DeadLetter(DeadKind.Command, "", "/watch add by anna", "an unexpected fault") { Work = new DeadCommand(_rig.Of("/watch add", ("watch", "acme"), ("word", "akme"))) });

        await RetryAsync(Letters(_rig.Temp.Store, commands));

        Assert.Empty(await LettersAsync());
    }

    /// <summary>The watch was renamed meanwhile, say, and is called so again later.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_that_is_refused_when_it_is_tried_again_waits_on_says_why_and_may_be_done_later(bool askedBefore)
    {
        var file = new List<string>();
        var commands = Commands(_rig.Temp.Store, change =>
        {
            file.Add(change.Word);
            return new WatchChanged(true, "written");
        });
        var command = _rig.Of("/watch add", ("watch", "renamed"), ("word", "akme"));
        await AddAsync(new DeadLetter(DeadKind.Command, "", "/watch add by anna", "an unexpected fault") { Work = new DeadCommand(command) });
        if (askedBefore)
        {
            await _rig.Temp.WriteAsync(tx => tx.RecordCommand(command, PressDesk.Asked, _rig.Clock.GetUtcNow()));
        }

        await RetryAsync(Letters(_rig.Temp.Store, commands));
        Assert.Equal(("There is no watch \"renamed\". Known: acme, sales.", 2), (await LettersAsync()).Select(letter => (letter.Why, letter.Tries)).Single());
        Assert.Equal(askedBefore ? PressDesk.Asked.Say : null, (await _rig.Temp.ReadAsync(view => view.AnswerTo(command.Id)))?.Say);
        _rig.Watches.Swap(WatchSet.Build([Some.Watch("renamed")], Ours.Nobody));
        await RetryAsync(Letters(_rig.Temp.Store, commands));

        Assert.Equal(["akme"], file);
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task A_command_is_done_once_though_the_program_ends_before_its_letter_does()
    {
        var command = _rig.Of("/silence add", ("about", "word"), ("value", "outage"), ("until", "2 h"), ("reason", "planned"));
        await AddAsync(new DeadLetter(DeadKind.Command, "", "/silence add by anna", "an unexpected fault") { Work = new DeadCommand(command) });
        var ends = new EndingStore(_rig.Temp.Store, after: 1);

        await Assert.ThrowsAsync<OperationCanceledException>(() => RetryAsync(Letters(ends, Commands(ends, _ => new WatchChanged(true, "")))));
        Assert.Single(await LettersAsync());
        await RetryAsync();

        Assert.Single(await _rig.Temp.ReadAsync(view => view.SilencesRunning(_rig.Clock.GetUtcNow())));
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task A_case_that_can_not_be_read_stops_no_sweep_and_no_list_is_told_and_goes_on_when_it_is_mended()
    {
        await _rig.ComplainAsync("1", Priority.Critical);
        await _rig.ComplainAsync("2", Priority.Critical);
        var body = Break(1);
        _rig.Clock.Advance(TimeSpan.FromHours(1));

        await new DueWork(_rig.Temp.Store, _rig.Policies, _rig.Clock, _ => { }).SweepAsync(CancellationToken.None);
        await new DueWork(_rig.Temp.Store, _rig.Policies, _rig.Clock, _ => { }).ReckonAsync(CancellationToken.None);

        Assert.NotEmpty((await _rig.CaseAsync(2)).Taken);
        Assert.Equal([2L], (await _rig.Temp.ReadAsync(view => view.LiveCases(null, 9))).Select(@case => @case.Id));
        Assert.Equal([2L], (await _rig.Temp.ReadAsync(view => view.LatestCases(9))).Select(@case => @case.Id));
        var letter = Assert.Single(await LettersAsync());
        Assert.Equal((DeadKind.Row, "case 1"), (letter.Kind, letter.What));
        await TendAsync();
        Assert.Contains("the stored case 1: its stored JSON can't be read", Assert.Single(await NoticesAsync()), StringComparison.Ordinal);

        await RetryAsync();
        Assert.Equal(2, Assert.Single(await LettersAsync()).Tries);
        Run($"UPDATE cases SET body = '{body.Replace("'", "''", StringComparison.Ordinal)}' WHERE id = 1");
        await RetryAsync();

        Assert.Empty(await LettersAsync());
        Assert.NotNull((await _rig.CaseAsync()).Due);
        Assert.Equal([1L, 2L], (await _rig.Temp.ReadAsync(view => view.LiveCases(null, 9))).Select(@case => @case.Id).Order());
    }

    [Fact]
    public async Task An_unreadable_case_that_was_put_away_is_not_told_again()
    {
        await _rig.ComplainAsync("1");
        Break(1);
        var due = new DueWork(_rig.Temp.Store, _rig.Policies, _rig.Clock, _ => { });
        await due.ReckonAsync(CancellationToken.None);
        await TendAsync();
        await _rig.Temp.WriteAsync(tx => tx.PutDeadAway((tx.DeadLetters(0, 1))[0].Id));

        await _rig.Temp.ReopenAsync();
        await new DueWork(_rig.Temp.Store, _rig.Policies, _rig.Clock, _ => { }).ReckonAsync(CancellationToken.None);
        await new DeadLettersRig(_rig.Temp.Store, _rig.Clock).Letters.TendAsync(CancellationToken.None);

        Assert.Empty(await LettersAsync());
        Assert.Single(await NoticesAsync());
    }

    [Fact]
    public async Task A_post_that_answers_a_case_that_can_not_be_read_is_in_front_of_people_all_the_same()
    {
        await _rig.ComplainAsync("1");
        Break(1);

        await _rig.HearAsync(Some.Post("acme still does nothing", "2") with { InReplyTo = new PostKey("replay:posts", "1"), Author = new Author { Id = "a1" } });

        Assert.Equal(CaseState.Unclaimed, (await _rig.CaseAsync(2)).State);
    }

    [Fact]
    public async Task A_silence_that_can_not_be_read_hushes_nobody_and_is_listed()
    {
        var now = _rig.Clock.GetUtcNow();
        await _rig.Temp.WriteAsync(tx => tx.AddSilence(new Silence(SilenceOf.Word, "acme", "planned", DeskRig.ByAnna, now, now.AddHours(1))));
        Run("UPDATE silences SET body = '{'");

        await _rig.HearAsync(Some.Post());
        await TendAsync();

        Assert.Equal(CaseState.Unclaimed, (await _rig.CaseAsync()).State);
        Assert.Equal("silence 1", Assert.Single(await LettersAsync()).What);
        await RetryAsync();
        Assert.Equal(2, Assert.Single(await LettersAsync()).Tries);
    }

    [Fact]
    public async Task What_nobody_dealt_with_goes_in_the_end_and_is_counted()
    {
        await AddAsync(Some.BadItem("inbox", "no id", "words"), DeadLetters.Of("posts", Change(Some.Post()), "x"), new DeadLetter(DeadKind.Card, "care", "case:1", "too long") { Work = new DeadCard(new CardKey("case:1", "care")) });
        await TendAsync();
        _rig.Clock.Advance(TimeSpan.FromDays(Retention.Default.Aside + 1));

        await TendAsync();
        await TendAsync();

        Assert.Equal([(DeadKind.Card, "care", 1), (DeadKind.Dropped, "inbox", 1), (DeadKind.Dropped, "posts", 1)], (await LettersAsync()).Select(letter => (letter.Kind, letter.Place, letter.Tries)));
        Assert.Equal(2, (await NoticesAsync()).Count);
    }

    [Fact]
    public async Task A_card_that_was_removed_by_age_is_not_tried_for_ever()
    {
        var key = new CardKey("notice:1", "ops");
        await AddAsync(new DeadLetter(DeadKind.Card, "ops", "notice:1", "too long") { Work = new DeadCard(key), Told = true });

        await RetryAsync();

        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task What_could_not_be_shown_goes_with_the_cards_that_age_removes()
    {
        var now = _rig.Clock.GetUtcNow();
        var cards = new[] { new CardKey("notice:1", "ops"), new CardKey("canary:7", "ops"), new CardKey("case:1", "care") };
        await _rig.Temp.WriteAsync(tx =>
        {
            tx.AddNotice("the disk is full", false, now);
            foreach (var card in cards)
            {
                tx.WantCard(card, version: 1, Priority.High, now, now);
                tx.GiveUpCard(card, 1, "too long");
            }
        });
        await AddAsync([.. cards.Select(card => new DeadLetter(DeadKind.Card, card.Room, card.Subject, "too long") { Work = new DeadCard(card) })]);

        await _rig.Temp.WriteAsync(tx => tx.AgeLists(now.AddDays(1), 100));

        Assert.Equal("case:1", Assert.Single(await LettersAsync()).What);
    }

    /// <summary>It may hold its author's id, and no erasure looks for it in a room.</summary>
    [Fact]
    public async Task The_operators_room_is_told_an_items_number_and_not_its_key()
    {
        var post = Some.Post() with { Key = new PostKey("bluesky", "at://did:plc:mia/app.bsky.feed.post/1") };
        await AddAsync(DeadLetters.Of("posts", Change(post), "can't be recorded"));
        await TendAsync();
        await AddAsync(DeadLetters.Of("posts", Change(post with { Key = post.Key with { Id = "at://did:plc:mia/app.bsky.feed.post/2" } }), "can't be recorded"), new DeadLetter(DeadKind.Card, "care", "case:1", "too long") { Work = new DeadCard(new CardKey("case:1", "care")) });
        _rig.Clock.Advance(DeadLetters.ToldEvery);
        await TendAsync();

        var told = await NoticesAsync();
        Assert.StartsWith("Could not be dealt with: an item of channel posts (number 1): can't be recorded. See", told[0]);
        Assert.Contains("an item of channel posts (number 2): can't be recorded; the card", told[1], StringComparison.Ordinal);
        Assert.DoesNotContain(told, word => word.Contains("did:plc", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_ping_that_is_moot_or_erased_is_not_tried_again(bool erased)
    {
        var key = new CardKey("case:1", "care");
        await _rig.Temp.WriteAsync(tx => tx.WantPing(key, "unclaimed", "Nobody has it yet", [], [], _rig.Clock.GetUtcNow()));
        await _rig.Temp.WriteAsync(tx => tx.PingDone(1));
        await AddAsync(new DeadLetter(DeadKind.Ping, "care", "case:1", "too long") { Work = new DeadPing(1) });
        if (!erased)
        {
            await RetryAsync();
        }

        await _rig.Temp.WriteAsync(tx =>
        {
            if (erased)
            {
                tx.ErasePings("case:1");
            }
            else
            {
                tx.WithdrawPings("case:1");
            }
        });
        await RetryAsync();

        Assert.Empty(await LettersAsync());
        using var db = _rig.Temp.OpenDb();
        Assert.Equal(-1, db.Number("SELECT state FROM pings WHERE id = 1"));
    }

    private string Break(long id)
    {
        using var db = _rig.Temp.OpenDb();
        string body;
        using (var row = db.Ask("SELECT body FROM cases WHERE id = ?").With(id))
        {
            row.Read();
            body = row.Text(0);
        }
        db.Ask("UPDATE cases SET body = substr(body, 1, 40) WHERE id = ?").With(id).Changed();
        return body;
    }

    private void Run(string sql)
    {
        using var db = _rig.Temp.OpenDb();
        db.Execute(sql);
    }

    private static Post Letter(string text, string by) => Some.Post(text, "form") with { Private = true, Author = new Author { Id = by } };

    private static PostChange Change(Post post) => new(ChangeKind.Added, post.Key, post);

    private Task AddAsync(params DeadLetter[] letters) => _rig.Temp.WriteAsync(tx =>
    {
        foreach (var letter in letters)
        {
            tx.AddDead(letter, _rig.Clock.GetUtcNow());
        }
    });

    private Task ForgetAsync(ChangeKind kind, PostKey key) => _rig.Temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", null, false, null, [], [(kind, key)], [], 1), Policy.Default, _rig.Clock.GetUtcNow()));

    private CommandDesk Commands(IStore store, Func<WatchChange, WatchChanged> file) =>
        new(store, _rig.Policies, new Intake(new ScorerBook(), new OpenThreads()), _rig.Watches, () => [], _rig.Clock, _ => { }) { WatchFile = change => Task.FromResult(file(change)) };

    private DeadLetters Letters(IStore store, CommandDesk commands) =>
        new(store, new Intake(new ScorerBook(), new OpenThreads()), _rig.Watches, _rig.Policies, commands, _rig.Clock, _ => { });

    private Task RetryAsync() => RetryAsync(_dead.Letters);

    private async Task RetryAsync(DeadLetters letters)
    {
        await _rig.Temp.WriteAsync(tx =>
        {
            foreach (var letter in tx.DeadLetters(0, 99))
            {
                tx.AskDeadRetry(letter.Id, asked: true);
            }
        });
        await letters.TendAsync(CancellationToken.None);
    }

    private Task TendAsync() => _dead.Letters.TendAsync(CancellationToken.None);

    private Task<IReadOnlyList<DeadLetter>> LettersAsync() => _rig.Temp.ReadAsync(view => view.DeadLetters(0, 9999));

    private Task<List<string>> NoticesAsync() => _rig.Temp.ReadAsync(view => Enumerable.Range(1, 50).Select(id => view.NoticeOf(id)).OfType<NoticeCard>().Select(notice => notice.Text).ToList());

    /// <summary>The program ends after so many changes.</summary>
    private sealed class EndingStore(IStore store, int after) : IStore
    {
        private int _left = after;

        public Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default) =>
            _left-- > 0 ? store.WriteAsync(work, ct) : Task.FromException<T>(new OperationCanceledException());

        public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default) => store.ReadAsync(work, ct);
    }

    /// <summary>A store at which the first work meets a fault of this program.</summary>
    private sealed class FaultyStore(IStore store) : IStore
    {
        private bool _failed;

        public Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default)
        {
            if (!_failed)
            {
                _failed = true;
                return Task.FromException<T>(new DivideByZeroException());
            }
            return store.WriteAsync(work, ct);
        }

        public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default) => store.ReadAsync(work, ct);
    }
}
