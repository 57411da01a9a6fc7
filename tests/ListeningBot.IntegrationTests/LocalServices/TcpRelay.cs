using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>Stands between a client and a loopback server: counts what goes through, and can hold it, cut it, or answer in the server's place.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentBag<TcpClient> _open = [];
    private readonly ConcurrentDictionary<TcpClient, bool> _silent = [];
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private long _toClient;
    private long _cutAt;
    private int _connections;

    /// <param name="target">The server's port.</param>
    public TcpRelay(int target)
        : this(target, Listening(0))
    {
    }

    /// <param name="listener">Listens already, may be in another network namespace.</param>
    public TcpRelay(int target, TcpListener listener)
    {
        (_target, _listener) = (target, listener);
        _ = AcceptAsync();
    }

    public static TcpListener Listening(int port) => Listening(IPAddress.Loopback, port);

    public static TcpListener Listening(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        listener.Start();
        return listener;
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes from the server to its clients so far.</summary>
    public long ToClient => Interlocked.Read(ref _toClient);

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Takes connections and says nothing.</summary>
    public bool Hangs { get; set; }

    /// <summary>Open connections stay open and nothing goes through any more, as when a router on the way forgot them. New ones are served.</summary>
    public void FallSilent()
    {
        foreach (var connection in _open)
        {
            _silent.TryAdd(connection, true);
        }
    }

    /// <summary>Closes connections at once.</summary>
    public bool Refuses { get; set; }

    /// <summary>What clients are sent instead of the server's words.</summary>
    public byte[]? Garbage { get; set; }

    /// <summary>Cuts each connection after so many bytes to the client.</summary>
    public long? CutAfter { get; set; }

    /// <summary>Ends all connections that are open, without a word.</summary>
    public void Cut()
    {
        while (_open.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    /// <summary>The connection that carries the so-manieth byte from now on to a client ends with it, in the middle of an answer; null: none does.</summary>
    public void CutWithin(long? bytes) => Interlocked.Exchange(ref _cutAt, bytes is { } more ? ToClient + more : 0);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                _open.Add(client);
                _ = ServeAsync(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The relay was taken away.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            if (Garbage is { } garbage)
            {
                await client.GetStream().WriteAsync(garbage);
            }
            if (Hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
            }
            if (Refuses || Garbage is not null)
            {
                return;
            }
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _target);
            _open.Add(server);
            await Task.WhenAny(PassAsync(client, server, long.MaxValue, read => read), PassAsync(server, client, CutAfter ?? long.MaxValue, Count));
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the ends is gone: so is the other.
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to, long cutAfter, Func<int, int> letThrough)
    {
        var buffer = new byte[8192];
        for (long passed = 0; passed < cutAfter;)
        {
            var read = await from.GetStream().ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, cutAfter - passed)), _end.Token);
            if (_silent.ContainsKey(from))
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
            }
            if (read == 0)
            {
                return;
            }
            var through = letThrough(read);
            await to.GetStream().WriteAsync(buffer.AsMemory(0, through), _end.Token);
            passed += read;
            if (through < read)
            {
                return;
            }
        }
    }

    /// <summary>How many of these bytes reach the client.</summary>
    private int Count(int read)
    {
        var (after, cutAt) = (Interlocked.Add(ref _toClient, read), Interlocked.Read(ref _cutAt));
        return cutAt == 0 || after <= cutAt || Interlocked.CompareExchange(ref _cutAt, 0, cutAt) != cutAt ? read : (int)Math.Max(0, read - (after - cutAt));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        foreach (var connection in _open)
        {
            connection.Dispose();
        }
        _end.Dispose();
    }
}
