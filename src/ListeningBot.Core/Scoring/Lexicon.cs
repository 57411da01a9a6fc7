using System.Collections.Concurrent;

namespace ListeningBot.Core.Scoring;

/// <summary>What one phrase means.</summary>
internal record struct Meaning
{
    /// <summary>-4..4.</summary>
    public float Valence;

    /// <summary>What follows is said anew: "and", "when".</summary>
    public bool Joins;
    public ulong Cues;
    public readonly bool IsNothing => Valence == 0 && Cues == 0;
    public readonly bool IsAspectOnly => Valence == 0 && Cues != 0 && (Cues & ~Scoring.Cues.Aspects) == 0;
}

/// <summary>
/// The words and phrases of one language, in one table: a tree of words, each step one lookup by hash. A hundred thousand nodes mean some hundred different things,
/// so a node has but the number of its meaning, and the meanings stay in the cache.
/// </summary>
internal sealed class Lexicon(WordTable words, StepTable steps, ushort[] meant, Meaning[] meanings)
{
    public const int Root = 0;

    /// <summary>The words of a phrase that stand for any number, and for any ordinal.</summary>
    public const string AnyNumber = "#";
    public const string AnyOrdinal = "#th";
    private static readonly ConcurrentDictionary<string, Lexicon> s_built = new(StringComparer.Ordinal);
    /// <summary>English first: it goes first in a tie.</summary>
    public static readonly string[] Languages = ["en", "de", "fr", "es", "it", "pt", "nl"];
    private readonly int[] _alone = [.. Enumerable.Range(0, words.Count).Select(word => steps.Find(Root, word))];
    private readonly int _number = words.Find("#"u8, LookupForm.Hash("#"u8));
    private readonly int _ordinal = words.Find("#th"u8, LookupForm.Hash("#th"u8));

    /// <summary>The lexicon of this language; English for a language that has none, since its loanwords and emoji are all we know.</summary>
    public static Lexicon Of(string lang) => s_built.GetOrAdd(Array.IndexOf(Languages, lang) >= 0 ? lang : "en", Build);

    public static Lexicon Build(string lang) => new LexiconBuilder().Build(LexiconFile.Names
        .Where(name => name.EndsWith($".{lang}.txt", StringComparison.Ordinal) || name.EndsWith(".all.txt", StringComparison.Ordinal))
        .Select(name => (name, LexiconFile.ReadEmbedded(name))));

    public ref readonly Meaning this[int node] => ref meanings[meant[node]];

    /// <summary>The number of a folded word, or -1.</summary>
    public int Find(ReadOnlySpan<byte> folded, uint hash) => words.Find(folded, hash);

    /// <summary>The node that this word leads to, or -1. The root is 0.</summary>
    public int Step(int node, int word) => node == Root ? _alone[word] : steps.Find(node, word);

    /// <summary>The node that any number (or ordinal) leads to, or -1.</summary>
    public int StepByNumber(int node, bool ordinal) => steps.Find(node, ordinal ? _ordinal : _number);
}
