using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;

namespace ListeningBot.Notifiers.Discord;

/// <summary>One gateway message: documented under "Payload Structure" (API v10).</summary>
internal sealed record Frame(int Op, JsonElement Data, long? Sequence, string? Event)
{
    public const int Dispatch = 0;
    public const int Heartbeat = 1;
    public const int Identify = 2;
    public const int Resume = 6;
    public const int Reconnect = 7;
    public const int InvalidSession = 9;
    public const int Hello = 10;
    public const int HeartbeatAck = 11;

    /// <summary>Null when it is no gateway message.</summary>
    public static Frame? Read(ReadOnlySpan<byte> utf8) => Json.Parse(utf8) is { } json && json.Number("op") is >= 0 and < 1000 and var op
        ? new Frame((int)op, json.Field("d") ?? default, json.Number("s"), json.Text("t"))
        : null;
}

/// <summary>Reads and writes whole messages on a web socket, none longer than allowed. One reader; writers take turns.</summary>
internal sealed class Frames(WebSocket socket)
{
    /// <summary>A press with its message takes a few kilobytes; a large server with all its channels and threads some megabytes.</summary>
    public const int Longest = 16 * 1024 * 1024;
    private readonly ArrayBufferWriter<byte> _message = new(16 * 1024);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Null when the other side closed. Throws <see cref="WebSocketException"/> when the connection broke, <see cref="InvalidDataException"/> on what can't be read.</summary>
    public async Task<Frame?> ReadAsync(CancellationToken ct)
    {
        _message.ResetWrittenCount();
        while (true)
        {
            var read = await socket.ReceiveAsync(_message.GetMemory(8 * 1024), ct);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }
            _message.Advance(read.Count);
            if (_message.WrittenCount > Longest)
            {
                throw new InvalidDataException($"a message of more than {Longest / 1024 / 1024} MiB");
            }
            if (read.EndOfMessage)
            {
                return Frame.Read(_message.WrittenSpan) ?? throw new InvalidDataException("a message that is no JSON of the gateway");
            }
        }
    }

    public async Task SendAsync(int op, Action<Utf8JsonWriter> data, CancellationToken ct)
    {
        var text = new ArrayBufferWriter<byte>(512);
        await using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("op", op);
            json.WritePropertyName("d");
            data(json);
            json.WriteEndObject();
        }
        await _turn.WaitAsync(ct);
        try
        {
            await socket.SendAsync(text.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, ct);
        }
        finally
        {
            _turn.Release();
        }
    }
}
