using System.Net;
using System.Net.Sockets;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>A port on 127.0.0.1 that answers every connection with the same bytes, whatever was asked, and hangs up.</summary>
public sealed class LocalGarbage : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public LocalGarbage(byte[] bytes)
    {
        _listener.Start();
        _serving = ServeAsync(bytes);
    }

    public string HostAndPort => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task ServeAsync(byte[] bytes)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[1000], _end.Token);
                await stream.WriteAsync(bytes, _end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The test is over.
        }
    }
}
