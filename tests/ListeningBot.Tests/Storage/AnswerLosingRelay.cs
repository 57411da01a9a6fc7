using System.Net;
using System.Net.Sockets;

namespace ListeningBot.Tests.Storage;

/// <summary>Stands between a client and a loopback server. While it is losing: once the client has sent the given words, they reach the server, but of its answer nothing comes back, and the connection ends.</summary>
internal sealed class AnswerLosingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private readonly byte[] _lose;
    private int _lost;

    public AnswerLosingRelay(int target, byte[] lose)
    {
        (_target, _lose) = (target, lose);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public volatile bool Losing;

    /// <summary>Not when the server has answered: while it is still about it.</summary>
    public bool EndsAtOnce { get; init; }

    /// <summary>How many answers.</summary>
    public int Lost => Volatile.Read(ref _lost);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                using var answers = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
                var back = server.GetStream().CopyToAsync(client.GetStream(), answers.Token);
                var buffer = new byte[65536];
                while (await client.GetStream().ReadAsync(buffer, _end.Token) is var read and > 0)
                {
                    if (Losing && buffer.AsSpan(0, read).IndexOf(_lose) >= 0)
                    {
                        Losing = false;
                        await answers.CancelAsync();
                        await server.GetStream().WriteAsync(buffer.AsMemory(0, read), _end.Token);
                        if (EndsAtOnce)
                        {
                            client.Close();
                        }
                        _ = await server.GetStream().ReadAsync(buffer, _end.Token);
                        Interlocked.Increment(ref _lost);
                        return;
                    }
                    await server.GetStream().WriteAsync(buffer.AsMemory(0, read), _end.Token);
                }
                await answers.CancelAsync();
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // Either side is gone.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        _end.Dispose();
    }
}
