using System.Text.RegularExpressions;

namespace ListeningBot.Notifiers.Discord;

/// <summary>An address of a post, as a link that shows the host it really leads to.</summary>
internal static partial class WebLink
{
    /// <summary>Discord's limit for a button's address.</summary>
    public const int Longest = 512;

    /// <summary>"[↗ social.example](…)", or null for what is no plain web address.</summary>
    public static string? Of(string? url, int longest = Longest) =>
        Safe(url) is { } address && address.Length <= longest ? $"[↗ {Escaping.Line(new Uri(address).IdnHost, 60)}](<{address}>)" : null;

    /// <summary>The same for a button, or null: Discord refuses a whole message with a button to a host without a dot, as a company's own "http://crm/" is.</summary>
    public static string? ForButton(string? url) => Safe(url) is { } address && new Uri(address).Host.Contains('.') ? address : null;

    /// <summary>The address of which there can be no button, to be read and copied; null where there is one, or no web address.</summary>
    public static string? InsteadOfButton(string? url) => Web(url) is { AbsoluteUri: { Length: <= Longest } address } && ForButton(url) is null ? address : null;

    /// <summary>The address in a form that can't end its own link, or null: only http and https, no user name before the host, not too long. In a link the brackets of IPv6 can't stand.</summary>
    public static string? Safe(string? url)
    {
        if (Web(url) is not { HostNameType: not UriHostNameType.IPv6 } uri)
        {
            return null;
        }
        var builder = new UriBuilder(uri) { Host = uri.IdnHost };
        var address = Unsafe().Replace(builder.Uri.AbsoluteUri, match => Uri.HexEscape(match.Value[0]));
        return address.Length <= Longest ? address : null;
    }

    private static Uri? Web(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.UserInfo.Length == 0 && uri.Host.Length > 0 ? uri : null;

    [GeneratedRegex(@"[()<>\\`*_~|\[\]""\s]", RegexOptions.None, 1000)]
    private static partial Regex Unsafe();
}
