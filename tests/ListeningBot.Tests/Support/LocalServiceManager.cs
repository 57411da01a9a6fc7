using System.Net.Sockets;
using System.Text;

namespace ListeningBot.Tests.Support;

/// <summary>Hears what a program tells its service manager, as systemd does: a datagram socket at a path, or at a name that no file system knows.</summary>
public sealed class LocalServiceManager : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly List<string> _lines = [];

    public LocalServiceManager(bool atAPath)
    {
        var name = $"listeningbot-test-{Guid.NewGuid():N}";
        Address = atAPath ? Path.Combine(Path.GetTempPath(), name) : "@" + name;
        _socket.Bind(new UnixDomainSocketEndPoint(atAPath ? Address : '\0' + name));
        new Thread(Hear) { IsBackground = true }.Start();
    }

    /// <summary>As NOTIFY_SOCKET names it.</summary>
    public string Address { get; }

    /// <summary>All lines so far, in the order told.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public int Count(string line) => Lines.Count(l => l == line);

    /// <summary>What a program finds that is started under this manager.</summary>
    public Dictionary<string, string> Environment(TimeSpan? watchdog) => watchdog is { } time
        ? new() { ["NOTIFY_SOCKET"] = Address, ["WATCHDOG_USEC"] = $"{(long)time.TotalMicroseconds}" }
        : new() { ["NOTIFY_SOCKET"] = Address };

    private void Hear()
    {
        var buffer = new byte[4096];
        try
        {
            while (_socket.Receive(buffer) is > 0 and var length)
            {
                lock (_lines)
                {
                    _lines.AddRange(Encoding.UTF8.GetString(buffer, 0, length).Split('\n'));
                }
            }
        }
        catch (SocketException)
        {
            // closed
        }
        catch (ObjectDisposedException)
        {
            // closed
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (Address[0] == '/')
        {
            File.Delete(Address);
        }
    }
}
