using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ListeningBot.Hosting;

/// <summary>The service manager that started this program (systemd, or what speaks its protocol sd_notify): one datagram a word, and never an answer.</summary>
public sealed class ServiceManager : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = (int)Patience.TotalMilliseconds };
    private readonly UnixDomainSocketEndPoint _address;

    private ServiceManager(UnixDomainSocketEndPoint address, TimeSpan? watchdog)
    {
        _address = address;
        Watchdog = watchdog;
    }

    /// <summary>It ends a program that it has not heard of for so long; null when it does not watch.</summary>
    public TimeSpan? Watchdog { get; }

    /// <summary>Null where none listens.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    public static ServiceManager? Of(Func<string, string?> variable)
    {
        var place = variable("NOTIFY_SOCKET");
        // A name that begins with @ stands for one that no file system knows. Other families (vsock) are for whole virtual machines.
        if (place is not { Length: > 1 } || place[0] is not ('/' or '@'))
        {
            return null;
        }
        try
        {
            return new ServiceManager(new UnixDomainSocketEndPoint(place[0] == '@' ? '\0' + place[1..] : place), WatchdogOf(variable));
        }
        catch (Exception e) when (e is ArgumentException or SocketException or PlatformNotSupportedException)
        {
            // longer than a socket's name can be, or a system without such sockets: nobody can listen there
            return null;
        }
    }

    /// <summary>Null, or why it could not be told. It never throws: the bot is more than its manager.</summary>
    public string? Tell(params IEnumerable<string> lines)
    {
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(string.Join('\n', lines)), _address);
            return null;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return e.Message;
        }
    }

    /// <summary>The watchdog may be meant for another process, our parent.</summary>
    private static TimeSpan? WatchdogOf(Func<string, string?> variable)
    {
        var ours = variable("WATCHDOG_PID") is not { Length: > 0 } pid || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return ours && long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var micros) && micros is > 0 and < long.MaxValue / 10
            ? TimeSpan.FromMicroseconds(micros)
            : null;
    }

    public void Dispose() => _socket.Dispose();
}
