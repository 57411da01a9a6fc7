using System.Net;
using System.Text;
using ListeningBot.Channels;
using ListeningBot.Channels.Bluesky;
using ListeningBot.Channels.Rss;
using ListeningBot.Configuration;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Reach;
using ListeningBot.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Reach;

/// <summary>Looking authors up over HTTP; "*.example" leads to the local site.</summary>
public sealed class AuthorSearchTests : IAsyncLifetime
{
    private const string Html = "text/html; charset=utf-8";
    private readonly ManualClock _clock = new();
    private LocalFeed _site = null!;
    private WebReader _web = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await LocalFeed.StartedAsync();
        IReadOnlyList<string> allowed = ["blog.example", "mia.example", "view.example"];
        _web = new WebReader(new HttpSettings { AllowPrivateHosts = allowed }, _clock, new Connector(allowed, _clock) { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback }) });
    }

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Of_a_blog_the_page_and_its_contact_page_say_how_to_reach_its_author()
    {
        _site.At("/post", Page("""<meta name="author" content="Mia Lang"><a rel="me" href="https://social.example/@mia">me</a> <a href="/kontakt">Kontakt</a>"""))
            .At("/kontakt", Page("Schreib mir: mia (ät) mia (punkt) example"));

        var found = await FindAsync(RssPost());

        Assert.Null(found.Missing);
        Assert.Equal("Mia Lang", found.Author.Name);
        Assert.Equal(
            [
                new Contact(ContactKind.Profile, "https://social.example/@mia", "blog.example/post"),
                new Contact(ContactKind.ContactPage, Url("blog.example", "/kontakt"), "blog.example/post"),
                new Contact(ContactKind.Mail, "mia@mia.example", "blog.example/kontakt"),
            ],
            found.Contacts);
    }

    [Fact]
    public async Task What_is_ours_is_no_way_to_reach_the_customer()
    {
        var found = await FindAsync(
            RssPost() with { Text = "I wrote to care@acme.example and @acme@social.example and https://x.com/acme, nothing. Mail me: mia@mia.example" },
            ours: new Ours(["*@acme.example", "acme"]));

        Assert.Equal([new Contact(ContactKind.Mail, "mia@mia.example", "the post")], found.Contacts);
    }

    [Theory]
    [InlineData("User-agent: *\nDisallow: /")]
    [InlineData("User-agent: listeningbot\nDisallow: /post")]
    public async Task Robots_txt_is_respected(string robots)
    {
        _site.At("/robots.txt", FeedAnswers.Text(robots, "text/plain")).At("/post", Page("<a rel=me href='mailto:mia@mia.example'>x</a>"));

        var found = await FindAsync(RssPost());

        Assert.Empty(found.Contacts);
        Assert.Null(found.Missing);
        Assert.Equal(0, _site.SeenAt("/post"));
    }

    [Fact]
    public async Task Where_robots_txt_can_not_be_had_nothing_is_read_and_it_is_tried_again()
    {
        _site.At("/robots.txt", FeedAnswers.Status(503)).At("/post", Page("<a rel=me href='mailto:mia@mia.example'>x</a>"));

        var found = await FindAsync(RssPost());

        Assert.Empty(found.Contacts);
        Assert.Contains("robots.txt of blog.example", found.Missing, StringComparison.Ordinal);
        Assert.Equal(0, _site.SeenAt("/post"));
    }

    public static TheoryData<string> PassingTroubles => ["hang", "stall", "429", "503", "cut off"];

    [Theory]
    [MemberData(nameof(PassingTroubles))]
    public async Task A_page_that_can_not_be_had_just_now_is_tried_again_and_the_rest_is_kept(string trouble)
    {
        _site.At("/post", trouble switch
        {
            "hang" => FeedAnswers.Hang(),
            "stall" => FeedAnswers.Stall("<html>"),
            "429" => FeedAnswers.Status(429, "3600"),
            "503" => FeedAnswers.Status(503),
            _ => FeedAnswers.CutOff("<html>"),
        });

        var found = await FindAsync(RssPost() with { Text = "Write to mia@mia.example" });

        Assert.NotNull(found.Missing);
        Assert.Equal(trouble == "429" ? TimeSpan.FromHours(1) : null, found.After);
        Assert.Equal(["mia@mia.example"], found.Contacts.Select(contact => contact.Value));
        Assert.DoesNotContain("/post", found.Missing, StringComparison.Ordinal);
    }

    public static TheoryData<string> LastingTroubles => ["404", "picture", "huge", "bomb", "round and round", "to a private host", "garbage", "empty"];

    [Theory]
    [MemberData(nameof(LastingTroubles))]
    public async Task A_page_that_is_none_for_us_is_not_tried_again(string trouble)
    {
        _site.At("/post", trouble switch
        {
            "404" => FeedAnswers.Status(404),
            "picture" => FeedAnswers.Text("<a rel=me href='mailto:mia@mia.example'>", "image/png"),
            "huge" => Huge,
            "bomb" => FeedAnswers.BrotliBomb(),
            "round and round" => FeedAnswers.RedirectTo(Url("blog.example", "/post")),
            "to a private host" => FeedAnswers.RedirectTo(Url("intranet.example", "/secret")),
            "garbage" => FeedAnswers.Bytes([0xFF, 0x00, 0xFE, (byte)'<', (byte)'a', 0x80], Html),
            _ => FeedAnswers.Bytes([], Html),
        }).At("/secret", Page("<a rel=me href='mailto:boss@mia.example'>"));

        var found = await FindAsync(RssPost());

        Assert.Empty(found.Contacts);
        Assert.Null(found.Missing);
        Assert.Equal(0, _site.SeenAt("/secret"));
    }

    [Theory]
    [InlineData("utf-8", "windows-1252")]
    [InlineData("windows-1251", "windows-1251")]
    [InlineData("no-such-charset", "utf-8")]
    public async Task A_wrong_charset_costs_no_address(string claimed, string written)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = "<meta name=author content='Мия Lang'><p>Größe</p><a rel=me href='mailto:mia@mia.example'>ö</a>";
        _site.At("/post", FeedAnswers.Bytes(Encoding.GetEncoding(written).GetBytes(text), "text/html; charset=" + claimed));

        Assert.Equal(["mia@mia.example"], (await FindAsync(RssPost())).Contacts.Select(contact => contact.Value));
    }

    [Fact]
    public async Task One_host_is_asked_once_a_second_at_most()
    {
        _site.At("/post", Page("<a href=/contact>Contact</a> <a href=/about>About</a>")).At("/contact", Page("a")).At("/about", Page("b"));
        var began = _clock.GetUtcNow();

        await FindAsync(RssPost());

        Assert.Equal((1, 1, 1), (_site.SeenAt("/post"), _site.SeenAt("/contact"), _site.SeenAt("/about")));
        Assert.True(_clock.GetUtcNow() - began >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task From_one_page_two_links_are_followed_and_none_from_there()
    {
        _site.At("/post", Page(string.Concat(Enumerable.Range(0, 50).Select(i => $"<a href=/contact{i}>Contact</a>"))));
        for (var i = 0; i < 50; i++)
        {
            _site.At($"/contact{i}", Page("<a href=/contact-deep>Contact</a>"));
        }

        await FindAsync(RssPost());

        Assert.Equal(2, _site.Seen.Count(request => request.Path.StartsWith("/contact", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_public_profile_gives_name_handle_and_what_they_say_of_themselves()
    {
        _site.At(ProfilePath, Profile("""{"did":"did:plc:mia","handle":"Mia.example","displayName":"Mia\u202e Lang","description":"Potter.\nmia (at) mia (dot) example","followersCount":42,"labels":[]}"""));

        var found = await FindAsync(BlueskyPost());

        Assert.Equal(("mia.example", 42L, "https://bsky.app/profile/mia.example"), (found.Author.Handle, found.Author.Followers, found.Author.Url));
        Assert.StartsWith("Mia", found.Author.Name, StringComparison.Ordinal);
        Assert.Equal(
            [new Contact(ContactKind.Profile, "https://bsky.app/profile/mia.example", "the post"), new Contact(ContactKind.Mail, "mia@mia.example", "their profile")],
            found.Contacts);
        Assert.Equal(["https://bsky.app/profile/mia.example", "https://bsky.app/profile/did:plc:mia"], found.Profile!.Addresses);
        Assert.Equal("?actor=did%3Aplc%3Amia", _query);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_site_that_the_profile_links_is_theirs_when_it_links_back(bool linksBack)
    {
        _site.At(ProfilePath, Profile($$"""{"did":"did:plc:mia","handle":"mia.example","website":"{{Url("mia.example", "/home")}}"}"""))
            .At("/home", Page($"""<a href="mailto:hello@mia.example">x</a> <a {(linksBack ? "rel=me" : "")} href="https://bsky.app/profile/mia.example/">me</a>"""));

        var found = await FindAsync(BlueskyPost());

        Assert.Contains(new Contact(ContactKind.Site, Url("mia.example", "/home"), "their profile"), found.Contacts);
        Assert.Equal(linksBack, found.Contacts.Any(contact => contact.Value == "hello@mia.example"));
        Assert.Equal(linksBack ? ["https://bsky.app/profile/mia.example/"] : [], Assert.Single(found.Profile!.Pages).RelMe);
    }

    [Fact]
    public async Task Who_wants_to_be_seen_only_by_those_who_are_signed_in_is_named_by_handle_alone()
    {
        _site.At(ProfilePath, Profile("""{"did":"did:plc:mia","handle":"mia.example","displayName":"Mia","description":"mia@mia.example","labels":[{"src":"did:plc:mia","val":"!no-unauthenticated"}]}"""));

        var found = await FindAsync(BlueskyPost());

        Assert.Equal(("mia.example", null), (found.Author.Handle, found.Author.Name));
        Assert.Equal(["https://bsky.app/profile/mia.example"], found.Contacts.Select(contact => contact.Value));
    }

    [Fact]
    public async Task A_handle_that_its_domain_does_not_vouch_for_is_none()
    {
        _site.At(ProfilePath, Profile("""{"did":"did:plc:mia","handle":"handle.invalid","displayName":"Mia"}"""));

        Assert.Equal((null, "Mia", "https://bsky.app/profile/did:plc:mia"), await FindAsync(BlueskyPost()) is { Author: var author } ? (author.Handle, author.Name, author.Url) : default);
    }

    public static TheoryData<string, bool> ProfileTroubles => new()
    {
        { "gone", false },
        { "429", true },
        { "502", true },
        { "hang", true },
        { "garbage", true },
        { "somebody else", true },
        { "odd types", false },
    };

    [Theory]
    [MemberData(nameof(ProfileTroubles))]
    public async Task A_profile_that_can_not_be_had_changes_nothing(string trouble, bool isTriedAgain)
    {
        _site.At(ProfilePath, trouble switch
        {
            "gone" => FeedAnswers.Status(400, body: """{"error":"AccountDeactivated","message":"Account is deactivated"}"""),
            "429" => FeedAnswers.Status(429, "60"),
            "502" => FeedAnswers.Status(502),
            "hang" => FeedAnswers.Hang(),
            "garbage" => FeedAnswers.Text("<html>", "application/json"),
            "somebody else" => Profile("""{"did":"did:plc:eve","handle":"eve.example"}"""),
            _ => Profile("""{"did":"did:plc:mia","handle":7,"displayName":[1],"description":{},"followersCount":"many","labels":"x","website":"javascript:alert(1)"}"""),
        });

        var found = await FindAsync(BlueskyPost());

        Assert.Equal(isTriedAgain, found.Missing is not null);
        Assert.Equal((null, null), (found.Author.Name, found.Author.Handle));
        Assert.Equal(trouble == "429" ? TimeSpan.FromMinutes(1) : null, found.After);
    }

    private const string ProfilePath = "/xrpc/app.bsky.actor.getProfile";
    private string? _query;

    private string Url(string host, string path) => $"http://{host}:{_site.Port}{path}";

    private Post RssPost() => Some.Post() with { Channel = "blog", Kind = "rss", Url = Url("blog.example", "/post"), Author = Author.Unknown };

    private static Post BlueskyPost() => Some.Post() with { Channel = "bluesky", Kind = "bluesky", Author = new Author { Id = "did:plc:mia", Url = "https://bsky.app/profile/did:plc:mia" } };

    private static RequestDelegate Page(string body) => FeedAnswers.Text($"<!doctype html><html><body>{body}</body></html>", Html);

    private RequestDelegate Profile(string json) => context =>
    {
        _query = context.Request.QueryString.Value;
        return FeedAnswers.Text(json, "application/json")(context);
    };

    /// <summary>100 MB of links.</summary>
    private static async Task Huge(HttpContext context)
    {
        context.Response.ContentType = Html;
        var piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a rel=me href='mailto:mia@mia.example'>x</a>", 1000)));
        for (var sent = 0; sent < 100_000_000 && !context.RequestAborted.IsCancellationRequested; sent += piece.Length)
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        }
    }

    private async Task<AuthorFound> FindAsync(Post post, Ours? ours = null)
    {
        var context = new ChannelContext(post.Channel, _web, _clock, NullLoggerFactory.Instance, (_, _) => Task.CompletedTask);
        var lookups = new Dictionary<string, IAuthorLookup>
        {
            ["blog"] = RssKind.Create().Authors(context, new RssOptions { Url = Url("blog.example", "/feed") })!,
            ["bluesky"] = BlueskyKind.Create().Authors(context, new BlueskyOptions { Profiles = Url("view.example", "") })!,
        };
        var search = new AuthorSearch(lookups, new PolitePages(_web, _clock), ours ?? Ours.Nobody).FindAsync(post, default);
        while (!search.IsCompleted)
        {
            await Task.WhenAny(search, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
            _clock.Advance(TimeSpan.FromMilliseconds(40));
        }
        return await search;
    }
}
