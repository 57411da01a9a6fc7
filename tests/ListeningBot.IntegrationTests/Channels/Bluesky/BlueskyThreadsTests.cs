using System.Text;
using System.Text.Json;
using ListeningBot.Channels;
using ListeningBot.Channels.Bluesky;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Channels.Bluesky;

/// <summary>Posts of open cases asked for again, over HTTP. Shapes: the lexicons app.bsky.feed.getPosts, getPostThread, com.atproto.repo.getRecord, and the DID specification's document.</summary>
public sealed class BlueskyThreadsTests : IAsyncLifetime
{
    private readonly LocalSite _site = new();
    private readonly Dictionary<string, (int Status, object Body)> _answers = [];
    private WebReader _web = null!;

    public async ValueTask InitializeAsync()
    {
        _site.Answer = AnswerAsync;
        await _site.StartAsync();
        _web = new WebReader(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task What_nobody_changed_comes_back_as_it_is_known_whatever_the_order_of_its_pictures()
    {
        var known = Post("mia/1", "acme broke my lamp\na lamp in pieces\nthe box");
        Shows(View("mia/1", "acme broke my lamp", embed: new { images = new[] { new { alt = "the box" }, new { alt = "a lamp in pieces" } } }));

        var change = Assert.Single(await ReadAsync(known));

        Assert.Equal((ChangeKind.Edited, known), (change.Kind, change.Post));
        Assert.Single(_site.Seen);
    }

    [Fact]
    public async Task The_stream_and_the_AppView_tell_of_one_post_alike()
    {
        const string record = """{"$type":"app.bsky.feed.post","text":"acme \u0022broke\u0022 \ud83d\ude00 half \ud83d","createdAt":"2026-11-02T09:00:00Z","langs":["en"],"reply":{"parent":{"uri":"at://did:plc:zoe/app.bsky.feed.post/2"},"root":{"uri":"at://did:plc:mia/app.bsky.feed.post/1"}},"embed":{"media":{"images":[{"alt":"a lamp \n in pieces"}]},"record":{"record":{"uri":"at://did:plc:zoe/app.bsky.feed.post/1"}}},"facets":[{"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:zoe"},{"$type":"app.bsky.richtext.facet#link","uri":"https:\/\/acme.example\/help"}]}]}""";
        var events = new JetstreamEvents();
        Assert.Null(JetstreamParser.Read(Encoding.UTF8.GetBytes($$$"""{"did":"did:plc:mia","time_us":1793610000000000,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"3","cid":"b","record":{{{record}}}}}"""), events, out _));
        var streamed = new JetstreamBatch("bluesky", events) { Next = new Cursor("1") }.PostAt(0);
        var view = $$"""{"uri":"at://did:plc:mia/app.bsky.feed.post/3","cid":"b","author":{"did":"did:plc:mia","handle":"mia.bsky.example"},"record":{{record}},"replyCount":0}""";
        _site.Answer = context => FeedAnswers.Text(
            context.Request.Path.Value!.EndsWith("getPosts", StringComparison.Ordinal)
                ? JsonSerializer.Serialize(new { posts = new[] { View("zoe/2", "same here", replies: 1) } })
                : $$$"""{"thread":{"replies":[{"post":{{{view}}}}]}}""",
            "application/json")(context);

        var shown = (await ReadAsync(Post("zoe/2", "same here")))[1].Post!;

        Assert.Equal(streamed, shown with { Author = shown.Author with { Handle = null }, Links = streamed.Links });
        Assert.Equal(["https://bsky.app/profile/did:plc:zoe/post/1", "https://acme.example/help"], streamed.Links);
        Assert.Equal(streamed.Links, shown.Links);
        Assert.Equal("acme \"broke\" \U0001F600 half \uFFFD\na lamp \n in pieces", streamed.Text);
    }

    [Fact]
    public async Task Twenty_five_posts_are_one_question()
    {
        var posts = Enumerable.Range(1, 25).Select(i => Post($"mia/{i}", $"acme broke lamp {i}")).ToList();
        Shows([.. posts.Select(post => View(post.Key.Id["did:plc:".Length..], post.Text))]);

        Assert.Equal(25, (await ReadAsync([.. posts])).Count);
        Assert.Equal(25, Assert.Single(_site.Seen).Path.Split("uris=").Length - 1);
    }

    [Fact]
    public async Task What_its_authors_server_no_longer_has_is_deleted()
    {
        Shows();
        Keeps("mia");
        _answers["getRecord:1"] = (400, new { error = "RecordNotFound", message = "Could not locate record" });

        var change = Assert.Single(await ReadAsync(Post("mia/1", "acme broke my lamp")));

        Assert.Equal((ChangeKind.Deleted, "did:plc:mia/1"), (change.Kind, change.Key.Id));
    }

    [Theory]
    [InlineData(400, "RepoDeactivated")]
    [InlineData(400, "InvalidRequest")]
    [InlineData(404, "NotFound")]
    [InlineData(502, "RecordNotFound")]
    public async Task What_is_only_hidden_is_not_deleted(int status, string error)
    {
        Shows();
        Keeps("mia");
        _answers["getRecord:1"] = (status, new { error, message = "" });

        Assert.Empty(await ReadAsync(Post("mia/1", "acme broke my lamp")));
    }

    [Fact]
    public async Task Where_nobody_knows_the_authors_server_nothing_is_said()
    {
        Shows();
        Assert.Empty(await ReadAsync(Post("mia/1", "acme broke my lamp")));

        _answers["did:plc:mia"] = (200, new { id = "did:plc:somebody-else", service = new[] { new { id = "#atproto_pds", serviceEndpoint = _site.Address } } });
        _answers["getRecord:1"] = (400, new { error = "RecordNotFound" });
        Assert.Empty(await ReadAsync(Post("mia/1", "acme broke my lamp")));
    }

    [Fact]
    public async Task The_text_of_an_edited_post_is_that_of_its_authors_server_for_the_AppView_keeps_the_first()
    {
        Keeps("mia");
        Shows(View("mia/1", "acme broke my lamp"));
        _answers["getRecord:1"] = (200, new { uri = "at://did:plc:mia/app.bsky.feed.post/1", cid = "b", value = new { text = "acme broke my lamp and my arm" } });

        Assert.Equal("acme broke my lamp and my arm", Assert.Single(await ReadAsync(Post("mia/1", "acme broke my lamp and my"))).Post!.Text);
        Assert.Equal("acme broke my lamp and my arm", Assert.Single(await ReadAsync(Post("mia/1", "acme broke my lamp and my arm"))).Post!.Text);
    }

    [Fact]
    public async Task What_answers_a_post_comes_with_it_the_answers_of_answers_too()
    {
        Shows(View("mia/1", "acme broke my lamp", replies: 2));
        _answers["getPostThread"] = (200, new
        {
            thread = new Dictionary<string, object>
            {
                ["$type"] = "app.bsky.feed.defs#threadViewPost",
                ["post"] = View("mia/1", "acme broke my lamp", replies: 2),
                ["replies"] = new object[]
                {
                    new { post = View("zoe/2", "same here", to: "mia/1"), replies = new object[] { new { post = View("mia/3", "really?", to: "zoe/2") } } },
                    new Dictionary<string, object> { ["$type"] = "app.bsky.feed.defs#blockedPost", ["uri"] = "at://did:plc:eve/app.bsky.feed.post/4", ["blocked"] = true },
                    new { post = 7 },
                    7,
                },
            },
        });

        var changes = await ReadAsync(Post("mia/1", "acme broke my lamp"));

        Assert.Equal(["did:plc:mia/1", "did:plc:zoe/2", "did:plc:mia/3"], changes.Select(change => change.Key.Id));
        var answer = changes[1].Post!;
        Assert.Equal((ChangeKind.Added, "same here", "did:plc:zoe", "zoe.bsky.example"), (changes[1].Kind, answer.Text, answer.Author.Id, answer.Author.Handle));
        Assert.Equal(("bluesky", "did:plc:mia/1", "https://bsky.app/profile/did:plc:zoe/post/2"), (answer.Key.Namespace, answer.InReplyTo!.Id, answer.Url));
    }

    [Fact]
    public async Task A_service_that_is_busy_or_talks_nonsense_is_told_and_may_be_asked_later()
    {
        _answers["getPosts"] = (429, new { });
        var busy = await Assert.ThrowsAsync<ChannelException>(() => ReadAsync(Post("mia/1", "acme")));
        Assert.Equal(TimeSpan.FromSeconds(37), busy.After);

        _site.Answer = FeedAnswers.Text("<html>", "text/html");
        await Assert.ThrowsAsync<ChannelException>(() => ReadAsync(Post("mia/1", "acme")));
        foreach (var body in new[] { "7", "[]", "{\"posts\":7}", "{\"posts\":[7,{\"uri\":7},{\"uri\":\"at://did:plc:mia/app.bsky.feed.post/1\",\"record\":[]}]}" })
        {
            _site.Answer = FeedAnswers.Text(body, "application/json");
            Assert.Empty(await ReadAsync(Post("mia/1", "acme")));
        }
    }

    private Task<IReadOnlyList<PostChange>> ReadAsync(params Post[] posts)
    {
        var context = new ChannelContext("bluesky", _web, TimeProvider.System, NullLoggerFactory.Instance, (_, _) => Task.CompletedTask);
        return new BlueskyThreads(context, new BlueskyOptions { Profiles = _site.Address, Directory = _site.Address }).ReadAsync(posts, TestContext.Current.CancellationToken);
    }

    private static Post Post(string id, string text) => new()
    {
        Key = new PostKey("bluesky", "did:plc:" + id),
        Channel = "bluesky",
        Kind = "bluesky",
        Text = text,
        Author = new Author { Id = "did:plc:" + id.Split('/')[0] },
    };

    private void Shows(params object[] views) => _answers["getPosts"] = (200, new { posts = views });

    private void Keeps(string name) => _answers["did:plc:" + name] = (200, new { id = "did:plc:" + name, service = new[] { new { id = "#atproto_pds", type = "AtprotoPersonalDataServer", serviceEndpoint = _site.Address } } });

    private static object View(string id, string text, int replies = 0, object? embed = null, string? to = null)
    {
        var name = id.Split('/')[0];
        var record = new { text, createdAt = "2026-11-02T09:00:00Z", embed, reply = to is null ? null : new { parent = new { uri = UriOf(to) }, root = new { uri = UriOf("mia/1") } } };
        return new { uri = UriOf(id), cid = "b", author = new { did = "did:plc:" + name, handle = name + ".bsky.example" }, record, replyCount = replies, indexedAt = "2026-11-02T09:00:01Z" };
    }

    private static string UriOf(string id) => $"at://did:plc:{id.Replace("/", "/app.bsky.feed.post/", StringComparison.Ordinal)}";

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var key = path.Split('.', '/')[^1] is var method && method == "getRecord" ? "getRecord:" + context.Request.Query["rkey"] : path.StartsWith("/did:", StringComparison.Ordinal) ? path[1..] : method;
        var (status, body) = _answers.GetValueOrDefault(key, (404, new { error = "NotFound" }));
        return FeedAnswers.Status(status, status == 429 ? "37" : null, JsonSerializer.Serialize(body))(context);
    }
}
