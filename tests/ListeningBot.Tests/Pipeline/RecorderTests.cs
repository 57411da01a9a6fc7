using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed partial class RecorderTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private readonly TempStore _temp = new();
    private int _cursor;

    [Fact]
    public async Task A_complaint_becomes_a_case_with_a_wanted_card_and_the_cursor_moves_with_it()
    {
        var recorded = await Record(Heard(Some.Post()));

        Assert.Equal((1, 1, 0), (recorded.Mentions, recorded.Cases, recorded.Tray));
        Assert.Contains("care", recorded.Rooms);
        Assert.Equal("1", (await Read(view => view.CursorOf("posts")))!.Value);
        var card = Assert.Single(await Cards());
        Assert.Equal(new CardKey("case:1", "care"), card.Key);
    }

    [Fact]
    public async Task The_same_post_read_again_makes_nothing_new()
    {
        await Record(Heard(Some.Post()));
        var again = await Record(Heard(Some.Post()));

        Assert.Equal((0, 0), (again.Mentions, again.Cases));
        Assert.Single(await Cards());
    }

    [Fact]
    public async Task Two_posts_of_one_author_in_one_batch_are_one_case()
    {
        await Record(Heard(Some.Post(id: "1")), Heard(Some.Post("and the acme hotline hangs up on me", id: "2"), Priority.High));

        var @case = await Case(1);
        Assert.Equal((2, Priority.High), (@case.Voices, @case.Priority));
        Assert.Null(await Read(view => view.CaseOf(2)));
    }

    [Fact]
    public async Task The_same_words_from_another_author_gather_on_one_case()
    {
        const string text = "Acme hotline: 3 hours of waiting music, then they hang up on me";
        await Record(Heard(Some.Post(text, "1")));
        await Record(Heard(By("ben", Some.Post("RT @mia " + text.ToUpperInvariant() + " https://x.example/1", "2"))));

        Assert.Equal(2, (await Case(1)).Voices);
    }

    [Fact]
    public async Task Different_people_with_different_words_have_a_case_each()
    {
        await Record(Heard(Some.Post(id: "1")), Heard(By("ben", Some.Post("acme sent me an empty box", "2"))));

        Assert.Equal(2, (await Cards()).Count);
    }

    [Fact]
    public async Task Letters_of_a_form_that_gives_all_of_them_one_id_are_each_heard_once()
    {
        var letter = By("mia@mail.example", Some.Post("My first order never came", "same")) with { Private = true };
        var other = By("sam@mail.example", Some.Post("The kettle smokes", "same")) with { Private = true };
        var later = letter with { Text = "Now the second one is lost as well", Posted = Now };

        foreach (var post in new[] { letter, other, later, letter, other, later })
        {
            await Record(Heard(post));
        }

        var all = await Read(view => new[] { 1L, 2, 3, 4 }.Select(view.MentionOf).OfType<Mention>().Select(mention => mention.Post.Text).ToList());
        Assert.Equal([letter.Text, other.Text, later.Text], all);
    }

    [Fact]
    public async Task Our_own_post_opens_nothing()
    {
        var recorded = await Record(Heard(Some.Post("Acme apologises for the outage")) with { ByUs = true });

        Assert.Equal((0, 0, 0), (recorded.Mentions, recorded.Cases, recorded.Tray));
    }

    [Fact]
    public async Task Below_the_alert_line_it_waits_in_the_maybe_tray()
    {
        var recorded = await Record(Heard(Some.Post(), complaint: 0.3));

        Assert.Equal((0, 1), (recorded.Cases, recorded.Tray));
        Assert.Equal(["care"], await Read(view => view.TeamsWithUnlistedTray()));
    }

    [Fact]
    public async Task One_post_that_two_teams_watch_is_one_case_with_a_card_in_each_room()
    {
        await Record(Heard(Some.Post(), watches: [Some.Watch(), Some.Watch("law") with { Team = "legal" }, Some.Watch("strict") with { Team = "strict", AlertAt = 0.99 }]));

        Assert.Equal(["care", "legal"], (await Case(1)).Teams);
        Assert.Single(await Cards("legal"));
        Assert.Empty(await Cards("strict"));
    }

    [Fact]
    public async Task At_first_contact_what_is_older_than_a_day_is_remembered_but_never_alerts()
    {
        var old = Some.Post(id: "old") with { Posted = Now - TimeSpan.FromHours(25) };
        var recorded = await Record(firstContact: true, Heard(old), Heard(By("ben", Some.Post("acme lost my parcel", "new"))));
        var later = await Record(Heard(By("zoe", Some.Post("acme broke my lamp", "dated late")) with { }));

        Assert.Equal((2, 1), (recorded.Mentions, recorded.Cases));
        Assert.Equal(Standing.Baseline, (await Read(view => view.MentionOf(old.Key)))!.Standing);
        Assert.Equal(1, later.Cases);
    }

    [Fact]
    public async Task What_has_no_date_at_first_contact_floods_no_room_but_waits_in_the_maybe_tray()
    {
        var undated = Some.Post(id: "undated") with { Posted = null };
        var first = await Record(firstContact: true, Heard(undated));
        var later = await Record(Heard(By("ben", Some.Post("acme sent me an empty box", "2") with { Posted = null })));

        Assert.Equal((0, 1), (first.Cases, first.Tray));
        Assert.Equal((1, 0), (later.Cases, later.Tray));
    }

    [Fact]
    public async Task An_item_dated_long_ago_still_alerts_when_it_is_no_first_contact()
    {
        var recorded = await Record(Heard(Some.Post() with { Posted = Now - TimeSpan.FromDays(300) }));

        Assert.Equal(1, recorded.Cases);
        Assert.Equal(Now - TimeSpan.FromDays(30), (await Case(1)).Posted);
    }

    [Fact]
    public async Task An_automatic_letter_never_opens_a_case()
    {
        var recorded = await Record(Heard(Some.Post() with { Automatic = true }));

        Assert.Equal((0, 1), (recorded.Cases, recorded.Tray));
    }

    [Fact]
    public async Task After_a_case_is_closed_the_same_author_gets_a_new_one()
    {
        await Record(Heard(Some.Post()));
        await Press("p1", PressAction.NotAComplaint, 1);
        await Record(Heard(Some.Post("acme again! now it smokes", "2")));

        Assert.Equal(CaseState.Unclaimed, (await Case(2)).State);
    }

    [Fact]
    public async Task What_was_written_to_us_alone_joins_no_case_that_everyone_sees()
    {
        const string text = "Acme hotline: 3 hours of waiting music, then they hang up on me";
        await Record(Heard(Some.Post(text, "1")));
        await Record(Heard(Some.Post(text, "2") with { Private = true }));

        Assert.Equal((1, false), ((await Case(1)).Voices, (await Case(1)).Private));
        Assert.True((await Case(2)).Private);
    }

    [Fact]
    public async Task A_letter_to_us_alone_lies_in_the_maybe_list_of_the_private_room()
    {
        await Record(Heard(Some.Post(id: "1") with { Private = true }, complaint: 0.2));
        await Record(Heard(By("ben", Some.Post("acme is odd", "2")), complaint: 0.2));

        Assert.Equal([1L], await Read(view => view.UnlistedTray(CaseWriter.PrivateRoom, 10)));
        Assert.Equal([2L], await Read(view => view.UnlistedTray("care", 10)));
    }

    [Fact]
    public async Task Gaps_and_items_kept_aside_are_recorded_with_the_batch()
    {
        var harvest = new Harvest("posts", new Cursor("9"), false, new Gap(Now - TimeSpan.FromHours(40), Now - TimeSpan.FromHours(36), "look-back"), [], [], [new BadItem("line 7 is not JSON", "{")], 0);

        await _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, Now));

        Assert.Equal(("posts", "line 7 is not JSON", "{"), (await Read(view => view.DeadLetters(0, 9))).Select(letter => (letter.Place, letter.Why, letter.Raw)).Single());
        Assert.Equal("9", (await Read(view => view.CursorOf("posts")))!.Value);
    }

    private Task<PressAnswer> Press(string id, PressAction action, long subject) => _temp.Store.WriteAsync(
        tx => PressDesk.Take(tx, new Press(id, new Responder("discord:1", "Ana"), new PressTarget(action, subject)), Policy.Default, Now).Answer);

    private static Post By(string author, Post post) => post with { Author = new Author { Id = author, Handle = author } };

    private static Heard Heard(Post post, Priority priority = Priority.Normal, double complaint = 0.9, IReadOnlyList<Watch>? watches = null) =>
        new(ChangeKind.Added, post, watches ?? [Some.Watch()], Some.Assessment(complaint, priority), ByUs: false);

    private Task<Recorded> Record(params Heard[] heard) => Record(firstContact: false, heard);

    private Task<Recorded> Record(bool firstContact, params Heard[] heard)
    {
        var harvest = new Harvest("posts", new Cursor($"{++_cursor}"), firstContact, null, heard, [], [], heard.Length);
        return _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, Now));
    }

    private Task Gone(ChangeKind kind, PostKey key)
    {
        var harvest = new Harvest("posts", new Cursor($"{++_cursor}"), false, null, [], [(kind, key)], [], 1);
        return _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, Now));
    }

    private async Task<Case> Case(long id) => (await Read(view => view.CaseOf(id)))!;

    private Task<IReadOnlyList<CardWork>> Cards(string room = "care") => Read(view => view.CardsToShow(room, Now, 100));

    private Task<T> Read<T>(Func<IStoreView, T> work) => _temp.Store.ReadAsync(work);

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
