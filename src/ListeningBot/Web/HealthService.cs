using System.Net.Sockets;
using System.Text.Json;
using ListeningBot.Configuration;
using ListeningBot.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Web;

/// <summary>/healthz: the process answers. /readyz: every channel, room and notifier is well; 503 and the reasons when not.</summary>
public sealed class HealthService(WebSettings settings, HealthBoard board, ILogger<HealthService> log) : IHostedService, IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Listen.Length == 0)
        {
            return;
        }
        var app = Build();
        try
        {
            await app.StartAsync(cancellationToken);
            _app = app;
            log.HealthServed(string.Join(", ", app.Urls));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Complaints matter more than a port that somebody else holds, or an address that is not ours.
            log.HealthNotServed($"{settings.Listen} can't be used ({e.Message}) Set Web:Listen to a free address, or to \"\" for none.");
            await app.DisposeAsync();
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(settings.Listen);
        var app = builder.Build();
        app.MapGet("/healthz", () => "alive\n");
        app.MapGet("/readyz", () => Results.Json(
            new { ready = board.AllWell, parts = board.Parts.Select(Told) }, Json, statusCode: board.AllWell ? 200 : 503));
        return app;
    }

    private static object Told(PartHealth part) => new
    {
        part.Name,
        state = part.Condition.ToString().ToLowerInvariant(),
        part.Since,
        part.Why,
        part.Failures,
        part.LastHeard,
        part.Read,
        part.Mentions,
    };

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is { } app)
        {
            await app.StopAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.DisposeAsync();
        }
    }
}
