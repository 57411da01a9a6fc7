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

public sealed partial class MastodonChannelTests : IAsyncDisposable
{
    private readonly List<PlacesLook> _looks = [];
    private readonly LocalSite _site;
    private readonly ManualClock _time = new();
    private readonly CollectedLogs _logs = new();
    private DateTimeOffset? _heardAt;
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

    /// <summary>A long first day of what is new delays no customer who is heard already, nor one who speaks to us.</summary>
    [Fact]
    public async Task The_first_look_begins_with_mentions_and_with_what_was_read_before()
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(1000, "acme and nimbus", Now.AddHours(-1)));
        await StartAsync(service);
        var options = Options() with { Token = "secret", Stream = false };
        var before = await LookAsync(options: options);
        var first = PlacesAsked(0);
        var count = _site.Seen.Count;

        await LookAsync(before[^1].Next, options: options with { Tags = ["nimbus", "acme"] });

        Assert.Equal(["notifications", "acme"], first);
        Assert.Equal(["notifications", "acme", "nimbus"], PlacesAsked(count));
    }

    private List<string> PlacesAsked(int from) =>
        [.. _site.Seen.Skip(from).Select(seen => seen.Path.Split('?')[0].Split('/')[^1]).Where(place => place is "notifications" or "acme" or "nimbus").Distinct()];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_is_posted_at_a_place_that_was_empty_is_news_also_when_it_is_read_days_later(int daysPerLook)
    {
        var service = new LocalMastodon();
        await StartAsync(service);
        var looks = await LookAsync(looks: 2, eachPause: TimeSpan.FromDays(daysPerLook));
        service.Add(LocalMastodon.Status(900, "acme long ago", ManualClock.Start.AddDays(-3)));
        service.Add(LocalMastodon.Status(1000, "acme broke", ManualClock.Start.AddDays(1)));
        _time.Advance(TimeSpan.FromDays(3));
        service.Add(LocalMastodon.Status(2000, "acme now", Now));

        var batches = await LookAsync(looks[^1].Next);

        Assert.Equal([(1000, false), (900, true), (2000, true)], batches.SelectMany(batch => Ids([batch]).Select(id => (id, batch.FirstContact))));
    }

    /// <summary>What the version before writes of a place that was empty.</summary>
    [Fact]
    public async Task A_cursor_without_the_time_of_the_first_look_is_read_as_before()
    {
        var service = new LocalMastodon();
        await StartAsync(service);
        var first = await LookAsync();
        var before = new Cursor(JsonNode.Parse(first[^1].Next.Value)!.AsObject() is var cursor && cursor["Places"]!["#acme"]!.AsObject().Remove("EmptySince") ? cursor.ToJsonString() : "");
        service.Add(LocalMastodon.Status(1000, "acme broke", Now.AddDays(1)));
        _time.Advance(TimeSpan.FromDays(3));

        Assert.Equal([true], (await LookAsync(before)).Where(batch => batch.Count > 0).Select(batch => batch.FirstContact));
    }

    /// <summary>Instead of the tag that was read three days ago, as a watch says now; or the same on another server, which is the cure of one that is closed. What the version before wrote does not say when a place was read.</summary>
    [Theory]
    [InlineData("laptops", false, false)]
    [InlineData("laptops", false, true)]
    [InlineData("acme", true, false)]
    [InlineData("acme", true, true)]
    public async Task What_takes_over_from_places_that_were_read_before_an_outage_goes_back_to_where_they_stood(string tag, bool onAnotherServer, bool withCursorOfBefore)
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(800, "acme laptops", Now.AddHours(-2)));
        await StartAsync(service);
        var cursor = JsonNode.Parse((await LookAsync())[^1].Next.Value)!;
        _heardAt = Now;
        var place = cursor["Places"]!["#acme"]!.AsObject();
        Assert.True(!withCursorOfBefore || place.Remove("ReadAt"));
        cursor["Of"] = onAnotherServer ? "0123456789abcdef" : cursor["Of"]!.DeepClone();
        for (var i = 1; i <= 50; i++)
        {
            service.Add(LocalMastodon.Status(1000 + i, $"acme laptops {i}", Now.AddDays(2).AddMinutes(-i)));
        }
        _time.Advance(TimeSpan.FromDays(3.5));
        service.Add(LocalMastodon.Status(2000, "acme laptops now", Now));

        var batches = await LookAsync(new Cursor(cursor.ToJsonString()), options: Options() with { Tags = [tag] });

        Assert.Equal(Enumerable.Range(1001, 50), batches.Where(batch => !batch.FirstContact).SelectMany(batch => Ids([batch])).Order());
        Assert.Contains(2000, Ids(batches));
        Assert.All(batches, batch => Assert.Null(batch.Gap));
    }

    [Fact]
    public async Task What_was_posted_during_an_outage_at_a_place_that_takes_over_and_was_more_than_is_read_is_a_gap()
    {
        var service = new LocalMastodon { PageSize = 1 };
        await StartAsync(service);
        _site.Answer = context =>
        {
            // So many pages wait for their turn.
            _time.Advance(TimeSpan.FromSeconds(2));
            return service.ServeAsync(context);
        };
        var before = await LookAsync();
        for (var i = 1; i <= 120; i++)
        {
            service.Add(LocalMastodon.Status(1000 + i, $"acme {i}", ManualClock.Start.AddDays(1).AddMinutes(i)));
        }
        _time.Advance(TimeSpan.FromDays(3));

        var batches = await LookAsync(before[^1].Next, options: Options() with { Tags = ["laptops"] });

        var gap = Assert.Single(batches, batch => batch.Gap is not null).Gap!;
        Assert.Equal((ManualClock.Start, ManualClock.Start.AddDays(1).AddMinutes(21)), (gap.From, gap.To));
        Assert.Equal("#laptops had more new posts than the 100 pages that are read at once", gap.Cause);
    }

    /// <summary>Of so much that was read since the post is no longer known; the store still has it.</summary>
    [Fact]
    public async Task A_post_that_says_that_it_was_edited_is_an_edit_though_it_is_not_known_any_more()
    {
        var service = new LocalMastodon();
        var status = LocalMastodon.Status(1000, "acme broke", Now.AddMinutes(-5));
        status["edited_at"] = "2026-11-02T09:00:00.000Z";
        service.Add(status);
        service.Add(LocalMastodon.Status(1001, "acme fell", Now.AddMinutes(-5)));
        await StartAsync(service);

        var batches = await LookAsync();

        Assert.Equal([ChangeKind.Edited, ChangeKind.Added], batches.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(batch.KindOf)));
    }

    /// <summary>What posts answer is good to know; that the server wants fewer requests for it takes neither the place nor the stream away.</summary>
    [Fact]
    public async Task Where_what_is_answered_is_asked_for_too_often_posts_are_heard_without_it_for_a_while()
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(1, "acme first", Now.AddHours(-3)));
        service.Other["/api/v1/statuses/150"] = """{"id":"150","uri":"https://acme.example/users/care/statuses/9"}""";
        await StartAsync(service);
        var isLimited = true;
        _site.Answer = context => isLimited && context.Request.Path.Value!.Contains("/statuses/", StringComparison.Ordinal) ? FeedAnswers.Status(429)(context) : service.ServeAsync(context);
        var channel = new MastodonChannel(Context((_, _) => throw new OperationCanceledException()), Options());
        var first = await LookAsync(channel: channel);
        for (var i = 2; i <= 5; i++)
        {
            service.Add(LocalMastodon.Status(i, $"acme {i}", Now, answers: 150 + (i % 2)));
        }
        var limited = await LookAsync(first[^1].Next, channel: channel);
        var asked = _site.Seen.Count(seen => seen.Path.Contains("/statuses/", StringComparison.Ordinal));
        isLimited = false;
        service.Add(LocalMastodon.Status(6, "acme 6", Now, answers: 150));
        _time.Advance(TimeSpan.FromMinutes(6));
        var later = await LookAsync(limited[^1].Next, channel: channel);

        Assert.Equal([2, 3, 4, 5], Ids(limited));
        Assert.All(Posts(limited), post => Assert.Null(post.InReplyTo));
        Assert.Equal(1, asked);
        Assert.Equal("https://acme.example/users/care/statuses/9", Assert.Single(Posts(later)).InReplyTo!.Id);
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
    public async Task A_post_that_arrives_late_below_the_first_one_of_an_empty_place_is_heard_once()
    {
        var service = new LocalMastodon();
        await StartAsync(service);
        var empty = await LookAsync();
        service.Add(LocalMastodon.Status(2000, "acme new", Now.AddMinutes(-1)));
        var first = await LookAsync(empty[^1].Next);
        service.Add(LocalMastodon.Status(1900, "acme late", Now.AddMinutes(-2)));

        var second = await LookAsync(first[^1].Next);
        var third = await LookAsync(second[^1].Next);

        Assert.Equal([2000], Ids(first));
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

    /// <summary>What a post answers is good to know; that it can't be known keeps neither it nor the others from being heard.</summary>
    [Fact]
    public async Task An_answered_post_that_the_server_can_never_show_holds_up_nothing()
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(1, "acme first", Now.AddHours(-3)));
        await StartAsync(service);
        var channel = new MastodonChannel(Context((_, _) => throw new OperationCanceledException()), Options());
        var first = await LookAsync(channel: channel);
        for (var i = 2; i <= 5; i++)
        {
            service.Add(LocalMastodon.Status(i, $"acme {i}", Now, answers: i == 3 ? 150 : null));
        }
        service.Other["/api/v1/statuses/150"] = "no JSON";

        // For some minutes the server may be down, and what it answers is worth waiting for.
        await Assert.ThrowsAsync<Core.Pipeline.ChannelException>(() => LookAsync(first[^1].Next, channel: channel));
        _time.Advance(TimeSpan.FromMinutes(4));
        await Assert.ThrowsAsync<Core.Pipeline.ChannelException>(() => LookAsync(first[^1].Next, channel: channel));
        _time.Advance(TimeSpan.FromMinutes(1));
        var heard = Posts(await LookAsync(first[^1].Next, channel: channel));

        Assert.Equal(["acme 2", "acme 3", "acme 4", "acme 5"], heard.Select(post => post.Text).Distinct().Order());
    }

    /// <summary>Mastodon 4.3 and later filter private mentions of people whom the account does not follow, unless told otherwise: of customers.</summary>
    [Fact]
    public async Task A_customers_direct_message_that_the_accounts_policy_filters_is_heard()
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(1, "@care hello", Now.AddHours(-1)));
        service.Mentions.Add((6, 1));
        await StartAsync(service);
        var options = Options() with { Token = "secret", Tags = [], Words = [], Stream = false };
        var first = await LookAsync(options: options);
        service.Add(LocalMastodon.Status(200, "@care my order never came", Now, visibility: "direct"));
        service.Mentions.Add((7, 200));
        service.Filtered.Add(7);

        var post = Assert.Single(Posts(await LookAsync(first[^1].Next, options: options)));

        Assert.Equal(("@care my order never came", true), (post.Text, post.Private));
        Assert.All(_site.Seen.Where(seen => seen.Path.StartsWith("/api/v1/notifications", StringComparison.Ordinal)), seen => Assert.Contains("include_filtered=true", seen.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void The_watches_words_become_tags_and_what_can_be_none_is_left_out()
    {
        var watches = WatchSet.Build([new Watch { Name = "a", Team = "care", Find = ["Acme Laptop", "#AcmeLaptop", "C++", "2024", "@acme", "größe"] }], Ours.Nobody);

        var places = MastodonPlaces.Of(new MastodonOptions { Server = "https://m.example" }, watches, "m");

        Assert.Equal(["#acmelaptop", "#größe"], places.Select(place => place.Name));
    }

    /// <summary>What decides by being shorter must be something that can be tagged.</summary>
    [Theory]
    [InlineData("\"can't log in\"")]
    [InlineData("(c++ OR 2024 OR e-mail)")]
    public void Where_one_part_of_a_query_can_be_no_tag_the_others_are_asked_for(string part)
    {
        string[] brands = ["acme", "nimbus", "zephyr", "quartz", "fjord", "vortex", "lumen", "cobalt", "saffron", "tundra", "willow"];

        var places = MastodonPlaces.Of(new MastodonOptions { Server = "https://m.example" }, ByQuery.Watches($"{part} ({string.Join(" OR ", brands)})"), "m");

        Assert.Equal(brands.Select(brand => "#" + brand), places.Select(place => place.Name));
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

    private async Task StartAsync(LocalMastodon service)
    {
        _site.Answer = service.ServeAsync;
        await _site.StartAsync();
    }

    private MastodonOptions Options() => new() { Server = _site.Address, Tags = ["acme"], Timeout = TimeSpan.FromSeconds(5) };

    private ChannelContext Context(Func<TimeSpan, CancellationToken, Task>? nextPoll = null) => new("m", _web, _time, _logs, nextPoll ?? ((_, _) => Task.CompletedTask))
    {
        HeardAt = _ => Task.FromResult(_heardAt),
        Looked = (look, _) =>
        {
            _looks.Add(look);
            return Task.CompletedTask;
        },
    };

    /// <summary>So many looks; each ends with an empty batch.</summary>
    private async Task<List<PostBatch>> LookAsync(Cursor? since = null, int most = int.MaxValue, MastodonOptions? options = null, int looks = 1, TimeSpan eachPause = default, WatchSet? watches = null, MastodonChannel? channel = null)
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
            await foreach (var batch in (channel ?? new MastodonChannel(context, options ?? Options())).ReadAsync(since, watches ?? WatchSet.Build([], Ours.Nobody), CancellationToken.None))
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
