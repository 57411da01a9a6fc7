using System.Runtime.CompilerServices;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching;

[Flags]
internal enum NodeIs : byte
{
    None = 0,

    /// <summary>A term ends here.</summary>
    End = 1,

    /// <summary>Words follow as they stand.</summary>
    Followed = 2,

    /// <summary>Words in any of their forms follow.</summary>
    FollowedByForms = 4,

    /// <summary>Words that begin so follow.</summary>
    FollowedByBeginnings = 8,

    /// <summary>How a word begins led here: "can't" begins with "can".</summary>
    Beginning = 16,

    /// <summary>All places where it stands must be known, not only that it stands there.</summary>
    Placed = 32,
}

/// <summary>A form that words share, as a chain below the hash of a token.</summary>
/// <param name="Next">The next of this token, 0 for none.</param>
internal readonly record struct FormLink(int Form, int Next);

/// <summary>
/// All terms of all watches as one tree: each edge is a token, a word in any form, or how a word begins; each term ends at a node. Edges live in hash tables, so
/// that the first token of every place in a text costs one look at a filter that fits the cache.
/// </summary>
internal sealed class TermTree(EdgeTable firsts, EdgeTable rest, EdgeTable forms, FormLink[] links, Beginnings beginnings, NodeIs[] nodes)
{
    public const int Root = 0;
    private const ulong FormSalt = 0xD6E8FEB86659FD93;

    /// <summary>Not the factor of nodes: else form 1 below node 2 would be form 2 below node 1.</summary>
    private const ulong FormFactor = 0xC2B2AE3D27D4EB4F;
    private const ulong BeginningSalt = 0xA0761D6478BD642F;
    private readonly NodeIs _root = nodes[Root];
    private readonly bool _placed = Array.Exists(nodes, node => (node & NodeIs.Placed) != NodeIs.None);

    /// <summary>How many nodes there are; each stands for the words that lead to it.</summary>
    public int Count => nodes.Length;

    /// <summary>Adds every term found in these tokens.</summary>
    public void Find(scoped ReadOnlySpan<HashedToken> tokens, ref HitList hits)
    {
        var filter = firsts.Filter;
        var (word, mayBegin) = (-1, (_root & NodeIs.FollowedByBeginnings) != NodeIs.None);
        for (var i = 0; i < tokens.Length; i++)
        {
            ref readonly var token = ref tokens[i];
            word += BeginsWord(tokens, i, hits.Text) ? 1 : 0;
            if (EdgeTable.MayHold(filter, token.Hash) || token.Standing != Standing.Plain || (mayBegin && beginnings.MayFit(hits.Text, token)))
            {
                Step(Root, tokens, new Place(i, word, token.Start, word), ref hits);
                if (hits.Decided)
                {
                    return;
                }
            }
        }
    }

    /// <summary>The edge below a node, never 0.</summary>
    public static ulong Below(int node, ulong hash) => Math.Max(1, hash ^ ((ulong)node * 0x9E3779B97F4A7C15));

    public static ulong EdgeOfForm(int form) => Math.Max(1, (ulong)form * FormFactor ^ FormSalt);

    /// <param name="token">How a word begins.</param>
    public static ulong EdgeOfBeginning(in HashedToken token) => Math.Max(1, token.HashByStanding ^ BeginningSalt);

    public bool Is(int node, NodeIs what) => (nodes[node] & what) != NodeIs.None;

    /// <param name="At">The token.</param>
    /// <param name="Word">Its place among the words of the text, counting each hashtag once.</param>
    /// <param name="Start">Where the term began, bytes.</param>
    /// <param name="From">The word with which it began.</param>
    private readonly record struct Place(int At, int Word, int Start, int From);

    /// <summary>Goes on from a node with the token at this place, by all that it can stand for.</summary>
    private void Step(int node, scoped ReadOnlySpan<HashedToken> tokens, Place place, ref HitList hits)
    {
        ref readonly var token = ref tokens[place.At];
        if (token.Hash == 0)
        {
            return;
        }
        Enter(Child(node, token.Hash), tokens, place, ref hits);
        if (token.Standing != Standing.Plain)
        {
            Enter(Child(node, token.HashByStanding), tokens, place, ref hits);
        }
        if (Is(node, NodeIs.FollowedByForms))
        {
            StepByForms(node, forms[token.Hash], tokens, place, ref hits);
            StepByForms(node, token.Standing == Standing.Plain ? 0 : forms[token.HashByStanding], tokens, place, ref hits);
        }
        if (Is(node, NodeIs.FollowedByBeginnings))
        {
            StepByBeginnings(node, tokens, place, ref hits);
        }
    }

    private void StepByForms(int node, int link, scoped ReadOnlySpan<HashedToken> tokens, Place place, ref HitList hits)
    {
        for (; link != 0; link = links[link].Next)
        {
            Enter(Child(node, EdgeOfForm(links[link].Form)), tokens, place, ref hits);
        }
    }

    [SkipLocalsInit]
    private void StepByBeginnings(int node, scoped ReadOnlySpan<HashedToken> tokens, Place place, ref HitList hits)
    {
        ref readonly var token = ref tokens[place.At];
        var word = Beginnings.WordOf(hits.Text, token, stackalloc byte[SegmentReader.MaxFolded]);
        for (var length = 0; beginnings.Next(word, ref length);)
        {
            var begun = Beginnings.Begun(hits.Text, token, word, length);
            Enter(Child(node, EdgeOfBeginning(begun with { Standing = Standing.Plain })), tokens, place, ref hits);
            if (token.Standing != Standing.Plain)
            {
                Enter(Child(node, EdgeOfBeginning(begun)), tokens, place, ref hits);
            }
        }
    }

    private void Enter(int node, scoped ReadOnlySpan<HashedToken> tokens, Place place, ref HitList hits)
    {
        if (node == Root)
        {
            return;
        }
        ref readonly var token = ref tokens[place.At];
        if (Is(node, NodeIs.End) && (Is(node, NodeIs.Beginning) || !TokenReading.IsCutByNot(hits.Text, token.End)))
        {
            hits.Add(new Hit(node, place.Start, token.End, place.From, place.Word), Is(node, NodeIs.Placed));
        }
        if (Is(node, NodeIs.Followed | NodeIs.FollowedByForms | NodeIs.FollowedByBeginnings))
        {
            Walk(node, tokens, place with { At = place.At + 1 + token.Pieces }, ref hits);
        }
    }

    /// <summary>The next token of a phrase may be a hashtag as a whole, or the first of its pieces.</summary>
    private void Walk(int node, scoped ReadOnlySpan<HashedToken> tokens, Place place, ref HitList hits)
    {
        if (place.At < tokens.Length)
        {
            place = place with { Word = place.Word + (BeginsWord(tokens, place.At, hits.Text) ? 1 : 0) };
            Step(node, tokens, place, ref hits);
            if (tokens[place.At].Pieces > 0)
            {
                Step(node, tokens, place with { At = place.At + 1 }, ref hits);
            }
        }
    }

    /// <summary>Of no account unless places are asked for. A hashtag is one word, and so is "can't".</summary>
    private bool BeginsWord(scoped ReadOnlySpan<HashedToken> tokens, int at, ReadOnlySpan<byte> text) =>
        !tokens[at].IsPiece && !(_placed && TokenReading.GoesOnAfterApostrophe(text, tokens[at].Start));

    private int Child(int node, ulong edge) => node == Root ? firsts[edge] : rest[Below(node, edge)];
}
