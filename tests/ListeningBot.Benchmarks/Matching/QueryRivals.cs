using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Benchmarks.Matching;

/// <summary>
/// Asks one query of one text the usual way: strings, whole words by looking at what stands before and behind. Knows no accents, no full-width forms, no
/// hashtags taken apart.
/// </summary>
internal static partial class QueryRivals
{
    /// <summary>Compatibility forms made plain, accents stripped, the words of each hashtag behind it.</summary>
    public static string Plain(string text)
    {
        if (text.Contains('#', StringComparison.Ordinal))
        {
            text = Tag().Replace(text, tag => tag.Value + " " + Humps().Replace(tag.Value[1..].Replace('_', ' '), " "));
        }
        return Ascii.IsValid(text)
            ? text
            : string.Concat(text.Normalize(NormalizationForm.FormKD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)));
    }

    [GeneratedRegex(@"#\w+", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])", RegexOptions.None, 1000)]
    private static partial Regex Humps();

    public static bool IsTrue(Query query, string text) => query switch
    {
        Query.Term term => PlaceOf(term, text, 0) >= 0,
        Query.All all => all.Parts.All(part => IsTrue(part, text)),
        Query.Any any => any.Parts.Any(part => IsTrue(part, text)),
        Query.Not not => !IsTrue(not.What, text),
        Query.Near near => Terms(near.Left).Any(left => Terms(near.Right).Any(right => AreNear(left, right, near.Words, text))),
        _ => false,
    };

    /// <summary>The words one of which must be there.</summary>
    public static IEnumerable<string> Anchors(Query query) => query switch
    {
        Query.All all => Anchors(all.Parts[0]),
        Query.Any any => any.Parts.SelectMany(Anchors),
        Query.Near near => Anchors(near.Left),
        Query.Term term => [term.Words[0].Text],
        _ => [],
    };

    /// <summary>One expression for the same: what must be there and what must not, each by looking ahead.</summary>
    public static Regex AsRegex(Query query) =>
        new("^" + Ahead(query), RegexOptions.Compiled | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);

    private static string Ahead(Query query) => query switch
    {
        Query.All all => string.Concat(all.Parts.Select(Ahead)),
        Query.Any any => $"(?:{string.Join('|', any.Parts.Select(Ahead))})",
        Query.Not not => $"(?!{Ahead(not.What)})",
        Query.Near near => $"(?=.*?(?:{Side(near.Left)}(?:\\W+\\w+){{0,{near.Words}}}\\W+{Side(near.Right)}|{Side(near.Right)}(?:\\W+\\w+){{0,{near.Words}}}\\W+{Side(near.Left)}))",
        _ => $"(?=.*?{Side(query)})",
    };

    private static string Side(Query side) => $"(?:{string.Join('|', Terms(side).Select(Word))})";

    private static string Word(Query.Term term) => "\\b" + string.Join("\\W+", term.Words.Select(word => Regex.Escape(word.Text) + (word.Form == WordForm.Begins ? "\\w*" : ""))) + "\\b";

    private static IEnumerable<Query.Term> Terms(Query side) => side is Query.Any any ? any.Parts.OfType<Query.Term>() : [(Query.Term)side];

    private static bool AreNear(Query.Term left, Query.Term right, int words, string text)
    {
        for (var one = PlaceOf(left, text, 0); one >= 0; one = PlaceOf(left, text, one + 1))
        {
            for (var other = PlaceOf(right, text, 0); other >= 0; other = PlaceOf(right, text, other + 1))
            {
                if (text.AsSpan(Math.Min(one, other), Math.Abs(one - other)).Count(' ') <= words + 1)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static int PlaceOf(Query.Term term, string text, int from)
    {
        var phrase = term.Words.Count == 1 ? term.Words[0].Text : string.Join(' ', term.Words.Select(word => word.Text));
        for (var at = text.IndexOf(phrase, from, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + phrase.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || term.Words[^1].Form == WordForm.Begins || !char.IsLetterOrDigit(text[end])))
            {
                return at;
            }
        }
        return -1;
    }
}
