using System.Net;
using System.Text;
using ListeningBot.Configuration;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;

namespace ListeningBot.IntegrationTests.Net;

public sealed class WebReaderTests
{
    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_packed_answer_is_unpacked(string encoding)
    {
        await using var site = await LocalFeed.StartedAsync();
        var plain = Encoding.UTF8.GetBytes("packed and sent");
        site.At("/", FeedAnswers.Bytes(encoding switch { "br" => FeedAnswers.Brotli(plain), "gzip" => FeedAnswers.Gzip(plain), _ => FeedAnswers.Deflate(plain) }, "text/plain", encoding));
        using var web = Reader(site);

        var answer = await web.GetAsync(new WebGet(site.Url("/")), default);

        Assert.Equal("packed and sent", answer.TextUtf8());
    }

    [Fact]
    public async Task A_brotli_bomb_of_one_gibibyte_is_stopped_early()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/", FeedAnswers.BrotliBomb());
        using var web = Reader(site);
        await Fault(web, site.Url("/"));
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var fault = await Fault(web, site.Url("/"));

        Assert.Equal(WebFault.TooLarge, fault.Fault);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 128L * 1024 * 1024);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_cap_is_refused(bool announced)
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/", async context =>
        {
            context.Response.ContentLength = announced ? 2000 : null;
            await context.Response.Body.WriteAsync(new byte[2000]);
        });
        using var web = Reader(site);

        var fault = await Assert.ThrowsAsync<WebFaultException>(() =>
            web.GetAsync(new WebGet(site.Url("/")) { Limits = WebLimits.Default with { MaxBytes = 1000 } }, default));

        Assert.Equal(WebFault.TooLarge, fault.Fault);
    }

    [Fact]
    public async Task A_private_address_is_refused_and_the_cure_named()
    {
        await using var site = await LocalFeed.StartedAsync();
        using var web = new WebReader(new HttpSettings(), TimeProvider.System);

        var fault = await Fault(web, site.Url("/"));

        Assert.Equal(WebFault.PrivateAddress, fault.Fault);
        Assert.Contains($"add \"{site.HostAndPort}\" to Http:AllowPrivateHosts", fault.Message, StringComparison.Ordinal);
        Assert.Empty(site.Seen);
    }

    [Fact]
    public async Task A_name_that_leads_to_a_private_address_is_refused()
    {
        using var web = Resolving(_ => [IPAddress.Parse("::ffff:169.254.169.254"), IPAddress.Parse("10.0.0.1")]);

        Assert.Equal(WebFault.PrivateAddress, (await Fault(web, new Uri("http://metadata.example/latest"))).Fault);
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_refused()
    {
        await using var site = await LocalFeed.StartedAsync();
        await using var secret = await LocalFeed.StartedAsync();
        secret.At("/", FeedAnswers.Text("secret"));
        site.At("/", FeedAnswers.RedirectTo(secret.Address + "/"));
        using var web = Reader(site);

        Assert.Equal(WebFault.PrivateAddress, (await Fault(web, site.Url("/"))).Fault);
        Assert.Empty(secret.Seen);
    }

    [Fact]
    public async Task A_host_that_the_operator_allows_is_asked()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/", FeedAnswers.Text("ours"));
        using var web = Resolving(_ => [IPAddress.Loopback], "Intranet.example");

        var answer = await web.GetAsync(new WebGet(new Uri($"http://intranet.example:{site.Port}/")), default);

        Assert.Equal("ours", answer.TextUtf8());
    }

    [Fact]
    public async Task The_next_address_is_tried_when_one_does_not_answer()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/", FeedAnswers.Text("here"));
        using var web = Resolving(_ => [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback], "two.example");

        var answer = await web.GetAsync(new WebGet(new Uri($"http://two.example:{site.Port}/")), default);

        Assert.Equal("here", answer.TextUtf8());
    }

    [Fact]
    public async Task Redirects_are_followed_and_told()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/old", FeedAnswers.RedirectTo("/new", 301)).At("/new", FeedAnswers.RedirectTo("newest")).At("/newest", FeedAnswers.Text("there"));
        using var web = Reader(site);

        var answer = await web.GetAsync(new WebGet(site.Url("/old")), default);

        Assert.Equal("there", answer.TextUtf8());
        Assert.Equal(site.Url("/newest"), answer.Url);
        Assert.Equal(site.Url("/new"), answer.MovedTo);
    }

    [Theory]
    [InlineData("/again")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    public async Task Bad_redirects_end(string target)
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/again", FeedAnswers.RedirectTo(target));
        using var web = Reader(site);

        Assert.Equal(WebFault.Redirects, (await Fault(web, site.Url("/again"))).Fault);
        Assert.InRange(site.SeenAt("/again"), 1, 6);
    }

    [Fact]
    public async Task A_password_stays_with_the_host_that_it_was_given_for()
    {
        await using var site = await LocalFeed.StartedAsync();
        await using var other = await LocalFeed.StartedAsync();
        site.At("/", FeedAnswers.RedirectTo("/same")).At("/same", FeedAnswers.RedirectTo(other.Address + "/"));
        other.At("/", FeedAnswers.Text("hello"));
        using var web = Reader(site, other);

        var answer = await web.GetAsync(new WebGet(new Uri($"http://mia:s%40fe@{site.HostAndPort}/")), default);

        Assert.All(site.Seen, request => Assert.Equal("Basic " + Convert.ToBase64String("mia:s@fe"u8), request.Header("Authorization")));
        Assert.Equal(2, site.Seen.Count);
        Assert.Null(Assert.Single(other.Seen).Header("Authorization"));
        Assert.DoesNotContain("mia", answer.Url.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_cookie_is_kept()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/", context =>
        {
            context.Response.Headers.SetCookie = "id=1";
            return Task.CompletedTask;
        });
        using var web = Reader(site);

        await web.GetAsync(new WebGet(site.Url("/")), default);
        await web.GetAsync(new WebGet(site.Url("/")), default);

        Assert.All(site.Seen, request => Assert.Null(request.Header("Cookie")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_site_that_hangs_is_left_in_time(bool inTheBody)
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/", inTheBody ? FeedAnswers.Stall("begin") : FeedAnswers.Hang());
        using var web = Reader(site);

        var fault = await Assert.ThrowsAsync<WebFaultException>(() =>
            web.GetAsync(new WebGet(site.Url("/")) { Limits = WebLimits.Default with { Timeout = TimeSpan.FromMilliseconds(200) } }, default));

        Assert.Equal(WebFault.Timeout, fault.Fault);
    }

    [Fact]
    public async Task Cancelling_ends_a_hanging_request_at_once()
    {
        await using var site = await LocalFeed.StartedAsync();
        using var stop = new CancellationTokenSource();
        site.At("/", async context =>
        {
            await stop.CancelAsync();
            await FeedAnswers.Hang()(context);
        });
        using var web = Reader(site);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => web.GetAsync(new WebGet(site.Url("/")), stop.Token));
    }

    [Fact]
    public async Task An_answer_cut_off_in_the_middle_is_told()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/", FeedAnswers.CutOff("<rss>"));
        using var web = Reader(site);

        Assert.Equal(WebFault.CutOff, (await Fault(web, site.Url("/"))).Fault);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", WebFault.Garbled)]
    [InlineData("", WebFault.CutOff)]
    public async Task What_does_not_speak_http_is_told(string says, WebFault expected)
    {
        await using var garbage = new LocalGarbage(Encoding.ASCII.GetBytes(says));
        using var web = new WebReader(new HttpSettings { AllowPrivateHosts = [garbage.HostAndPort] }, TimeProvider.System);

        Assert.Equal(expected, (await Fault(web, new Uri($"http://{garbage.HostAndPort}/"))).Fault);
    }

    [Fact]
    public async Task What_is_packed_badly_is_told()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/", FeedAnswers.Bytes("not gzip at all"u8.ToArray(), "text/plain", "gzip"));
        using var web = Reader(site);

        Assert.Equal(WebFault.Garbled, (await Fault(web, site.Url("/"))).Fault);
    }

    [Fact]
    public async Task A_port_where_nothing_listens_is_told()
    {
        var site = await LocalFeed.StartedAsync();
        var url = site.Url("/");
        await site.DisposeAsync();
        using var web = new WebReader(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, TimeProvider.System);

        Assert.Equal(WebFault.NotReached, (await Fault(web, url)).Fault);
    }

    [Fact]
    public async Task Https_where_only_http_is_spoken_is_told()
    {
        await using var site = await LocalFeed.StartedAsync();
        using var web = Reader(site);

        Assert.Equal(WebFault.Tls, (await Fault(web, new Uri($"https://{site.HostAndPort}/"))).Fault);
    }

    /// <summary>As a balancer does whose service is away: soon tried again, for as long as it lasts.</summary>
    [Fact]
    public async Task A_line_that_ends_before_tls_is_agreed_on_is_as_if_nobody_were_there()
    {
        await using var site = await LocalFeed.StartedAsync();
        await using var way = new TcpRelay(site.Url("/").Port) { Refuses = true };
        using var web = new WebReader(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, TimeProvider.System);

        Assert.Equal(WebFault.NotReached, (await Fault(web, new Uri($"https://127.0.0.1:{way.Port}/"))).Fault);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_told()
    {
        using var web = Resolving(_ => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));

        var fault = await Fault(web, new Uri("https://no-such.example/path?key=secret"));

        Assert.Equal(WebFault.UnknownName, fault.Fault);
        Assert.Contains("no-such.example", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://xn--a/")]
    [InlineData("http://xn--zzzzzzzz99999/x")]
    [InlineData("http://a..b/")]
    [InlineData("http://-/")]
    [InlineData("http://\u0663\u2048.example/")]
    [InlineData("http://a_b/%zz?\u00e9")]
    [InlineData("http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example/")]
    [InlineData("http://[fe80::1%2]/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("ftp://a.example/")]
    [InlineData("http://mia:p%zz@a.example/")]
    public async Task Odd_addresses_are_faults_and_no_crash(string address)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out var url))
        {
            using var web = Resolving(_ => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));

            Assert.Contains((await Fault(web, url)).Fault, (IEnumerable<WebFault>)[WebFault.UnknownName, WebFault.PrivateAddress, WebFault.BadAddress]);
        }
    }

    [Fact]
    public async Task Any_request_can_be_sent_and_any_status_is_an_answer()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/api", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            context.Response.StatusCode = 429;
            context.Response.Headers["X-RateLimit-Bucket"] = "b1";
            context.Response.Headers.RetryAfter = "7";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, context.Request.Method + await reader.ReadToEndAsync());
        });
        using var web = Reader(site);
        using var request = new HttpRequestMessage(HttpMethod.Patch, site.Url("/api")) { Content = new StringContent("{}") };

        var answer = await web.SendAsync(request, default);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal("PATCH{}", answer.TextUtf8());
        Assert.Equal("b1", answer.Header("x-ratelimit-bucket"));
        Assert.Equal(TimeSpan.FromSeconds(7), answer.RetryAfter);
    }

    private static WebReader Reader(params LocalFeed[] sites) =>
        new(new HttpSettings { AllowPrivateHosts = [.. sites.Select(s => s.HostAndPort)] }, TimeProvider.System);

    private static WebReader Resolving(Func<string, IPAddress[]> resolve, params string[] allowed) => new(
        new HttpSettings(),
        TimeProvider.System,
        new Connector(allowed, TimeProvider.System) { Resolve = (host, _) => Task.FromResult(resolve(host)) });

    private static Task<WebFaultException> Fault(WebReader web, Uri url) =>
        Assert.ThrowsAsync<WebFaultException>(() => web.GetAsync(new WebGet(url), default));
}
