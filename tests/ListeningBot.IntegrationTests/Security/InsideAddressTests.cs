using System.Net;
using System.Net.Sockets;
using ListeningBot.Configuration;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;

namespace ListeningBot.IntegrationTests.Security;

/// <summary>
/// A stranger's address never leads inside (SSRF). Each address of the corpus stands for a service that really listens on this machine, so that what got through would be seen;
/// the names look up to 127.0.0.1.
/// </summary>
public sealed class InsideAddressTests
{
    private static readonly WebFault[] Refusals = [WebFault.PrivateAddress, WebFault.UnknownName, WebFault.BadAddress, WebFault.Redirects];

    public static TheoryData<string> Hosts => [.. InsideHosts.All];

    [Fact]
    public void The_corpus_is_large_enough_to_mean_something() => Assert.InRange(InsideHosts.All.Count(host => Uri.TryCreate($"http://{host}/", UriKind.Absolute, out _)), 90, int.MaxValue);

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task It_is_not_asked_in_any_way(string host)
    {
        await using var inside = await LocalFeed.StartedAsync();
        using var web = Web();
        if (!Uri.TryCreate($"http://{host}:{inside.Port}/latest/meta-data/", UriKind.Absolute, out var url))
        {
            return;
        }

        await RefusedAsync(() => web.GetAsync(new WebGet(url), default));
        await RefusedAsync(() => web.OpenAsync(new WebGet(url), default));
        await RefusedAsync(() => web.SendAsync(new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent("grant_type=refresh_token") }, default));
        await RefusedAsync(() => web.ConnectWebSocketAsync(new UriBuilder(url) { Scheme = "ws" }.Uri, null, default));

        Assert.Empty(inside.Seen);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task No_redirect_leads_there(string host)
    {
        await using var inside = await LocalFeed.StartedAsync();
        await using var outside = await LocalFeed.StartedAsync();
        outside.At("/", FeedAnswers.RedirectTo(string.Concat($"http://{host}:{inside.Port}/latest/meta-data/".Select(c => c > '~' ? Uri.EscapeDataString(c.ToString()) : c.ToString()))));
        using var web = Web($"outside.example:{outside.Port}");

        await RefusedAsync(() => web.GetAsync(new WebGet(new Uri($"http://outside.example:{outside.Port}/")), default));

        Assert.Empty(inside.Seen);
        Assert.Single(outside.Seen);
    }

    /// <summary>A name that is public when it is looked at and private when it is connected to: there is one look, and it is what is connected to.</summary>
    [Fact]
    public async Task A_name_that_changes_its_address_is_looked_up_once_for_a_connection_and_judged_by_that()
    {
        await using var inside = await LocalFeed.StartedAsync();
        var looks = 0;

        // A black hole of the public internet (AS112), then this machine.
        using var web = new WebReader(new HttpSettings(), TimeProvider.System, new Connector([], TimeProvider.System)
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([Interlocked.Increment(ref looks) == 1 ? IPAddress.Parse("192.175.48.1") : IPAddress.Loopback]),
        });
        var url = new Uri($"http://rebinding.example:{inside.Port}/");

        var first = await FaultAsync(() => web.GetAsync(new WebGet(url) { Limits = WebLimits.Default with { Timeout = TimeSpan.FromSeconds(1) } }, default));
        var looked = looks;
        var second = await FaultAsync(() => web.GetAsync(new WebGet(url), default));

        Assert.True(first is WebFault.NotReached or WebFault.Timeout, $"{first}");
        Assert.Equal(1, looked);
        Assert.Equal(WebFault.PrivateAddress, second);
        Assert.Empty(inside.Seen);
    }

    [Fact]
    public async Task Of_several_addresses_of_a_name_the_private_ones_are_left_out()
    {
        await using var inside = await LocalFeed.StartedAsync();
        using var web = new WebReader(new HttpSettings(), TimeProvider.System, new Connector([], TimeProvider.System)
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("::ffff:127.0.0.1"), IPAddress.Parse("192.175.48.1"), IPAddress.Any, IPAddress.IPv6Any]),
        });

        var fault = await FaultAsync(() => web.GetAsync(new WebGet(new Uri($"http://many.example:{inside.Port}/")) { Limits = WebLimits.Default with { Timeout = TimeSpan.FromSeconds(1) } }, default));

        Assert.True(fault is WebFault.NotReached or WebFault.Timeout, $"{fault}");
        Assert.Empty(inside.Seen);
    }

    /// <summary>A page, image, feed or redirect that a stranger links to is not asked even where the operator allows that host for an address of theirs.</summary>
    [Fact]
    public async Task What_is_allowed_for_the_operator_is_not_allowed_for_a_strangers_link()
    {
        await using var inside = await LocalFeed.StartedAsync();
        inside.At("/", FeedAnswers.Text("ours"));
        using var web = Web($"127.0.0.1:{inside.Port}");
        var url = inside.Url("/");

        Assert.True((await web.GetAsync(new WebGet(url), default)).IsSuccess);
        Assert.Equal(WebFault.PrivateAddress, await FaultAsync(() => web.GetAsync(new WebGet(url) { SentBy = new Uri("https://blog.example/feed") }, default)));
        Assert.Single(inside.Seen);
    }

    [Theory]
    [InlineData("intranet.example", "intranet.example", true)]
    [InlineData("intranet.example", "INTRANET.example", true)]
    [InlineData("intranet.example", "intranet.example.", false)]
    [InlineData("intranet.example", "a.intranet.example", false)]
    [InlineData("intranet.example", "evil-intranet.example", false)]
    [InlineData("intranet.example", "intranet.example.evil.example", false)]
    [InlineData("intranet.example", "intranet-example", false)]
    [InlineData("intranet.example:1", "intranet.example", false)]
    [InlineData("*.example", "intranet.example", false)]
    [InlineData("*", "intranet.example", false)]
    [InlineData("", "intranet.example", false)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.1", true)]
    [InlineData("127.0.0.1", "2130706433", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData("127.0.0.1", "[::ffff:127.0.0.1]", false)]
    [InlineData("127.0.0.1", "localhost", false)]
    [InlineData("127.0.0.1", "loopback.example", false)]
    [InlineData("127.0.0.0/8", "127.0.0.1", false)]
    [InlineData("localhost", "127.0.0.1", false)]
    [InlineData("::1", "127.0.0.1", false)]
    public async Task A_private_host_is_allowed_exactly_as_it_is_written(string allowed, string host, bool isAsked)
    {
        await using var inside = await LocalFeed.StartedAsync();
        inside.At("/", FeedAnswers.Text("ours"));
        using var web = Web(allowed);

        var fault = await FaultAsync(() => web.GetAsync(new WebGet(new Uri($"http://{host}:{inside.Port}/")), default));

        Assert.Equal(isAsked && host != "127.0.0.2" ? null : (WebFault?)WebFault.PrivateAddress, fault);
        Assert.Equal(isAsked ? 1 : 0, inside.Seen.Count);
    }

    private static async Task RefusedAsync<T>(Func<Task<T>> ask) => Assert.Contains(await FaultAsync(ask), Refusals.Cast<WebFault?>());

    private static async Task<WebFault?> FaultAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            await ask();
            return null;
        }
        catch (WebFaultException e)
        {
            return e.Fault;
        }
    }

    /// <summary>Every name leads to this machine.</summary>
    private static WebReader Web(params string[] allowed) => new(
        new HttpSettings(),
        TimeProvider.System,
        new Connector(allowed, TimeProvider.System) { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]) });
}
