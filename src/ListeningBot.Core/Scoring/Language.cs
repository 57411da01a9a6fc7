using ListeningBot.Core.Text;

namespace ListeningBot.Core.Scoring;

/// <summary>Which language a text is read in.</summary>
internal static class Language
{
    /// <summary>A text shorter than this (bytes) tells little: what the source claims goes first.</summary>
    private const int Short = 24;

    /// <summary>Two letters, "und" when unknown.</summary>
    public static string Of(ReadOnlySpan<byte> text, Evidence evidence)
    {
        var claimed = Claimed(evidence.Lang);
        if (claimed is not null && text.Length < Short)
        {
            return claimed;
        }
        var guess = LanguageGuess.Of(text);
        return guess == "und" ? claimed ?? guess : guess;
    }

    /// <summary>"de-AT" is "de"; null for what is no language tag, or says that it does not know.</summary>
    private static string? Claimed(string? tag)
    {
        if (tag is not { Length: >= 2 } || !char.IsAsciiLetter(tag[0]) || !char.IsAsciiLetter(tag[1]) || (tag.Length > 2 && tag[2] is not ('-' or '_')))
        {
            return null;
        }
        return tag is "en" ? "en" : tag[..2].ToLowerInvariant();
    }
}
