using System.Text.Json;
using System.Text.Json.Nodes;
using ListeningBot.Channels.Reddit;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.Reddit;

public sealed class RedditChannelTests : IAsyncLifetime
{
    private readonly LocalSite _site = new();
    private readonly List<JsonObject> _things = [];
    private readonly ManualClock _clock = new();
    private readonly ChannelReading _reading;
    private int _tokens;
    private string? _withdrawn;

    public RedditChannelTests() => _reading = new ChannelReading("forum", _clock);

    public async ValueTask InitializeAsync()
    {
        _site.Answer = AnswerAsync;
        await _site.StartAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_change_from_the_feeds_to_the_api_doubles_and_changes_nothing()
    {
        _things.Add(RedditAnswers.Submission("t3_a", "It <died> & died\n\nagain", _clock.GetUtcNow()));
        _things.Add(RedditAnswers.Comment("t1_b", "Mine too, \"acme\" & co", "t3_a", at: _clock.GetUtcNow()));
        var link = RedditAnswers.Submission("t3_c", "", _clock.GetUtcNow(), "Look at this");
        link["data"]!["url"] = "https://shop.example/broken?a=1&b=2";
        _things.Add(link);
        var byFeed = await _reading.TakeAsync(Channel(withApi: false), 1);
        var byApi = await new ChannelReading("forum", _clock).TakeAsync(Channel(withApi: true), 1);

        Assert.Equal(3, byFeed.Count);
        Assert.Equal(byApi.Select(Told), byFeed.Select(Told));
        Assert.Empty(await _reading.TakeAsync(Channel(withApi: true), 2));

        static object Told(PostChange change) => (change.Key, change.Kind, change.Post!.Title, change.Post.Text, change.Post.Url, change.Post.Place, change.Post.Author, change.Post.Posted, change.Post.Thread, string.Concat(change.Post.Links ?? []));
    }

    [Fact]
    public async Task What_a_post_says_is_told_in_our_words()
    {
        var escaped = RedditAnswers.Submission("t3_a", "x", _clock.GetUtcNow());
        escaped["data"]!["selftext_html"] = "&lt;!-- SC_OFF --&gt;&lt;div class=\"md\"&gt;&lt;p&gt;Fish &amp;amp; chips&lt;/p&gt;&lt;/div&gt;";
        var crosspost = RedditAnswers.Submission("t3_b", "", _clock.GetUtcNow(), "Seen elsewhere");
        crosspost["data"]!["crosspost_parent"] = "t3_zz";
        crosspost["data"]!["crosspost_parent_list"] = new JsonArray(new JsonObject { ["title"] = "Seen elsewhere" });
        crosspost["data"]!["url"] = "https://www.reddit.com/r/other/comments/zz/seen/";
        _things.AddRange([escaped, crosspost, RedditAnswers.Comment("t1_c", "Yes", "t3_b", "t1_d", _clock.GetUtcNow())]);
        var posts = (await _reading.TakeAsync(Channel(withApi: true), 1)).ToDictionary(change => change.Key.Id, change => change.Post!);

        Assert.Equal("Fish & chips", posts["t3_a"].Text);
        Assert.Equal(("r/laptops", "u/mia_L", "mia_l", "https://www.reddit.com/r/laptops/comments/a/about_my_laptop/"), (posts["t3_a"].Place, posts["t3_a"].Author.Name, posts["t3_a"].Author.Id, posts["t3_a"].Url));
        Assert.Equal("t3_zz", posts["t3_b"].RepostOf!.Id);
        Assert.Null(posts["t3_b"].Links);
        Assert.Equal(("t1_d", "t3_b"), (posts["t1_c"].InReplyTo!.Id, posts["t1_c"].Thread!.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deleted_and_removed_words_are_deleted_once_and_edited_ones_edited(bool withApi)
    {
        for (var i = 1; i <= 3; i++)
        {
            _things.Add(RedditAnswers.Submission($"t3_{i}", $"words {i}", _clock.GetUtcNow()));
        }
        _things.Add(RedditAnswers.Submission("t3_4", "[removed]", _clock.GetUtcNow()));
        Assert.Equal(3, (await _reading.TakeAsync(Channel(withApi), 1)).Count);
        _things[0] = RedditAnswers.Submission("t3_1", "[deleted]", _clock.GetUtcNow(), author: "[deleted]");
        _things[1] = RedditAnswers.Submission("t3_2", "other words", _clock.GetUtcNow());
        _things[2] = RedditAnswers.Submission("t3_3", "words 3", _clock.GetUtcNow(), author: "[deleted]");
        var changes = await _reading.TakeAsync(Channel(withApi), 4);

        Assert.Equal([("t3_1", ChangeKind.Deleted), ("t3_2", ChangeKind.Edited)], changes.Select(change => (change.Key.Id, change.Kind)).Order());
    }

    [Fact]
    public async Task A_post_that_is_deleted_between_two_pages_hides_nothing()
    {
        for (var i = 0; i < 260; i++)
        {
            _things.Insert(0, RedditAnswers.Submission($"t3_{i}", $"words {i}", _clock.GetUtcNow() - TimeSpan.FromMinutes(300 - i)));
        }
        var gone = false;
        _site.Answer = context =>
        {
            if (context.Request.Query["after"] is [{ } after] && !gone)
            {
                gone = true;
                _things.RemoveAll(thing => (string?)thing["data"]!["name"] == after);
            }
            return AnswerAsync(context);
        };
        await _reading.TakeAsync(Channel(withApi: true), 3);

        Assert.True(gone);
        Assert.Equal(260, _reading.Posts.Select(post => post.Key.Id).Distinct().Count());
    }

    [Fact]
    public async Task The_token_is_kept_renewed_before_it_runs_out_and_asked_for_anew_once_when_refused()
    {
        var channel = Channel(withApi: true);
        await _reading.TakeAsync(channel, 3);
        Assert.Equal(1, _tokens);
        _clock.Advance(TimeSpan.FromHours(22));
        await _reading.TakeAsync(channel, 1);
        Assert.Equal(2, _tokens);
        _withdrawn = "Bearer token-of-today-1";
        var fault = await Assert.ThrowsAnyAsync<ChannelException>(() => _reading.TakeAsync(channel, 1));

        Assert.Equal((3, true), (_tokens, fault.NeedsOperator));
        var signIn = _site.Seen.First(request => request.Path.Contains("access_token", StringComparison.Ordinal));
        Assert.Equal("Basic " + Convert.ToBase64String("app:hush-hush-1"u8), signIn.Header("Authorization"));
        Assert.Matches(@"^dotnet:listeningbot:v\d+\.\d+\.\d+ \(by /u/acme_care\)$", signIn.Header("User-Agent"));
        Assert.DoesNotContain("hush-hush-1", _reading.Logs.Text + fault + string.Concat(_site.Seen.Select(request => request.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Few_requests_left_and_too_many_made_both_wait_until_Reddit_counts_anew()
    {
        _site.Answer = context =>
        {
            context.Response.Headers["x-ratelimit-remaining"] = "2.0";
            context.Response.Headers["x-ratelimit-reset"] = "311";
            return AnswerAsync(context);
        };
        await _reading.TakeAsync(Channel(withApi: true, every: TimeSpan.FromSeconds(1)), 2);
        Assert.Equal(TimeSpan.FromSeconds(311), _reading.Pauses[^1]);
        _site.Answer = context =>
        {
            context.Response.Headers["x-ratelimit-reset"] = "44";
            return FeedAnswers.Status(429, body: "<html>whoa there, pardner!</html>")(context);
        };

        var fault = await Assert.ThrowsAnyAsync<ChannelException>(() => _reading.TakeAsync(Channel(withApi: false), 1));
        Assert.Equal((TimeSpan.FromSeconds(44), false), (fault.After, fault.NeedsOperator));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task They_wait_as_long_and_sign_in_as_seldom_however_our_clock_is_set(int daysAhead)
    {
        _site.Answer = context =>
        {
            _clock.Ahead = TimeSpan.FromDays(daysAhead * _site.Seen.Count);
            if (_site.Seen.Count == 2)
            {
                context.Response.Headers["x-ratelimit-remaining"] = "2.0";
                context.Response.Headers["x-ratelimit-reset"] = "311";
            }
            return AnswerAsync(context);
        };
        await _reading.TakeAsync(Channel(withApi: true, every: TimeSpan.FromSeconds(1)), 3);

        Assert.All(_reading.Pauses, pause => Assert.Equal(TimeSpan.FromSeconds(311), pause));
        Assert.Equal(1, _tokens);
    }

    [Fact]
    public async Task Without_searches_the_words_of_the_watches_that_listen_here_are_searched_for()
    {
        Watch Find(string name, params string[] words) => new() { Name = name, Team = "care", Find = words };
        await _reading.TakeAsync(
            new RedditChannel(_reading.Context(), new RedditOptions { Address = _site.Address, FeedPace = TimeSpan.Zero }),
            1,
            Find("a", "acme", "acme \"laptop\""),
            Find("b", "ACME", "nimbus") with { Channels = ["forum"] },
            Find("c", "elsewhere") with { Channels = ["blog"] });

        Assert.Equal("/search.rss?limit=100&sort=new&type=link&q=" + Uri.EscapeDataString("\"acme\" OR \"acme laptop\" OR \"nimbus\""), Assert.Single(_site.Seen).Path);
        Assert.All(
            RedditSearches.Of(null, WatchSet.Build([Find("d", [.. Enumerable.Range(0, 200).Select(i => $"brand number {i}")])], Ours.Nobody), "forum").Searches,
            search => Assert.InRange(search.Length, 1, RedditSearches.Longest));
        Assert.Equal(TimeSpan.FromSeconds(12), await PauseAsync(places: 60));
    }

    /// <summary>The searches are packed anew, so the one that is asked from then on was never read. A cursor of the version before does not say when the others were.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_posted_while_nobody_listened_is_news_also_when_a_watch_was_changed_meanwhile(bool withCursorOfBefore)
    {
        var options = new RedditOptions { Address = _site.Address, FeedPace = TimeSpan.Zero };
        _things.Add(RedditAnswers.Submission("t3_a", "acme is fine", _clock.GetUtcNow()));
        await _reading.TakeAsync(new RedditChannel(_reading.Context(), options), 1, Some.Watch() with { Find = ["acme"] });
        _clock.Advance(TimeSpan.FromDays(3));
        _things.Insert(0, RedditAnswers.Submission("t3_b", "acme broke", _clock.GetUtcNow() - TimeSpan.FromDays(2)));

        List<(string Id, bool First)> heard = [];
        await foreach (var batch in new RedditChannel(_reading.Context(), options).ReadAsync(withCursorOfBefore ? OfBefore(_reading.Cursor!) : _reading.Cursor, WatchSet.Build([Some.Watch() with { Find = ["acme", "nimbus"] }], Ours.Nobody), default))
        {
            heard.AddRange(Enumerable.Range(0, batch.Count).Select(i => (batch.KeyAt(i).Id, batch.FirstContact)));
            if (heard.Any(one => one.Id == "t3_a"))
            {
                break;
            }
        }

        Assert.Contains(("t3_b", false), heard);
    }

    [Fact]
    public async Task What_was_posted_before_the_service_got_another_address_is_news_however_long_nobody_listened()
    {
        _things.Add(RedditAnswers.Submission("t3_a", "acme is fine", _clock.GetUtcNow()));
        await _reading.TakeAsync(Channel(withApi: false), 1);
        var elsewhere = JsonNode.Parse(_reading.Cursor!.Value)!;
        elsewhere["Of"] = "0123456789abcdef";
        _clock.Advance(TimeSpan.FromDays(3));
        _things.Insert(0, RedditAnswers.Submission("t3_b", "acme broke", _clock.GetUtcNow() - TimeSpan.FromDays(2)));

        List<(string Id, bool First)> heard = [];
        await foreach (var batch in Channel(withApi: false).ReadAsync(new Cursor(elsewhere.ToJsonString()), WatchSet.Build([], Ours.Nobody), default))
        {
            heard.AddRange(Enumerable.Range(0, batch.Count).Select(i => (batch.KeyAt(i).Id, batch.FirstContact)));
            if (heard.Any(one => one.Id == "t3_a"))
            {
                break;
            }
        }

        Assert.Contains(("t3_b", false), heard);
    }

    /// <summary>A word that is new has its first day, however lately others were read.</summary>
    [Fact]
    public async Task A_search_that_takes_over_from_one_that_was_just_read_begins_a_day_back()
    {
        var options = new RedditOptions { Address = _site.Address, FeedPace = TimeSpan.Zero };
        _things.Add(RedditAnswers.Submission("t3_a", "acme is fine", _clock.GetUtcNow()));
        await _reading.TakeAsync(new RedditChannel(_reading.Context(), options), 1, Some.Watch() with { Find = ["acme"] });
        _things.AddRange(Enumerable.Range(0, 150).Select(i => RedditAnswers.Submission($"t3_c{i}", "nimbus is fine", _clock.GetUtcNow() - TimeSpan.FromHours(1))));
        _things.Add(RedditAnswers.Submission("t3_b", "nimbus broke", _clock.GetUtcNow() - TimeSpan.FromHours(20)));
        var heard = await _reading.TakeAsync(new RedditChannel(_reading.Context(), options), 2, Some.Watch() with { Find = ["acme", "nimbus"] });

        Assert.Contains(heard, change => change.Key.Id == "t3_b");
    }

    /// <summary>Nobody posted for days, but the search was read all the time: what the new word finds from then is old.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_search_that_takes_over_from_one_that_found_nothing_for_days_begins_a_day_back(bool foundOnce, bool withCursorOfBefore)
    {
        var options = new RedditOptions { Address = _site.Address, FeedPace = TimeSpan.Zero };
        if (foundOnce)
        {
            _things.Add(RedditAnswers.Submission("t3_a", "acme is fine", _clock.GetUtcNow()));
        }
        await _reading.TakeAsync(new RedditChannel(_reading.Context(), options), 1, Some.Watch() with { Find = ["acme"] });
        _clock.Advance(TimeSpan.FromDays(12));
        await _reading.TakeAsync(new RedditChannel(_reading.Context(), options), 1, Some.Watch() with { Find = ["acme"] });
        _things.Insert(0, RedditAnswers.Submission("t3_b", "nimbus is old", _clock.GetUtcNow() - TimeSpan.FromDays(5)));

        await foreach (var batch in new RedditChannel(_reading.Context(), options).ReadAsync(withCursorOfBefore ? OfBefore(_reading.Cursor!) : _reading.Cursor, WatchSet.Build([Some.Watch() with { Find = ["acme", "nimbus"] }], Ours.Nobody), default))
        {
            if (Enumerable.Range(0, batch.Count).Any(i => batch.KeyAt(i).Id == "t3_b"))
            {
                Assert.True(batch.FirstContact);
                break;
            }
        }
    }

    [Fact]
    public async Task A_watch_with_a_query_is_searched_for_in_Reddits_words_and_what_comes_too_much_is_not_heard()
    {
        _things.Add(RedditAnswers.Submission("t3_a", "acme owes me a refund", _clock.GetUtcNow()));
        _things.Add(RedditAnswers.Submission("t3_b", "acme refund giveaway", _clock.GetUtcNow()));
        var watches = ByQuery.Watches("acme (refund OR \"money back\") NOT giveaway");

        await _reading.TakeAsync(new RedditChannel(_reading.Context(), new RedditOptions { Address = _site.Address, FeedPace = TimeSpan.Zero }), 1, [.. watches.Watches]);

        Assert.Equal("/search.rss?limit=100&sort=new&type=link&q=" + Uri.EscapeDataString("\"acme\" AND (\"refund\" OR \"money back\")"), Assert.Single(_site.Seen).Path);
        Assert.Equal(2, _reading.Posts.Count());
        Assert.Equal("acme owes me a refund", Assert.Single(ByQuery.Heard(watches, _reading.Posts)));
    }

    [Fact]
    public async Task Open_cases_are_asked_for_again_with_what_stands_below_them()
    {
        _things.Add(RedditAnswers.Submission("t3_a", "words", _clock.GetUtcNow()));
        _things.Add(RedditAnswers.Comment("t1_b", "mine too", "t3_x", at: _clock.GetUtcNow()));
        _things.Add(RedditAnswers.Submission("t3_c", "gone soon", _clock.GetUtcNow()));
        var posts = (await _reading.TakeAsync(Channel(withApi: true), 1)).Select(change => change.Post!).ToList();
        _things[0]["data"]!["num_comments"] = 2;
        _things[2] = RedditAnswers.Submission("t3_c", "[deleted]", _clock.GetUtcNow(), author: "[deleted]");
        foreach (var withApi in new[] { true, false })
        {
            ListeningBot.Channels.IThreadReader reader = withApi ? new RedditApiThreads(_reading.Context(), Options(true)) : new RedditFeedThreads(_reading.Context(), Options(false));
            List<PostChange> changes = [];
            foreach (var chunk in posts.Chunk(reader.AtOnce))
            {
                changes.AddRange(await reader.ReadAsync(chunk, default));
            }

            Assert.Equal(
                [("t1_a1", ChangeKind.Added), ("t1_b", ChangeKind.Edited), ("t1_b1", ChangeKind.Added), ("t3_a", ChangeKind.Edited), ("t3_c", ChangeKind.Deleted)],
                changes.DistinctBy(change => change.Key).Select(change => (change.Key.Id, change.Kind)).OrderBy(one => one.Id, StringComparer.Ordinal));
            Assert.Equal("t1_b", changes.First(change => change.Key.Id == "t1_b1").Post!.InReplyTo!.Id);
            Assert.Equal("t3_a", changes.First(change => change.Key.Id == "t1_a1").Post!.Thread!.Id);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_nobody_changed_is_told_again_as_it_was_told_first(bool withApi)
    {
        _things.Add(RedditAnswers.Submission("t3_a", "It <died> & died", _clock.GetUtcNow(), "Acme & I"));
        _things.Add(RedditAnswers.Comment("t1_b", "Mine too, \"acme\" & co", "t3_a", at: _clock.GetUtcNow()));
        var first = (await _reading.TakeAsync(Channel(withApi), 1)).Select(change => change.Post!).ToList();
        ListeningBot.Channels.IThreadReader reader = withApi ? new RedditApiThreads(_reading.Context(), Options(true)) : new RedditFeedThreads(_reading.Context(), Options(false));

        foreach (var post in first)
        {
            Assert.Equal(post, (await reader.ReadAsync([post], default)).First(change => change.Kind == ChangeKind.Edited).Post);
        }
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_case_in_a_subreddit_that_was_closed_keeps_no_other_from_being_asked_for(int status)
    {
        _things.Add(RedditAnswers.Submission("t3_c", "in a closed place", _clock.GetUtcNow()));
        _things.Add(RedditAnswers.Submission("t3_a", "in an open one", _clock.GetUtcNow()));
        var posts = (await _reading.TakeAsync(Channel(withApi: true), 1)).Select(change => change.Post!).ToList();
        _things.RemoveAt(0);
        _things[0]["data"]!["num_comments"] = 1;
        _site.Answer = context => context.Request.Path.Value!.StartsWith("/comments/c", StringComparison.Ordinal) ? FeedAnswers.Status(status)(context) : AnswerAsync(context);

        var changes = await new RedditApiThreads(_reading.Context(), Options(true)).ReadAsync(posts.OrderByDescending(post => post.Key.Id).ToList(), default);
        Assert.Empty(await new RedditFeedThreads(_reading.Context(), Options(false)).ReadAsync([posts.Single(post => post.Key.Id == "t3_c")], default));

        Assert.Equal([("t3_a", ChangeKind.Edited), ("t1_a1", ChangeKind.Added)], changes.Select(change => (change.Key.Id, change.Kind)));
    }

    [Fact]
    public void Spoilt_answers_never_throw_and_good_posts_beside_bad_ones_are_heard()
    {
        var random = new Random(20261122);
        var good = RedditAnswers.Listing([RedditAnswers.Submission("t3_a", "one"), RedditAnswers.Comment("t1_b", "two", "t3_a"), RedditAnswers.Submission("t3_c", "three")]);
        var heard = 0;
        for (var round = 0; round < 3000; round++)
        {
            using var json = JsonDocument.Parse(HostileJson.Spoil(good, random, 1 + (round % 4)));
            var (shown, bad) = new RedditThing("x").OfListing(json.RootElement);
            heard += shown.Count;
            Assert.All(bad, item => Assert.InRange(item.Raw.Length, 0, 2000));
        }
        Assert.InRange(heard, 4000, 9000);
    }

    /// <summary>The version before did not note when a place was read through.</summary>
    private static Cursor OfBefore(Cursor cursor)
    {
        var read = JsonNode.Parse(cursor.Value)!;
        foreach (var (_, place) in read["Places"]!.AsObject())
        {
            place!.AsObject().Remove("ReadAt");
        }
        return new Cursor(read.ToJsonString());
    }

    private RedditOptions Options(bool withApi, TimeSpan? every = null) => new()
    {
        Searches = ["acme"],
        ClientId = withApi ? "app" : null,
        ClientSecret = withApi ? "hush-hush-1" : null,
        UserName = withApi ? "acme_care" : null,
        Address = _site.Address,
        Api = _site.Address,
        FeedPace = TimeSpan.Zero,
        Every = every ?? TimeSpan.FromMinutes(5),
    };

    private RedditChannel Channel(bool withApi, TimeSpan? every = null) => new(_reading.Context(), Options(withApi, every));

    private async Task<TimeSpan> PauseAsync(int places)
    {
        var reading = new ChannelReading("forum", _clock);
        await reading.TakeAsync(new RedditChannel(reading.Context(), Options(false) with { Searches = [.. Enumerable.Range(0, places).Select(i => $"word {i}")] }), 2);
        return reading.Pauses[^1];
    }

    private Task AnswerAsync(HttpContext context)
    {
        var (path, query) = (context.Request.Path.Value!, context.Request.Query);
        if (path == "/api/v1/access_token")
        {
            _tokens++;
            return FeedAnswers.Text(RedditAnswers.Token, "application/json")(context);
        }
        if (_withdrawn is { } token && context.Request.Headers.Authorization == token)
        {
            return FeedAnswers.Status(401)(context);
        }
        if (path == "/api/info")
        {
            return Json(RedditAnswers.Listing([.. _things.Where(thing => query["id"].ToString().Split(',').Contains((string?)thing["data"]!["name"]))]));
        }
        if (path.StartsWith("/comments/", StringComparison.Ordinal))
        {
            var feed = path.EndsWith(".rss", StringComparison.Ordinal);
            var comment = feed ? (path.Contains("/_/", StringComparison.Ordinal) ? path.Split('/')[4] : null) : (string?)query["comment"];
            var thread = "t3_" + path.Split('/')[2].Replace(".rss", "", StringComparison.Ordinal);
            var asked = _things.Where(thing => (string?)thing["data"]!["name"] == (comment is null ? thread : "t1_" + comment)).ToList();
            List<JsonObject> below = thread == "t3_c" ? [] : [RedditAnswers.Comment(comment is null ? "t1_a1" : $"t1_{comment}1", "an answer", thread, comment is null ? thread : "t1_" + comment, _clock.GetUtcNow())];
            if (feed)
            {
                return FeedAnswers.Text(RedditAnswers.Feed([.. asked, .. below]), "application/atom+xml")(context);
            }
            if (comment is not null)
            {
                var parent = (JsonObject)asked[0].DeepClone();
                parent["data"]!["replies"] = JsonNode.Parse(RedditAnswers.Listing([.. below]));
                below = [parent];
            }
            return Json($"[{RedditAnswers.Listing([])},{RedditAnswers.Listing([.. below])}]");
        }
        var from = query["after"] is [{ } after] ? _things.FindIndex(thing => (string?)thing["data"]!["name"] == after) : -1;
        var page = query.ContainsKey("after") && from < 0 ? [] : _things.Skip(from + 1).Take(100).ToList<JsonNode>();
        return path.EndsWith(".rss", StringComparison.Ordinal)
            ? FeedAnswers.Text(RedditAnswers.Feed(page), "application/atom+xml; charset=UTF-8")(context)
            : Json(RedditAnswers.Listing(page, page.Count == 100 ? (string?)page[^1]["data"]!["name"] : null));

        Task Json(string text) => FeedAnswers.Text(text, "application/json")(context);
    }
}
