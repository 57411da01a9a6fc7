using System.Collections.Frozen;

namespace ListeningBot.Core.Text;

/// <summary>Tells languages of Latin script apart by their small words, endings and letters.</summary>
internal static class LatinEvidence
{
    private const int Languages = 8;
    private const int Enough = 4;

    /// <summary>What a small word weighs that only one language has.</summary>
    internal const int OneWord = 12;

    /// <summary>Six small words that only one language has: reading on would change nothing.</summary>
    private const int Plenty = 72;
    private static readonly string[] Names = ["en", "de", "fr", "es", "it", "pt", "nl", "und"];

    /// <summary>Folded words of at most 8 bytes, and for each the languages (one bit each) that use it much.</summary>
    private static readonly FrozenDictionary<ulong, byte> SmallWords = Keyed(LatinWords.Small);
    private static readonly FrozenDictionary<ulong, byte> Endings = Keyed(LatinWords.Endings);

    public static (string Language, int Weight) Of(ReadOnlySpan<byte> text)
    {
        Span<int> scores = stackalloc int[Languages];
        scores.Clear();
        Span<byte> folded = stackalloc byte[48];
        var read = 0;
        foreach (var token in new Words(text))
        {
            if (token.Kind == TokenKind.Word && token.TryFold(text, folded, out var length))
            {
                AddWord(folded[..length], scores);
                AddLetters(token.In(text), scores);
                if ((++read & 7) == 0 && IsClear(scores))
                {
                    break;
                }
            }
        }
        AddSigns(text, scores);
        var (best, second) = Lead(scores);
        return (scores[best] >= Enough && scores[best] * 4 > scores[second] * 5 ? Names[best] : "und", scores[best]);
    }

    private static bool IsClear(ReadOnlySpan<int> scores)
    {
        var (best, second) = Lead(scores);
        return scores[best] >= Plenty && scores[best] > scores[second] * 2;
    }

    private static void AddWord(ReadOnlySpan<byte> word, Span<int> scores)
    {
        // The part before an apostrophe is a word of its own in French and Italian (l'acme, c'est), as in English (it's).
        var apostrophe = word.IndexOf((byte)'\'');
        var head = apostrophe > 0 ? word[..(apostrophe + 1)] : word;
        if (head.Length <= 8 && SmallWords.TryGetValue(Key(head), out var users))
        {
            Add(users, OneWord, scores);
        }
        else if (apostrophe > 0 && apostrophe <= 8 && SmallWords.TryGetValue(Key(word[..apostrophe]), out users))
        {
            Add(users, OneWord, scores);
        }
        for (var size = 5; size >= 3; size--)
        {
            if (word.Length > size + 1 && Endings.TryGetValue(Key(word[^size..]), out users))
            {
                Add(users, 4, scores);
                return;
            }
        }
    }

    /// <summary>The fewer languages share it, the more it says.</summary>
    private static void Add(byte users, int weight, Span<int> scores)
    {
        var share = weight / System.Numerics.BitOperations.PopCount(users);
        for (var language = 0; language < Languages; language++)
        {
            scores[language] += (users >> language & 1) * share;
        }
    }

    private static void AddLetters(ReadOnlySpan<byte> word, Span<int> scores)
    {
        for (var at = word.IndexOfAnyExceptInRange((byte)0, (byte)127); at >= 0 && at < word.Length;)
        {
            CodePoint.Read(word[at..], out var letter, out var length);
            at += length;
            if (letter is > 127 and < 0x250 && LatinWords.UsersOf((char)(letter | (letter < 0x100 ? 0x20 : 0))) is > 0 and var users)
            {
                Add(users, 6, scores);
            }
        }
    }

    private static void AddSigns(ReadOnlySpan<byte> text, Span<int> scores)
    {
        if (text.IndexOf("¿"u8) >= 0 || text.IndexOf("¡"u8) >= 0)
        {
            scores[3] += 24;
        }
    }

    /// <summary>The two languages with most evidence.</summary>
    private static (int Best, int Second) Lead(ReadOnlySpan<int> scores)
    {
        var (best, second) = scores[0] >= scores[1] ? (0, 1) : (1, 0);
        for (var language = 2; language < Languages; language++)
        {
            if (scores[language] > scores[best])
            {
                (best, second) = (language, best);
            }
            else if (scores[language] > scores[second])
            {
                second = language;
            }
        }
        return (best, second);
    }

    private static FrozenDictionary<ulong, byte> Keyed(IReadOnlyList<string> perLanguage)
    {
        var users = new Dictionary<ulong, byte>();
        for (var language = 0; language < perLanguage.Count; language++)
        {
            foreach (var word in perLanguage[language].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var key = Key(System.Text.Encoding.ASCII.GetBytes(word));
                users[key] = (byte)(users.GetValueOrDefault(key) | 1 << language);
            }
        }
        return users.ToFrozenDictionary();
    }

    private static ulong Key(ReadOnlySpan<byte> word)
    {
        Span<byte> padded = stackalloc byte[8];
        padded.Clear();
        word.CopyTo(padded);
        return BitConverter.ToUInt64(padded);
    }
}
