using System.Net;
using System.Net.Sockets;

namespace ListeningBot.Net;

/// <summary>
/// Opens connections for the web reader. Whether an address may be asked is decided here, on the resolved address of every
/// single connection, so that neither a redirect nor a name that changes its address gets around it.
/// </summary>
internal sealed class Connector(IReadOnlyList<string> allowPrivateHosts, TimeProvider time)
{
    /// <summary>What one of several addresses may take before the next is tried.</summary>
    private static readonly TimeSpan OneAddress = TimeSpan.FromSeconds(3);

    /// <summary>The system's resolver; replaced in tests.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host.Trim('[', ']'), context.DnsEndPoint.Port);
        var addresses = Allowed(host, port, await ResolveAsync(host, ct));
        Exception? last = null;
        for (var i = 0; i < addresses.Count; i++)
        {
            try
            {
                return await OpenAsync(addresses[i], port, i < addresses.Count - 1 ? OneAddress : Timeout.InfiniteTimeSpan, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested && e is SocketException or OperationCanceledException)
            {
                last = e;
            }
        }
        throw NotReached(host, port, last);
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct)
    {
        try
        {
            if (IPAddress.TryParse(host, out var literal))
            {
                return [literal];
            }
            var found = await Resolve(host, ct);
            return found.Length > 0 ? found : throw new SocketException((int)SocketError.NoData);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.TryAgain)
        {
            throw new WebFaultException(WebFault.UnknownName, $"the name service did not answer for {host}. Check the network and the name service of this machine; it is tried again", e);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw new WebFaultException(WebFault.UnknownName, $"no such host: {host}. Check the spelling of the address, and that this machine can look up names", e);
        }
    }

    private List<IPAddress> Allowed(string host, int port, IPAddress[] addresses)
    {
        List<IPAddress> allowed = MayBePrivate(host, port) ? [.. addresses] : [.. addresses.Where(PublicAddress.Is)];
        return allowed.Count > 0
            ? allowed
            : throw new WebFaultException(
                WebFault.PrivateAddress,
                $"{(IPAddress.TryParse(host, out _) ? host : $"{host} is {addresses[0]}, which")} is not on the public internet, so it is not asked. If it is yours and meant to be read, add \"{HostAndPort(host, port)}\" to Http:AllowPrivateHosts");
    }

    /// <summary>Whether the operator allows this host although it is private.</summary>
    public bool MayBePrivate(string host, int port) =>
        allowPrivateHosts.Any(allowed => Same(allowed.Trim().Trim('[', ']'), host) || Same(allowed.Trim(), HostAndPort(host, port)));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    private static string HostAndPort(string host, int port) => host.Contains(':') ? $"[{host}]:{port}" : $"{host}:{port}";

    private async Task<Stream> OpenAsync(IPAddress address, int port, TimeSpan limit, CancellationToken ct)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var late = new CancellationTokenSource(limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
            await socket.ConnectAsync(address, port, either.Token);
            LineProbe.Begin(socket);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static WebFaultException NotReached(string host, int port, Exception? cause)
    {
        var why = cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "nothing listens there" : "no connection came about";
        return new WebFaultException(WebFault.NotReached, $"can't reach {HostAndPort(host, port)}: {why}. Check the address, and that no firewall is in between; it is tried again", cause);
    }
}
