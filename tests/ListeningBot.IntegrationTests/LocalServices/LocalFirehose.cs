using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>
/// A Jetstream that sends as fast as it is read: ready-made frames, many in one write, each with its own time_us, account and record key. Every <see cref="Rarity"/>th is a complaint that
/// names its own number. One subscriber at a time; who comes back is served from the frame after its cursor.
/// </summary>
public sealed class LocalFirehose : IAsyncDisposable
{
    private const int Templates = 2000;
    private const int Digits = 12;

    /// <summary>What a frame of the real service has about.</summary>
    private const int FrameBytes = 1300;
    private static readonly string NumberMark = new('7', Digits);
    private static readonly string TimeMark = new('8', 16);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Template[] _frames;
    private readonly long _firstUs = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    private Task _serving = Task.CompletedTask;
    private long _sent;

    /// <param name="posts">So many are sent.</param>
    /// <param name="rarity">One of so many is a complaint.</param>
    public LocalFirehose(long posts, int rarity)
    {
        (Posts, Rarity) = (posts, rarity);
        var random = new Random(1);
        _frames = [.. Enumerable.Range(0, Templates).Select(_ => new Template(Chatter(random)))];
        _listener.Start();
    }

    public long Posts { get; }
    public int Rarity { get; }

    /// <summary>Posts a second at most; 0: as many as are read.</summary>
    public int Pace { get; init; }

    /// <summary>What was handed to the connection so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public string Endpoint => $"ws://127.0.0.1:{Port}/subscribe";

    public void Start() => _serving = ServeAsync();

    public static string WordOf(long number) => $"firehosecomplaint{number}x";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            client.NoDelay = true;
            client.SendBufferSize = 1 << 20;
            try
            {
                await SendAsync(client.GetStream());
            }
            catch (IOException)
            {
                // It went away; it may come back.
            }
        }
    }

    private async Task SendAsync(NetworkStream stream)
    {
        var cursor = await ShakeHandsAsync(stream);
        var number = cursor is { } us && us >= _firstUs ? us - _firstUs + 1 : 0;
        var buffer = new byte[1 << 18];
        var began = TimeProvider.System.GetTimestamp();
        while (number < Posts)
        {
            var length = 0;
            var due = Pace == 0 ? Posts : Math.Min(Posts, (long)(TimeProvider.System.GetElapsedTime(began).TotalSeconds * Pace));
            while (number < due && length < buffer.Length - 4096)
            {
                length += Write(number++, buffer.AsSpan(length));
            }
            if (length == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, _stop.Token);
            }
            await stream.WriteAsync(buffer.AsMemory(0, length), _stop.Token);
            Interlocked.Exchange(ref _sent, number);
        }
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
    }

    private static async Task<long?> ShakeHandsAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var one = new byte[1];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
        {
            request.Append((char)one[0]);
        }
        var asked = request.ToString();
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(After(asked, "Sec-WebSocket-Key: ") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
        return long.TryParse(After(asked, "cursor=").Split('&', ' ')[0], out var cursor) ? cursor : null;
    }

    private static string After(string text, string mark) =>
        text.IndexOf(mark, StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? text[(at + mark.Length)..].Split('\r')[0].Trim() : "";

    private int Write(long number, Span<byte> target) => number % Rarity == Rarity - 1
        ? new Template($"acme {WordOf(number)} my parcel never came, nobody answers, I want my money back").Write(number, _firstUs + number, target)
        : _frames[number % Templates].Write(number, _firstUs + number, target);

    private static string Chatter(Random random)
    {
        string[] words = ["what", "a", "day", "it", "was", "walked", "to", "the", "lake", "read", "book", "about", "bridges", "cooked", "soup", "with", "too", "much", "pepper", "café", "won’t", "rain", "#garden", "never", "waiting", "order", "cat", "window", "again", "🌊", "music"];
        return string.Join(' ', Enumerable.Range(0, 20 + random.Next(28)).Select(_ => words[random.Next(words.Length)]));
    }

    /// <summary>A frame with its header, and where its numbers stand.</summary>
    private sealed class Template
    {
        private readonly byte[] _bytes;
        private readonly int _did;
        private readonly int _rkey;
        private readonly int _time;

        public Template(string text)
        {
            var frame = JetstreamFrames.Post("r" + NumberMark, text, did: "did:plc:w" + NumberMark, createdAt: TimeProvider.System.GetUtcNow());
            frame["commit"]!["record"]!["embed"] = Embed(FrameBytes - JetstreamFrames.Bytes(frame, 0).Length);
            var payload = JetstreamFrames.Bytes(frame, long.Parse(TimeMark));
            _bytes = new byte[4 + payload.Length];
            _bytes[0] = 0x81;
            _bytes[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(2), (ushort)payload.Length);
            payload.CopyTo(_bytes, 4);
            _did = _bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("w" + NumberMark)) + 1;
            _rkey = _bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("\"rkey\":\"r" + NumberMark)) + 9;
            _time = _bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(TimeMark));
        }

        public int Write(long number, long timeUs, Span<byte> target)
        {
            _bytes.CopyTo(target);
            Put(number, target.Slice(_did, Digits));
            Put(number, target.Slice(_rkey, Digits));
            Put(timeUs, target.Slice(_time, TimeMark.Length));
            return _bytes.Length;
        }

        /// <summary>A shared link with its description, as makes most of a usual frame.</summary>
        private static JsonObject Embed(int bytes) => new()
        {
            ["$type"] = "app.bsky.embed.external",
            ["external"] = new JsonObject { ["uri"] = "https://news.example/stories/2024/a-story", ["title"] = "A story of the day", ["description"] = string.Concat(Enumerable.Repeat("and so it went on, ", Math.Max(0, bytes - 160) / 19)) },
        };

        private static void Put(long number, Span<byte> digits)
        {
            for (var i = digits.Length - 1; i >= 0; i--, number /= 10)
            {
                digits[i] = (byte)('0' + (number % 10));
            }
        }
    }
}
