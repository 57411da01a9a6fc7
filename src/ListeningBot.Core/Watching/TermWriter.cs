using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>Puts the terms of watches into the tree and notes where each of them ends.</summary>
internal sealed class TermWriter(TermTreeBuilder tree)
{
    private readonly List<(int Node, string Text)> _range = [];
    private readonly List<int> _ends = [];

    public List<int> Nodes { get; } = [];

    public List<string> Texts { get; } = [];

    /// <param name="entries">Of a find or exclude list.</param>
    public TermRange Range(IReadOnlyList<string> entries, IReadOnlyList<string> languages)
    {
        foreach (var entry in entries)
        {
            tree.Add(entry, languages, _ends);
            Note(entry);
        }
        return Close();
    }

    public TermRange Range(IReadOnlyList<Query.Term> found, IReadOnlyList<string> languages)
    {
        foreach (var term in found)
        {
            tree.Add(term.Words, languages, _ends);
            Note(term.Text);
        }
        return Close();
    }

    /// <summary>Of these terms every place in a text will be known.</summary>
    public TermRange RangeWithPlaces(IReadOnlyList<Query.Term> found, IReadOnlyList<string> languages)
    {
        var range = Range(found, languages);
        for (var i = range.At; i < range.At + range.Count; i++)
        {
            tree.KeepPlaces(Nodes[i]);
        }
        return range;
    }

    private void Note(string text)
    {
        foreach (var end in _ends)
        {
            _range.Add((end, text));
        }
        _ends.Clear();
    }

    /// <summary>In rising order; what means the same is kept once, as it was written first.</summary>
    private TermRange Close()
    {
        var at = Nodes.Count;
        foreach (var (node, text) in _range.OrderBy(term => term.Node))
        {
            if (Nodes.Count == at || Nodes[^1] != node)
            {
                Nodes.Add(node);
                Texts.Add(text);
            }
        }
        _range.Clear();
        return new TermRange(at, Nodes.Count - at);
    }
}
