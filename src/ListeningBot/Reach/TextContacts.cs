using System.Text.RegularExpressions;
using ListeningBot.Core.Posts;

namespace ListeningBot.Reach;

/// <summary>Finds addresses, handles and links in plain text. Takes anything; what it gives is short and holds no white space.</summary>
internal static partial class TextContacts
{
    /// <summary>What lies behind is not read.</summary>
    private const int Longest = 50_000;
    private const int MostOfOneKind = 10;

    /// <summary>Ends of file names that look like those of hosts.</summary>
    private static readonly string[] NoHosts = ["png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "mp4", "pdf", "html", "php"];

    /// <summary>Nobody reads what is sent there.</summary>
    private static readonly string[] NobodyReads = ["noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon", "bounce", "abuse", "postmaster"];

    /// <param name="anyLink">Links that are no account count as the author's own site: true in what they say of themselves, false in a post.</param>
    public static IEnumerable<Contact> In(string text, string foundOn, bool anyLink)
    {
        text = text.Length > Longest ? text[..Longest] : text;
        try
        {
            return
            [
                .. Addresses(text).Select(address => new Contact(ContactKind.Mail, address, foundOn)),
                .. Matches(Handle(), text).Select(handle => new Contact(ContactKind.Profile, handle.Value, foundOn)),
                .. Matches(Link(), text).Select(link => OfLink(link.Value, foundOn, anyLink)).OfType<Contact>(),
            ];
        }
        catch (RegexMatchTimeoutException)
        {
            return [];
        }
    }

    /// <summary>The address in "mailto:..." or in a plain text that is one, or null.</summary>
    public static string? Address(string text)
    {
        text = text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? text["mailto:".Length..] : text;
        text = Uri.UnescapeDataString(text.Split('?')[0]).Trim();
        var found = text.Length > 320 ? [] : Addresses(text).ToList();
        return found.Count == 1 && found[0].Length == text.Length ? found[0] : null;
    }

    /// <summary>As an account on a network, else as a site; null when it is neither for people.</summary>
    public static Contact? OfLink(string link, string foundOn, bool anyLink)
    {
        link = link.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '"', '…', '>');
        link = link.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? link : "https://" + link;
        return Uri.TryCreate(link, UriKind.Absolute, out var url) && IsForPeople(url) ? OfLink(url, foundOn, anyLink) : null;
    }

    public static Contact? OfLink(Uri url, string foundOn, bool anyLink) =>
        !IsForPeople(url) ? null
        : Networks.NameIn(url) is not null ? new Contact(ContactKind.Profile, url.AbsoluteUri, foundOn)
        : anyLink ? new Contact(ContactKind.Site, url.AbsoluteUri, foundOn)
        : null;

    private static bool IsForPeople(Uri url) =>
        url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.HostNameType == UriHostNameType.Dns && url.Host.Contains('.') && url.AbsoluteUri.Length <= 300;

    private static IEnumerable<string> Addresses(string text) =>
        Matches(Mail(), text).Concat(Matches(VeiledMail(), text)).Concat(Matches(SpelledMail(), text))
            .Select(match => (match.Groups["name"].Value + "@" + Separators().Replace(match.Groups["host"].Value, ".")).ToLowerInvariant())
            .Where(IsRead)
            .Distinct();

    private static bool IsRead(string address) =>
        !NoHosts.Contains(address[(address.LastIndexOf('.') + 1)..]) && !NobodyReads.Contains(address.Split('@')[0]);

    private static IEnumerable<Match> Matches(Regex what, string text) => what.Matches(text).Take(MostOfOneKind);

    // mia@example.com; not @mia@social.example, not a part of a link.
    [GeneratedRegex(@"(?<![\w.+@/:%-])(?<name>[A-Za-z0-9][A-Za-z0-9._%+-]{0,63})@(?<host>(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,6}\p{L}{2,24})(?![\w@-]|[.:]\w)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex Mail();

    // mia (at) example (dot) com, mia [at] example.com
    [GeneratedRegex(@"(?<![\w.+@/-])(?<name>[A-Za-z0-9][A-Za-z0-9._+-]{0,63})\s{0,3}[(\[{<]\s?(at|@|ät|arobase|arroba|chiocciola)\s?[)\]}>]\s{0,3}(?<host>[\p{L}\p{N}][\p{L}\p{N}-]{0,62}((\s{0,3}[(\[{<]\s?(dot|punkt|point|punto|\.)\s?[)\]}>]\s{0,3}|\.)[\p{L}\p{N}][\p{L}\p{N}-]{0,62}){0,5}(\s{0,3}[(\[{<]\s?(dot|punkt|point|punto|\.)\s?[)\]}>]\s{0,3}|\.)\p{L}{2,24})(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex VeiledMail();

    // mia AT example DOT com
    [GeneratedRegex(@"(?<![\w.+@/-])(?<name>[A-Za-z0-9][A-Za-z0-9._+-]{0,63}) AT (?<host>[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(( DOT |\.)[\p{L}\p{N}][\p{L}\p{N}-]{0,62}){0,5}( DOT )\p{L}{2,24})(?![\w-])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex SpelledMail();

    [GeneratedRegex(@"\s{0,3}[(\[{<]\s?(dot|punkt|point|punto|\.)\s?[)\]}>]\s{0,3}| DOT ", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Separators();

    // @mia@social.example
    [GeneratedRegex(@"(?<![\w@/.])@[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}@([\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,6}\p{L}{2,24}(?![\w@-])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex Handle();

    // https://mia.example, www.mia.example, mia.example/blog
    [GeneratedRegex(@"(?<![\w@/.])(https?://[^\s<>""]{4,300}|www\.[^\s<>""]{4,300}|([a-z0-9][a-z0-9-]{0,62}\.){1,4}[a-z]{2,24}/[^\s<>""]{0,200})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Link();
}
