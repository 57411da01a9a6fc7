using System.Text.Json;
using System.Threading.Channels;
using ListeningBot.Core.Pipeline;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Channels.Discord;

/// <summary>What the bot's session tells, kept until it is taken. What finds no room any more is read back later, as after a lost session.</summary>
internal sealed class Ear : IDisposable
{
    private const int MostKept = 10_000;
    private readonly Listeners _listeners;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly Action<string, JsonElement> _hear;
    private readonly Channel<(string Event, JsonElement Data)> _heard = Channel.CreateBounded<(string, JsonElement)>(MostKept);
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(1);
    private long _connected;
    private volatile bool _dropped;
    private int _readBackAfter = -1;

    public Ear(Listeners listeners, TimeSpan patience, TimeProvider time)
    {
        (_listeners, _patience, _time, _hear) = (listeners, patience, time, Hear);
        _connected = time.GetTimestamp();
        listeners.Add(_hear);
    }

    /// <summary>Something was or may have been missed, and there is room for what is told while it is read back.</summary>
    public bool MustReadBack => HasMissed && _heard.Reader.Count < MostKept / 2;

    /// <summary>All that was told is taken, the connection is up, and nothing was missed.</summary>
    public bool HasCaughtUp => _heard.Reader.Count == 0 && _listeners.IsConnected && !HasMissed;

    public bool HasWork => _heard.Reader.Count > 0 || MustReadBack;

    private bool HasMissed => _dropped || _readBackAfter != _listeners.Sessions;

    /// <summary>From now on everything is heard; what was missed before is being read back.</summary>
    public void Begin()
    {
        _dropped = false;
        _readBackAfter = _listeners.Sessions;
    }

    /// <summary>Up to so many events, in order.</summary>
    public IReadOnlyList<(string Event, JsonElement Data)> Take(int most)
    {
        var taken = new List<(string, JsonElement)>();
        while (taken.Count < most && _heard.Reader.TryRead(out var one))
        {
            taken.Add(one);
        }
        return taken;
    }

    /// <summary>Completes when the bot is connected. Throws <see cref="ChannelException"/> when that takes too long, or would not help.</summary>
    public async Task ConnectedAsync(CancellationToken ct)
    {
        for (Check(); !_listeners.IsConnected; Check())
        {
            await EitherAsync(_changed.Reader.WaitToReadAsync, _patience, ct);
            _changed.Reader.TryRead(out _);
        }
    }

    /// <summary>Completes when there is something to do, and at the latest after <paramref name="quiet"/>. Throws <see cref="ChannelException"/> when nothing can come.</summary>
    public async Task WaitAsync(TimeSpan quiet, CancellationToken ct)
    {
        Check();
        await EitherAsync(token => new ValueTask<bool>(Task.WhenAny(_heard.Reader.WaitToReadAsync(token).AsTask(), _changed.Reader.WaitToReadAsync(token).AsTask()).Unwrap()), quiet, ct);
        _changed.Reader.TryRead(out _);
        Check();
    }

    public void Dispose() => _listeners.Remove(_hear);

    private void Hear(string happened, JsonElement data)
    {
        if (happened.Length == 0)
        {
            _changed.Writer.TryWrite(true);
            return;
        }
        _dropped |= !_heard.Writer.TryWrite((happened, data));
    }

    private async Task EitherAsync(Func<CancellationToken, ValueTask<bool>> something, TimeSpan patience, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            await something(both.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Quiet.
        }
        await both.CancelAsync();
    }

    private void Check()
    {
        if (_listeners.Refused is { } cure)
        {
            throw new ChannelException($"{cure}, and start this program again. Until then nothing that people write in Discord is heard.") { NeedsOperator = true };
        }
        if (_listeners.IsConnected)
        {
            _connected = _time.GetTimestamp();
        }
        else if (_time.GetElapsedTime(_connected) >= _patience)
        {
            throw new ChannelException("The bot is not connected to Discord, so nothing is heard there. Look at what is told of the notifier; what people write meanwhile is read back when the connection is there again.") { Passes = true };
        }
    }
}
