using System.Text;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;

namespace ListeningBot.Tests.Watching;

/// <summary>Says the same as <see cref="WatchSet"/>, without any of its means but <see cref="Folding"/>.</summary>
internal static class PlainEvaluator
{
    /// <param name="Sign">'#', '@', '+' right after another letter of writing without spaces, or ' '.</param>
    /// <param name="BeforeNot">"can" in "can't".</param>
    private sealed record Piece(string Word, char Sign, bool BeforeNot);

    public static bool Matches(Watch watch, string text, string channel)
    {
        var named = watch.Channels.Contains(channel);
        if (watch.Channels.Count > 0 && !named)
        {
            return false;
        }
        var pieces = Pieces(text);
        var variants = Variants(pieces).ToList();
        return ((watch.Everything && named) || watch.Find.Any(term => variants.Exists(v => Has(v, term)))) && !watch.Exclude.Any(term => variants.Exists(v => Has(v, term)));
    }

    private static bool Has(List<Piece> text, string term)
    {
        var wanted = Pieces(term).ConvertAll(piece => piece with { Word = Folding.Fold(piece.Word) });
        return wanted.Count > 0 && Enumerable.Range(0, Math.Max(0, text.Count - wanted.Count + 1)).Any(at => Stands(text, at, wanted));
    }

    private static bool Stands(List<Piece> text, int at, List<Piece> wanted)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            var (have, want) = (text[at + i], wanted[i]);
            if (have.Word != want.Word || (want.Sign != ' ' && have.Sign != want.Sign))
            {
                return false;
            }
        }
        return !text[at + wanted.Count - 1].BeforeNot;
    }

    /// <summary>The text with each hashtag as one word, and with each taken apart: all combinations.</summary>
    private static IEnumerable<List<Piece>> Variants(List<Piece> pieces)
    {
        var tags = Enumerable.Range(0, pieces.Count).Where(i => pieces[i].Sign == '#' && TagWords(pieces[i].Word).Count > 0).ToList();
        for (var choice = 0; choice < 1 << tags.Count; choice++)
        {
            yield return [.. pieces.SelectMany((piece, i) => tags.IndexOf(i) is >= 0 and var tag && (choice >> tag & 1) == 1
                ? TagWords(piece.Word).Select((word, n) => new Piece(Folding.Fold(word), ' ', piece.BeforeNot && n == TagWords(piece.Word).Count - 1))
                : [piece with { Word = Folding.Fold(piece.Word) }])];
        }
    }

    /// <summary>The words of a tag, as written; none when it is itself one word.</summary>
    private static List<string> TagWords(string tag)
    {
        var spaced = new StringBuilder();
        var runes = tag.EnumerateRunes().ToList();
        for (var i = 0; i < runes.Count; i++)
        {
            var begins = i > 0 && Rune.IsUpper(runes[i])
                && (Rune.IsLower(runes[i - 1]) || Rune.IsDigit(runes[i - 1]) || (Rune.IsUpper(runes[i - 1]) && i + 1 < runes.Count && Rune.IsLower(runes[i + 1])));
            spaced.Append(begins ? " " : "").Append(runes[i].Value == '_' ? " " : runes[i].ToString());
        }
        var words = spaced.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        return words is [var only] && only == tag ? [] : words;
    }

    private static List<Piece> Pieces(string text)
    {
        var clean = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\u200B", "", StringComparison.Ordinal);
        var pieces = new List<Piece>();
        for (var at = 0; at < clean.Length;)
        {
            var end = EndOf(clean, at, out var joined);
            if (end > at)
            {
                Add(pieces, clean, at, end, joined);
            }
            at = Math.Max(end, at + 1);
        }
        return pieces;
    }

    private static void Add(List<Piece> pieces, string text, int at, int end, bool joined)
    {
        var sign = joined ? '+' : at > 0 && text[at - 1] is '#' or '＃' or '@' && !IsJoinable(text[..(at - 1)]) && !char.IsSurrogate(text[at]) ? text[at - 1] == '@' ? '@' : '#' : ' ';
        var word = sign is '#' or '@' ? text[at..end] : text[at..end].Trim('_');
        var not = end + 1 < text.Length && text[end] is '\'' or '’' && text[end + 1] is 't' && !(end + 2 < text.Length && IsWordChar(text[end + 2]));
        if (word.Length > 0)
        {
            pieces.Add(new Piece(sign == '#' ? word : Folding.Fold(word), sign, not));
        }
    }

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

    private static bool IsSingle(char c) => c is '返' or '金' or 'ハ';

    private static bool IsWordChar(char c) => !IsSingle(c) && c is not ('ﾞ' or '\u0301') && (char.IsLetterOrDigit(c) || c == '_');
}
