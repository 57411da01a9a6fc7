using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Cli;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Hosting;
using ListeningBot.Telemetry;
using ListeningBot.Tests.Support;
using ListeningBot.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace ListeningBot.Tests.Hosting;

public sealed class HealthServiceTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly HealthBoard _board;
    private readonly Pulse _pulse;
    private readonly Doors _doors = new();
    private readonly NodeFigures _nodes;
    private readonly PrometheusPage _page;

    public HealthServiceTests()
    {
        (_board, _pulse, _nodes) = (new HealthBoard(_clock), new Pulse(_clock), new NodeFigures(_clock));
        _page = new PrometheusPage(new Gauges(_board, _temp.Store, _nodes, _clock));
    }

    [Fact]
    public async Task Ready_while_all_parts_are_well_and_tells_which_is_not()
    {
        var port = Ports.Free();
        await using var service = Service($"http://127.0.0.1:{port}");
        await service.StartAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        _board.Heard("channel blog", 3, 1);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/readyz")).StatusCode);
        _board.Failing("channel inbox", "the password is refused; give the app password");
        var answer = await http.GetAsync("/readyz");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("give the app password", text, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"channel blog\"", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz")).StatusCode);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Alive_only_while_there_are_signs_of_it()
    {
        var address = $"http://127.0.0.1:{Ports.Free()}";
        await using var service = Service(address);
        await service.StartAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri(address) };

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("alive\n", await http.GetStringAsync("/healthz"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        var dead = await http.GetAsync("/healthz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, dead.StatusCode);
        Assert.StartsWith("no sign of life for 60 s", await dead.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        _pulse.Beat();
        Assert.Equal("alive\n", await http.GetStringAsync("/healthz"));
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task The_verb_health_asks_it_and_answers_by_its_exit_code()
    {
        var address = $"http://127.0.0.1:{Ports.Free()}";
        Assert.Equal(Exit.BadInput, await CommandLine.RunAsync(["health", address]));
        await using var service = Service(address);
        await service.StartAsync(CancellationToken.None);

        Assert.Equal(Exit.Done, await CommandLine.RunAsync(["health", address]));
        Assert.Equal(Exit.Done, await CommandLine.RunAsync(["health", address, "--ready"]));
        _board.Failing("channel inbox", "the password is refused");
        Assert.Equal(Exit.Done, await CommandLine.RunAsync(["health", address]));
        Assert.Equal(Exit.BadInput, await CommandLine.RunAsync(["health", address, "--ready"]));
        Assert.Equal(Exit.Usage, await CommandLine.RunAsync(["health", "localhost"]));
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Without_an_address_the_verb_asks_where_the_configuration_has_the_program_listen()
    {
        var address = $"http://127.0.0.1:{Ports.Free()}";
        using var folder = Configuration.ConfigurationFolder.With("{ \"Web\": { \"Listen\": \"" + address + "\" } }");
        await using var service = Service(address);
        await service.StartAsync(CancellationToken.None);

        Assert.Equal(Exit.Done, await CommandLine.RunAsync(["health", "--config", folder.Root]));
        folder.Write("appsettings.json", "{ \"Web\": { \"Listen\": \"\" } }");
        Assert.Equal(Exit.BadInput, await CommandLine.RunAsync(["health", "--config", folder.Root]));
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task The_store_is_marked_so_that_two_programs_are_told_apart_and_not_named()
    {
        var place = new ListeningBot.Storage.StorePlace(_temp.Path);
        await using var service = new HealthService(new WebSettings { Listen = "http://127.0.0.1:0" }, new Readiness(_board, _temp.Store, _nodes, _clock, place: place), _page, _doors, _pulse, _clock, NullLogger<HealthService>.Instance);
        await service.StartAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri(new Uri(_doors.AddressOf("x")), "/") };

        var said = await http.GetStringAsync("/readyz");
        Assert.Equal(place.Mark, (string?)JsonNode.Parse(said)!["store"]!["mark"]);
        Assert.DoesNotContain(_temp.Path, said, StringComparison.Ordinal);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Not_ready_while_the_store_does_not_answer()
    {
        await using var service = Service("http://127.0.0.1:0");
        await service.StartAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri(new Uri(_doors.AddressOf("x")), "/") };
        _board.Well("room care");

        var well = JsonNode.Parse(await http.GetStringAsync("/readyz"))!;
        Assert.True((bool)well["ready"]!);
        Assert.Equal((NodeFigures.Version, "listening", 0), ((string)well["version"]!, (string)well["store"]!["state"]!, (int)well["store"]!["waiting"]!));
        Assert.Equal(_clock.GetUtcNow(), (DateTimeOffset)well["started"]!);
        Assert.Null(well["machine"]);
        await service.StopAsync(CancellationToken.None);

        var store = new Mock<IStore>();
        store.Setup(one => one.ReadAsync(It.IsAny<Func<IStoreView, ILookup<string, LedgerEntry>>>(), It.IsAny<CancellationToken>())).ThrowsAsync(new StoreException("gone"));
        store.Setup(one => one.ReadAsync(It.IsAny<Func<IStoreView, IReadOnlyList<LedgerEntry>>>(), It.IsAny<CancellationToken>())).ThrowsAsync(new StoreException("gone"));
        await using var blind = new HealthService(new WebSettings { Listen = "http://127.0.0.1:0" }, new Readiness(_board, store.Object, new NodeFigures(_clock), _clock), _page, _doors, _pulse, _clock, NullLogger<HealthService>.Instance);
        await blind.StartAsync(CancellationToken.None);
        using var other = new HttpClient { BaseAddress = new Uri(new Uri(_doors.AddressOf("x")), "/") };
        var answer = await other.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("failing", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["store"]!["state"]);
        await blind.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task However_many_ask_a_store_that_answers_nothing_they_are_told_in_time_and_leave_readers_places_to_the_work()
    {
        var (readings, silent) = (0, new TaskCompletionSource<IReadOnlyList<LedgerEntry>>());
        var readiness = ReadinessOf(() =>
        {
            Interlocked.Increment(ref readings);
            return silent.Task;
        });

        for (var probe = 0; probe < 20; probe++)
        {
            Assert.Equal(503, await StatusAsync(readiness));
        }

        Assert.Equal(2, readings);
        silent.SetResult([]);
        Assert.Equal(200, await StatusAsync(readiness));
    }

    [Fact]
    public async Task A_reading_that_hangs_for_ever_does_not_hide_that_the_store_is_back()
    {
        var readings = 0;
        var readiness = ReadinessOf(() => Interlocked.Increment(ref readings) == 1 ? new TaskCompletionSource<IReadOnlyList<LedgerEntry>>().Task : Task.FromResult<IReadOnlyList<LedgerEntry>>([]));

        Assert.Equal(503, await StatusAsync(readiness));
        Assert.Equal(200, await StatusAsync(readiness));
        Assert.Equal(200, await StatusAsync(readiness));
    }

    private Readiness ReadinessOf(Func<Task<IReadOnlyList<LedgerEntry>>> read)
    {
        var store = new Mock<IStore>();
        store.Setup(one => one.ReadAsync(It.IsAny<Func<IStoreView, IReadOnlyList<LedgerEntry>>>(), It.IsAny<CancellationToken>())).Returns(read);
        return new Readiness(_board, store.Object, _nodes, _clock);
    }

    /// <summary>As a probe sees it that comes each five seconds.</summary>
    private async Task<int?> StatusAsync(Readiness readiness)
    {
        var answer = readiness.AnswerAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(5));
        return Assert.IsType<IStatusCodeHttpResult>(await answer.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System), exactMatch: false).StatusCode;
    }

    [Fact]
    public async Task With_each_channel_stands_how_long_it_was_dark_and_its_gaps_the_open_one_first()
    {
        var now = _clock.GetUtcNow();
        await _temp.WriteAsync(tx =>
        {
            tx.AddGap("blog", new Gap(now.AddHours(-40), now.AddHours(-30), "long ago"), now);
            tx.AddGap("blog", new Gap(now.AddHours(-5), now.AddHours(-3), "no network") { Fate = GapFate.Backfilled }, now);
            tx.AddGap("blog", new Gap(now.AddMinutes(-10), Gap.NoEnd, "a new password") { Fate = GapFate.Open }, now);
            tx.AddGap("blog r/laptops", new Gap(now.AddHours(-9), Gap.NoEnd, "private") { Fate = GapFate.Open }, now);
            tx.AddGap("blog r/tea", new Gap(now.AddHours(-9), now.AddHours(-8), "private") { Fate = GapFate.Backfilled }, now);
        });
        _board.Heard("channel blog", 3, 1);
        _board.Well("room care");
        var port = Ports.Free();
        await using var service = Service($"http://127.0.0.1:{port}");
        await service.StartAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        var parts = JsonNode.Parse(await http.GetStringAsync("/readyz"))!["parts"]!.AsArray();

        Assert.Equal("02:10:00", (string?)parts[0]!["heard"]!["darkInLast24Hours"]);
        Assert.Equal(["a new password", "no network"], parts[0]!["heard"]!["gaps"]!.AsArray().Select(gap => (string?)gap!["cause"]));
        Assert.Equal((null, "open"), ((string?)parts[0]!["heard"]!["gaps"]![0]!["to"], (string?)parts[0]!["heard"]!["gaps"]![0]!["fate"]));
        Assert.Equal("r/laptops", (string?)Assert.Single(parts[0]!["heard"]!["darkPlaces"]!.AsArray())!["place"]);
        Assert.Null(parts[1]!["heard"]);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_port_that_somebody_else_holds_does_not_stop_the_bot_and_is_tried_again_until_it_is_free()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        await using var service = Service(address);

        await service.StartAsync(CancellationToken.None);
        Assert.Contains("Set Web:Listen to a free address", _doors.WhyNot, StringComparison.Ordinal);
        taken.Stop();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (_doors.WhyNot is not null)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, late.Token);
        }

        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(address + "/healthz")).StatusCode);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Without_an_address_who_waits_for_posts_is_told_the_cure()
    {
        await using var service = Service("");

        await service.StartAsync(CancellationToken.None);

        Assert.True(_doors.Known.IsCompleted);
        Assert.Contains("Web:Listen is empty", _doors.WhyNot, StringComparison.Ordinal);
    }

    /// <summary>In a container it listens on all addresses, and a canary comes from within.</summary>
    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://*:0")]
    public async Task A_door_answers_while_it_is_open_and_not_any_more_when_it_is_removed(string listen)
    {
        await using var service = Service(listen);
        await service.StartAsync(CancellationToken.None);
        using var http = new HttpClient();
        _doors.Open("a form", context => context.Response.WriteAsync("mine"));

        var answer = await http.PostAsync(_doors.AddressOf("a form"), null);
        Assert.Equal("mine", await answer.Content.ReadAsStringAsync());
        _doors.Remove("a form");

        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync(_doors.AddressOf("a form"), null)).StatusCode);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_address_that_is_not_this_machines_does_not_stop_the_bot()
    {
        await using var service = Service("http://203.0.113.7:8473");

        await service.StartAsync(CancellationToken.None);
        await service.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _page.Dispose();
        await _temp.DisposeAsync();
    }

    private HealthService Service(string listen) => new(new WebSettings { Listen = listen }, new Readiness(_board, _temp.Store, _nodes, _clock), _page, _doors, _pulse, _clock, NullLogger<HealthService>.Instance);
}
