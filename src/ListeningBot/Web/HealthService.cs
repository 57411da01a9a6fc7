using System.Net.Sockets;
using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Hosting;
using ListeningBot.Net;
using ListeningBot.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Web;

/// <summary>
/// The program's one server. /healthz: it lives; 503 when its scheduler or its store's writer gave no sign of it for a minute. /readyz: every channel, room and notifier is well; 503 and the reasons when not.
/// /metrics: what is counted, for Prometheus. /in/NAME: posts for the channel of that name. Where it can't listen it tries again, and the rest of the program goes on.
/// </summary>
public sealed class HealthService(WebSettings settings, Readiness readiness, PrometheusPage page, Doors doors, Pulse pulse, TimeProvider time, ILogger<HealthService> log) : BackgroundService, IAsyncDisposable
{
    public const string SwitchedOff = "Web:Listen is empty, so nothing can be posted to this program. Set it to an address such as \"http://127.0.0.1:8473\" and restart.";
    private const int MostConnections = 500;
    private const int BufferedBytes = 64 * 1024;

    /// <summary>Connections are few, so none is held for long by somebody who asks nothing, or a byte at a time.</summary>
    private static readonly TimeSpan AskedWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeptIdle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TriedAgain = TimeSpan.FromSeconds(10);
    private WebApplication? _app;

    /// <summary>Returns once it listens, or could not at the first try.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Listen.Length == 0)
        {
            doors.NotServed(SwitchedOff);
            return;
        }
        if (!await TryListenAsync(cancellationToken))
        {
            await base.StartAsync(cancellationToken);
        }
    }

    /// <summary>Complaints matter more than a port that somebody else holds, or an address that is not ours: the bot runs without it until it is free.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            await Task.Delay(TriedAgain, time, stoppingToken);
        }
        while (!await TryListenAsync(stoppingToken));
    }

    private async Task<bool> TryListenAsync(CancellationToken ct)
    {
        var app = Build();
        try
        {
            await app.StartAsync(ct);
            _app = app;
            log.HealthServed(string.Join(", ", app.Urls));
            doors.Served($"{OwnAddress.Of(app.Urls.First())}");
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            var why = $"{settings.Listen} can't be used ({e.Message.TrimEnd('.')}). Set Web:Listen to a free address and restart, or free it: it is tried again.";
            if (doors.WhyNot != why)
            {
                log.HealthNotServed(why);
                doors.NotServed(why);
            }
            await app.DisposeAsync();
            return false;
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(settings.Listen);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBufferSize = BufferedBytes;
            kestrel.Limits.RequestHeadersTimeout = AskedWithin;
            kestrel.Limits.KeepAliveTimeout = KeptIdle;
        });
        var app = builder.Build();
        app.UseLoopbackNames();
        app.MapGet("/healthz", context => Alive().ExecuteAsync(context));
        app.MapGet("/readyz", async context => await (await readiness.AnswerAsync(context.RequestAborted)).ExecuteAsync(context));
        app.MapGet("/metrics", async context => await Results.Text(await page.WriteAsync(context.RequestAborted), PrometheusPage.ContentType).ExecuteAsync(context));
        app.MapPost("/in/{name}", context => doors.AnswerAsync((string)context.GetRouteValue("name")!, context));
        return app;
    }

    private IResult Alive() => pulse.Since < Pulse.Dead
        ? Results.Text("alive\n")
        : Results.Text($"no sign of life for {(long)pulse.Since.TotalSeconds} s: the scheduler or the store's writer hangs; start it anew\n", statusCode: StatusCodes.Status503ServiceUnavailable);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
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
        base.Dispose();
    }
}
