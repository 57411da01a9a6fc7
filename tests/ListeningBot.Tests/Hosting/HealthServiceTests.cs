using System.Net;
using System.Net.Sockets;
using ListeningBot.Configuration;
using ListeningBot.Hosting;
using ListeningBot.Tests.Support;
using ListeningBot.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Hosting;

public sealed class HealthServiceTests
{
    private readonly HealthBoard _board = new(new ManualClock());

    [Fact]
    public async Task Ready_while_all_parts_are_well_and_tells_which_is_not()
    {
        var port = FreePort();
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
    public async Task A_port_that_somebody_else_holds_does_not_stop_the_bot()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var service = Service($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");

        await service.StartAsync(CancellationToken.None);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_address_that_is_not_this_machines_does_not_stop_the_bot()
    {
        await using var service = Service("http://203.0.113.7:8473");

        await service.StartAsync(CancellationToken.None);
        await service.StopAsync(CancellationToken.None);
    }

    private HealthService Service(string listen) => new(new WebSettings { Listen = listen }, _board, NullLogger<HealthService>.Instance);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
