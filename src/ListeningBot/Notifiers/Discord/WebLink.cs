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

    /// <summary>The address in a form that can't end its own link, or null: only http and https, no user name before the host, not too long.</summary>
    public static string? Safe(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Host.Length == 0)
        {
            return null;
        }
        var builder = new UriBuilder(uri) { Host = uri.IdnHost };
        var address = Unsafe().Replace(builder.Uri.AbsoluteUri, match => Uri.HexEscape(match.Value[0]));
        return address.Length <= Longest ? address : null;
    }

    [GeneratedRegex(@"[()<>\\`*_~|\[\]""\s]", RegexOptions.None, 1000)]
    private static partial Regex Unsafe();
}
