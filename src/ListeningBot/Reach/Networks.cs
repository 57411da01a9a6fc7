namespace ListeningBot.Reach;

/// <summary>Tells a person's account on a network from other web addresses.</summary>
internal static class Networks
{
    /// <summary>Host to what stands in the path before the name; "" when the name comes first.</summary>
    private static readonly Dictionary<string, string[]> Profiles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bsky.app"] = ["profile"],
        ["x.com"] = [""],
        ["twitter.com"] = [""],
        ["instagram.com"] = [""],
        ["facebook.com"] = [""],
        ["linkedin.com"] = ["in"],
        ["xing.com"] = ["profile"],
        ["github.com"] = [""],
        ["gitlab.com"] = [""],
        ["codeberg.org"] = [""],
        ["t.me"] = [""],
        ["reddit.com"] = ["u", "user"],
        ["twitch.tv"] = [""],
        ["vk.com"] = [""],
    };

    /// <summary>What stands where a name would, and is none.</summary>
    private static readonly HashSet<string> NoNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "intent", "share", "sharer", "sharer.php", "share.php", "dialog", "plugins", "tr", "home", "hashtag", "search", "login", "signup", "i", "explore", "p", "reel", "about", "privacy", "tos", "terms", "settings",
        "features", "pricing", "events", "groups", "pages", "watch", "messages", "share_url", "joinchat", "profile.php",
    };

    /// <summary>The account's name, or null when this is no account. "/@name" is one anywhere.</summary>
    public static string? NameIn(Uri url)
    {
        var path = url.AbsolutePath.Trim('/').Split('/');
        if (path is [['@', _, ..] name])
        {
            return name[1..];
        }
        return Profiles.TryGetValue(HostOf(url), out var before) ? NameAfter(before, path) : null;
    }

    /// <summary>Without "www." and "m.".</summary>
    public static string HostOf(Uri url) =>
        url.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? url.Host[4..] : url.Host.StartsWith("m.", StringComparison.OrdinalIgnoreCase) ? url.Host[2..] : url.Host;

    private static string? NameAfter(string[] before, string[] path) => path switch
    {
        [{ Length: > 0 } name] when before is [""] && !NoNames.Contains(name) => name,
        [var room, { Length: > 0 } name] when before.Contains(room, StringComparer.OrdinalIgnoreCase) => name,
        _ => null,
    };
}
