using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Channels.Mastodon;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.Mastodon;

/// <summary>What was heard is asked for again: answers, edits, what is gone; and whom to ask.</summary>
public sealed partial class MastodonChannelTests
{
    [Fact]
    public async Task Open_cases_are_read_again_with_their_answers()
    {
        var service = new LocalMastodon();
        await StartAsync(service);
        var key = $"{_site.Address}/users/mia/statuses/7";
        var status = LocalMastodon.Status(7, "acme broke, now fixed", Now, answers: 6);
        status["uri"] = key;
        service.Other["/api/v1/statuses/7"] = status.ToJsonString();
        service.Other["/api/v1/statuses/7/context"] = new JsonObject
        {
            ["ancestors"] = new JsonArray(LocalMastodon.Status(6, "how is acme?", Now)),
            ["descendants"] = new JsonArray(LocalMastodon.Status(8, "sorry!", Now, answers: 7), LocalMastodon.Status(9, "thanks", Now, answers: 8), null, 5),
        }.ToJsonString();

        var changes = await new MastodonThreads(Context(), Options()).ReadAsync([Asked(key), Asked($"{_site.Address}/users/mia/statuses/77")], CancellationToken.None);

        Assert.Equal([ChangeKind.Edited, ChangeKind.Added, ChangeKind.Added, ChangeKind.Deleted], changes.Select(change => change.Kind));
        Assert.Equal(("acme broke, now fixed", "https://far.example/users/mia/statuses/6"), (changes[0].Post!.Text, changes[0].Post!.InReplyTo!.Id));
        Assert.Equal((key, "https://far.example/users/mia/statuses/8"), (changes[1].Post!.InReplyTo!.Id, changes[2].Post!.InReplyTo!.Id));
        Assert.All(changes.Take(3), change => Assert.Equal("https://far.example/users/mia/statuses/6", change.Post!.Thread!.Id));
    }

    [Fact]
    public async Task What_nobody_changed_is_told_again_as_it_was_told_first()
    {
        var service = new LocalMastodon();
        await StartAsync(service);
        var status = LocalMastodon.Status(7, "acme <b>broke</b> &amp; fell<br>twice", Now, answers: 6);
        status["uri"] = $"{_site.Address}/users/mia/statuses/7";
        status["spoiler_text"] = "A <rant>";
        var above = LocalMastodon.Status(6, "how is it?", Now);
        service.Add(above);
        service.Add(status);
        var first = Posts(await LookAsync()).Single(post => post.Key.Id.EndsWith("/7", StringComparison.Ordinal));
        service.Other["/api/v1/statuses/7/context"] = new JsonObject { ["ancestors"] = new JsonArray(above.DeepClone()), ["descendants"] = new JsonArray() }.ToJsonString();

        var again = Assert.Single(await new MastodonThreads(Context(), Options()).ReadAsync([first], CancellationToken.None));

        Assert.Equal((ChangeKind.Edited, first with { Thread = first.InReplyTo }), (again.Kind, again.Post));
    }

    [Fact]
    public async Task A_strangers_server_that_answers_nonsense_keeps_no_other_post_from_being_asked_for()
    {
        var service = new LocalMastodon();
        await StartAsync(service);
        service.Other["/api/v1/statuses/5"] = """{"\ud800 and a name as long as any other":1}""";
        service.Other["/api/v1/statuses/5/context"] = """{"\ud800 and a name as long as any other":1}""";
        service.Other["/api/v1/statuses/6"] = "[7]";
        service.Other["/api/v1/statuses/6/context"] = "null";
        var keys = Enumerable.Range(5, 3).Select(id => Asked($"{_site.Address}/users/mia/statuses/{id}")).ToList();

        var changes = await new MastodonThreads(Context(), Options()).ReadAsync(keys, CancellationToken.None);

        Assert.Equal([(ChangeKind.Deleted, keys[2].Key)], changes.Select(change => (change.Kind, change.Key)));
    }

    [Theory]
    [InlineData(404, "<html>not found</html>")]
    [InlineData(401, """{"error":"no"}""")]
    [InlineData(500, "")]
    public async Task What_is_not_certain_deletes_nothing(int status, string body)
    {
        await _site.StartAsync();
        _site.Answer = FeedAnswers.Status(status, body: body);
        var threads = new MastodonThreads(Context(), Options());

        try
        {
            Assert.Empty(await threads.ReadAsync([Asked($"{_site.Address}/users/mia/statuses/7")], CancellationToken.None));
        }
        catch (ChannelException)
        {
            // It may be asked again later.
        }
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_server_that_does_not_search_for_us_keeps_no_other_post_from_being_asked_for(int status)
    {
        var service = new LocalMastodon();
        await StartAsync(service);
        _site.Answer = context => context.Request.Path == "/api/v2/search" ? FeedAnswers.Status(status, body: """{"error":"no"}""")(context) : service.ServeAsync(context);
        var gone = Asked($"{_site.Address}/users/mia/statuses/7");

        var changes = await new MastodonThreads(Context(), Options() with { Token = "secret" }).ReadAsync([Asked("https://far.example/notes/abc"), gone], CancellationToken.None);

        Assert.Equal([(ChangeKind.Deleted, gone.Key)], changes.Select(change => (change.Kind, change.Key)));
    }

    [Fact]
    public async Task A_letter_is_asked_of_our_own_server_alone_and_never_counts_as_gone()
    {
        await StartAsync(new LocalMastodon());
        var letter = Asked($"{_site.Address}/users/mia/statuses/7") with { Private = true };

        var without = await new MastodonThreads(Context(), Options()).ReadAsync([letter], CancellationToken.None);
        var with = await new MastodonThreads(Context(), Options() with { Token = "secret" }).ReadAsync([letter], CancellationToken.None);

        Assert.Empty(without);
        Assert.Empty(with);
        Assert.Contains("resolve=true", Assert.Single(_site.Seen).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_has_its_links_the_verified_ones_first()
    {
        var service = new LocalMastodon();
        service.Other["/api/v1/accounts/lookup"] = """
            {"id":"5","acct":"mia@far.example","display_name":"Mia","note":"<p>I write. mia (at) mail.example</p>","url":"https://far.example/@mia","followers_count":9,
             "fields":[{"name":"fan of","value":"<a href=\"https://other.example\">other.example</a>","verified_at":null},{"name":"home","value":"<a href=\"https://mia.example\" rel=\"me\">mia.example</a>","verified_at":"2024-01-01T00:00:00Z"},null,{"name":null,"value":[]}]}
            """;
        await StartAsync(service);
        var authors = new MastodonAuthors(Context(), Options());

        var profile = await authors.LookAsync(Asked("https://far.example/users/mia/statuses/7"), CancellationToken.None);
        service.Other.Clear();
        var gone = await authors.LookAsync(Asked("https://far.example/users/mia/statuses/7"), CancellationToken.None);

        Assert.Equal(["https://mia.example/", "https://other.example/"], profile!.Links.Select(link => link.AbsoluteUri));
        Assert.StartsWith("I write. mia (at) mail.example", profile.About, StringComparison.Ordinal);
        Assert.Null(gone);
    }

    private static Post Asked(string uri) => new()
    {
        Key = new PostKey("mastodon", uri),
        Channel = "m",
        Kind = "mastodon",
        Text = "before",
        Author = new Author { Id = "mia@far.example", Handle = "mia@far.example", Url = "https://far.example/@mia" },
    };
}
