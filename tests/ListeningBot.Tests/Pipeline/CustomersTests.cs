using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Tests.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class CustomersTests : IAsyncDisposable
{
    private const string OnBluesky = "https://bsky.app/profile/did:plc:mia";
    private const string OnMastodon = "https://social.example/@mia";
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private readonly TempStore _temp = new();

    [Fact]
    public async Task Two_cases_of_one_author_are_one_customers()
    {
        await OpenAsync(ByMia("1"), ByMia("2") with { Author = ByMia("2").Author with { Name = "Mia Lang-Berg" } });

        var (customer, cases) = await _temp.ReadAsync(view => (view.CustomerOf(1), view.CasesOfCustomer(1, 10)));
        Assert.Equal("Mia Lang-Berg", customer!.Name);
        Assert.Equal([2L, 1L], cases.Select(@case => @case.Id));
        Assert.Equal([1L], (await _temp.ReadAsync(view => view.OtherCasesOf(cases[0]))).Select(@case => @case.Id));
    }

    [Fact]
    public async Task A_case_of_an_unknown_author_has_no_customer_and_the_same_name_elsewhere_is_somebody_else()
    {
        await OpenAsync(ByMia("1"), ByMia("2") with { Author = Author.Unknown }, OnOtherNetwork("3"));

        Assert.Equal([1L, null, 2L], await _temp.ReadAsync(view => new[] { 1L, 2, 3 }.Select(id => view.CaseOf(id)!.Customer).ToList()));
    }

    [Fact]
    public async Task Profiles_that_link_each_other_make_one_person_and_every_case_tells_so()
    {
        await OpenAsync(ByMia("1"), OnOtherNetwork("2"));
        await LookUpAsync(ByMia("1"), Linking(OnMastodon + "/"));
        Assert.Equal(2, (await _temp.ReadAsync(view => view.CaseOf(2)))!.Customer);

        await LookUpAsync(OnOtherNetwork("2"), Linking("https://www.bsky.app/profile/did:plc:mia#posts"));

        var (customer, gone, of, events) = await _temp.ReadAsync(view => (view.CustomerOf(1)!, view.CustomerOf(2), view.CustomerOfAccount("mastodon", "@mia"), view.EventsOf(2)));
        Assert.Equal(["did:plc:mia", "@mia"], customer.Accounts.Select(account => account.Author));
        Assert.Null(gone);
        Assert.Equal(1, of!.Id);
        Assert.Equal(new CustomerUnited(2, 1), events[^1].Event);
        Assert.Equal([2L, 1L], (await _temp.ReadAsync(view => view.CasesOfCustomer(1, 9))).Select(@case => @case.Id));
        Assert.Equal(1, Case.Replay(events.Select(e => (e.Event, e.At))).Customer);
    }

    [Fact]
    public async Task A_link_in_one_direction_is_a_claim_and_no_more()
    {
        await OpenAsync(ByMia("1"), OnOtherNetwork("2"));

        await LookUpAsync(ByMia("1"), Linking(OnMastodon));

        Assert.Equal([1L, 2L], await _temp.ReadAsync(view => new[] { 1L, 2 }.Select(id => view.CaseOf(id)!.Customer!.Value).ToList()));
        Assert.Equal(["Mia L. on mastodon"], await _temp.ReadAsync(view => view.ClaimsOf(1)));
        Assert.Empty(await _temp.ReadAsync(view => view.ClaimsOf(2)));
    }

    [Fact]
    public async Task A_page_of_their_own_that_links_both_by_rel_me_proves_it()
    {
        const string page = "https://mia.example/";
        await OpenAsync(ByMia("1"), OnOtherNetwork("2"));

        await LookUpAsync(ByMia("1"), Linking(page) with { Pages = [new PageFound(page, [OnBluesky, OnMastodon])] });
        await LookUpAsync(OnOtherNetwork("2"), Linking("https://mia.example") with { Pages = [new PageFound(page, [OnBluesky, OnMastodon])] });

        Assert.Equal(1, (await _temp.ReadAsync(view => view.CaseOf(2)))!.Customer);
    }

    [Fact]
    public async Task A_strangers_page_that_links_both_proves_nothing_of_who_does_not_link_it()
    {
        const string page = "https://mallory.example/";
        await OpenAsync(ByMia("1"), OnOtherNetwork("2"));

        await LookUpAsync(ByMia("1"), Linking(page) with { Pages = [new PageFound(page, [OnBluesky, OnMastodon])] });
        await LookUpAsync(OnOtherNetwork("2"), new ProfileFound([], [], [new PageFound(page, [OnBluesky, OnMastodon])]));

        Assert.Equal(2, (await _temp.ReadAsync(view => view.CaseOf(2)))!.Customer);
    }

    [Fact]
    public async Task An_address_at_which_many_stand_makes_nobody_one()
    {
        var forum = "https://forum.example/start";
        Post User(string id) => ByMia(id) with { Key = new PostKey("forum", id), Author = new Author { Id = "user" + id, Url = forum } };
        await OpenAsync(User("1"), User("2"), ByMia("3"));

        await LookUpAsync(User("1"), Linking(OnBluesky));
        await LookUpAsync(ByMia("3"), Linking(forum));

        Assert.Equal([1L, 2L, 3L], await _temp.ReadAsync(view => new[] { 1L, 2, 3 }.Select(id => view.CaseOf(id)!.Customer!.Value).ToList()));
    }

    [Theory]
    [InlineData("https://www.Social.example/@Mia/", "social.example/@Mia")]
    [InlineData("http://social.example/users?id=7#top", "social.example/users?id=7")]
    [InlineData("https://mia.example:8443/", "mia.example:8443")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("not an address", null)]
    [InlineData(null, null)]
    public void Addresses_are_compared_without_what_does_not_count(string? written, string? address) => Assert.Equal(address, WebAddress.Of(written));

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private static ProfileFound Linking(params string[] links) => new([], links, []);

    private static Post ByMia(string id) => Some.Post(id: id) with { Key = new PostKey("bluesky", id), Author = new Author { Id = "did:plc:mia", Name = "Mia Lang", Url = OnBluesky } };

    private static Post OnOtherNetwork(string id) => ByMia(id) with { Key = new PostKey("mastodon", id), Author = new Author { Handle = "@mia", Name = "Mia L.", Url = OnMastodon } };

    private Task LookUpAsync(Post post, ProfileFound found) => _temp.WriteAsync(tx => new CaseWriter(tx, Now, Policy.Default).LinkAccounts(post, found));

    /// <summary>Each post a case of its own.</summary>
    private Task OpenAsync(params Post[] posts) => _temp.WriteAsync(tx =>
    {
        foreach (var post in posts)
        {
            var mention = SomeStored.Mention() with { Post = post };
            new CaseWriter(tx, Now, Policy.Default).Open(mention with { Id = tx.AddMention(mention) }, ["care"]);
        }
    });
}
