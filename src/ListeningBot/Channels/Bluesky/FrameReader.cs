using System.Net.WebSockets;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Channels.Bluesky;

/// <summary>Reads whole text frames from a web socket into one buffer that is used again. Oversize and binary frames are read past, and told of.</summary>
internal sealed class FrameReader(WebSocket socket)
{
    public const int LargestFrame = 1 << 20;
    private const int FirstBuffer = 64 * 1024;

    private byte[] _buffer = new byte[FirstBuffer];
    private int _length;
    private string? _wrong;
    private Task<ValueWebSocketReceiveResult>? _waiting;

    /// <summary>The frame last read; valid until the next is read. How it begins, when it is not to be used.</summary>
    public ReadOnlyMemory<byte> Frame => _buffer.AsMemory(0, _length);

    /// <summary>Why the frame last read is not to be used; null when it is in order.</summary>
    public string? Wrong => _wrong;

    private bool _whole;

    /// <summary>
    /// True when a frame was read; false when one has to be waited for. Throws <see cref="WebSocketException"/> when the connection is cut,
    /// and <see cref="ChannelException"/> when the service closed it.
    /// </summary>
    public bool TryRead()
    {
        if (_whole)
        {
            (_whole, _length, _wrong) = (false, 0, null);
        }
        while (TryReceive(out var received))
        {
            Take(received);
            if (received.EndOfMessage)
            {
                _whole = true;
                return true;
            }
        }
        return false;
    }

    /// <summary>Completes when <see cref="TryRead"/> may get further.</summary>
    public Task MoreAsync() => _waiting ?? Task.CompletedTask;

    private bool TryReceive(out ValueWebSocketReceiveResult received)
    {
        received = default;
        if (_waiting is null)
        {
            // A cancelled receive would end the connection, so the wait is cancelled instead.
            var receive = socket.ReceiveAsync(_wrong is null ? Room() : _buffer.AsMemory(_length), CancellationToken.None);
            if (receive.IsCompleted)
            {
                received = receive.GetAwaiter().GetResult();
                return true;
            }
            _waiting = receive.AsTask();
        }
        if (!_waiting.IsCompleted)
        {
            return false;
        }
        received = _waiting.GetAwaiter().GetResult();
        _waiting = null;
        return true;
    }

    private Memory<byte> Room()
    {
        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, LargestFrame + 1));
        }
        return _buffer.AsMemory(_length);
    }

    private void Take(ValueWebSocketReceiveResult received)
    {
        if (received.MessageType == WebSocketMessageType.Close)
        {
            throw new ChannelException($"Bluesky's service ended the connection (close status {(int?)socket.CloseStatus ?? 0}).") { Passes = true };
        }
        if (_wrong is not null)
        {
            return;
        }
        _length += received.Count;
        if (received.MessageType == WebSocketMessageType.Binary)
        {
            _wrong = "is binary";
        }
        else if (_length > LargestFrame)
        {
            _wrong = $"is longer than {LargestFrame} bytes";
        }
        if (_wrong is not null)
        {
            _length = Math.Min(_length, FirstBuffer / 2);
        }
    }
}
