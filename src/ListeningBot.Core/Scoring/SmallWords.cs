using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Scoring;

/// <summary>
/// Tells the language of most texts by the small words among their pieces ("the", "nicht", "est"), which spares them the whole guess: that one reads the text anew and costs as much as the rest
/// of the reading.
/// </summary>
internal static class SmallWords
{
    private const int Looked = 64;

    /// <summary>So much weighs a word that one language has to itself; one that two share weighs half.</summary>
    private const int Own = 12;

    /// <summary>So many words of its own a language must show, and at least one among so many words.</summary>
    private const int Enough = 3;
    private const int Among = 8;

    /// <summary>Words: it is asked so often whether the language is clear.</summary>
    private const int Often = 16;
    private const int Languages = 8;
    private const int Longest = 8;
    private const int Slots = 2048;
    private static readonly uint[] s_words = new uint[Slots];

    /// <summary>For each word the languages that use it, one bit each.</summary>
    private static readonly byte[] s_users = new byte[Slots];
    private static readonly Vector128<ushort>[] s_weights = [.. Enumerable.Range(0, 256).Select(WeightsOf)];

    static SmallWords()
    {
        for (var language = 0; language < Languages; language++)
        {
            foreach (var word in LatinWords.Small[language].Split(' '))
            {
                // What stands before an apostrophe is a piece of its own (l'attente).
                var hash = LookupForm.Hash(Encoding.UTF8.GetBytes(word.TrimEnd('\'')));
                var slot = SlotOf(hash);
                s_words[slot] = hash;
                s_users[slot] |= (byte)(1 << language);
            }
        }
    }

    /// <summary>Two letters, or null when it is not clear.</summary>
    public static string? LanguageOf(PieceList pieces)
    {
        var scores = Vector128<ushort>.Zero;
        var words = 0;
        for (var i = 0; i < Math.Min(pieces.Count, Looked); i++)
        {
            ref var piece = ref pieces[i];
            if (piece.Kind != PieceKind.Word)
            {
                continue;
            }
            if (piece.FoldLength <= Longest)
            {
                scores += s_weights[s_users[SlotOf(piece.Hash)]];
            }
            if (++words % Often == 0 && Clear(scores, words) is { } clear)
            {
                return clear;
            }
        }
        return Clear(scores, words);
    }

    private static string? Clear(Vector128<ushort> scores, int words)
    {
        var (best, most, second) = (0, 0, 0);
        for (var language = 0; language < Languages; language++)
        {
            int score = scores[language];
            (best, most, second) = score > most ? (language, score, most) : (best, most, Math.Max(second, score));
        }
        return best < Lexicon.Languages.Length && most >= Enough * Own && most * Among >= words * Own && most > second * 2 ? Lexicon.Languages[best] : null;
    }

    /// <summary>Where the word stands, or would stand: nobody uses it then.</summary>
    private static int SlotOf(uint hash)
    {
        var slot = (int)(hash & (Slots - 1));
        while (s_words[slot] != hash && s_users[slot] != 0)
        {
            slot = (slot + 1) & (Slots - 1);
        }
        return slot;
    }

    private static Vector128<ushort> WeightsOf(int users)
    {
        Span<ushort> weights = stackalloc ushort[Languages];
        for (var language = 0; language < Languages; language++)
        {
            weights[language] = (ushort)((users >> language & 1) * Own / Math.Max(1, BitOperations.PopCount((uint)users)));
        }
        return Vector128.Create<ushort>(weights);
    }
}
