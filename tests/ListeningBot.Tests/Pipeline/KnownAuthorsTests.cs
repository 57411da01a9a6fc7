using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class KnownAuthorsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Contact Mail = new(ContactKind.Mail, "mia@example.com", "their profile");
    private readonly TempStore _temp = new();
    private readonly OpenThreads _threads = new();

    [Fact]
    public async Task A_case_that_opens_wants_its_author_looked_up_after_its_card()
    {
        await HearAsync(Some.Post());

        Assert.Empty(await DueAsync(Now));
        Assert.Equal([new LookupWork(1, 0)], await DueAsync(Now + KnownAuthors.LookAfter));
    }

    [Fact]
    public async Task What_opens_no_case_is_not_looked_up()
    {
        await HearAsync(Some.Post("acme is fine, nice shop"), alertAt: 1);

        Assert.Empty(await DueAsync(Now.AddDays(1)));
    }

    [Fact]
    public async Task Who_wrote_to_us_alone_is_not_looked_up()
    {
        await HearAsync(Some.Post() with { Private = true });

        Assert.NotNull(await _temp.ReadAsync(view => view.CaseOf(1)));
        Assert.Empty(await DueAsync(Now.AddDays(1)));
    }

    [Fact]
    public async Task Whom_the_maybe_list_can_not_name_is_looked_up_and_then_named()
    {
        await HearAsync(Did(), alertAt: 1);
        await HearAsync(Some.Post("acme is odd", id: "named"), alertAt: 1);
        var clock = new ManualClock();
        await new DueWork(_temp.Store, new PolicyBook(), clock, _ => { }).ListMaybesAsync(default);

        Assert.Equal([1L], (await DueAsync(Now.AddDays(1))).Select(work => work.Mention));
        Assert.Equal(["care"], await RecordAsync(Known()));
        Assert.Equal("Mia Lang", await _temp.ReadAsync(view => view.MentionOf(1)!.Post.Author.Name));
    }

    [Fact]
    public async Task Who_the_author_is_becomes_an_event_and_a_card()
    {
        await HearAsync(Did());
        var before = await _temp.ReadAsync(view => view.CaseOf(1)!.Version);

        var rooms = await RecordAsync(Known());

        Assert.Contains("care", rooms);
        Assert.Equal(before + 1, await _temp.ReadAsync(view => view.CaseOf(1)!.Version));
        Assert.IsType<AuthorKnown>((await _temp.ReadAsync(view => view.EventsOf(1)))[^1].Event);
        Assert.Equal("Mia Lang (@mia.example)", await _temp.ReadAsync(view => CardWriter.Who(view.MentionOf(1)!.Post.Author)));
        Assert.Equal([Mail], await _temp.ReadAsync(view => view.ContactsOf(1)));
    }

    [Fact]
    public async Task Ways_to_reach_them_that_are_found_after_the_claim_come_into_the_thread()
    {
        await HearAsync(Some.Post());
        await _temp.Store.WriteAsync(tx => new CaseWriter(tx, Now, Policy.Default).Happen(tx.CaseOf(1)!, new Claimed(new Responder("discord:1", "Ana"))));
        await _temp.WriteAsync(tx => { tx.CardShown(new CardKey("case:1", "care"), 2, new MessageRef("m1"), Now); tx.CardShown(new CardKey("thread:1", "care"), 2, new MessageRef("m2"), Now); return 0; });
        Assert.Empty(await _temp.ReadAsync(view => view.CardsToShow("care", Now, 10)));

        await RecordAsync(Some.Post().Author);

        Assert.Equal([new CardKey("thread:1", "care")], (await _temp.ReadAsync(view => view.CardsToShow("care", Now, 10))).Select(card => card.Key));
    }

    [Fact]
    public async Task The_same_again_is_no_event()
    {
        await HearAsync(Did());
        await RecordAsync(Known());
        var before = await _temp.ReadAsync(view => view.CaseOf(1)!.Version);

        Assert.Empty(await RecordAsync(Known()));

        Assert.Equal(before, await _temp.ReadAsync(view => view.CaseOf(1)!.Version));
    }

    [Fact]
    public async Task Followers_are_kept_and_change_no_priority()
    {
        await HearAsync(Did());
        var before = await _temp.ReadAsync(view => view.CaseOf(1)!.Priority);

        await RecordAsync(Known() with { Followers = 0 });

        Assert.Equal(0, await _temp.ReadAsync(view => view.MentionOf(1)!.Post.Author.Followers));
        Assert.Equal(before, await _temp.ReadAsync(view => view.CaseOf(1)!.Priority));
    }

    [Fact]
    public async Task An_edit_does_not_forget_who_the_author_is()
    {
        await HearAsync(Did());
        await RecordAsync(Known());

        await HearAsync(Did() with { Text = "My Acme laptop died a fourth time" }, ChangeKind.Edited);

        Assert.Equal("Mia Lang", await _temp.ReadAsync(view => view.MentionOf(1)!.Post.Author.Name));
    }

    [Fact]
    public async Task What_is_taken_away_takes_the_ways_to_reach_its_author_along()
    {
        await HearAsync(Did());
        await RecordAsync(Known());

        await _temp.WriteAsync(tx => tx.BlankMention(1, Now));

        Assert.Empty(await _temp.ReadAsync(view => view.ContactsOf(1)));
        Assert.Empty(await DueAsync(Now.AddDays(1)));
        Assert.Empty(await RecordAsync(Known()));
        Assert.Empty(await _temp.ReadAsync(view => view.ContactsOf(1)));
    }

    [Fact]
    public async Task The_ways_found_in_all_their_posts_are_theirs_each_once_and_ten_at_most()
    {
        await HearAsync(Did());
        await HearAsync(Did() with { Key = new PostKey("bluesky", "did:plc:mia/2") });
        await RecordAsync(Known());
        await RecordAsync(Known(), 2, [Mail, .. Enumerable.Range(0, 12).Select(i => new Contact(ContactKind.Site, $"https://s{i}.example/", "the post")), new Contact(ContactKind.Site, "http://s1.example", "x")]);

        var contacts = await _temp.ReadAsync(view => view.ContactsOf(1));

        Assert.Equal(Contacts.Most, contacts.Count);
        Assert.Single(contacts, contact => contact == Mail);
        Assert.Single(contacts, contact => contact.Value.Contains("s1.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accounts_whose_profiles_link_each_other_are_one_customer_from_then_on()
    {
        await HearAsync(Did());
        await HearAsync(Some.Post("My Acme phone is broken too", id: "b") with { Author = new Author { Id = "https://mia.example/blog", Url = "https://mia.example/blog" } });
        await RecordAsync(Known(), profile: new ProfileFound(["https://bsky.app/profile/did:plc:mia"], ["https://mia.example/blog"], []));
        await RecordAsync(
            new Author { Id = "https://mia.example/blog", Url = "https://mia.example/blog" }, 2, profile: new ProfileFound(["https://mia.example/blog"], ["https://bsky.app/profile/did:plc:mia"], []));

        var (one, other) = await _temp.ReadAsync(view => (view.CaseOf(1)!, view.CaseOf(2)!));

        Assert.NotNull(one.Customer);
        Assert.Equal(one.Customer, other.Customer);
    }

    private static Post Did() => Some.Post() with { Key = new PostKey("bluesky", "did:plc:mia/1"), Author = new Author { Id = "did:plc:mia", Url = "https://bsky.app/profile/did:plc:mia" } };

    private static Author Known() => new() { Id = "did:plc:mia", Name = "Mia Lang", Handle = "mia.example", Url = "https://bsky.app/profile/mia.example", Followers = 12 };

    private Task<IReadOnlyList<LookupWork>> DueAsync(DateTimeOffset at) => _temp.ReadAsync(view => view.LookupsDue(at, 10));

    private Task<IReadOnlySet<string>> RecordAsync(Author author, long mention = 1, IReadOnlyList<Contact>? contacts = null, ProfileFound? profile = null) =>
        _temp.WriteAsync(tx => KnownAuthors.Record(tx, mention, author, contacts ?? [Mail], profile, Policy.Default, Now));

    private Task HearAsync(Post post, ChangeKind kind = ChangeKind.Added, double alertAt = 0)
    {
        var batch = PostBatch.OfChanges([new PostChange(kind, post.Key, post)], new Cursor("1"));
        var harvest = new Intake(new ScorerBook(), _threads).Take(post.Channel, batch, WatchSet.Build([Some.Watch() with { AlertAt = alertAt }], Ours.Nobody));
        return _temp.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, Now));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
