using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed partial class DeadLettersTests : IAsyncDisposable
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
}
