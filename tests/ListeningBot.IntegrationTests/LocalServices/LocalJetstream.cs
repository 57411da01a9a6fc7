using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ListeningBot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>
/// A Jetstream service: `/subscribe` replays from the cursor (moved up silently when it is older than what is kept, as the real one does),
/// then sends what a test pushes. What it keeps outlives <see cref="LocalService.StopAsync"/>, so it may come back on the same port.
/// </summary>
public sealed class LocalJetstream(TimeProvider? time = null) : LocalService
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly List<Entry> _kept = [];
    private readonly ConcurrentQueue<string> _subscriptions = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _connections = new();
    private long _last;

    private enum Deed
    {
        Send,
        Cut,
        Close,
    }

    private sealed record Entry(long TimeUs, byte[] Bytes, WebSocketMessageType Type, Deed Deed);

    /// <summary>"ws://127.0.0.1:PORT/subscribe".</summary>
    public string Endpoint => $"ws://127.0.0.1:{Port}/subscribe";

    /// <summary>The queries of all subscriptions so far: "?wantedCollections=...&amp;cursor=...".</summary>
    public IReadOnlyList<string> Subscriptions => [.. _subscriptions];

    /// <summary>What new subscribers get instead of a web socket; null: they are served.</summary>
    public RequestDelegate? Refusal { get; set; }

    /// <summary>New subscribers are accepted and never sent anything.</summary>
    public bool Silent { get; set; }

    /// <summary>Every connection is cut in the middle of the next event.</summary>
    public bool CutsEveryFrame { get; set; }

    public static async Task<LocalJetstream> StartedAsync(TimeProvider? time = null)
    {
        var jetstream = new LocalJetstream(time);
        await jetstream.StartAsync();
        return jetstream;
    }

    /// <summary>Stamps the event with the time (rising by a microsecond at least), keeps it, and sends it to all. Returns its time_us.</summary>
    public long Push(JsonObject frame, DateTimeOffset? at = null)
    {
        lock (_gate)
        {
            var timeUs = Stamp(at);
            Keep(new Entry(timeUs, JetstreamFrames.Bytes(frame, timeUs), WebSocketMessageType.Text, Deed.Send));
            return timeUs;
        }
    }

    /// <summary>Sends these bytes as they are, in their place among the events.</summary>
    public void PushRaw(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, DateTimeOffset? at = null)
    {
        lock (_gate)
        {
            Keep(new Entry(Stamp(at), bytes, type, Deed.Send));
        }
    }

    /// <summary>Forgets what is older.</summary>
    public void KeepOnlySince(DateTimeOffset time)
    {
        lock (_gate)
        {
            _kept.RemoveAll(entry => entry.TimeUs < Micros(time));
        }
    }

    /// <summary>All present subscribers lose their connection in the middle of a frame.</summary>
    public void CutAll() => Once(Deed.Cut);

    /// <summary>All present subscribers are told goodbye.</summary>
    public void CloseAll() => Once(Deed.Close);

    protected override void Map(WebApplication app)
    {
        _connections = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
        app.Run(async context =>
        {
            _subscriptions.Enqueue(context.Request.QueryString.Value ?? "");
            if (Refusal is { } refusal)
            {
                await refusal(context);
                return;
            }
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await ServeAsync(context, socket, Cursor(context.Request));
        });
    }

    private async Task ServeAsync(HttpContext context, WebSocket socket, long from)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _connections.Token);
        var gone = UntilGoneAsync(socket, ended);
        try
        {
            var next = from;
            while (!ended.IsCancellationRequested)
            {
                var (entries, changed) = Since(next);
                foreach (var entry in Silent ? [] : entries)
                {
                    next = entry.TimeUs + 1;
                    if (!await DoAsync(context, socket, entry, ended.Token))
                    {
                        return;
                    }
                }
                await changed.WaitAsync(ended.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // The subscriber is gone, or the service stops.
        }
        finally
        {
            await ended.CancelAsync();
            await gone;
        }
    }

    private async Task<bool> DoAsync(HttpContext context, WebSocket socket, Entry entry, CancellationToken ct)
    {
        if (entry.Deed == Deed.Cut || (CutsEveryFrame && entry.Deed == Deed.Send))
        {
            await socket.SendAsync(entry.Bytes.AsMemory(0, entry.Bytes.Length / 2), WebSocketMessageType.Text, endOfMessage: false, ct);
            context.Abort();
            return false;
        }
        if (entry.Deed == Deed.Close)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "restarting", ct);
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, ct);
            return false;
        }
        await socket.SendAsync(entry.Bytes, entry.Type, endOfMessage: true, ct);
        return true;
    }

    private static async Task UntilGoneAsync(WebSocket socket, CancellationTokenSource ended)
    {
        var buffer = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), ended.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // Gone.
        }
        await ended.CancelAsync();
    }

    /// <summary>Deeds are for those who are connected now: they are taken back at once, so that a resumed subscriber does not meet them again.</summary>
    private void Once(Deed deed)
    {
        lock (_gate)
        {
            var entry = new Entry(Stamp(null), "{\"did\":\"did:plc:cut\",\"kind\":\"commit\""u8.ToArray(), WebSocketMessageType.Text, deed);
            _kept.Add(entry);
            _passing.Add(entry);
            Changed();
        }
    }

    private readonly HashSet<Entry> _passing = [];

    private (List<Entry> Entries, Task Changed) Since(long from)
    {
        lock (_gate)
        {
            var entries = _kept.Where(entry => entry.TimeUs >= from).ToList();
            _kept.RemoveAll(_passing.Contains);
            return (entries, _changed.Task);
        }
    }

    private void Keep(Entry entry)
    {
        _kept.Add(entry);
        Changed();
    }

    private void Changed()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }

    private long Stamp(DateTimeOffset? at) => _last = Math.Max(_last + 1, Micros(at ?? _time.GetUtcNow()));

    /// <summary>None, or one that lies ahead: only what comes from now on.</summary>
    private long Cursor(HttpRequest request) =>
        long.TryParse(request.Query["cursor"], out var cursor) && cursor <= Micros(_time.GetUtcNow()) ? cursor : _last + 1;

    private static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
