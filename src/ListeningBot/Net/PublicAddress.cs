using System.Net;
using System.Net.Sockets;

namespace ListeningBot.Net;

/// <summary>
/// Tells addresses of the public internet from all others (IANA's special-purpose registries). Addresses that only wrap an IPv4
/// address are judged by what they wrap; what is not known to be public is not.
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic4 = Parse(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    // Protocol assignments with Teredo, documentation, 6to4 (retired), documentation.
    private static readonly IPNetwork[] NotPublic6 = Parse("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    public static bool Is(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => Is(address.MapToIPv4()),
        { AddressFamily: AddressFamily.InterNetwork } => !Array.Exists(NotPublic4, net => net.Contains(address)),
        { AddressFamily: AddressFamily.InterNetworkV6 } when Nat64.Contains(address) => Is(new IPAddress(address.GetAddressBytes().AsSpan(12))),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Global6.Contains(address) && !Array.Exists(NotPublic6, net => net.Contains(address)),
        _ => false,
    };

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
