using System.Runtime.CompilerServices;
using System.Text;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>Reads the terms of watches.</summary>
internal static class WatchTerms
{
    /// <summary>Characters; longer ones are a mistake, and cost.</summary>
    public const int MaxLength = 200;

    /// <summary>Of an entry of a find or exclude list; none for what can't be found.</summary>
    public static IReadOnlyList<TermWord> WordsOf(string entry) => QueryParser.ReadTerm(entry).Root is Query.Term term ? term.Words : [];

    /// <summary>All ways to write an inflected word, itself among them.</summary>
    public static IEnumerable<string> FormsOf(string word, IReadOnlyList<string> languages) => WordForms.Of(word, languages).Skip(1).Prepend(word);

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

    /// <summary>The folded form of a token of this word; null when it is an emoji or a letter of writing without spaces, which nothing continues.</summary>
    public static byte[]? Folded(string word, in HashedToken token)
    {
        var utf8 = Encoding.UTF8.GetBytes(word).AsSpan(token.Start..token.End);
        if (CodePoint.ClassAt(utf8, 0, out _, out _) is CharClass.Single or CharClass.Emoji)
        {
            return null;
        }
        var folded = new byte[Folding.MaxLength(utf8.Length)];
        return folded[..Folding.Fold(utf8, folded)];
    }
}
