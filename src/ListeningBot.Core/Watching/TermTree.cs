using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching;

/// <param name="FirstEnding">The first term that ends at this node, 0 for none.</param>
internal readonly record struct TermNode(int FirstEnding, bool GoesOn);

/// <param name="Owner">Who may have a term only once: the watch's find list or its exclude list.</param>
/// <param name="Next">The next term that ends at the same node, 0 for none.</param>
internal readonly record struct TermEnding(int Term, int Owner, int Next);

/// <summary>
/// All terms of all watches as one tree: each edge is a token, each node knows the terms that end there. Edges live in hash tables, so that the first token
/// of every place in a text costs one look at a filter that fits the cache.
/// </summary>
internal sealed class TermTree(EdgeTable firsts, EdgeTable rest, TermNode[] nodes, TermEnding[] endings)
{
    public const int Root = 0;

    /// <summary>Adds every term found in these tokens.</summary>
    public void Find(scoped ReadOnlySpan<HashedToken> tokens, ref HitList hits)
    {
        var filter = firsts.Filter;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (EdgeTable.MayHold(filter, tokens[i].Hash) || tokens[i].Standing != Standing.Plain)
            {
                Step(Root, tokens, i, tokens[i].Start, ref hits);
                if (hits.Decided)
                {
                    return;
                }
            }
        }
    }

    /// <summary>The edge below a node, never 0.</summary>
    public static ulong Below(int node, ulong hash) => Math.Max(1, hash ^ ((ulong)node * 0x9E3779B97F4A7C15));

    /// <summary>Goes on from a node with the token at this place, both as a plain word and by its standing.</summary>
    private void Step(int node, scoped ReadOnlySpan<HashedToken> tokens, int at, int start, ref HitList hits)
    {
        ref readonly var token = ref tokens[at];
        if (token.Hash == 0)
        {
            return;
        }
        Enter(Child(node, token.Hash), tokens, at, start, ref hits);
        if (token.Standing != Standing.Plain)
        {
            Enter(Child(node, token.HashByStanding), tokens, at, start, ref hits);
        }
    }

    private void Enter(int node, scoped ReadOnlySpan<HashedToken> tokens, int at, int start, ref HitList hits)
    {
        if (node == Root)
        {
            return;
        }
        for (var ending = nodes[node].FirstEnding; ending != 0; ending = endings[ending].Next)
        {
            hits.Add(endings[ending].Term, start, tokens[at].End);
        }
        if (nodes[node].GoesOn)
        {
            Walk(node, tokens, at + 1 + tokens[at].Pieces, start, ref hits);
        }
    }

    /// <summary>The next token of a phrase may be a hashtag as a whole, or the first of its pieces.</summary>
    private void Walk(int node, scoped ReadOnlySpan<HashedToken> tokens, int at, int start, ref HitList hits)
    {
        if (at < tokens.Length)
        {
            Step(node, tokens, at, start, ref hits);
            if (tokens[at].Pieces > 0)
            {
                Step(node, tokens, at + 1, start, ref hits);
            }
        }
    }

    private int Child(int node, ulong hash) => node == Root ? firsts[hash] : rest[Below(node, hash)];
}

/// <summary>Grows a <see cref="TermTree"/> term by term.</summary>
internal sealed class TermTreeBuilder(int terms)
{
    private readonly EdgeTable _firsts = new(terms);
    private readonly EdgeTable _rest = new(0);
    private readonly List<TermNode> _nodes = [default];
    private readonly List<TermEnding> _endings = [default];

    public TermTree Build() => new(_firsts, _rest, [.. _nodes], [.. _endings]);

    /// <summary>Leaves out terms that can't be found: none or overlong tokens. The same term of the same owner is kept once.</summary>
    public void Add(scoped ReadOnlySpan<HashedToken> tokens, int term, int owner)
    {
        if (tokens.IsEmpty || CantBeFound(tokens))
        {
            return;
        }
        var node = TermTree.Root;
        foreach (ref readonly var token in tokens)
        {
            node = ChildOf(node, token.HashByStanding);
        }
        if (!IsOwned(node, owner))
        {
            _endings.Add(new TermEnding(term, owner, _nodes[node].FirstEnding));
            _nodes[node] = _nodes[node] with { FirstEnding = _endings.Count - 1 };
        }
    }

    private static bool CantBeFound(scoped ReadOnlySpan<HashedToken> tokens)
    {
        foreach (ref readonly var token in tokens)
        {
            if (token.Hash == 0)
            {
                return true;
            }
        }
        return false;
    }

    private int ChildOf(int node, ulong hash)
    {
        var (edges, key) = node == TermTree.Root ? (_firsts, hash) : (_rest, TermTree.Below(node, hash));
        var child = edges[key];
        if (child == 0)
        {
            child = _nodes.Count;
            _nodes.Add(default);
            _nodes[node] = _nodes[node] with { GoesOn = true };
            edges.Add(key, child);
        }
        return child;
    }

    private bool IsOwned(int node, int owner)
    {
        for (var ending = _nodes[node].FirstEnding; ending != 0; ending = _endings[ending].Next)
        {
            if (_endings[ending].Owner == owner)
            {
                return true;
            }
        }
        return false;
    }
}
