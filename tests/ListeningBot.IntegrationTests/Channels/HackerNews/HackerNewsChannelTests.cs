using System.Text.Json;
using ListeningBot.Channels;
using ListeningBot.Channels.HackerNews;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Channels.HackerNews;

public sealed class HackerNewsChannelTests : IAsyncDisposable
{
    private readonly LocalSite _site;
    private readonly ManualClock _time = new();
    private readonly WebReader _web;

    public HackerNewsChannelTests() => (_site, _web) = (new LocalSite { Time = _time.Right }, new WebReader(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, _time));

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>For words, not for the newest of all.</summary>
    private IEnumerable<string> Searches => _site.Seen.Select(seen => seen.Path).Where(path => !path.Contains("hitsPerPage=1&", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task More_than_the_search_gives_at_once_is_all_heard_oldest_first_and_once()
    {
        var service = new LocalHackerNews { Ceiling = 1000 };
        for (var i = 0; i < 3500; i++)
        {
            service.AddComment(i + 10, $"acme number {i}", Now.AddSeconds(-40_000 + (i < 3000 ? i : i * 10)));
        }
        await StartAsync(service);

        var batches = await LookAsync();

        var ids = batches.SelectMany(Posts).Select(post => int.Parse(post.Key.Id)).ToList();
        Assert.Equal(Enumerable.Range(10, 3500), ids);
        Assert.All(batches.Where(batch => batch.Count > 0), batch => Assert.True(batch.FirstContact));
    }

    [Fact]
    public async Task A_watch_with_a_query_is_asked_for_by_a_word_that_must_be_there_and_what_comes_too_much_is_not_heard()
    {
        var service = new LocalHackerNews();
        service.AddComment(20, "nimbus refunded me at last", Now);
        service.AddComment(21, "a nimbus in the sky", Now);
        await StartAsync(service);
        var watches = ByQuery.Watches("nimbus (refund* OR late) NOT giveaway");

        var posts = (await LookAsync(words: null, watches)).SelectMany(Posts).ToList();

        Assert.Contains("query=nimbus&", Assert.Single(Searches), StringComparison.Ordinal);
        Assert.Equal(2, posts.Count);
        Assert.Equal("nimbus refunded me at last", Assert.Single(ByQuery.Heard(watches, posts)));
    }

    /// <summary>A word that is only added was asked for by nobody before: it has its first day.</summary>
    [Theory]
    [InlineData(new[] { "widgets" }, new[] { "30 False", "31 False" })]
    [InlineData(new[] { "widget", "nimbus" }, new[] { "30 False", "31 False", "40 True" })]
    public async Task Words_that_a_watch_asks_for_instead_after_an_outage_go_back_to_where_the_others_stood(string[] words, string[] heard)
    {
        var service = new LocalHackerNews();
        service.AddComment(20, "widgets are old", Now.AddDays(-2));
        await StartAsync(service);
        var before = await LookAsync(words: ["widget"]);
        service.AddComment(30, "my widgets broke", Now.AddDays(1));
        service.AddComment(39, "nimbus of old", Now.AddDays(1));
        service.AddComment(40, "nimbus broke", Now.AddDays(2.5));
        service.AddComment(31, "my widgets burn", Now.AddDays(2.5));
        _time.Advance(TimeSpan.FromDays(3));

        var after = await LookAsync(before[^1].Next, int.MaxValue, null, words);

        Assert.Equal(heard, after.SelectMany(batch => Posts(batch).Select(post => $"{post.Key.Id} {batch.FirstContact}")));
    }

    [Fact]
    public async Task Only_watches_without_a_word_that_must_be_there_are_told_with_the_cure()
    {
        await StartAsync(new LocalHackerNews());

        var fault = await Assert.ThrowsAsync<ChannelException>(() => LookAsync(words: null, ByQuery.Watches("/ref.nd/")));

        Assert.True(fault.NeedsOperator);
        Assert.Contains("names words that must be there", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_reading_of_many_goes_on_where_it_was()
    {
        var service = new LocalHackerNews();
        for (var i = 0; i < 2500; i++)
        {
            service.AddComment(i + 10, $"acme number {i}", Now.AddSeconds(-80_000 + (i * 30)));
        }
        await StartAsync(service);
        var first = await LookAsync(most: 1);

        var rest = await LookAsync(first[0].Next);

        var ids = first.Concat(rest).SelectMany(Posts).Select(post => int.Parse(post.Key.Id)).ToList();
        Assert.InRange(first[0].Count, 1, 1000);
        Assert.Equal(Enumerable.Range(10, 2500), ids);
    }

    [Fact]
    public async Task A_post_that_comes_late_to_the_search_is_heard_and_an_edited_one_is_an_edit()
    {
        var service = new LocalHackerNews();
        service.AddComment(20, "acme broke", Now);
        await StartAsync(service);
        var first = await LookAsync();
        _time.Advance(TimeSpan.FromMinutes(20));
        service.AddComment(19, "acme late to the search", Now.AddMinutes(-40));
        var second = await LookAsync(first[^1].Next);
        var edited = new LocalHackerNews();
        edited.AddComment(20, "acme broke, twice", Now.AddMinutes(-20));
        _site.Answer = edited.ServeAsync;

        var third = await LookAsync(second[^1].Next);

        Assert.Equal([(ChangeKind.Added, "19")], Changes(second));
        Assert.Equal([(ChangeKind.Edited, "20")], Changes(third));
    }

    /// <summary>Its index stood still for 36 hours and was filled up later (github.com/algolia/hn-search/issues/248); in which order nobody says.</summary>
    [Fact]
    public async Task What_was_written_while_the_index_stood_still_is_heard_in_whatever_order_it_comes()
    {
        var service = new LocalHackerNews { Head = Now };
        service.AddComment(20, "acme broke", Now);
        await StartAsync(service);
        var channel = Channel();
        var stopped = Now;
        var cursor = (await LookAsync(channel))[^1].Next;
        _time.Advance(TimeSpan.FromMinutes(25));
        cursor = (await LookAsync(channel, cursor))[^1].Next;
        _time.Advance(TimeSpan.FromHours(3));

        var faults = new[] { await NoneTakenInAsync(channel, cursor), await NoneTakenInAsync(channel, cursor) };
        service.Head = Now;
        service.IsBroken = true;
        await Assert.ThrowsAsync<ChannelException>(() => LookAsync(channel, cursor));
        service.IsBroken = false;
        service.AddComment(23, "acme broke again", Now.AddMinutes(-1));
        service.AddComment(21, "acme broke first", stopped.AddMinutes(1));
        var back = await LookAsync(channel, cursor);
        _time.Advance(TimeSpan.FromHours(5));
        service.Head = Now;
        service.AddComment(22, "acme broke in between", stopped.AddHours(1));
        var later = await LookAsync(Channel(), back[^1].Next);
        _time.Advance(TimeSpan.FromHours(20));
        service.Head = Now;
        var dayAfter = Searches.Count();
        var quiet = await LookAsync(Channel(), later[^1].Next);

        Assert.All(faults, fault => Assert.Equal(
            ("The search of Hacker News has taken in nothing new since 2 Nov 09:00 UTC. It goes on by itself; what was written meanwhile is read then.", true, false), (fault.Message, fault.Passes, fault.NeedsOperator)));
        Assert.Equal([(ChangeKind.Added, "21"), (ChangeKind.Added, "23")], Changes(back));
        Assert.Equal([(ChangeKind.Added, "22")], Changes(later));
        Assert.Empty(Changes(quiet));
        Assert.Contains($"created_at_i%3E%3D{Now.AddHours(-21).ToUnixTimeSeconds()},", Searches.ElementAt(dayAfter), StringComparison.Ordinal);
    }

    /// <summary>What it takes in late but steadily is heard as it comes, and how far was read never passes it by.</summary>
    [Fact]
    public async Task An_index_that_lags_by_hours_is_read_no_further_than_it_has_come()
    {
        var service = new LocalHackerNews { Head = Now };
        await StartAsync(service);
        var channel = Channel();
        var cursor = (await LookAsync(channel))[^1].Next;
        _time.Advance(TimeSpan.FromHours(5));
        await NoneTakenInAsync(channel, cursor);
        service.Head = Now.AddHours(-3);
        service.AddComment(20, "acme broke", Now.AddHours(-4));
        var first = await LookAsync(channel, cursor);
        _time.Advance(TimeSpan.FromHours(25));
        service.Head = Now.AddHours(-3);
        var dayAfter = await LookAsync(channel, first[^1].Next);
        service.Head = Now.AddHours(-2);
        service.AddComment(21, "acme broke too", Now.AddHours(-2.5));

        Assert.Equal([(ChangeKind.Added, "20")], Changes(first));
        Assert.Empty(Changes(dayAfter));
        Assert.Equal([(ChangeKind.Added, "21")], Changes(await LookAsync(channel, dayAfter[^1].Next)));
    }

    private Task<ChannelException> NoneTakenInAsync(HackerNewsChannel channel, Cursor cursor) => Assert.ThrowsAsync<ChannelException>(() => LookAsync(channel, cursor));

    /// <summary>What was written is dated by the search's clock, so that how far was read is too.</summary>
    [Fact]
    public async Task While_our_clock_is_a_day_ahead_and_when_it_is_right_again_each_post_is_found()
    {
        var service = new LocalHackerNews();
        await StartAsync(service);
        var found = await DaysOff.FoundAsync(_time, cursor => LookAsync(cursor), (id, at) => service.AddComment(id, $"acme broke {id}", at));

        Assert.Equal(["20", "21", "22", "23", "24"], found);
    }

    [Fact]
    public async Task A_comment_has_its_storys_title_as_its_place_its_author_and_plain_text()
    {
        var service = new LocalHackerNews();
        service.AddComment(77, "My &quot;acme&quot; died.<p>Nobody <i>answers</i>: <a href=\"https:&#x2F;&#x2F;acme.example&#x2F;help\" rel=\"nofollow\">https:&#x2F;&#x2F;acme.example&#x2F;help</a>", Now, story: 5, parent: 70);
        await StartAsync(service);

        var post = Posts((await LookAsync())[0]).Single();

        Assert.Equal("My \"acme\" died.\n\nNobody answers: https://acme.example/help", post.Text);
        Assert.Equal((null, "below “A laptop story”", "https://news.ycombinator.com/item?id=77"), (post.Title, post.Place, post.Url));
        Assert.Equal((new PostKey("hackernews", "70"), new PostKey("hackernews", "5")), (post.InReplyTo, post.Thread));
        Assert.Equal(("mia", "https://news.ycombinator.com/user?id=mia"), (post.Author.Handle, post.Author.Url));
        Assert.Equal(Now, post.Posted);
    }

    [Fact]
    public async Task A_comment_is_matched_and_judged_by_its_own_words_not_by_those_of_its_story()
    {
        var service = new LocalHackerNews();
        service.AddHit(Now, """{"objectID":"78","comment_text":"They were great for me.","story_title":"Acme lost my data and never answers","story_id":5,"parent_id":5,"author":"ben","created_at_i":1793610000}""");
        service.AddHit(Now, """{"objectID":"79","comment_text":"Acme was great for me.","story_title":"Acme lost my data and never answers","story_id":5,"parent_id":5,"author":"zoe","created_at_i":1793610000}""");
        await StartAsync(service);

        var posts = Posts((await LookAsync())[0]).ToList();

        Assert.Equal(2, posts.Count);
        Assert.Equal("Acme was great for me.", Assert.Single(ByQuery.Heard(ByQuery.Watches("acme"), posts)));
        Assert.All(posts, post => Assert.Equal((post.Text, "below “Acme lost my data and never answers”"), (post.WholeText(), post.Place)));
    }

    /// <summary>Releases before this one stored a comment with its story's title.</summary>
    [Fact]
    public async Task What_answers_an_open_case_says_only_its_own_words_below_its_story()
    {
        var service = new LocalHackerNews();
        service.Items["item/5"] = """{"by":"mia","id":5,"kids":[6],"time":1793610000,"title":"Acme lost my data","type":"story"}""";
        service.Items["item/6"] = """{"by":"mia","id":6,"parent":5,"kids":[7],"time":1793610100,"text":"Thanks, fixed","type":"comment"}""";
        service.Items["item/7"] = """{"by":"acme","id":7,"parent":6,"time":1793610200,"text":"Glad!","type":"comment"}""";
        await StartAsync(service);
        var story = Asked("5") with { Title = "Acme lost my data" };
        var comment = Asked("6") with { Place = "below “Acme lost my data”", InReplyTo = story.Key, Thread = story.Key };
        var storedBefore = comment with { Place = null, Title = "Acme lost my data" };

        var changes = await Threads().ReadAsync([story, comment, storedBefore], CancellationToken.None);

        Assert.Equal((ChangeKind.Edited, "Acme lost my data", null), (changes[0].Kind, changes[0].Post!.WholeText().Trim(), changes[0].Post!.Place));
        Assert.Equal(["Thanks, fixed", "Glad!", "Thanks, fixed", "Glad!", "Thanks, fixed", "Glad!"], changes.Skip(1).Select(change => change.Post!.WholeText()));
        Assert.All(changes.Skip(1), change => Assert.Equal("below “Acme lost my data”", change.Post!.Place));
    }

    [Fact]
    public async Task A_story_has_its_link()
    {
        var service = new LocalHackerNews();
        service.AddHit(Now, """{"objectID":"9","title":"Acme &amp; Co loses data","url":"https://blog.example/acme","author":"ben","points":3,"story_text":null,"comment_text":null,"created_at_i":1793610000}""");
        await StartAsync(service);

        var post = Posts((await LookAsync())[0]).Single();

        Assert.Equal(("Acme & Co loses data", "", null), (post.Title, post.Text, post.InReplyTo));
        Assert.Equal(["https://blog.example/acme"], post.Links!);
    }

    [Fact]
    public async Task The_words_of_the_watches_that_listen_here_are_searched_for_exactly()
    {
        await StartAsync(new LocalHackerNews());
        Watch[] watches =
        [
            new() { Name = "a", Team = "care", Find = ["#Acme", "acme laptop", "C++"] },
            new() { Name = "b", Team = "care", Find = ["zenith"], Channels = ["HN"] },
            new() { Name = "c", Team = "care", Find = ["elsewhere"], Channels = ["inbox"] },
        ];

        await LookAsync(watches: WatchSet.Build(watches, Ours.Nobody), words: null);

        Assert.Equal(["Acme", "\"acme laptop\"", "\"C++\"", "zenith"], Searches.Select(path => Uri.UnescapeDataString(path.Split("query=")[1].Split('&')[0])));
        Assert.All(Searches, path => Assert.Contains("typoTolerance=false", path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_words_an_operator_is_told_the_cure()
    {
        await StartAsync(new LocalHackerNews());

        var fault = await Assert.ThrowsAsync<ChannelException>(() => LookAsync(words: null));

        Assert.True(fault.NeedsOperator);
        Assert.Contains("find", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"objectID":"1","comment_text":"acme","created_at_i":9999999999999999999}""")]
    [InlineData("""{"objectID":1,"comment_text":"acme","created_at_i":"1793610000","author":{},"story_id":[],"parent_id":-5,"url":7}""")]
    [InlineData("""{"objectID":"1","title":["acme"],"comment_text":"acme","url":"javascript:alert(1)","author":null}""")]
    public async Task Odd_fields_cost_nothing_but_themselves(string hit)
    {
        var service = new LocalHackerNews();
        service.AddHit(Now, hit);
        await StartAsync(service);

        var post = Posts((await LookAsync())[0]).Single();

        Assert.Equal(("1", "acme", null, null), (post.Key.Id, post.Text, post.InReplyTo, post.Links));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"hits":null}""")]
    [InlineData("""{"hits":{"0":1}}""")]
    [InlineData("null")]
    public async Task An_answer_without_hits_is_a_fault(string body)
    {
        await _site.StartAsync();
        _site.Answer = FeedAnswers.Text(body, "application/json");

        await Assert.ThrowsAsync<ChannelException>(() => LookAsync());
    }

    [Fact]
    public async Task Hits_that_are_nothing_are_kept_aside_once_and_a_huge_one_is_cut()
    {
        var service = new LocalHackerNews();
        service.AddHit(Now, """{"objectID":"x","comment_text":"acme"}""");
        service.AddHit(Now, $$"""{"objectID":"2","comment_text":"acme {{new string('a', 1_000_000)}}"}""");
        await StartAsync(service);

        var first = await LookAsync();
        var second = await LookAsync(first[^1].Next);

        Assert.Single(first[0].Aside);
        Assert.Equal(20_000, Posts(first[0]).Single().Text.Length);
        Assert.Equal((0, 0), (second.Sum(batch => batch.Count), second.Sum(batch => batch.Aside.Count)));
    }

    [Fact]
    public async Task An_open_case_is_read_again_with_what_answers_it()
    {
        var service = new LocalHackerNews();
        service.Items["item/5"] = """{"by":"mia","id":5,"kids":[6,7,8],"time":1793610000,"title":"Acme lost my data","type":"story","text":"For good."}""";
        service.Items["item/6"] = """{"by":"acme","id":6,"parent":5,"kids":[9],"time":1793610100,"text":"Sorry!","type":"comment"}""";
        service.Items["item/7"] = """{"id":7,"parent":5,"deleted":true,"time":1793610100,"type":"comment"}""";
        service.Items["item/8"] = """{"id":8,"parent":5,"dead":true,"text":"spam","time":1793610100,"type":"comment"}""";
        service.Items["item/9"] = """{"by":"mia","id":9,"parent":6,"time":1793610200,"text":"Thanks","type":"comment"}""";
        service.Items["item/11"] = """{"id":11,"deleted":true,"parent":5,"type":"comment"}""";
        await StartAsync(service);

        var changes = await Threads().ReadAsync([Asked("5"), Asked("11"), Asked("12")], CancellationToken.None);

        Assert.Equal(
            [(ChangeKind.Edited, "5", null), (ChangeKind.Added, "6", "5"), (ChangeKind.Added, "9", "6"), (ChangeKind.Deleted, "11", null)],
            changes.Select(change => (change.Kind, change.Key.Id, change.Post?.InReplyTo?.Id)));
        Assert.Equal("For good.", changes[0].Post!.Text);
        Assert.Equal("5", changes[2].Post!.Thread!.Id);
    }

    [Fact]
    public async Task Both_services_tell_of_one_post_alike()
    {
        const string html = "My &quot;acme&quot; died.<p>Nobody <i>answers</i>: <a href=\"https:&#x2F;&#x2F;acme.example\">https:&#x2F;&#x2F;acme.example</a>";
        var service = new LocalHackerNews();
        service.AddHit(Now, $$"""{"objectID":"5","title":"A laptop story","url":"https://blog.example/acme","author":"ben","story_text":"Tell me of acme &amp; co","story_id":5,"created_at_i":{{Now.ToUnixTimeSeconds()}}}""");
        service.AddComment(77, html, Now, story: 5, parent: 5);
        service.Items["item/5"] = $$"""{"by":"ben","id":5,"kids":[77],"time":{{Now.ToUnixTimeSeconds()}},"title":"A laptop story","url":"https://blog.example/acme","type":"story","text":"Tell me of acme &amp; co"}""";
        service.Items["item/77"] = JsonSerializer.Serialize(new { by = "mia", id = 77, parent = 5, time = Now.ToUnixTimeSeconds(), text = html, type = "comment" });
        await StartAsync(service);

        var (story, comment) = Posts((await LookAsync())[0]).OrderBy(post => post.Key.Id).ToArray() is [var first, var second] ? (first, second) : default;
        var again = await Threads().ReadAsync([story, comment], CancellationToken.None);

        Assert.Equal([(ChangeKind.Edited, "5"), (ChangeKind.Added, "77"), (ChangeKind.Edited, "77")], again.Select(change => (change.Kind, change.Key.Id)));
        Assert.Equal(story with { Links = null }, again[0].Post! with { Links = null });
        Assert.Equal(story.Links, again[0].Post!.Links);
        Assert.Equal(comment, again[1].Post);
        Assert.Equal(comment, again[2].Post);
    }

    [Fact]
    public async Task A_thread_without_end_is_read_within_bounds()
    {
        await _site.StartAsync();
        _site.Answer = context =>
        {
            var id = int.Parse(context.Request.Path.Value!.Split('/')[^1].Split('.')[0]);
            return FeedAnswers.Text($$"""{"id":{{id}},"parent":{{id - 1}},"by":"a","text":"t","kids":[5,{{id + 1}},{{id + 2}},"x",null]}""", "application/json")(context);
        };

        var changes = await Threads().ReadAsync([Asked("5")], CancellationToken.None);

        Assert.InRange(_site.Seen.Count, 2, 45);
        Assert.Equal(changes.Count, changes.Select(change => change.Key).Distinct().Count());
    }

    [Fact]
    public async Task Who_wrote_it_is_asked_of_the_official_service()
    {
        var service = new LocalHackerNews();
        service.Items["user/mia"] = """{"about":"Write to mia (at) mail.example<p>I build <b>things</b>","created":1173923446,"id":"mia","karma":2937}""";
        await StartAsync(service);
        var authors = new HackerNewsAuthors(Context(), Options(null));

        var known = await authors.LookAsync(Asked("5"), CancellationToken.None);
        var gone = await authors.LookAsync(Asked("5") with { Author = new Author { Id = "ben" } }, CancellationToken.None);

        Assert.Equal("Write to mia (at) mail.example\n\nI build things", known!.About);
        Assert.Null(gone);
    }

    private static Post Asked(string id) => new() { Key = new PostKey("hackernews", id), Channel = "hn", Kind = "hackernews", Text = "before", Author = new Author { Id = "mia" } };

    private async Task StartAsync(LocalHackerNews service)
    {
        _site.Answer = service.ServeAsync;
        await _site.StartAsync();
    }

    private HackerNewsThreads Threads() => new(Context(), Options(null));

    private ChannelContext Context() => new("hn", _web, _time, NullLoggerFactory.Instance, (_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, _time, ct));

    private HackerNewsOptions Options(IReadOnlyList<string>? words) => new() { Search = _site.Address + "/api/v1", Items = _site.Address + "/v0", Words = words };

    private Task<List<PostBatch>> LookAsync(Cursor? since = null, int most = int.MaxValue, WatchSet? watches = null) => LookAsync(since, most, watches, ["acme"]);

    private Task<List<PostBatch>> LookAsync(IReadOnlyList<string>? words, WatchSet? watches = null) => LookAsync(null, int.MaxValue, watches, words);

    private HackerNewsChannel Channel() => new(Context(), Options(["acme"]));

    private Task<List<PostBatch>> LookAsync(Cursor? since, int most, WatchSet? watches, IReadOnlyList<string>? words) => LookAsync(new HackerNewsChannel(Context(), Options(words)), since, most, watches);

    /// <summary>One look: until its last batch, which is empty.</summary>
    private static async Task<List<PostBatch>> LookAsync(HackerNewsChannel channel, Cursor? since = null, int most = int.MaxValue, WatchSet? watches = null)
    {
        List<PostBatch> batches = [];
        await foreach (var batch in channel.ReadAsync(since, watches ?? WatchSet.Build([], Ours.Nobody), CancellationToken.None))
        {
            batches.Add(batch);
            if (batch.Count + batch.Aside.Count == 0 || batches.Count == most)
            {
                break;
            }
        }
        return batches;
    }

    private static IEnumerable<Post> Posts(PostBatch batch) => Enumerable.Range(0, batch.Count).Select(batch.PostAt);

    private static IEnumerable<(ChangeKind, string)> Changes(List<PostBatch> batches) =>
        batches.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(i => (batch.KindOf(i), batch.KeyAt(i).Id)));
}
