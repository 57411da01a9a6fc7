using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

/// <summary>One connection to the gateway, from hello to its end: documented under "Connections" (API v10).</summary>
/// <param name="hear">Takes an event by its name; must return at once.</param>
internal sealed class GatewayConnection(
    WebSocket socket,
    GatewaySession session,
    Introduction own,
    Action<string, JsonElement> hear,
    (TimeProvider Time, ILogger Log) house)
{
    private const int StayResumable = 4000;
    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(2);
    private readonly Frames _frames = new(socket);
    private Task<Ending> _reading = Task.FromResult(new Ending("", false, false));
    private Task _beating = Task.CompletedTask;
    private bool _ready;

    /// <summary>Throws <see cref="IOException"/> when only an operator can mend it, and when cancelled.</summary>
    public async Task<Ending> RunAsync(CancellationToken ct)
    {
        using var dead = new CancellationTokenSource();
        try
        {
            var heartbeat = await HelloAsync(ct);
            _beating = heartbeat.RunAsync(Random.Shared.NextDouble(), dead.Token);
            _reading = ReadAsync(heartbeat, dead.Token);
            if (await Task.WhenAny(_reading, _beating, Task.Delay(Timeout.InfiniteTimeSpan, house.Time, ct)) == _reading)
            {
                return await _reading;
            }
            ct.ThrowIfCancellationRequested();
            await _beating;
            return new Ending("Discord left a heartbeat unanswered", Resumable: true, _ready);
        }
        catch (Exception e) when (e is WebSocketException or InvalidDataException or OperationCanceledException or TimeoutException && !ct.IsCancellationRequested)
        {
            // A socket whose pings stayed unanswered says that it was cancelled.
            return new Ending(e is WebSocketException or OperationCanceledException ? "the connection broke" : e.Message, Resumable: e is not InvalidDataException, _ready);
        }
        finally
        {
            await SayGoodbyeAsync(ct.IsCancellationRequested ? (int)WebSocketCloseStatus.NormalClosure : StayResumable);
            await dead.CancelAsync();

            // The next connection shares the session: nothing of this one may still write to it.
            await Task.WhenAll(_reading, _beating).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task<Heartbeat> HelloAsync(CancellationToken ct)
    {
        using var late = new CancellationTokenSource(HelloWithin, house.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            var hello = await _frames.ReadAsync(either.Token);
            if (hello is not { Op: Frame.Hello } || hello.Data.Number("heartbeat_interval") is not (>= 100 and <= 600_000 and var interval))
            {
                return socket.CloseStatus is null ? throw new InvalidDataException("no hello") : throw new WebSocketException("closed before hello");
            }
            return new Heartbeat(TimeSpan.FromMilliseconds(interval), BeatAsync, house.Time);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TimeoutException("Discord sent no hello", e);
        }
    }

    private async Task<Ending> ReadAsync(Heartbeat heartbeat, CancellationToken ct)
    {
        await IntroduceAsync(ct);
        while (await _frames.ReadAsync(ct) is { } frame)
        {
            switch (frame.Op)
            {
                case Frame.Dispatch:
                    Hear(frame);
                    break;
                case Frame.Heartbeat:
                    await BeatAsync(ct);
                    break;
                case Frame.HeartbeatAck:
                    heartbeat.Answered();
                    break;
                case Frame.Reconnect:
                    return new Ending("Discord asked for a new connection", Resumable: true, _ready);
                case Frame.InvalidSession:
                    return new Ending("Discord ended the session", Resumable: frame.Data.ValueKind == JsonValueKind.True, _ready);
            }
        }
        return Closed();
    }

    private async Task IntroduceAsync(CancellationToken ct)
    {
        if (session.CanResume)
        {
            await _frames.SendAsync(Frame.Resume, WriteResume, ct);
            return;
        }
        await own.BeforeIdentify(ct);
        await _frames.SendAsync(Frame.Identify, WriteIdentify, ct);
    }

    private void Hear(Frame frame)
    {
        switch (frame.Event)
        {
            case "READY":
                Begin(frame.Data);
                break;
            case "RESUMED":
                _ready = true;
                house.Log.Resumed();
                break;
        }
        hear(frame.Event ?? "", frame.Data);
        session.Sequence = frame.Sequence ?? session.Sequence;
    }

    private void Begin(JsonElement ready)
    {
        if (ready.Text("session_id") is { } id && Uri.TryCreate(ready.Text("resume_gateway_url"), UriKind.Absolute, out var address))
        {
            session.Begin(id, address);
        }
        _ready = true;
        house.Log.Connected();
    }

    private Ending Closed()
    {
        var code = (int?)socket.CloseStatus;
        if (code == CloseCodes.IntentNotAllowed && own.Intents != Intents.WithoutWords)
        {
            throw new IntentRefusedException(CloseCodes.Fatal(CloseCodes.IntentNotAllowed)!);
        }
        return code is { } fatal && CloseCodes.Fatal(fatal) is { } cure
            ? throw new IOException(cure)
            : new Ending($"Discord closed the connection (code {code?.ToString() ?? "none"})", !CloseCodes.EndsSession(code), _ready);
    }

    private Task BeatAsync(CancellationToken ct) => _frames.SendAsync(Frame.Heartbeat, WriteSequence, ct);

    private void WriteSequence(Utf8JsonWriter json)
    {
        if (session.Sequence is { } sequence)
        {
            json.WriteNumberValue(sequence);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private void WriteIdentify(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("token", own.Token);
        json.WriteNumber("intents", own.Intents);
        json.WriteStartObject("properties");
        json.WriteString("os", Environment.OSVersion.Platform.ToString());
        json.WriteString("browser", "ListeningBot");
        json.WriteString("device", "ListeningBot");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteResume(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("token", own.Token);
        json.WriteString("session_id", session.Id);
        json.WriteNumber("seq", session.Sequence!.Value);
        json.WriteEndObject();
    }

    /// <summary>A normal code ends the session and takes the bot offline at once; any other keeps it for a while.</summary>
    private async Task SayGoodbyeAsync(int code)
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var enough = new CancellationTokenSource(GoodbyeWithin, house.Time);
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, null, enough.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            house.Log.GoodbyeUnheard(e.GetType().Name);
        }
    }
}
