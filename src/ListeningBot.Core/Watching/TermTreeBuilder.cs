using ListeningBot.Core.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>Grows a <see cref="TermTree"/> term by term. What can't be found (no tokens, overlong ones) is left out.</summary>
/// <param name="expected">How many terms to make room for; more are welcome.</param>
internal sealed class TermTreeBuilder(int expected)
{
    /// <summary>Ways to write one phrase of inflected words that are more than one token each.</summary>
    private const int MostWays = 64;
    private readonly EdgeTable _firsts = new(expected);
    private readonly EdgeTable _rest = new(0);
    private readonly EdgeTable _forms = new(0);
    private readonly List<FormLink> _links = [default];
    private readonly Dictionary<(string Word, string Languages), InflectedWord> _inflected = [];
    private readonly Beginnings _beginnings = new();
    private readonly List<NodeIs> _nodes = [default];

    /// <summary>Of each node, the node below the root that leads to it.</summary>
    private readonly List<int> _firstOf = [TermTree.Root];
    private readonly HashedToken[] _tokens = new HashedToken[HashedTokens.Room(WatchTerms.MaxLength * 4)];

    /// <param name="Form">Its number, for those of its forms that are one token.</param>
    /// <param name="Longer">Its other forms.</param>
    private sealed record InflectedWord(int Form, IReadOnlyList<HashedToken[]> Longer);

    public TermTree Build()
    {
        _firsts.AlsoLetThrough(_forms);
        return new TermTree(_firsts, _rest, _forms, [.. _links], _beginnings, [.. _nodes]);
    }

    /// <summary>How these terms begin.</summary>
    /// <param name="ends">The nodes where they end.</param>
    public FirstSteps FirstStepsTo(IReadOnlyList<int> ends)
    {
        var begins = new bool[_nodes.Count];
        foreach (var end in ends)
        {
            begins[_firstOf[end]] = true;
        }
        var count = begins.Count(begun => begun);
        if (count == _firsts.Count && _forms.Count == 0)
        {
            return new FirstSteps(_firsts, _beginnings);
        }
        var edges = new EdgeTable(count);
        foreach (var (edge, node) in _firsts.Entries.Where(edge => begins[edge.Value]))
        {
            edges.Set(edge, node);
        }
        foreach (var (token, link) in _forms.Entries.Where(token => FormsFrom(token.Value).Any(form => begins[_firsts[TermTree.EdgeOfForm(form)]])))
        {
            edges.Set(token, link);
        }
        return new FirstSteps(edges, _beginnings);
    }

    /// <param name="ends">Gets the nodes where it ends: one, or none.</param>
    public void Add(string entry, IReadOnlyList<string> languages, List<int> ends)
    {
        if (entry.AsSpan().IndexOfAny("*~＊～") >= 0)
        {
            Add(WatchTerms.WordsOf(entry), languages, ends);
            return;
        }
        var tokens = _tokens.AsSpan(0, WatchTerms.Tokens(entry, _tokens));
        if (!CantBeFound(tokens))
        {
            End(Follow(TermTree.Root, tokens), ends);
        }
    }

    public void Add(IReadOnlyList<TermWord> words, IReadOnlyList<string> languages, List<int> ends)
    {
        if (words.Sum(word => word.Text.Length + 1) > WatchTerms.MaxLength + 1)
        {
            return;
        }
        List<int> nodes = [TermTree.Root];
        foreach (var word in words)
        {
            nodes = [.. nodes.SelectMany(node => Follow(node, word, languages)).Distinct().Take(MostWays)];
        }
        foreach (var node in nodes)
        {
            End(node, ends);
        }
    }

    public void KeepPlaces(int node) => _nodes[node] |= NodeIs.Placed;

    private void End(int node, List<int> ends)
    {
        if (node != TermTree.Root)
        {
            _nodes[node] |= NodeIs.End;
            ends.Add(node);
        }
    }

    private List<int> Follow(int node, TermWord word, IReadOnlyList<string> languages)
    {
        var tokens = _tokens.AsSpan(0, WatchTerms.Tokens(word.Text, _tokens));
        if (tokens.IsEmpty)
        {
            return [node];
        }
        if (CantBeFound(tokens))
        {
            return [];
        }
        return word.Form switch
        {
            WordForm.Begins => [FollowBeginning(Follow(node, tokens[..^1]), word.Text, tokens[^1])],
            WordForm.Inflected => FollowForms(node, word.Text, languages),
            _ => [Follow(node, tokens)],
        };
    }

    private int Follow(int node, scoped ReadOnlySpan<HashedToken> tokens)
    {
        foreach (ref readonly var token in tokens)
        {
            node = ChildOf(node, token.HashByStanding, NodeIs.Followed);
        }
        return node;
    }

    /// <summary>Writing without spaces is found inside longer words anyway, and an emoji has no more letters.</summary>
    private int FollowBeginning(int node, string word, in HashedToken token)
    {
        var folded = WatchTerms.Folded(word, token);
        if (folded is null)
        {
            return ChildOf(node, token.HashByStanding, NodeIs.Followed);
        }
        _beginnings.Add(folded);
        var child = ChildOf(node, TermTree.EdgeOfBeginning(token), NodeIs.FollowedByBeginnings);
        _nodes[child] |= NodeIs.Beginning;
        return child;
    }

    private List<int> FollowForms(int node, string word, IReadOnlyList<string> languages)
    {
        var inflected = Inflected(word, languages);
        return [ChildOf(node, TermTree.EdgeOfForm(inflected.Form), NodeIs.FollowedByForms), .. inflected.Longer.Select(tokens => Follow(node, tokens))];
    }

    private InflectedWord Inflected(string word, IReadOnlyList<string> languages)
    {
        var key = (word, string.Join(' ', languages));
        if (!_inflected.TryGetValue(key, out var inflected))
        {
            var longer = new List<HashedToken[]>();
            inflected = new InflectedWord(_inflected.Count + 1, longer);
            foreach (var form in WatchTerms.FormsOf(word, languages))
            {
                var tokens = _tokens.AsSpan(0, WatchTerms.Tokens(form, _tokens));
                if (!CantBeFound(tokens) && tokens.Length == 1)
                {
                    Link(tokens[0].HashByStanding, inflected.Form);
                }
                else if (!CantBeFound(tokens))
                {
                    longer.Add(tokens.ToArray());
                }
            }
            _inflected.Add(key, inflected);
        }
        return inflected;
    }

    private void Link(ulong token, int form)
    {
        var first = _forms[token];
        if (!FormsFrom(first).Contains(form))
        {
            _links.Add(new FormLink(form, first));
            _forms.Set(token, _links.Count - 1);
        }
    }

    private IEnumerable<int> FormsFrom(int link)
    {
        for (; link != 0; link = _links[link].Next)
        {
            yield return _links[link].Form;
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
        return tokens.IsEmpty;
    }

    private int ChildOf(int node, ulong edge, NodeIs followed)
    {
        var (edges, key) = node == TermTree.Root ? (_firsts, edge) : (_rest, TermTree.Below(node, edge));
        var child = edges[key];
        if (child == 0)
        {
            child = _nodes.Count;
            _nodes.Add(default);
            _firstOf.Add(node == TermTree.Root ? child : _firstOf[node]);
            _nodes[node] |= followed;
            edges.Set(key, child);
        }
        return child;
    }
}
