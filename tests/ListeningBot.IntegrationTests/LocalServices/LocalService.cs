using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>A web service on 127.0.0.1, on a port of its own, for the time of a test.</summary>
public abstract class LocalService : IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>"http://127.0.0.1:PORT", or "https:" with a <see cref="Certificate"/>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>With which it speaks TLS, and HTTP/2; null: neither.</summary>
    public X509Certificate2? Certificate { get; init; }

    public int Port => new Uri(Address).Port;

    /// <param name="port">0: any free port. The port of an earlier run lets a service "come back".</param>
    public async Task StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (Certificate is { } certificate)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(certificate)));
        }
        else
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        }
        _app = builder.Build();
        _app.UseWebSockets();
        Map(_app);
        await _app.StartAsync();
        Address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    protected abstract void Map(WebApplication app);

    /// <summary>Cuts all connections at once, as a crash would.</summary>
    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        GC.SuppressFinalize(this);
    }
}
