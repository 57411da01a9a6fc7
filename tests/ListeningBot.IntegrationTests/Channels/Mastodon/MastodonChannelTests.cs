using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Channels.Mastodon;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.Mastodon;

public sealed class MastodonChannelTests : IAsyncDisposable
{
    private readonly List<PlacesLook> _looks = [];
    private readonly LocalSite _site;
    private readonly ManualClock _time = new();
    private readonly CollectedLogs _logs = new();
    private readonly WebReader _web;

    public MastodonChannelTests() => (_site, _web) = (new LocalSite { Time = _time.Right }, new WebReader(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, _time));

    private DateTimeOffset Now => _time.GetUtcNow();

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_post_is_readable_text_with_its_warning_pictures_links_and_author()
    {
        var service = new LocalMastodon();
        var status = LocalMastodon.Status(7, "", Now);
        status["spoiler_text"] = "rant";
        status["content"] = "<p><span class=\"h-card\"><a href=\"https://acme.example/@care\" class=\"u-url mention\">@<span>care</span></a></span> my <a href=\"https://m.example/tags/acme\" class=\"mention hashtag\" rel=\"tag\">#<span>acme</span></a> died</p>"
            + "<p><a href=\"https://blog.example/a/very/long/address\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">blog.example/a/very/</span><span class=\"invisible\">long/address</span></a></p>";
        status["media_attachments"] = new JsonArray(new JsonObject { ["type"] = "image", ["description"] = "A burnt laptop" }, new JsonObject { ["type"] = "image", ["description"] = null });
        status["poll"] = new JsonObject { ["options"] = new JsonArray(new JsonObject { ["title"] = "refund" }, new JsonObject { ["title"] = "never again" }) };
        status["card"] = new JsonObject { ["url"] = "https://blog.example/card" };
        service.Add(status);
        await StartAsync(service);

        var post = Posts(await LookAsync()).Single();

        Assert.Equal("rant\n\n@care my #acme died\n\nhttps://blog.example/a/very/long/address\n\n- refund\n- never again\n\n[A burnt laptop]", post.Text);
        Assert.Equal(new PostKey("mastodon", "https://far.example/users/mia/statuses/7"), post.Key);
        Assert.Equal(("mia@far.example", "mia@far.example", "Mia :blob:", 37L), (post.Author.Id, post.Author.Handle, post.Author.Name, post.Author.Followers));
        Assert.Equal(("en", Now, "https://far.example/@mia/7", false, false), (post.Lang, post.Posted, post.Url, post.Automatic, post.Private));
        Assert.Equal(["https://blog.example/card"], post.Links!);
    }

    [Fact]
    public async Task Boosts_bots_letters_and_accounts_of_the_server_itself_are_told_apart()
    {
        var service = new LocalMastodon();
        var boost = LocalMastodon.Status(8, "", Now);
        boost["reblog"] = LocalMastodon.Status(3, "acme broke", Now.AddDays(-1));
        var bot = LocalMastodon.Status(9, "acme news", Now);
        bot["account"]!["bot"] = true;
        bot["account"]!["acct"] = "Robo";
        var letter = LocalMastodon.Status(10, "acme, please help", Now, visibility: "direct");
        service.Add(boost);
        service.Add(bot);
        service.Add(letter);
        await StartAsync(service);

        var posts = Posts(await LookAsync()).ToList();

        Assert.Equal(("acme broke", "https://far.example/users/mia/statuses/3"), (posts[0].Text, posts[0].RepostOf!.Id));
        Assert.Equal((true, "robo@127.0.0.1", "Robo@127.0.0.1"), (posts[1].Automatic, posts[1].Author.Id, posts[1].Author.Handle));
        Assert.True(posts[2].Private);
    }

    [Fact]
    public async Task Many_pages_are_read_forward_without_loss_also_after_an_interruption()
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(1000, "acme", Now.AddHours(-2)));
        await StartAsync(service);
        var first = await LookAsync();
        for (var i = 1; i <= 150; i++)
        {
            service.Add(LocalMastodon.Status(1000 + i, $"acme {i}", Now));
        }

        var broken = await LookAsync(first[^1].Next, most: 2);
        var rest = await LookAsync(broken[^1].Next);

        Assert.Equal(Enumerable.Range(1001, 150), Ids(broken).Concat(Ids(rest)).Order());
    }

    [Fact]
    public async Task The_first_look_goes_back_a_day_and_no_further()
    {
        var service = new LocalMastodon();
        for (var i = 0; i < 300; i++)
        {
            service.Add(LocalMastodon.Status(1000 + i, $"acme {i}", Now.AddMinutes(-2995 + (i * 10))));
        }
        await StartAsync(service);

        var batches = await LookAsync();

        // 24 hours hold 144 of them, and the pages end where they end.
        Assert.Equal(Enumerable.Range(1100, 200), Ids(batches));
        Assert.All(batches.Where(batch => batch.Count > 0), batch => Assert.True(batch.FirstContact));
    }

    [Fact]
    public async Task A_post_that_arrives_late_below_what_was_read_is_heard_once_also_after_a_restart()
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(1000, "acme old", Now.AddHours(-1)));
        service.Add(LocalMastodon.Status(2000, "acme new", Now.AddMinutes(-1)));
        await StartAsync(service);
        var first = await LookAsync();
        service.Add(LocalMastodon.Status(1900, "acme late", Now.AddMinutes(-2)));

        var second = await LookAsync(first[^1].Next);
        var third = await LookAsync(second[^1].Next);

        Assert.Equal([1900], Ids(second));
        Assert.Empty(Ids(third));
    }

    [Fact]
    public async Task A_post_that_arrives_late_is_heard_also_when_our_clock_was_set_forth_meanwhile()
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(1000, "acme old", Now.AddHours(-1)));
        service.Add(LocalMastodon.Status(2000, "acme new", Now.AddMinutes(-1)));
        var late = LocalMastodon.Status(1900, "acme late", Now.AddMinutes(-2));
        await StartAsync(service);
        _site.Answer = context =>
        {
            // The second look comes a day later by the clock on the wall, and after it the late one.
            _time.Ahead = TimeSpan.FromDays(1);
            return service.ServeAsync(context);
        };
        var looks = await LookAsync(looks: 3);
        service.Add(late);

        Assert.Equal([1900], Ids(await LookAsync(looks[^1].Next)));
    }

    [Fact]
    public async Task What_was_reached_a_while_ago_is_not_asked_for_again()
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(1000, "acme", Now.AddHours(-1)));
        service.Add(LocalMastodon.Status(2000, "acme", Now.AddMinutes(-1)));
        await StartAsync(service);

        await LookAsync(looks: 4, eachPause: TimeSpan.FromMinutes(10));

        Assert.Contains("min_id=2000", _site.Seen[^1].Path, StringComparison.Ordinal);
        Assert.DoesNotContain("min_id=2000", _site.Seen[2].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edited_post_is_an_edit_and_one_post_in_two_places_is_one()
    {
        var service = new LocalMastodon();
        var status = LocalMastodon.Status(1000, "acme broke", Now.AddMinutes(-5));
        service.Add(LocalMastodon.Status(900, "acme", Now.AddMinutes(-9)));
        service.Add(status);
        await StartAsync(service);
        var first = await LookAsync(options: Options() with { Tags = ["acme", "laptop"] });
        status["content"] = "<p>acme broke twice</p>";

        var second = await LookAsync(first[^1].Next, options: Options() with { Tags = ["acme", "laptop"] });

        Assert.Equal([900, 1000], Ids(first));
        Assert.Equal([(ChangeKind.Edited, "acme broke twice")], second.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(i => (batch.KindOf(i), batch.PostAt(i).Text))));
    }

    [Fact]
    public async Task With_a_token_the_search_and_the_mentions_are_read_whole_and_answers_know_what_they_answer()
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(1, "acme first", Now.AddHours(-3)));
        await StartAsync(service);
        var options = Options() with { Token = "secret", Tags = ["zzz"], Words = ["Acme"], Stream = false };
        var first = await LookAsync(options: options);
        for (var i = 2; i <= 100; i++)
        {
            service.Add(LocalMastodon.Status(i, $"acme {i}", Now));
        }
        service.Add(LocalMastodon.Status(200, "what now?", Now, answers: 150));
        service.Other["/api/v1/statuses/150"] = """{"id":"150","uri":"https://acme.example/users/care/statuses/9"}""";
        service.Mentions.Add((7, 200));

        var second = await LookAsync(first[^1].Next, options: options);

        Assert.Equal([.. Enumerable.Range(2, 99), 200], Ids(second).Order());
        Assert.Equal("https://acme.example/users/care/statuses/9", Posts(second).Single(post => post.Text == "what now?").InReplyTo!.Id);
        Assert.All(_site.Seen, seen => Assert.Equal("Bearer secret", seen.Header("Authorization")));
        Assert.Contains(_site.Seen, seen => seen.Path.Contains("q=acme", StringComparison.Ordinal));
    }

    [Fact]
    public void The_watches_words_become_tags_and_what_can_be_none_is_left_out()
    {
        var watches = WatchSet.Build([new Watch { Name = "a", Team = "care", Find = ["Acme Laptop", "#AcmeLaptop", "C++", "2024", "@acme", "größe"] }], Ours.Nobody);

        var places = MastodonPlaces.Of(new MastodonOptions { Server = "https://m.example" }, watches, "m");

        Assert.Equal(["#acmelaptop", "#größe"], places.Select(place => place.Name));
    }

    [Fact]
    public async Task A_watch_with_a_query_is_asked_for_by_the_words_that_must_be_there_and_what_comes_too_much_is_not_heard()
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(1, "acme broke, I want a refund", Now));
        service.Add(LocalMastodon.Status(2, "acme refunds in this giveaway", Now));
        service.Add(LocalMastodon.Status(3, "acme is fine", Now));
        await StartAsync(service);
        var watches = ByQuery.Watches("(acme OR \"acme laptop\") refund* NOT giveaway");

        var posts = Posts(await LookAsync(options: Options() with { Token = "secret", Tags = null, Stream = false }, watches: watches)).DistinctBy(post => post.Key).ToList();

        Assert.Equal(
            ["/api/v1/timelines/tag/acme?limit=40", "/api/v1/timelines/tag/acmelaptop?limit=40", "/api/v2/search?type=statuses&limit=40&q=%22acme%20laptop%22", "/api/v2/search?type=statuses&limit=40&q=acme"],
            _site.Seen.Select(seen => seen.Path).Where(path => (path.Contains("timelines/tag", StringComparison.Ordinal) || path.Contains("search", StringComparison.Ordinal)) && !path.Contains("_id", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(3, posts.Count);
        Assert.Equal("acme broke, I want a refund", Assert.Single(ByQuery.Heard(watches, posts)));
    }

    [Theory]
    [InlineData("""{"configuration":{"timelines_access":{"hashtag_feeds":{"local":"authenticated","remote":"authenticated"}}}}""", "Token")]
    [InlineData("""{"configuration":{"timelines_access":{"hashtag_feeds":{"local":"disabled","remote":"disabled"}}}}""", "another Server")]
    public async Task A_server_that_keeps_its_tags_closed_is_told_instead_of_looking_like_peace(string instance, string cure)
    {
        await StartAsync(new LocalMastodon { Instance = instance });

        var fault = await Assert.ThrowsAsync<ChannelException>(() => LookAsync());

        Assert.True(fault.NeedsOperator);
        Assert.Contains(cure, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(422)]
    public async Task Who_is_refused_without_a_token_learns_that_one_is_needed(int status)
    {
        await _site.StartAsync();
        _site.Answer = FeedAnswers.Status(status, body: """{"error":"This API requires an authenticated user"}""");

        var fault = await Assert.ThrowsAsync<ChannelException>(() => LookAsync());

        Assert.True(fault.NeedsOperator);
        Assert.Contains("Give the Token", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_place_that_is_closed_keeps_no_other_from_being_heard()
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(1, "acme", Now));
        await StartAsync(service);
        _site.Answer = context => context.Request.Path.Value!.Contains("notifications", StringComparison.Ordinal) ? FeedAnswers.Status(403)(context) : service.ServeAsync(context);

        var batches = await LookAsync(options: Options() with { Token = "secret", Stream = false });

        Assert.Equal([1], Ids(batches));
        Assert.Contains("mentions", _logs.Text, StringComparison.Ordinal);
        var found = Assert.Single(_looks).Found;
        Assert.Equal(["mentions"], found.Where(one => one.Value is not null).Select(one => one.Key));
        Assert.Contains(found, one => one.Value is null);
    }

    [Theory]
    [InlineData("""{"id":1,"uri":"https://a.example/1","account":{"acct":"mia","followers_count":-1,"display_name":7,"url":"javascript:x"},"content":null,"spoiler_text":"acme","created_at":"never","media_attachments":{"a":1},"poll":7,"card":[],"mentions":null,"visibility":5,"in_reply_to_id":{},"reblog":"no","language":9}""")]
    [InlineData("""{"id":"1","uri":"https://a.example/1","account":{"acct":"mia"},"content":"acme"}""")]
    public async Task Odd_fields_cost_nothing_but_themselves(string status)
    {
        var service = new LocalMastodon();
        service.AddRaw(1, status);
        await StartAsync(service);

        var post = Posts(await LookAsync()).Single();

        Assert.Equal(("acme", null, null, null), (post.Text, post.Posted, post.InReplyTo, post.RepostOf));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"statuses":[]}""")]
    public async Task An_answer_without_a_list_is_a_fault(string body)
    {
        await _site.StartAsync();
        _site.Answer = FeedAnswers.Text(body, "application/json");

        await Assert.ThrowsAsync<ChannelException>(() => LookAsync());
    }

    [Fact]
    public async Task A_server_that_repeats_itself_for_ever_is_left()
    {
        await _site.StartAsync();
        var one = LocalMastodon.Status(5, "acme", Now).ToJsonString();
        _site.Answer = FeedAnswers.Text($"[{one},null,7,[]]", "application/json");

        var batches = await LookAsync(looks: 3);

        Assert.Equal([5], Ids(batches));
        Assert.Equal(3, batches.Sum(batch => batch.Aside.Count));
        Assert.InRange(_site.Seen.Count, 3, 12);
    }

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

    private async Task StartAsync(LocalMastodon service)
    {
        _site.Answer = service.ServeAsync;
        await _site.StartAsync();
    }

    private MastodonOptions Options() => new() { Server = _site.Address, Tags = ["acme"], Timeout = TimeSpan.FromSeconds(5) };

    private ChannelContext Context(Func<TimeSpan, CancellationToken, Task>? nextPoll = null) => new("m", _web, _time, _logs, nextPoll ?? ((_, _) => Task.CompletedTask))
    {
        Looked = (look, _) =>
        {
            _looks.Add(look);
            return Task.CompletedTask;
        },
    };

    /// <summary>So many looks; each ends with an empty batch.</summary>
    private async Task<List<PostBatch>> LookAsync(Cursor? since = null, int most = int.MaxValue, MastodonOptions? options = null, int looks = 1, TimeSpan eachPause = default, WatchSet? watches = null)
    {
        List<PostBatch> batches = [];
        var context = Context((_, _) =>
        {
            _time.Advance(eachPause);
            looks--;
            return looks > 0 ? Task.CompletedTask : throw new OperationCanceledException();
        });
        try
        {
            await foreach (var batch in new MastodonChannel(context, options ?? Options()).ReadAsync(since, watches ?? WatchSet.Build([], Ours.Nobody), CancellationToken.None))
            {
                batches.Add(batch);
                if (batches.Count == most)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The pause after the last look.
        }
        return batches;
    }

    private static IEnumerable<Post> Posts(List<PostBatch> batches) => batches.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(batch.PostAt));

    private static IEnumerable<int> Ids(List<PostBatch> batches) => Posts(batches).Select(post => int.Parse(post.Key.Id.Split('/')[^1]));
}
