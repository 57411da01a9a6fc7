using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using ListeningBot.Net;

namespace ListeningBot.Channels.Mastodon;

/// <summary>What a server's stream said.</summary>
/// <param name="payload">Holds <paramref name="status"/>; disposed with this.</param>
/// <param name="deleted">The number of a post that is gone.</param>
/// <param name="raw">How it begins.</param>
internal sealed class StreamEvent(JsonDocument? payload, JsonElement? status, string? deleted, bool isPublic, string raw, bool isEdit = false) : IDisposable
{
    public JsonElement? Status => status;
    public string? Deleted => deleted;
    public bool IsPublic => isPublic;
    public string Raw => raw;

    /// <summary>It was posted before, and says something else now.</summary>
    public bool IsEdit => isEdit;

    public void Dispose() => payload?.Dispose();
}

/// <summary>One connection to a server's stream (docs.joinmastodon.org/methods/streaming), read in the background. Holds so many events and no more.</summary>
internal sealed class MastodonStream : IAsyncDisposable
{
    private const int MostWaiting = 1000;
    private const int LargestFrame = 1024 * 1024;
    private const int LongestRaw = 2000;

    private readonly ClientWebSocket _socket;
    private readonly Channel<StreamEvent> _events = Channel.CreateBounded<StreamEvent>(MostWaiting);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private Task<bool>? _more;

    private MastodonStream(ClientWebSocket socket, string host)
    {
        (_socket, Host) = (socket, host);
        _reading = Task.Run(ReadAsync);
    }

    public string Host { get; }

    /// <summary>For operators, once it is closed.</summary>
    public string WhyClosed { get; private set; } = "the server closed it";

    /// <summary>Throws <see cref="WebFaultException"/>.</summary>
    /// <param name="address">Where the server says that its stream is; null: where it is by default.</param>
    public static async Task<MastodonStream> OpenAsync(ChannelContext context, MastodonOptions options, Uri? address, IReadOnlyList<object> subscriptions, CancellationToken ct)
    {
        var server = address is not null && (address.Scheme == "wss" || options.Address.Scheme == "http") ? address : new UriBuilder(options.Address) { Scheme = options.Address.Scheme == "https" ? "wss" : "ws" }.Uri;
        var url = new Uri(server.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/api/v1/streaming");
        var socket = await context.Web.ConnectWebSocketAsync(
            url,
            new Dictionary<string, string> { ["Authorization"] = "Bearer " + options.Token },
            ct,
            LineProbe.Ping,
            options.Timeout);
        try
        {
            foreach (var subscription in subscriptions)
            {
                await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(subscription), WebSocketMessageType.Text, endOfMessage: true, ct);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            socket.Dispose();
            throw new WebFaultException(WebFault.CutOff, $"{url.Host} cut its stream at once. It is tried again", e);
        }
        return new MastodonStream(socket, url.Host);
    }

    /// <summary>False when it is closed and all was taken. May be asked again before it has answered.</summary>
    public Task<bool> HasMoreAsync(CancellationToken ct)
    {
        if (_more is null or { IsCompleted: true })
        {
            _more = _events.Reader.WaitToReadAsync(ct).AsTask();
        }
        return _more;
    }

    public bool TryTake(out StreamEvent heard) => _events.Reader.TryRead(out heard!);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Abort();
        await _reading;
        while (TryTake(out var left))
        {
            left.Dispose();
        }
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        var frame = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }
                frame.Write(buffer, 0, part.Count);
                if (frame.Length > LargestFrame)
                {
                    WhyClosed = "an event was larger than 1 MiB";
                    break;
                }
                if (part.EndOfMessage)
                {
                    if (EventOf(frame.GetBuffer().AsMemory(0, (int)frame.Length)) is { } heard)
                    {
                        await _events.Writer.WriteAsync(heard, _stop.Token);
                    }
                    frame.SetLength(0);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            WhyClosed = "the connection was cut";
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }

    /// <summary>Null for what is no concern of ours.</summary>
    private static StreamEvent? EventOf(ReadOnlyMemory<byte> frame)
    {
        try
        {
            using var json = JsonDocument.Parse(frame);
            var said = json.RootElement;
            var isPublic = said.Items("stream").Select(JsonText.TextOf).FirstOrDefault() == "public";
            return said.Text("event") switch
            {
                "update" => Payload(said, isPublic, post => post),
                "status.update" => Payload(said, isPublic, post => post, isEdit: true),
                "notification" => Payload(said, isPublic, notification => notification.Text("type") == "mention" ? notification.At("status") : null),
                "delete" when said.Text("payload") is { } id => new StreamEvent(null, null, id, isPublic, ""),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return new StreamEvent(null, null, null, isPublic: false, Raw(Encoding.UTF8.GetString(frame.Span)));
        }
    }

    /// <summary>It is JSON within a string.</summary>
    private static StreamEvent? Payload(JsonElement said, bool isPublic, Func<JsonElement, JsonElement?> statusOf, bool isEdit = false)
    {
        var text = said.Text("payload") ?? "";
        var payload = JsonDocument.Parse(text);
        if (statusOf(payload.RootElement) is { } status)
        {
            return new StreamEvent(payload, status, null, isPublic, Raw(text), isEdit);
        }
        payload.Dispose();
        return null;
    }

    private static string Raw(string text) => text.Length > LongestRaw ? text[..LongestRaw] : text;
}
