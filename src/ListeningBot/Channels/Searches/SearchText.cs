using System.Globalization;
using System.Text;
using ListeningBot.Core.Watching;

namespace ListeningBot.Channels.Searches;

/// <summary>Words of managers, made fit to stand in a search.</summary>
internal static class SearchText
{
    /// <summary>Characters of a word or phrase; the matcher finds no longer ones.</summary>
    public const int Longest = 200;

    /// <summary>Fit to stand between quotes, of which none is left in it; empty when nothing is left that can be looked for.</summary>
    public static string Plain(string text)
    {
        var into = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var harmless = rune.Value is not ('"' or '\\' or '“' or '”' or '„' or '＂' or 0xFFFD) && !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune);
            if (harmless)
            {
                into.Append(rune.ToString());
            }
            else if (into.Length > 0 && into[^1] != ' ')
            {
                into.Append(' ');
            }
        }
        var plain = into.ToString().Trim();
        return plain.Length <= Longest && plain.EnumerateRunes().Any(rune => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol) ? plain : "";
    }

    /// <summary>What to ask where <see cref="Plain"/> leaves nothing: nothing where the matcher finds nothing by it either.</summary>
    public static Ask Unsayable(string text) => WatchSet.ProblemsOf(new Watch { Name = "", Team = "", Find = [text] }).Count > 0 ? Ask.Nothing : Ask.Anything;

    /// <summary>"acme" for "@acme" and, on X, "x:acme"; null when the account is one of another kind of channel.</summary>
    public static string? NameOn(string kind, string account)
    {
        account = account.Trim();
        var named = account[..Math.Max(0, account.IndexOf(':', StringComparison.Ordinal))];
        var name = named.Equals(kind, StringComparison.OrdinalIgnoreCase) ? account[(named.Length + 1)..].Trim() : account;
        return named.Length > 0 && name == account && named is not ("did" or "http" or "https") ? null : name.TrimStart('@');
    }
}
