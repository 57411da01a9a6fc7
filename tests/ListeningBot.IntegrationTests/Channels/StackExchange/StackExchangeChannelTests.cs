using System.Globalization;
using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Channels.StackExchange;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.StackExchange;

public sealed class StackExchangeChannelTests : IAsyncDisposable
{
    private readonly LocalSite _site;
    private readonly List<PlacesLook> _looks = [];
    private readonly ManualClock _time = new();
    private readonly CollectedLogs _logs = new();
    private readonly WebReader _web;
    private TimeSpan? _pause;

    public StackExchangeChannelTests() => (_site, _web) = (new LocalSite { Time = _time.Right }, new WebReader(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, _time));

    private DateTimeOffset Now => _time.GetUtcNow();

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_question_is_plain_text_with_its_tags_and_its_author()
    {
        var service = new LocalStackExchange();
        service.AddQuestion(11227809, "Why is &lt;acme&gt; &quot;slow&quot;?", "<p>It takes <code>a &lt; b</code> hours.</p>\n<pre><code>acme start\nacme stop</code></pre>", Now, tags: ["acme-laptop", "windows"]);
        await StartAsync(service);

        var post = Posts((await LookAsync())[0]).Single();

        Assert.Equal("Why is <acme> \"slow\"?", post.Title);
        Assert.Equal("It takes a < b hours.\n\nacme start\nacme stop\n\nTags: acme-laptop, windows", post.Text);
        Assert.Equal((new PostKey("stackexchange:stackoverflow", "11227809"), Now), (post.Key, post.Posted));
        Assert.Equal(("stackoverflow/22656", "Mia & Co", "https://stackoverflow.com/users/22656/mia"), (post.Author.Id, post.Author.Name, post.Author.Url));
        Assert.Equal("https://stackoverflow.com/questions/11227809/title", post.Url);
    }

    [Fact]
    public async Task Many_pages_come_once_and_an_interrupted_reading_goes_on()
    {
        var service = new LocalStackExchange();
        for (var i = 0; i < 450; i++)
        {
            service.AddQuestion(i + 1, $"acme {i}", "body", Now.AddSeconds(-80_000 + (i / 150 * 1000)));
        }
        await StartAsync(service);

        var first = await LookAsync(most: 2);
        var rest = await LookAsync(first[1].Next);

        var ids = first.Concat(rest).SelectMany(Posts).Select(post => int.Parse(post.Key.Id, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(1, 450), ids);
        Assert.All(_site.Seen, seen => Assert.Contains("filter=withbody", seen.Path, StringComparison.Ordinal));
        Assert.Contains("gzip", _site.Seen[0].Header("Accept-Encoding"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_a_watch_asks_for_instead_after_an_outage_go_back_to_where_the_others_of_the_site_stood()
    {
        var service = new LocalStackExchange();
        await StartAsync(service);
        var options = new StackExchangeOptions { Sites = ["stackoverflow"], Words = ["laptop"] };
        var before = await LookAsync(options: options);
        service.AddQuestion(30, "laptops broke", "body", Now.AddDays(1));
        service.AddQuestion(31, "laptops burn", "body", Now.AddDays(2.5));
        _time.Advance(TimeSpan.FromDays(3));

        var after = await LookAsync(before[^1].Next, options: options with { Sites = ["stackoverflow", "superuser"], Words = ["laptops"] });

        Assert.Equal(
            ["stackexchange:stackoverflow 30 False", "stackexchange:stackoverflow 31 False", "stackexchange:superuser 31 True"],
            after.SelectMany(batch => Posts(batch).Select(post => $"{post.Key} {batch.FirstContact}")));
    }

    [Fact]
    public async Task Each_site_is_asked_for_each_word_and_both_may_hold_the_same_number()
    {
        var service = new LocalStackExchange();
        service.AddQuestion(5, "acme zenith", "body", Now);
        await StartAsync(service);

        var batches = await LookAsync(options: new StackExchangeOptions { Sites = ["stackoverflow.com", "https://superuser.com/", "superuser"], Words = ["acme", "zenith two"] });

        Assert.Equal(["stackexchange:stackoverflow 5", "stackexchange:superuser 5"], batches.SelectMany(Posts).Select(post => post.Key.ToString()));
        Assert.Equal(4, _site.Seen.Count);
        Assert.Contains("%22zenith%20two%22", _site.Seen[1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_is_not_known_is_told_and_the_others_are_heard()
    {
        var service = new LocalStackExchange();
        service.AddQuestion(5, "acme zenith", "body", Now);
        _site.Answer = context => context.Request.Query["site"] == "nosuch"
            ? LocalStackExchange.Error(400, "bad_parameter", "No site found for name `nosuch`")(context)
            : service.ServeAsync(context);
        await _site.StartAsync();

        var batches = await LookAsync(options: new StackExchangeOptions { Sites = ["nosuch", "superuser"], Words = ["acme", "zenith two"] });

        Assert.Equal(["stackexchange:superuser 5"], batches.SelectMany(Posts).Select(post => post.Key.ToString()));
        Assert.Equal(3, _site.Seen.Count);
        var look = Assert.Single(_looks);
        Assert.Equal(["nosuch", "superuser"], look.All);
        Assert.Contains("does not know one of the Sites", look.Found["nosuch"], StringComparison.Ordinal);
        Assert.Null(look.Found["superuser"]);
    }

    [Fact]
    public async Task A_pause_that_the_service_asks_for_is_kept_for_that_method_alone()
    {
        var service = new LocalStackExchange { Backoff = 10 };
        await StartAsync(service);
        var api = new StackExchangeApi(Context(), Options());
        using var first = await api.AskAsync("search/advanced", "stackoverflow", CancellationToken.None, "&q=a&fromdate=0&page=1&pagesize=5");
        service.Backoff = null;

        // However our clock is set meanwhile.
        _time.Ahead = TimeSpan.FromDays(1);
        var again = api.AskAsync("search/advanced", "stackoverflow", CancellationToken.None, "&q=a&fromdate=0&page=1&pagesize=5");
        using var other = await api.AskAsync("info", "stackoverflow", CancellationToken.None);
        Assert.False(again.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));
        using var second = await again;

        Assert.Equal(3, _site.Seen.Count);
    }

    [Fact]
    public async Task A_pause_of_hours_is_told_to_the_runner()
    {
        await StartAsync(new LocalStackExchange { Backoff = 7200 });
        var api = new StackExchangeApi(Context(), Options());
        using var first = await api.AskAsync("info", "stackoverflow", CancellationToken.None);

        var fault = await Assert.ThrowsAsync<ChannelException>(() => api.AskAsync("info", "stackoverflow", CancellationToken.None));

        Assert.Equal((TimeSpan.FromHours(2), false), (fault.After, fault.NeedsOperator));
    }

    /// <summary>Questions are dated by the service's clock, so that how far was read is too.</summary>
    [Fact]
    public async Task While_our_clock_is_a_day_ahead_and_when_it_is_right_again_each_question_is_found()
    {
        var service = new LocalStackExchange();
        await StartAsync(service);
        var found = await DaysOff.FoundAsync(_time, cursor => LookAsync(cursor), (id, at) => service.AddQuestion(id, $"acme {id}", "body", at));

        Assert.Equal(["20", "21", "22", "23", "24"], found);
    }

    [Fact]
    public async Task The_last_requests_of_a_day_are_spread_over_it_and_told_once()
    {
        await StartAsync(new LocalStackExchange { QuotaRemaining = 50 });

        await LookAsync(untilPause: true);

        // 09:00: 15 hours for 40 looks of one request.
        Assert.Equal(TimeSpan.FromMinutes(22.5), _pause);
        Assert.Contains("50 of 10000", _logs.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(502, "throttle_violation", "too many requests from this IP, more requests available in 17524 seconds", 17524, false)]
    [InlineData(502, "throttle_violation", "Violation of backoff parameter", 60, false)]
    [InlineData(502, "throttle_violation", "more requests available in 999999999 seconds", 86400, false)]
    [InlineData(400, "bad_parameter", "No site found for name `nosuch`", null, true)]
    [InlineData(400, "bad_parameter", "`key` doesn't match a known application", null, true)]
    [InlineData(404, "no_method", "no method found", null, true)]
    [InlineData(403, "access_denied", "denied", null, true)]
    [InlineData(500, "internal_error", "oops", null, false)]
    [InlineData(503, "temporarily_unavailable", "simulated", null, false)]
    public async Task Each_error_is_told_with_its_cure(int id, string name, string message, int? pause, bool needsOperator)
    {
        await StartAsync(new LocalStackExchange());
        _site.Answer = LocalStackExchange.Error(id, name, message);

        var fault = await Assert.ThrowsAnyAsync<ChannelException>(() => LookAsync());

        Assert.Equal((pause is { } seconds ? TimeSpan.FromSeconds(seconds) : null, needsOperator), (fault.After, fault.NeedsOperator));
        Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"question_id":1,"title":"acme","body":null,"owner":null,"tags":null,"creation_date":null,"link":null}""")]
    [InlineData("""{"question_id":"1","title":"acme","body":{},"owner":{"user_id":{},"display_name":[],"link":7},"tags":[null,7,{}],"creation_date":9e99,"link":"javascript:alert(1)"}""")]
    [InlineData("""{"question_id":1,"title":"acme","owner":{"user_type":"does_not_exist"},"tags":{},"creation_date":99999999999999}""")]
    public async Task Odd_fields_cost_nothing_but_themselves(string item)
    {
        var service = new LocalStackExchange();
        service.AddItem(Now, item);
        await StartAsync(service);

        var post = Posts((await LookAsync())[0]).Single();

        Assert.Equal(("1", "acme", "", null, null, null), (post.Key.Id, post.Title, post.Text, post.Posted, post.Url, post.Author.Id));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"items":7,"has_more":true}""")]
    public async Task An_answer_without_items_is_a_fault(string body)
    {
        await _site.StartAsync();
        _site.Answer = FeedAnswers.Text(body, "application/json");

        await Assert.ThrowsAsync<ChannelException>(() => LookAsync());
    }

    [Fact]
    public async Task A_service_that_always_has_more_of_the_same_is_left()
    {
        await _site.StartAsync();
        _site.Answer = FeedAnswers.Text("""{"items":[],"has_more":true,"quota_remaining":100,"quota_max":300}""", "application/json");

        var batches = await LookAsync();

        Assert.Single(_site.Seen);
        Assert.Equal(0, batches.Sum(batch => batch.Count));
    }

    [Fact]
    public async Task A_service_that_always_has_more_dated_ahead_of_our_clock_is_left()
    {
        await _site.StartAsync();
        var ahead = LocalStackExchange.Question(1, "acme", "", Now.AddHours(5).ToUnixTimeSeconds()).ToJsonString();
        _site.Answer = context => (_site.Seen.Count > 30 ? LocalStackExchange.Error(400, "bad_parameter", "page") : FeedAnswers.Text($$"""{"items":[{{ahead}}],"has_more":true,"quota_remaining":100,"quota_max":300}""", "application/json"))(context);

        await Assert.ThrowsAsync<ChannelException>(() => LookAsync());

        Assert.Contains("&page=20&", string.Concat(_site.Seen.Select(seen => seen.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_changed_is_told_again_as_it_was_told_first()
    {
        var service = new LocalStackExchange();
        var question = LocalStackExchange.Question(1, "acme &amp; I", "<p>It <b>died</b> &amp; died</p><pre><code>x &lt; y</code></pre>", Now.ToUnixTimeSeconds(), "acme", "c#");
        service.AddItem(Now, question.ToJsonString());
        service.Items["questions/1"] = $"[{question.ToJsonString()}]";
        await StartAsync(service);

        var first = Posts((await LookAsync())[0]).Single();
        var again = await new StackExchangeThreads(Context(), Options()).ReadAsync([first], CancellationToken.None);

        Assert.Equal(new PostChange(ChangeKind.Edited, first.Key, first), Assert.Single(again));
    }

    [Fact]
    public async Task Open_cases_are_read_again_with_answers_and_comments()
    {
        var service = new LocalStackExchange();
        service.Items["questions/1;2"] = new JsonArray(LocalStackExchange.Question(1, "acme broke", "<p>now edited</p>", 1793610000)).ToJsonString();
        service.Items["questions/1/answers"] = """[{"answer_id":3,"question_id":1,"body":"<p>Try again</p>","creation_date":1793610001,"owner":{"user_id":9,"display_name":"acme care"}}]""";
        service.Items["questions/1/comments"] = """[{"comment_id":4,"post_id":1,"body":"same here","creation_date":1793610002,"owner":{"user_id":10}},{"comment_id":null}]""";
        service.Items["answers/3/comments"] = """[{"comment_id":5,"post_id":3,"body":"no help","creation_date":1793610003,"owner":{"user_id":22656}}]""";
        await StartAsync(service);
        var threads = new StackExchangeThreads(Context(), Options());

        var changes = await threads.ReadAsync([Asked("1"), Asked("2")], CancellationToken.None);

        Assert.Equal(
            [(ChangeKind.Edited, "1", null, null), (ChangeKind.Deleted, "2", null, null), (ChangeKind.Added, "3", "1", "1"), (ChangeKind.Added, "comment-4", "1", "1"), (ChangeKind.Added, "comment-5", "3", "1")],
            changes.Select(change => (change.Kind, change.Key.Id, change.Post?.InReplyTo?.Id, change.Post?.Thread?.Id)));
        Assert.Equal(("now edited", "https://stackoverflow.com/a/3"), (changes[0].Post!.Text, changes[2].Post!.Url));
    }

    [Fact]
    public async Task A_question_that_one_method_misses_and_another_shows_is_not_gone()
    {
        var service = new LocalStackExchange();
        service.Items["posts/1"] = """[{"post_id":1,"post_type":"question"}]""";
        await StartAsync(service);

        Assert.Empty(await new StackExchangeThreads(Context(), Options()).ReadAsync([Asked("1")], CancellationToken.None));
    }

    private static Post Asked(string id) => new() { Key = new PostKey("stackexchange:stackoverflow", id), Channel = "so", Kind = "stackexchange", Text = "before" };

    private async Task StartAsync(LocalStackExchange service)
    {
        _site.Answer = service.ServeAsync;
        await _site.StartAsync();
    }

    private ChannelContext Context() => new("so", _web, _time, _logs, (pause, _) =>
    {
        _pause = pause;
        throw new OperationCanceledException();
    })
    {
        Looked = (look, _) =>
        {
            _looks.Add(look);
            return Task.CompletedTask;
        },
    };

    private StackExchangeOptions Options() => new() { Api = _site.Address + "/2.3", Words = ["acme"] };

    /// <summary>One look: until its last batch, which is empty.</summary>
    private async Task<List<PostBatch>> LookAsync(Cursor? since = null, int most = int.MaxValue, StackExchangeOptions? options = null, bool untilPause = false)
    {
        List<PostBatch> batches = [];
        var channel = new StackExchangeChannel(Context(), (options ?? Options()) with { Api = _site.Address + "/2.3" });
        try
        {
            await foreach (var batch in channel.ReadAsync(since, WatchSet.Build([], Ours.Nobody), CancellationToken.None))
            {
                batches.Add(batch);
                if ((!untilPause && batch.Count + batch.Aside.Count == 0) || batches.Count == most)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The pause after the look.
        }
        return batches;
    }

    private static IEnumerable<Post> Posts(PostBatch batch) => Enumerable.Range(0, batch.Count).Select(batch.PostAt);
}
