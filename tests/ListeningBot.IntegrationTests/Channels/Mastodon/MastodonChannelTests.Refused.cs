using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Channels.Mastodon;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.Mastodon;

/// <summary>Servers that refuse, break or lie.</summary>
public sealed partial class MastodonChannelTests
{
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

    [Fact]
    public async Task A_place_that_alone_always_fails_keeps_no_other_from_being_heard_is_asked_again_and_told_when_it_lasts()
    {
        var service = new LocalMastodon();
        service.Add(LocalMastodon.Status(1, "acme", Now));
        await StartAsync(service);
        _site.Answer = context => context.Request.Path.Value!.EndsWith("/bad", StringComparison.Ordinal) ? FeedAnswers.Status(500)(context) : service.ServeAsync(context);

        var batches = await LookAsync(options: Options() with { Tags = ["bad", "acme"] }, looks: 3, eachPause: TimeSpan.FromMinutes(1));

        Assert.Equal([1], Ids(batches));
        Assert.Equal(3, TagsAsked().Count(tag => tag == "bad"));
        Assert.Equal([false, false, true], _looks.Select(look => look.Found.ContainsKey("#bad")));
        Assert.NotNull(_looks[2].Found["#bad"]);
        Assert.Null(_looks[2].Found["#acme"]);
    }

    [Fact]
    public async Task A_look_that_the_server_broke_off_goes_on_behind_the_place_where_it_did()
    {
        var service = new LocalMastodon();
        await StartAsync(service);
        _site.Answer = context => context.Request.Path.Value!.EndsWith("/busy", StringComparison.Ordinal) ? FeedAnswers.Status(429)(context) : service.ServeAsync(context);
        var channel = new MastodonChannel(Context(), Options() with { Tags = ["busy", "acme"] });

        await Assert.ThrowsAnyAsync<ChannelException>(() => LookAsync(channel: channel));
        await Assert.ThrowsAnyAsync<ChannelException>(() => LookAsync(channel: channel));

        Assert.Equal(["busy", "acme", "busy"], TagsAsked());
    }

    /// <summary>Each would cost half a minute, in which nothing else is heard.</summary>
    [Fact]
    public async Task Searches_behind_one_that_is_not_answered_are_asked_for_at_the_next_look_before_it()
    {
        var service = new LocalMastodon();
        await StartAsync(service);
        _site.Answer = context =>
        {
            if (context.Request.Query["q"] != "slow")
            {
                return service.ServeAsync(context);
            }
            _time.Advance(TimeSpan.FromSeconds(6));
            return FeedAnswers.Hang()(context);
        };
        var options = Options() with { Token = "secret", Stream = false, Words = ["slow", "one", "two"] };

        await LookAsync(options: options, looks: 2);

        Assert.Equal(["slow", "one", "two", "slow"], _site.Seen.Where(seen => seen.Path.Contains("search", StringComparison.Ordinal)).Select(seen => seen.Path.Split("q=")[1]));
    }

    private IEnumerable<string> TagsAsked() => _site.Seen.Select(seen => seen.Path.Split('?')[0]).Where(path => path.Contains("/tag/", StringComparison.Ordinal)).Select(path => path.Split('/')[^1]);

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
}
