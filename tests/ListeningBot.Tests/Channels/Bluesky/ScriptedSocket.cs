using System.Net.WebSockets;
using System.Threading.Channels;

namespace ListeningBot.Tests.Channels.Bluesky;

/// <summary>A web socket that says what a test gives it, in pieces of any size.</summary>
internal sealed class ScriptedSocket : WebSocket
{
    // What is said is received before saying it returns, so that a test may move its clock then.
    private readonly Channel<(byte[] Bytes, bool End, WebSocketException? Cut)> _script =
        Channel.CreateUnbounded<(byte[], bool, WebSocketException?)>(new UnboundedChannelOptions { AllowSynchronousContinuations = true });

    private ReadOnlyMemory<byte> _rest;
    private bool _end;
    private bool _partial;

    public override WebSocketCloseStatus? CloseStatus => null;
    public override string? CloseStatusDescription => null;
    public override WebSocketState State => WebSocketState.Open;
    public override string? SubProtocol => null;

    public void Say(byte[] bytes, bool end = true) => _script.Writer.TryWrite((bytes, end, null));

    public void Cut() => _script.Writer.TryWrite(([], true, new WebSocketException(WebSocketError.ConnectionClosedPrematurely)));

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!_partial)
        {
            var (bytes, end, cut) = await _script.Reader.ReadAsync(cancellationToken);
            if (cut is not null)
            {
                throw cut;
            }
            (_rest, _end) = (bytes, end);
        }
        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        _partial = _rest.Length > 0;
        return new ValueWebSocketReceiveResult(count, WebSocketMessageType.Text, _end && !_partial);
    }

    public override void Abort()
    {
    }

    public override void Dispose()
    {
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;
    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;
    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();
    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => throw new NotSupportedException();
}
