using System.Runtime.CompilerServices;
using System.Text;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching;

/// <param name="Text">As the manager wrote it.</param>
/// <param name="Watch">The watch's place in the list.</param>
/// <param name="Decides">Found and nothing can rule it out again: the watch excludes nothing.</param>
internal readonly record struct WatchTerm(string Text, int Watch, bool Excludes, bool Decides)
{
    /// <summary>Whether it asks for the sign as well: "#tag" or "@name".</summary>
    public bool HasSign => TokenReading.IsTagSign(Text.AsSpan().TrimStart()[0]) || TokenReading.IsAtSign(Text.AsSpan().TrimStart()[0]);
}

/// <summary>Reads the terms of watches.</summary>
internal static class WatchTerms
{
    /// <summary>Characters; longer ones are a mistake, and cost.</summary>
    public const int MaxLength = 200;

    public static WatchTerm[] Of(IReadOnlyList<Watch> watches)
    {
        var terms = new List<WatchTerm>(watches.Sum(watch => watch.Find.Count + watch.Exclude.Count));
        for (var i = 0; i < watches.Count; i++)
        {
            terms.AddRange(watches[i].Find.Select(term => new WatchTerm(term, i, false, watches[i].Exclude.Count == 0)));
            terms.AddRange(watches[i].Exclude.Select(term => new WatchTerm(term, i, true, false)));
        }
        return [.. terms];
    }

    public static TermTree Grow(WatchTerm[] terms)
    {
        var tree = new TermTreeBuilder(terms.Length);
        var tokens = new HashedToken[HashedTokens.Room(MaxLength * 4)];
        for (var i = 0; i < terms.Length; i++)
        {
            tree.Add(tokens.AsSpan(0, Tokens(terms[i].Text, tokens)), i, (terms[i].Watch * 2) + (terms[i].Excludes ? 1 : 0));
        }
        return tree.Build();
    }

    /// <summary>The tokens that a text must have in this order; none for a term that can't be found. Pieces of hashtags are left out: they are other ways to write it.</summary>
    [SkipLocalsInit]
    public static int Tokens(string term, Span<HashedToken> into)
    {
        if (term.Length > MaxLength)
        {
            return 0;
        }
        Span<byte> utf8 = stackalloc byte[MaxLength * 4];
        Span<int> edges = stackalloc int[WordEdges.Room(MaxLength * 4)];
        var length = Encoding.UTF8.GetBytes(term, utf8);
        var count = HashedTokens.Read(utf8[..length], edges, into);
        var kept = 0;
        for (var i = 0; i < count;)
        {
            var token = into[i];
            into[kept++] = token with { Pieces = 0 };
            i += 1 + token.Pieces;
        }
        return kept;
    }
}
