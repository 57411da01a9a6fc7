using System.Net.WebSockets;
using System.Runtime.ExceptionServices;
using System.Text;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Bluesky;

/// <summary>One connection, from its first frame to its end, as batches.</summary>
internal sealed class JetstreamListening(ChannelContext context, BlueskyOptions options, WebSocket socket, Resumption resumption) : IAsyncDisposable
{
    public const int LargestBatch = 1000;
    private const int LargestBytes = 1 << 20;
    private const int MostAside = 20;
    private const int KeptAside = 4096;

    /// <summary>A busy stream is handed on this often at most, so that storing does not become one transaction an event.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMilliseconds(200);

    /// <summary>So often a silent stream is said to be alive.</summary>
    private readonly TimeSpan _alive = options.LongestSilence / 6;
    private readonly ILogger _log = context.Logs.CreateLogger<BlueskyChannel>();
    private readonly JetstreamEvents _events = new();
    private readonly FrameReader _frames = new(socket);
    private readonly long _connected = JetstreamTime.From(context.Time.GetUtcNow());
    private List<BadItem> _aside = [];
    private int _bad;
    private bool _begun;
    private Gap? _gap = resumption.Skipped;
    private Exception? _broke;
    private long _handedOn;
    private long _lastFrame = context.Time.GetTimestamp();

    /// <summary>Frames heard so far.</summary>
    public long Frames { get; private set; }

    /// <summary>The latest time heard.</summary>
    public long HeardUntil { get; private set; } = resumption.Skipped is null ? resumption.HeardUntil : resumption.Asked;

    /// <summary>The next batch: at once when something new is there and nothing more is at hand, else within <see cref="Together"/>; empty after a while of silence.</summary>
    public async Task<PostBatch> NextAsync(CancellationToken ct)
    {
        _events.Clear();
        var began = context.Time.GetTimestamp();
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            HearWhatIsThere();
            if (_broke is not null && !HasNews)
            {
                ExceptionDispatchInfo.Throw(_broke);
            }
            var wait = _broke is null ? Patience(began) : TimeSpan.Zero;
            if (IsFull || wait <= TimeSpan.Zero || !await MoreWithinAsync(wait, ct))
            {
                ThrowWhenDead();
                return HandOn();
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        // Nothing is owed to a one-way stream: no closing handshake, so that stopping never waits.
        socket.Abort();
        socket.Dispose();
        _ = _frames.MoreAsync().ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _events.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool IsFull => _events.Count >= LargestBatch || _events.Bytes >= LargestBytes;
    private bool HasNews => _events.Count > 0 || _aside.Count > 0 || _gap is not null;

    private TimeSpan Patience(long began) => HasNews
        ? Together - context.Time.GetElapsedTime(_handedOn)
        : _alive - context.Time.GetElapsedTime(began);

    private async Task<bool> MoreWithinAsync(TimeSpan wait, CancellationToken ct)
    {
        var more = _frames.MoreAsync();
        try
        {
            await more.WaitAsync(wait, context.Time, ct);
        }
        catch (TimeoutException) when (!more.IsCompleted)
        {
            return false;
        }
        catch (Exception) when (more.IsFaulted)
        {
            // Reading tells why.
        }
        return true;
    }

    /// <summary>What came before a connection broke is handed on first.</summary>
    private void HearWhatIsThere()
    {
        try
        {
            while (_broke is null && !IsFull && _frames.TryRead())
            {
                Hear();
            }
        }
        catch (Exception error) when (error is WebSocketException or IOException or ChannelException)
        {
            _broke = error;
        }
    }

    private void ThrowWhenDead()
    {
        if (!HasNews && context.Time.GetElapsedTime(_lastFrame) >= options.LongestSilence)
        {
            throw new ChannelException($"Bluesky's service has sent nothing for {options.LongestSilence.TotalSeconds:0} seconds, so the connection counts as dead.") { Passes = true };
        }
    }

    private void Hear()
    {
        Frames++;
        _lastFrame = context.Time.GetTimestamp();
        var timeUs = 0L;
        var wrong = _frames.Wrong ?? JetstreamParser.Read(_frames.Frame.Span, _events, out timeUs);
        if (wrong is not null)
        {
            KeepAside(wrong);
        }
        if (JetstreamTime.IsSensible(timeUs, context.Time.GetUtcNow()))
        {
            Begin(timeUs);
            HeardUntil = Math.Max(HeardUntil, timeUs);
        }
    }

    /// <summary>A cursor that is too old is moved up by the service without a word: only the first event tells.</summary>
    private void Begin(long timeUs)
    {
        if (_begun)
        {
            return;
        }
        _begun = true;
        if (timeUs - Math.Max(resumption.Asked, resumption.HeardUntil) > Resumption.Micros(options.LongestSilence))
        {
            _gap = new Gap(JetstreamTime.Of(resumption.HeardUntil)!.Value, JetstreamTime.Of(timeUs)!.Value, "Bluesky's service no longer had what lies between: it keeps about 36 hours");
            _log.GapFound(context.Name, _gap.From, _gap.To);
        }
    }

    private void KeepAside(string wrong)
    {
        _bad++;
        if (_aside.Count < MostAside)
        {
            var raw = _frames.Frame.Span;
            _aside.Add(new BadItem("a frame " + wrong, Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, KeptAside)])));
        }
    }

    private JetstreamBatch HandOn()
    {
        if (_bad > 0)
        {
            _log.FramesSkipped(context.Name, _bad, _aside[0].What);
        }
        var batch = new JetstreamBatch(context.Name, _events)
        {
            Next = JetstreamTime.ToCursor(HeardUntil),
            Gap = _gap,
            Aside = _aside,
            FirstContact = resumption.FirstContact && HeardUntil < _connected,
        };
        (_aside, _bad, _gap) = ([], 0, null);
        _handedOn = context.Time.GetTimestamp();
        return batch;
    }
}
