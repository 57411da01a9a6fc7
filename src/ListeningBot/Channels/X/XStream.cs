using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.X;

/// <summary>One connection to X's filtered stream: a post a line, an empty line every 20 seconds. Documented at docs.x.com: x-api/fundamentals/handling-disconnections.</summary>
internal sealed class XStream : IDisposable
{
    private const int LongestLine = 1024 * 1024;
    private const int MostAtOnce = 100;
    private readonly WebStream _stream;
    private readonly PipeReader _reader;
    private readonly TimeProvider _time;
    private readonly TimeSpan _longestSilence;
    private readonly CancellationTokenSource _hangUp = new();
    private Task<ReadResult>? _reading;
    private bool _isDown;
    private long _returned;

    /// <summary>Whoever comes back later than this finds lines that lay there meanwhile.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(30);

    private XStream(WebStream stream, TimeProvider time, TimeSpan longestSilence)
    {
        (_stream, _time, _longestSilence, _returned) = (stream, time, longestSilence, time.GetTimestamp());
        _reader = PipeReader.Create(stream.Body, new StreamPipeReaderOptions(bufferSize: 16 * 1024));
    }

    public static async Task<XStream> ConnectAsync(ChannelContext context, XOptions options, XApi api, CancellationToken ct)
    {
        WebStream stream;
        try
        {
            stream = await context.Web.OpenAsync(api.Get("/2/tweets/search/stream?" + XFields.Of(options.Authors)), ct);
        }
        catch (WebFaultException e)
        {
            throw new ChannelException($"X's stream can't be read: {e.Message}.", e) { NeedsOperator = e.Fault is WebFault.PrivateAddress or WebFault.BadAddress };
        }
        if (stream.Refusal is { } refusal)
        {
            stream.Dispose();
            throw XFaults.OfStream(refusal, refusal.Date ?? api.Clock.GetUtcNow(), options.Token);
        }
        if (stream.Response.Headers.Date is { } date && WebBody.IsAClock(date))
        {
            api.Clock.Set(date);
        }
        return new XStream(stream, context.Time, options.LongestSilence);
    }

    /// <summary>What is returned has just come: all that had come before was read, so that the next had to be waited for, and nobody stayed away since.</summary>
    public bool IsCurrent { get; private set; }

    /// <summary>What has come, as soon as something has: no page for an empty line. Throws <see cref="XCutException"/> when nothing more will come.</summary>
    public async Task<IReadOnlyList<XPage>> NextAsync(CancellationToken ct)
    {
        IsCurrent &= _time.GetElapsedTime(_returned) <= AtOnce;
        while (true)
        {
            var read = await ReadAsync(ct);
            var buffer = read.Buffer;
            var pages = new List<XPage>();
            var lines = 0;
            while (pages.Count < MostAtOnce && buffer.PositionOf((byte)'\n') is { } end)
            {
                lines++;
                if (Parse(buffer.Slice(0, end)) is { } page)
                {
                    pages.Add(page);
                }
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }
            var isTooLong = lines == 0 && buffer.Length > LongestLine;
            _reader.AdvanceTo(buffer.Start, pages.Count < MostAtOnce ? buffer.End : buffer.Start);
            if (isTooLong)
            {
                throw new XCutException($"X's stream sent a line of more than {LongestLine / 1024 / 1024} MiB.");
            }
            if (lines > 0)
            {
                _returned = _time.GetTimestamp();
                return pages;
            }
            if (read.IsCompleted)
            {
                throw new XCutException("X ended its stream.");
            }
        }
    }

    public void Dispose()
    {
        if (_isDown)
        {
            return;
        }
        _isDown = true;

        // The pending read ends with the connection; what it ends with is of no account.
        _hangUp.Cancel();
        _stream.Dispose();
        _hangUp.Dispose();
        _ = _reading?.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task<ReadResult> ReadAsync(CancellationToken ct)
    {
        var reading = _reading ??= _reader.ReadAsync(_hangUp.Token).AsTask();
        IsCurrent |= !reading.IsCompleted;
        try
        {
            var read = await reading.WaitAsync(_longestSilence, _time, ct);
            _reading = null;
            return read;
        }
        catch (TimeoutException e) when (!reading.IsCompleted)
        {
            throw new XCutException($"X's stream has sent nothing for {_longestSilence.TotalSeconds:0} seconds, so the connection counts as dead.", e);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or HttpRequestException or ObjectDisposedException or InvalidOperationException)
        {
            ct.ThrowIfCancellationRequested();
            throw new XCutException("The connection to X's stream was cut.", e);
        }
    }

    /// <summary>Null for an empty line, and for what is no post.</summary>
    private static XPage? Parse(ReadOnlySequence<byte> line)
    {
        var bytes = line.ToArray();
        if (bytes.AsSpan().Trim(" \r\t"u8).IsEmpty)
        {
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 64 });
            var root = json.RootElement;
            return XPage.Part(root, "data").ValueKind == JsonValueKind.Object ? XPage.Read(root)
                : XPage.List(root, "errors").FirstOrDefault() is { ValueKind: JsonValueKind.Object } error ? throw new XCutException($"X ended its stream: {HtmlText.Clean(XPage.Text(error, "title") ?? "", 100)}.")
                : null;
        }
        catch (JsonException)
        {
            return XPage.OfBad(new BadItem("a line of X's stream that is not JSON", Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 4096)))));
        }
    }
}

/// <summary>A stream that was heard is heard no more: it is connected to again at once.</summary>
internal sealed class XCutException(string message, Exception? inner = null) : ChannelException(message, inner)
{
}

/// <summary>HTTP 429 for the stream: too many requests, or too many connections.</summary>
internal sealed class XTooManyException(string message) : ChannelException(message)
{
}
