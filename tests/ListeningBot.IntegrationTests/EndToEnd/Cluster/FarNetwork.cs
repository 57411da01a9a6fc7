using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.EndToEnd.Cluster;

/// <summary>A network namespace with one link to here, which can be taken down: no packet passes, and nobody is told. Goes away with the test.</summary>
internal sealed class FarNetwork : IAsyncDisposable
{
    private const int NetworkNamespace = 0x40000000;

    private static int _last;

    // Two tests on one machine don't meet, as long as their processes have different numbers, nor do two of one process that run at the same time.
    private readonly string _name;
    private readonly int _net;

    private FarNetwork()
    {
        var number = Interlocked.Increment(ref _last);
        (_name, _net) = ($"lbot{Environment.ProcessId}x{number}", ((Environment.ProcessId * 2) + (number % 2)) % 16384 * 4);
    }

    /// <summary>This end of the link.</summary>
    public IPAddress Here => Address(1);

    /// <summary>Its end.</summary>
    public IPAddress There => Address(2);

    /// <summary>All addresses of the link.</summary>
    public IPNetwork Both => new(Address(0), 30);

    /// <summary>The words before a program that is to live there.</summary>
    public IReadOnlyList<string> Enter => ["ip", "netns", "exec", _name];

    public static void SkipIfImpossible()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Network namespaces need Linux and root");
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, "ip"))), "There is no program \"ip\" (Debian: apt-get install iproute2)");
        using var allowed = Process.Start("unshare", "--net true");
        allowed.WaitForExit();
        Assert.SkipUnless(allowed.ExitCode == 0, "This root may not make network namespaces, as in most containers");
    }

    public static async Task<FarNetwork> BuiltAsync()
    {
        var network = new FarNetwork();
        var name = network._name;
        await IpAsync("netns", "add", name);
        await IpAsync("link", "add", name, "type", "veth", "peer", "name", "out", "netns", name);
        await IpAsync("addr", "add", $"{network.Here}/30", "dev", name);
        await IpAsync("link", "set", name, "up");
        await IpAsync("-n", name, "addr", "add", $"{network.There}/30", "dev", "out");
        await IpAsync("-n", name, "link", "set", "out", "up");
        await IpAsync("-n", name, "link", "set", "lo", "up");
        return network;
    }

    /// <summary>A service of here stands on the same loopback port there; the link is not on its way.</summary>
    public TcpRelay Relay(int port) => new(port, Made(() => TcpRelay.Listening(port)));

    /// <summary>Asks what listens there, also while the link is down.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (asked, ct) =>
        {
            var socket = Made(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            try
            {
                await socket.ConnectAsync(asked.DnsEndPoint, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });

    private T Made<T>(Func<T> make)
        where T : class
    {
        T? made = null;
        Exception? wrong = null;
        // A socket belongs to the network in which its thread was when it was made. The thread ends there, nobody else gets it.
        var thread = new Thread(() =>
        {
            try
            {
                using var there = File.OpenHandle($"/run/netns/{_name}");
                if (SetNamespace(there, NetworkNamespace) != 0)
                {
                    throw new IOException($"setns: error {Marshal.GetLastPInvokeError()}");
                }
                made = make();
            }
            catch (Exception e)
            {
                wrong = e;
            }
        });
        thread.Start();
        thread.Join();
        return made ?? throw new InvalidOperationException($"No socket could be made in {_name}", wrong);
    }

    public Task CutAsync() => IpAsync("link", "set", _name, "down");

    public Task MendAsync() => IpAsync("link", "set", _name, "up");

    public async ValueTask DisposeAsync()
    {
        await IpAsync("link", "delete", _name);
        await IpAsync("netns", "delete", _name);
    }

    // 198.18.0.0/15 is for tests of networks: nobody's real addresses.
    private IPAddress Address(int number) => new([198, 18, (byte)(_net >> 8), (byte)(_net + number)]);

    private static async Task IpAsync(params string[] words)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", words) { UseShellExecute = false, RedirectStandardError = true })!;
        var said = await ip.StandardError.ReadToEndAsync();
        await ip.WaitForExitAsync();
        if (ip.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', words)}: {said}");
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(SafeHandle there, int kind);
}
