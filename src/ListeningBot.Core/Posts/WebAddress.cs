namespace ListeningBot.Core.Posts;

/// <summary>Web addresses as one can compare them.</summary>
public static class WebAddress
{
    private const int Longest = 500;

    /// <summary>What only tells a site where a reader came from.</summary>
    private static readonly string[] s_tracking =
        ["utm_", "fbclid=", "gclid=", "dclid=", "msclkid=", "twclid=", "yclid=", "igsh", "mc_cid=", "mc_eid=", "ref=", "ref_src=", "ref_url=", "cmp=", "cmpid=", "ocid=", "smid=", "at_medium=", "at_campaign=", "xtor=", "wt_mc=", "_ga="];

    /// <summary>"social.example/@Mia" for "https://www.social.example/@Mia/#top": scheme, "www.", last slash, fragment and what only tracks readers ("utm_source=...") do not count. Null for what is no web address.</summary>
    public static string? Of(string? address)
    {
        if (address is not { Length: > 0 and <= Longest } || !Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            return null;
        }
        if (HostOf(uri) is not { } host)
        {
            return null;
        }
        host = host.StartsWith("www.", StringComparison.Ordinal) ? host["www.".Length..] : host;
        return host + (uri.IsDefaultPort ? "" : $":{uri.Port}") + uri.AbsolutePath.TrimEnd('/') + WithoutTracking(uri.Query);
    }

    /// <summary>Null for a name that no host can have: .NET finds that out only when it is asked for it.</summary>
    private static string? HostOf(Uri uri)
    {
        try
        {
            return uri.IdnHost.ToLowerInvariant();
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private static string WithoutTracking(string query)
    {
        var telling = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !Array.Exists(s_tracking, name => part.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        return telling.Count == 0 ? "" : "?" + string.Join('&', telling);
    }
}
