using System.Collections.Frozen;
using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>
/// The inflected forms of a word, for "~refund" in a watch: refund, refunds, refunded, refunding. English, German, French, Spanish, Italian and Portuguese, from
/// tables in Text/Forms. They are compared in the folded form, so that Häuser is haus and er.
/// </summary>
public static class WordForms
{
    /// <summary>A word never has more.</summary>
    public const int Most = 80;
    private const int ShortestForm = 2;
    private const string English = "en";

    /// <summary>In the order in which they are asked.</summary>
    private static readonly string[] s_languages = ["en", "de", "fr", "es", "it", "pt"];
    private static readonly FrozenDictionary<string, Lazy<FormTable>> s_tables =
        s_languages.ToFrozenDictionary(language => language, language => new Lazy<FormTable>(() => new FormTable(language)), StringComparer.OrdinalIgnoreCase);

    /// <summary>All forms in which the word may stand, folded, itself first; at most <see cref="Most"/>. What is no plain word has only itself.</summary>
    /// <param name="word">In any case, with or without accents; the word as dictionaries have it, or a form that belongs to one word only ("paid").</param>
    /// <param name="languages">Two letters each; empty for all, and then only where the word is known there or ends as only words of that language do.</param>
    public static IReadOnlyList<string> Of(string word, IReadOnlyList<string> languages)
    {
        var folded = Folding.Fold(word.Trim());
        if (folded.Length < ShortestForm || !folded.All(char.IsAsciiLetter))
        {
            return [folded];
        }
        var tables = languages.Count > 0 ? [.. languages.Where(s_tables.ContainsKey).Distinct(StringComparer.OrdinalIgnoreCase).Select(Table)] : Likely(word, folded);
        var forms = Together([.. tables.Select(table => table.Of(folded))]);
        return [.. forms.Where(form => languages.Count > 0 || !FoldedWords.IsSmall(form)).Prepend(folded).Distinct(StringComparer.Ordinal).Take(Most)];
    }

    private static FormTable Table(string language) => s_tables[language].Value;

    /// <summary>The languages that know it; else those that alone have such an ending; else English, if it is written as English is.</summary>
    private static List<FormTable> Likely(string word, string folded)
    {
        var tables = s_languages.Select(Table).ToList();
        var knowing = tables.FindAll(table => table.Knows(folded));
        var likely = knowing.Count > 0 ? knowing : tables.FindAll(table => table.LooksLikeIt(folded));
        return likely.Count > 0 ? likely : word.Trim().All(char.IsAscii) ? [Table(English)] : [];
    }

    /// <summary>The commonest of each language come first, so that what is cut off is rare.</summary>
    private static IEnumerable<string> Together(IReadOnlyList<string>[] byLanguage) =>
        Enumerable.Range(0, byLanguage.Length == 0 ? 0 : byLanguage.Max(forms => forms.Count)).SelectMany(i => byLanguage.Where(forms => i < forms.Count).Select(forms => forms[i]));
}
