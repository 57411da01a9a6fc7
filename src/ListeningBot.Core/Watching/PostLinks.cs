using System.Text;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching;

/// <summary>The web addresses of a post.</summary>
internal static class PostLinks
{
    public static IEnumerable<string> Of(Post post) => FoldedWords.LinksOf(post.WholeText()).Concat(post.Links ?? []);
}

/// <summary>The names to which a text speaks: those with which it begins.</summary>
internal static class Addressees
{
    /// <summary>"nimbus" is also "nimbus.bsky.social" and "nimbus@chat.example", where a name tells its house; an account that is asked for with its house is that one alone.</summary>
    public static bool Have(string text, string account)
    {
        var name = Folding.Fold(account);
        return Of(text).Exists(one => one == name || one.Split('.', '@')[0] == name);
    }

    /// <summary>Folded, without "@".</summary>
    private static List<string> Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var names = new List<string>();
        foreach (var token in new Words(bytes))
        {
            if (token.Kind != TokenKind.AtName)
            {
                break;
            }
            if (!TokenReading.IsCutByNot(bytes, token.End))
            {
                var name = Encoding.UTF8.GetString(token.In(bytes));
                names.Add(Folding.Fold(name[1..]));
            }
        }
        return names;
    }
}

/// <summary>A host, and all below it; with a path, the addresses that begin with it.</summary>
internal sealed class LinkPattern
{
    private const int Longest = 500;
    private readonly string? _host;
    private readonly string _path = "";

    /// <param name="address">"acme.example", "https://acme.example/support".</param>
    public LinkPattern(string address)
    {
        if (Normal(address) is { } wanted)
        {
            var cut = wanted.IndexOfAny(['/', '?']);
            (_host, _path) = cut < 0 ? (wanted, "") : (wanted[..cut], wanted[cut..]);
        }
    }

    public bool Fits(string address)
    {
        if (_host is null || Normal(address) is not { } link)
        {
            return false;
        }
        var cut = link.IndexOfAny(['/', '?']);
        var (host, path) = cut < 0 ? (link, "") : (link[..cut], link[cut..]);
        return IsBelow(host) && path.StartsWith(_path, StringComparison.OrdinalIgnoreCase);
    }

    private bool IsBelow(string host)
    {
        host = _host!.Contains(':', StringComparison.Ordinal) ? host : host.Split(':')[0];
        return host == _host || host.EndsWith("." + _host, StringComparison.Ordinal);
    }

    private static string? Normal(string address)
    {
        address = address.Trim();
        address = address.Contains("://", StringComparison.Ordinal) ? address : "http://" + address;
        return WebAddress.Of(address.Length <= Longest ? address : address[..Longest]);
    }
}
