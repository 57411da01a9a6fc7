using ListeningBot.Core.Text;

namespace ListeningBot.Core.Scoring;

/// <summary>Which language a text is read in.</summary>
internal static class Language
{
    /// <summary>A text shorter than this (bytes) tells little: what the source claims goes first.</summary>
    private const int Short = 24;

    private const int EnglishEnough = 3;
    private const int Looked = 48;
    private static readonly uint[] s_english = EnglishWords();
    private static readonly string[] s_tags = [.. from first in Enumerable.Range('a', 26) from second in Enumerable.Range('a', 26) select $"{(char)first}{(char)second}"];

    /// <summary>Two letters, "und" when unknown.</summary>
    public static string Of(PieceList pieces, Evidence evidence)
    {
        var text = pieces.Text;
        if (IsPlainlyEnglish(pieces))
        {
            return "en";
        }
        var claimed = Claimed(evidence.Lang);
        if (claimed is not null && text.Length < Short)
        {
            return claimed;
        }
        var guess = LanguageGuess.Of(text);
        return guess != "und" ? guess : claimed ?? (pieces.Count > 1 ? LanguageByLexicon.Of(pieces) : guess);
    }

    /// <summary>Most texts are English, and its commonest words stand in no other language: seeing some saves the whole guess, which costs more than all of the scoring.</summary>
    private static bool IsPlainlyEnglish(PieceList pieces)
    {
        var (english, words) = (0, 0);
        for (var i = 0; i < Math.Min(pieces.Count, Looked); i++)
        {
            ref var piece = ref pieces[i];
            if (piece.Kind == PieceKind.Word)
            {
                words++;
                english += piece.Length <= 4 && s_english[piece.Hash & (s_english.Length - 1)] == piece.Hash ? 1 : 0;
            }
        }
        return english >= EnglishEnough && english * 8 >= words;
    }

    /// <summary>A word's hash at its last bits; where two meet, the later one is enough.</summary>
    private static uint[] EnglishWords()
    {
        var table = new uint[256];
        foreach (var word in new[] { "the", "and", "you", "with", "this", "have", "that", "your", "they", "been", "were", "when", "what", "just", "from", "will", "it's", "my" })
        {
            var hash = LookupForm.Hash(System.Text.Encoding.UTF8.GetBytes(word));
            table[hash & 255] = hash;
        }
        return table;
    }

    /// <summary>"de-AT" is "de"; null for what is no language tag, or says that it does not know.</summary>
    private static string? Claimed(string? tag)
    {
        if (tag is not { Length: >= 2 } || !char.IsAsciiLetter(tag[0]) || !char.IsAsciiLetter(tag[1]) || (tag.Length > 2 && tag[2] is not ('-' or '_')))
        {
            return null;
        }
        return s_tags[((tag[0] | 0x20) - 'a') * 26 + (tag[1] | 0x20) - 'a'];
    }
}
