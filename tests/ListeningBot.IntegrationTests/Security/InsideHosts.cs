namespace ListeningBot.IntegrationTests.Security;

/// <summary>Hosts that lead inside: this machine, its network, the metadata service of its cloud, or nowhere on the public internet.</summary>
internal static class InsideHosts
{
    /// <summary>Written as addresses, in all the ways that some program reads as one.</summary>
    public static readonly string[] Literals =
    [
        "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "0.0.0.0", "0", "0x7f000001", "0x7f.0.0.1", "0x7F.1", "2130706433", "017700000001", "0177.0.0.1", "0177.0.0.01", "127.0.0.0x1",
        "10.0.0.1", "10.255.255.255", "167772161", "172.16.0.1", "172.31.255.254", "192.168.0.1", "0xc0a80001", "3232235521", "192.168.1", "100.64.0.1", "100.127.255.254",
        "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.169.253", "169.254.170.2", "169.254.0.23", "100.100.100.200", "192.0.0.192", "192.0.0.170",
        "192.0.2.1", "198.51.100.7", "203.0.113.7", "198.18.0.1", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[::ffff:10.0.0.1]", "[::ffff:0:127.0.0.1]",
        "[::127.0.0.1]", "[::7f00:1]", "[::169.254.169.254]", "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]", "[64:ff9b:1::a9fe:a9fe]", "[2002:7f00:1::1]", "[2002:a9fe:a9fe::]",
        "[2001::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[2001:db8::1]", "[2001:10::1]", "[3fff::1]", "[fc00::1]", "[fd00::1]", "[fd00:ec2::254]", "[fd20:ce::254]", "[fe80::1]", "[fe80::1%25lo]", "[fe80::1%1]",
        "[fec0::1]", "[ff02::1]", "[ff0e::1]", "[100::1]", "[5f00::1]",
        "127.0.0.1.", "169.254.169.254.", "\uff11\uff12\uff17.\uff10.\uff10.\uff11", "\u2460\u2461\u2466.0.0.1", "127\u30020\u30020\u30021", "127\uff0e0\uff0e0\uff0e1",
        "public.example@127.0.0.1", "public.example:80@169.254.169.254", "public.example%2f@[::1]",
    ];

    /// <summary>Names that look up to this machine, as the resolver of a test says.</summary>
    public static readonly string[] Names =
    [
        "localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "a.localhost", "ip6-localhost", "metadata.google.internal", "metadata", "instance-data", "169.254.169.254.nip.io",
        "127.0.0.1.sslip.io", "localtest.me", "kubernetes.default.svc", "host.docker.internal", "printer.local", "router.lan", "intranet", "l\u00f6calhost.example", "xn--lcalhost-n4a.example",
        "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3", "lo\u00adcalhost", "localhost%00.example.org",
    ];

    public static IEnumerable<string> All => Literals.Concat(Names);
}
