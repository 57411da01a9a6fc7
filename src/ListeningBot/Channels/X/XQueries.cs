using System.Text;
using ListeningBot.Core.Watching;

namespace ListeningBot.Channels.X;

/// <summary>The words of watches as X's operators. Whatever a manager writes stays a word: it is quoted, and what ends a quote is taken out.</summary>
internal static class XQueries
{
    /// <summary>Characters of a search.</summary>
    public const int LongestSearch = 512;

    /// <summary>Characters of a rule of the stream.</summary>
    public const int LongestRule = 1024;

    private const int MostOfOurs = 6;

    /// <summary>X knows these languages by other names, or more than one.</summary>
    private static readonly Dictionary<string, string[]> Renamed = new(StringComparer.OrdinalIgnoreCase) { ["he"] = ["iw"], ["id"] = ["in"], ["zh"] = ["zh-CN", "zh-TW"], ["nb"] = ["no"], ["nn"] = ["no"] };

    private static readonly HashSet<string> Languages = new(
        "am ar hy eu bn bg ca hr cs da nl en et fi fr de ka el gu iw hi hu in it ja kn ko lv lt ml mr no fa pl pt ro ru sr zh-CN zh-TW sk sl es sv ta te th tr uk ur vi".Split(' '),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The fewest queries that find what these watches listen for on this channel, each no longer than allowed. What is excluded only where there is room: the matcher decides in the end.</summary>
    /// <param name="account">The name of our own account, found too; null for none.</param>
    public static IReadOnlyList<string> Of(WatchSet watches, string channel, string? account, bool reposts, int longest)
    {
        var always = (reposts ? "" : " -is:retweet") + NotFrom(watches.Ours);
        var listening = watches.Watches.Where(watch => watch.Channels.Count == 0 || watch.Channels.Contains(channel, StringComparer.OrdinalIgnoreCase)).ToList();
        var groups = listening
            .GroupBy(watch => TailOf(watch, always, longest), StringComparer.Ordinal)
            .Select(group => (Tail: group.Key, Terms: group.SelectMany(watch => watch.Find).SelectMany(Operators)));
        if (account is not null)
        {
            groups = groups.Prepend((always, [$"@{account}"]));
        }
        return [.. groups.SelectMany(group => Packed(group.Terms.Distinct(StringComparer.OrdinalIgnoreCase), group.Tail, longest)).Distinct(StringComparer.Ordinal)];
    }

    public static bool IsHandle(string name) => name.Length is >= 1 and <= 15 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>All ways to write one word of a watch that its matcher finds: as a phrase, as a hashtag, as a name.</summary>
    internal static IEnumerable<string> Operators(string term)
    {
        term = term.Trim();
        var words = Plain(term);
        if (words.Length == 0)
        {
            yield break;
        }
        var bare = words.TrimStart('#', '@', '＃', '＠').Trim();
        var joined = bare.Replace(" ", "", StringComparison.Ordinal);
        if (term[0] is '#' or '＃')
        {
            yield return IsTag(bare) ? $"#{bare}" : $"\"{words}\"";
            yield break;
        }
        if (term[0] is '@' or '＠')
        {
            yield return IsHandle(bare) ? $"@{bare}" : $"\"{words}\"";
            yield break;
        }
        yield return $"\"{words}\"";
        if (IsTag(joined))
        {
            yield return $"#{joined}";
        }
        if (IsHandle(bare))
        {
            yield return $"@{bare}";
        }
    }

    /// <summary>Fit to stand between quotes; empty when nothing is left that can be looked for.</summary>
    private static string Plain(string term)
    {
        var text = new StringBuilder(term.Length);
        foreach (var rune in term.EnumerateRunes())
        {
            var harmless = rune.Value is not ('"' or '\\' or '“' or '”' or '„' or '＂' or 0xFFFD) && !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune);
            if (harmless)
            {
                text.Append(rune.ToString());
            }
            else if (text.Length > 0 && text[^1] != ' ')
            {
                text.Append(' ');
            }
        }
        var plain = text.ToString().Trim();
        return plain.EnumerateRunes().Any(rune => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.OtherSymbol) ? plain : "";
    }

    /// <summary>X knows no hashtag of digits alone, nor with a sign in it.</summary>
    private static bool IsTag(string name) => name.Length is >= 1 and <= 100 && name.All(c => char.IsLetterOrDigit(c) || c == '_') && !name.All(char.IsDigit);

    /// <summary>What we say ourselves is no news, and costs like all else; our answers in the conversations of open cases are asked for there.</summary>
    private static string NotFrom(Ours ours) => string.Concat(ours.Accounts
        .Select(account => account.Trim())
        .Select(account => account.StartsWith("x:", StringComparison.OrdinalIgnoreCase) ? account[2..].Trim() : account)
        .Select(account => account.TrimStart('@'))
        .Where(account => IsHandle(account) && !account.All(char.IsAsciiDigit))
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Take(MostOfOurs)
        .Select(account => " -from:" + account));

    private static string TailOf(Watch watch, string always, int longest)
    {
        var tail = LanguagesOf(watch) + always;
        foreach (var excluded in watch.Exclude.SelectMany(Excluding))
        {
            tail += tail.Length + excluded.Length + 2 <= longest / 2 ? $" -{excluded}" : "";
        }
        return tail;
    }

    /// <summary>The phrase alone: what X takes for a hashtag or a name may be more than the word that rules a post out.</summary>
    private static IEnumerable<string> Excluding(string term) => Operators(term).Take(1);

    private static string LanguagesOf(Watch watch)
    {
        var named = watch.Languages.SelectMany(language => Renamed.GetValueOrDefault(language, [language])).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return named.Count == 0 || named.Count > 6 || !named.TrueForAll(Languages.Contains) ? "" : $" ({string.Join(" OR ", named.Select(language => "lang:" + language))})";
    }

    private static IEnumerable<string> Packed(IEnumerable<string> terms, string tail, int longest)
    {
        var room = longest - tail.Length - 2;
        var packed = new StringBuilder();
        foreach (var term in terms.Where(term => term.Length <= room))
        {
            if (packed.Length > 0 && packed.Length + 4 + term.Length > room)
            {
                yield return $"({packed}){tail}";
                packed.Clear();
            }
            packed.Append(packed.Length > 0 ? " OR " : "").Append(term);
        }
        if (packed.Length > 0)
        {
            yield return $"({packed}){tail}";
        }
    }
}
