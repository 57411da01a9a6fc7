using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ListeningBot.Tests.Support;

/// <summary>
/// Ports for servers that must be told theirs before they listen. The system's own choice (port 0) is for servers that keep it: let go of, it
/// may be given to any outgoing connection before its server listens there. So these lie below where systems take those from (Linux from
/// 32,768 on, others from 49,152), at random for the sake of other test processes.
/// </summary>
internal static class Ports
{
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A loopback port on which nobody listens, given to nobody else of this process.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 32_000);
            if (IsUnused(port) && Given.TryAdd(port, true))
            {
                return port;
            }
        }
    }

    private static bool IsUnused(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
