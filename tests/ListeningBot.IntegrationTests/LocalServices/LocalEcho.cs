using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>A mail server that refuses everything and repeats, word for word, what it was told: passwords too.</summary>
public sealed class LocalEcho : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;
    private readonly string _greeting;
    private int _heard;

    /// <param name="greeting">"* OK ready" for IMAP, "220 ready" for SMTP.</param>
    public LocalEcho(string greeting)
    {
        _greeting = greeting;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Lines that came.</summary>
    public int Heard => Volatile.Read(ref _heard);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = TalkAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                await stream.WriteAsync(Encoding.Latin1.GetBytes(_greeting + "\r\n"), _end.Token);
                while (await reader.ReadLineAsync(_end.Token) is { } line)
                {
                    Interlocked.Increment(ref _heard);
                    var tag = line.Split(' ')[0];
                    await stream.WriteAsync(Encoding.Latin1.GetBytes($"* NO you said {line}\r\n{tag} NO [ALERT] refused: {line}\r\n"), _end.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The bot hung up, or the test is over.
            }
        }
    }
}
