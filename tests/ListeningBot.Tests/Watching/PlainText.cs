using System.Text;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Tests.Watching;

/// <param name="Sign">'#', '@', '+' right after another letter of writing without spaces, or ' '.</param>
/// <param name="BeforeNot">"can" in "can't".</param>
/// <param name="Number">Of the word, the words of a hashtag alike.</param>
internal sealed record PlainWord(string Word, char Sign, bool BeforeNot, int Start, int End, int Number);

/// <param name="Begins">Only how the word begins.</param>
internal sealed record PlainWanted(string Word, char Sign, bool Begins);

internal sealed record PlainPlace(int Start, int End, int FirstWord, int LastWord);

/// <summary>Reads the few characters that <see cref="RandomQueriesTests"/> uses, as strings.</summary>
internal static class PlainText
{
    /// <summary>The only one in random texts.</summary>
    public const string Link = "http://ab.example/x";

    /// <summary>What UTF-8 can say of it.</summary>
    public static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>The words with each hashtag as one, and with each taken apart: all combinations.</summary>
    public static List<List<PlainWord>> Variants(string text)
    {
        var words = Words(text);
        var tags = Enumerable.Range(0, words.Count).Where(i => words[i].Sign == '#' && TagWords(words[i]).Count > 0).ToList();
        return [.. Enumerable.Range(0, 1 << tags.Count).Select(choice => words.SelectMany((word, i) => tags.IndexOf(i) is >= 0 and var tag && (choice >> tag & 1) == 1
            ? TagWords(word)
            : [Whole(word)]).ToList())];
    }

    /// <summary>All ways to write a term.</summary>
    public static List<List<PlainWanted>> Ways(Query.Term term)
    {
        List<List<PlainWanted>> ways = [[]];
        foreach (var word in term.Words)
        {
            ways = [.. ways.SelectMany(way => WaysOf(word).Select(more => way.Concat(more).ToList()))];
        }
        return ways;
    }

    /// <summary>The names with which a text begins, folded.</summary>
    public static List<string> Addressees(string text)
    {
        var clean = Clean(text);
        var names = new List<string>();
        for (var at = 0; at < clean.Length;)
        {
            if (char.IsWhiteSpace(clean[at]) || clean[at] is 'ﾞ' or '\u0301')
            {
                at++;
                continue;
            }
            var end = clean[at] == '@' ? EndOfName(clean, at + 1) : at;
            if (end <= at + 1)
            {
                break;
            }
            if (!IsBeforeNot(clean, end))
            {
                names.Add(Folding.Fold(clean[(at + 1)..end]));
            }
            at = end;
        }
        return names;
    }

    private static int EndOfName(string text, int start)
    {
        var at = EndOfTag(text, start);
        while (at > start && at < text.Length && text[at] is '.' or '-' or '@' && EndOfTag(text, at + 1) is var next && next > at + 1)
        {
            at = next;
        }
        return at;
    }

    private static int EndOfTag(string text, int start)
    {
        var at = start;
        while (at < text.Length && (IsSingle(text[at]) || IsWordChar(text[at]) || text[at] is 'ﾞ' or '\u0301'))
        {
            at++;
        }
        return at > start && text[start] is not ('ﾞ' or '\u0301') ? at : start;
    }

    private static IEnumerable<List<PlainWanted>> WaysOf(TermWord word) => word.Form switch
    {
        WordForm.Inflected => WordForms.Of(word.Text, []).Append(word.Text).Distinct(StringComparer.Ordinal).Select(Exact),
        WordForm.Begins => [WithOpenEnd(Exact(word.Text))],
        _ => [Exact(word.Text)],
    };

    private static List<PlainWanted> Exact(string text) => Words(text).ConvertAll(word => new PlainWanted(Whole(word).Word, word.Sign, false));

    /// <summary>Tags are folded last, because their capitals part them.</summary>
    private static PlainWord Whole(PlainWord word) => word.Sign == '#' ? word with { Word = Folding.Fold(word.Word) } : word;

    private static List<PlainWanted> WithOpenEnd(List<PlainWanted> words) =>
        words is [.. var before, var last] && !IsSingle(last.Word[0]) && !char.IsSurrogate(last.Word[0]) ? [.. before, last with { Begins = true }] : words;

    /// <summary>The words of a tag; none when it is itself one word.</summary>
    private static List<PlainWord> TagWords(PlainWord tag)
    {
        var spaced = new StringBuilder();
        var runes = tag.Word.EnumerateRunes().ToList();
        for (var i = 0; i < runes.Count; i++)
        {
            var before = runes.Take(i).LastOrDefault(rune => !IsMark(rune));
            var after = runes.Skip(i + 1).FirstOrDefault(rune => !IsMark(rune));
            var begins = i > 0 && Rune.IsUpper(runes[i]) && (Rune.IsLower(before) || Rune.IsDigit(before) || (Rune.IsUpper(before) && Rune.IsLower(after)));
            spaced.Append(begins ? " " : "").Append(runes[i].Value == '_' ? " " : runes[i].ToString());
        }
        var parts = spaced.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || (parts is [var only] && only == tag.Word))
        {
            return [];
        }
        var words = new List<PlainWord>();
        var at = 0;
        foreach (var part in parts)
        {
            at = tag.Word.IndexOf(part, at, StringComparison.Ordinal);
            words.Add(new PlainWord(Folding.Fold(part), ' ', false, tag.Start + at, tag.Start + at + part.Length, tag.Number));
            at += part.Length;
        }
        words[^1] = words[^1] with { BeforeNot = tag.BeforeNot && words[^1].End == tag.End };
        return words;
    }

    private static bool IsMark(Rune rune) => rune.Value is 'ﾞ' or '\u0301';

    private static string Clean(string text) => Valid(text).Replace("\u200B", "", StringComparison.Ordinal);

    private static List<PlainWord> Words(string text)
    {
        var clean = Clean(text);
        var words = new List<PlainWord>();
        for (var at = 0; at < clean.Length;)
        {
            var end = EndOf(clean, at, out var joined);
            if (end > at)
            {
                Add(words, clean, at, end, joined);
            }
            at = Math.Max(end, at + 1);
        }
        return words;
    }

    private static void Add(List<PlainWord> words, string text, int at, int end, bool joined)
    {
        var sign = joined ? '+' : at > 0 && text[at - 1] is '#' or '＃' or '@' && !IsJoinable(text[..(at - 1)]) && !char.IsSurrogate(text[at]) ? text[at - 1] == '@' ? '@' : '#' : ' ';
        var word = text[at..end];
        if (sign is not ('#' or '@'))
        {
            (at, word) = (at + word.Length - word.TrimStart('_').Length, word.Trim('_'));
        }
        if (word.Length > 0)
        {
            words.Add(new PlainWord(sign == '#' ? word : Folding.Fold(word), sign, IsBeforeNot(text, at + word.Length), at, at + word.Length, (words.LastOrDefault()?.Number ?? -1) + (IsAfterApostrophe(text, at) ? 0 : 1)));
        }
    }

    private static bool IsAfterApostrophe(string text, int at) =>
        text[..at].TrimEnd('\u0301') is [.. var before, '\'' or '’'] && IsJoinable(before) && IsWordChar(text[at]);

    private static bool IsBeforeNot(string text, int end) =>
        end + 1 < text.Length && text[end] is '\'' or '’' && text[end + 1] is 't' && !(end + 2 < text.Length && IsWordChar(text[end + 2]));

    private static int EndOf(string text, int at, out bool joined)
    {
        joined = IsSingle(text[at]) && text[..at].TrimEnd('ﾞ', '\u0301') is [.., var before] && IsSingle(before);
        if (IsSingle(text[at]))
        {
            return at + 1 < text.Length && text[at + 1] == 'ﾞ' ? EndOfMarks(text, at + 1) : at + 1;
        }
        if (char.IsHighSurrogate(text[at]))
        {
            return text.IndexOf("👩\u200D💻", at, StringComparison.Ordinal) == at ? at + 5 : at + 2;
        }
        var end = at;
        while (end < text.Length && (IsWordChar(text[end]) || (end > at && text[end] is 'ﾞ' or '\u0301')))
        {
            end++;
        }
        return end;
    }

    private static int EndOfMarks(string text, int at)
    {
        while (at < text.Length && text[at] is 'ﾞ' or '\u0301')
        {
            at++;
        }
        return at;
    }

    private static bool IsJoinable(string before)
    {
        before = before.TrimEnd('\u0301', 'ﾞ');
        return before.Length > 0 && IsWordChar(before[^1]);
    }

    private static bool IsSingle(char c) => c is '返' or '金' or 'ハ' or 'バ' or 'ﾊ';

    private static bool IsWordChar(char c) => !IsSingle(c) && c is not ('ﾞ' or '\u0301') && (char.IsLetterOrDigit(c) || c == '_');
}
