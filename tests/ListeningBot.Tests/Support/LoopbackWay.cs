using System.Net;
using System.Net.Sockets;

namespace ListeningBot.Tests.Support;

/// <summary>A port of its own before a loopback server. What comes back passes as it is; what a client sends passes as the test has it.</summary>
internal sealed class LoopbackWay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private readonly Func<Passing, CancellationToken, Task> _pass;

    /// <param name="target">The server's port.</param>
    /// <param name="pass">Called with each piece of what a client sends.</param>
    public LoopbackWay(int target, Func<Passing, CancellationToken, Task> pass)
    {
        (_target, _pass) = (target, pass);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        _end.Dispose();
    }

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
        using (var answers = CancellationTokenSource.CreateLinkedTokenSource(_end.Token))
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                _ = server.GetStream().CopyToAsync(client.GetStream(), answers.Token);
                var buffer = new byte[65536];
                while (await client.GetStream().ReadAsync(buffer, _end.Token) is var read and > 0)
                {
                    await _pass(new Passing(buffer.AsMemory(0, read), client, server, answers), _end.Token);
                }
                await answers.CancelAsync();
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or InvalidOperationException)
            {
                // Either side is gone.
            }
        }
    }

    /// <param name="Answers">Cancelled: nothing more comes back.</param>
    public sealed record Passing(ReadOnlyMemory<byte> Sent, TcpClient Client, TcpClient Server, CancellationTokenSource Answers)
    {
        public ValueTask OnAsync(CancellationToken ct) => Server.GetStream().WriteAsync(Sent, ct);
    }
}
