using System.Runtime.CompilerServices;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching;

/// <summary>The edges with which some terms begin. Tells of most texts that they hold none of those, before the tree is walked and anything noted.</summary>
internal sealed class FirstSteps(EdgeTable edges, Beginnings beginnings)
{
    /// <summary>False: surely none of the terms is there.</summary>
    public bool MayBeIn(ReadOnlySpan<byte> text, scoped ReadOnlySpan<HashedToken> tokens)
    {
        var (filter, mayBegin) = (edges.Filter, !beginnings.IsEmpty);
        for (var i = 0; i < tokens.Length; i++)
        {
            ref readonly var token = ref tokens[i];
            if ((EdgeTable.MayHold(filter, token.Hash) && edges[token.Hash] != 0)
                || (token.Standing != Standing.Plain && edges.Holds(token.HashByStanding))
                || (mayBegin && beginnings.MayFit(text, token) && MayBegin(text, token)))
            {
                return true;
            }
        }
        return false;
    }

    [SkipLocalsInit]
    private bool MayBegin(ReadOnlySpan<byte> text, in HashedToken token)
    {
        var word = Beginnings.WordOf(text, token, stackalloc byte[SegmentReader.MaxFolded]);
        for (var length = 0; beginnings.Next(word, ref length);)
        {
            var begun = Beginnings.Begun(text, token, word, length);
            if (edges.Holds(TermTree.EdgeOfBeginning(begun with { Standing = Standing.Plain })) || (token.Standing != Standing.Plain && edges.Holds(TermTree.EdgeOfBeginning(begun))))
            {
                return true;
            }
        }
        return false;
    }
}
