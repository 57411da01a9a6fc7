using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ListeningBot.Configuration.Editing;

internal enum MarkStyle
{
    /// <summary>A word or quoted text.</summary>
    Scalar,

    /// <summary>Text below a | or &gt;.</summary>
    BlockScalar,
    BlockList,
    FlowList,
    BlockMap,
    FlowMap,
}

/// <summary>Where something stands in a YAML text.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset behind its last character; of what stands in lines of its own that of its last part.</param>
/// <param name="Text">Of a scalar.</param>
/// <param name="Items">Of a list; of a map keys and values in turn.</param>
internal sealed record YamlMark(MarkStyle Style, int Start, int End, string Text, IReadOnlyList<YamlMark> Items)
{
    /// <summary>Of a text that <see cref="YamlTree"/> could read.</summary>
    public static YamlMark Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return Value(parser);
    }

    public IEnumerable<(YamlMark Key, YamlMark Value)> Entries
    {
        get
        {
            for (var i = 0; i + 1 < Items.Count; i += 2)
            {
                yield return (Items[i], Items[i + 1]);
            }
        }
    }

    public (YamlMark Key, YamlMark Value)? EntryOf(string key) =>
        Style is MarkStyle.BlockMap or MarkStyle.FlowMap && Entries.Where(entry => entry.Key.Text == key).ToList() is [var found, ..] ? found : null;

    private static YamlMark Value(Parser parser)
    {
        var what = parser.Current ?? throw new InvalidOperationException("ends too early");
        parser.MoveNext();
        var start = (int)what.Start.Index;
        return what switch
        {
            Scalar scalar => new YamlMark(scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded ? MarkStyle.BlockScalar : MarkStyle.Scalar, start, (int)what.End.Index, scalar.Value, []),
            SequenceStart list => Collection<SequenceEnd>(parser, list.Style == SequenceStyle.Flow ? MarkStyle.FlowList : MarkStyle.BlockList, start),
            MappingStart map => Collection<MappingEnd>(parser, map.Style == MappingStyle.Flow ? MarkStyle.FlowMap : MarkStyle.BlockMap, start),
            _ => throw new InvalidOperationException("is not plain YAML"),
        };
    }

    private static YamlMark Collection<TEnd>(Parser parser, MarkStyle style, int start)
        where TEnd : ParsingEvent
    {
        var items = new List<YamlMark>();
        while (parser.Current is not TEnd)
        {
            items.Add(Value(parser));
        }
        // The parser tells where the closing bracket begins.
        var bracket = (int)parser.Consume<TEnd>().Start.Index;
        var behind = style is MarkStyle.FlowList or MarkStyle.FlowMap ? bracket + 1 : items.Count > 0 ? items[^1].End : start;
        return new YamlMark(style, start, behind, "", items);
    }
}
