using System.Net;
using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Hosting;
using ListeningBot.Telemetry;
using ListeningBot.Tests.Support;
using ListeningBot.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Security;

/// <summary>What is served to be looked at: to this machine alone unless somebody says otherwise, to no web page in a browser, and looking changes nothing.</summary>
public sealed class HealthAnswersTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly Doors _doors = new();

    [Fact]
    public void By_itself_it_listens_to_this_machine_alone() => Assert.True(IPAddress.IsLoopback(IPAddress.Parse(new Uri(new WebSettings().Listen).Host)));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:80", true)]
    [InlineData("[::1]:8473", true)]
    [InlineData("10.1.2.3:8473", true)]
    [InlineData("evil.example", false)]
    [InlineData("evil.example:8473", false)]
    [InlineData("127.0.0.1.nip.io", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("a.localhost", false)]
    [InlineData("metadata.google.internal", false)]
    public async Task Over_loopback_it_answers_no_other_name(string host, bool isAnswered)
    {
        await using var service = await StartedAsync();
        using var http = new HttpClient();
        foreach (var path in (string[])["/healthz", "/readyz", "/metrics", "/nothing"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_doors.AddressOf("x")).GetLeftPart(UriPartial.Authority) + path);
            request.Headers.Host = host;
            using var answer = await http.SendAsync(request);
            Assert.Equal(isAnswered, answer.StatusCode != HttpStatusCode.MisdirectedRequest);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Only_a_post_reaches_a_door_and_looking_changes_nothing()
    {
        var asked = 0;
        _doors.Open("forms", _ =>
        {
            asked++;
            return Task.CompletedTask;
        });
        await using var service = await StartedAsync();
        using var http = new HttpClient();
        var before = await _temp.ReadAsync(view => view.Totals());

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Patch, HttpMethod.Trace])
        {
            using var answer = await http.SendAsync(new HttpRequestMessage(method, _doors.AddressOf("forms")));
            Assert.True((int)answer.StatusCode is 404 or 405, $"{method}: {answer.StatusCode}");
        }
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete])
        {
            using var answer = await http.SendAsync(new HttpRequestMessage(method, new Uri(_doors.AddressOf("x")).GetLeftPart(UriPartial.Authority) + "/readyz"));
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        }

        Assert.Equal(0, asked);
        Assert.Equal(before, await _temp.ReadAsync(view => view.Totals()));
    }

    private async Task<HealthService> StartedAsync()
    {
        var board = new HealthBoard(_clock);
        var service = new HealthService(new WebSettings { Listen = "http://127.0.0.1:0" }, new Readiness(board, _temp.Store, new NodeFigures(_clock), _clock), new PrometheusPage(new Gauges(board, _temp.Store, new NodeFigures(_clock), _clock)), _doors, new Pulse(_clock), _clock, NullLogger<HealthService>.Instance);
        await service.StartAsync(CancellationToken.None);
        return service;
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
