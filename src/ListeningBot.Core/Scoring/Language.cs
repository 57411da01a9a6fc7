using ListeningBot.Core.Text;

namespace ListeningBot.Core.Scoring;

/// <summary>Which language a text is read in.</summary>
internal static class Language
{
    /// <summary>A text shorter than this (bytes) tells little: what the source claims goes first.</summary>
    private const int Short = 24;

    /// <summary>One small word that only this language has ("u"), and one that four share ("me").</summary>
    private const int Little = LatinEvidence.OneWord + LatinEvidence.OneWord / 4;

    private static readonly string[] s_tags = [.. from first in Enumerable.Range('a', 26) from second in Enumerable.Range('a', 26) select $"{(char)first}{(char)second}"];

    /// <summary>Two letters, "und" when unknown; and whether little speaks for it: neither several small words nor its script.</summary>
    public static (string Lang, bool IsGuess) Of(PieceList pieces, Evidence evidence)
    {
        var text = pieces.Text;
        if (SmallWords.LanguageOf(pieces) is { } plain)
        {
            return (plain, false);
        }
        var claimed = Claimed(evidence.Lang);
        if (claimed is not null && text.Length < Short)
        {
            return (claimed, true);
        }
        var (guess, weight) = LanguageGuess.Read(text);
        if (guess == "und")
        {
            var lang = claimed ?? LanguageByLexicon.Of(pieces);
            return (lang, lang != "und");
        }
        return claimed is null ? (guess, weight <= Little)
            : Languages.IsWrittenAs(claimed, guess) ? (claimed, true)
            : (guess, weight < LanguageGuess.ByScript);
    }

    /// <summary>"de-AT" is "de"; null for what is no language tag, or says that it does not know.</summary>
    private static string? Claimed(string? tag)
    {
        if (tag is not { Length: >= 2 } || !char.IsAsciiLetter(tag[0]) || !char.IsAsciiLetter(tag[1]) || (tag.Length > 2 && tag[2] is not ('-' or '_')))
        {
            return null;
        }
        return Languages.Plain(s_tags[((tag[0] | 0x20) - 'a') * 26 + (tag[1] | 0x20) - 'a']);
    }
}
