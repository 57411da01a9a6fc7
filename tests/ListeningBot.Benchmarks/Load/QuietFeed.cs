using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ListeningBot.Benchmarks.Load;

/// <summary>A feed on this machine in which nothing ever stands; it knows when it is polled.</summary>
internal sealed class QuietFeed : IDisposable
{
    private const string Feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>t</title><link>http://localhost/</link><description>d</description></channel></rss>";
    private static readonly byte[] s_answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {Feed.Length}\r\nConnection: close\r\n\r\n{Feed}");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private long _polledAt;

    public QuietFeed() => _listener.Start();

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>The timestamp of the last poll that was answered by <see cref="AnswerAllAsync"/>; 0: none.</summary>
    public long PolledAt => Interlocked.Read(ref _polledAt);

    /// <summary>Whoever polls next; not answered yet.</summary>
    public async Task<TcpClient> PolledAsync(CancellationToken ct) => await _listener.AcceptTcpClientAsync(ct);

    public static async Task AnswerAsync(TcpClient poll, CancellationToken ct)
    {
        try
        {
            await poll.GetStream().ReadExactlyAsync(new byte[16], ct);
            await poll.GetStream().WriteAsync(s_answer, ct);
        }
        catch (IOException)
        {
            // Whoever polled was killed meanwhile.
        }
    }

    /// <summary>Until it is told to stop.</summary>
    public async Task AnswerAllAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var poll = await PolledAsync(stop);
                Interlocked.Exchange(ref _polledAt, TimeProvider.System.GetTimestamp());
                await AnswerAsync(poll, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    public void Dispose() => _listener.Dispose();
}
