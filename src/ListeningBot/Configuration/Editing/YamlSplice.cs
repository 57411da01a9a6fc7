namespace ListeningBot.Configuration.Editing;

/// <summary>Cuts and insertions in a text; all else stays byte for byte.</summary>
internal sealed class YamlSplice(string text)
{
    private readonly List<(int Start, int End, string With)> _parts = [];

    /// <summary>As the file's first line ends.</summary>
    private string Break => text.IndexOf('\n', StringComparison.Ordinal) is var at && at > 0 && text[at - 1] == '\r' ? "\r\n" : "\n";

    public void Insert(int at, string what) => _parts.Add((at, at, what));

    public void Replace(int start, int end, string with) => _parts.Add((start, end, with));

    /// <summary>New lines below the one on which <paramref name="at"/> stands.</summary>
    public void InsertBelow(int at, params IEnumerable<string> lines) => Insert(EndOfLine(at), string.Concat(lines.Select(line => Break + line)));

    /// <summary>The lines on which these two stand, and those between, whole.</summary>
    public void RemoveLines(int first, int last)
    {
        var (start, end) = (StartOfLine(first), EndOfLine(last));
        if (end < text.Length)
        {
            end += text[end] == '\r' ? 2 : 1;
        }
        else if (start > 0)
        {
            start -= start > 1 && text[start - 2] == '\r' ? 2 : 1;
        }
        Replace(start, end, "");
    }

    /// <summary>What stands before it on its line.</summary>
    public string Before(int at) => text[StartOfLine(at)..at];

    public string Between(int start, int end) => text[start..end];

    /// <summary>The next character that is no space, line break or comment, from here on.</summary>
    public int NextSign(int at)
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '#'))
        {
            at = text[at] == '#' ? EndOfLine(at) : at + 1;
        }
        return at;
    }

    /// <summary>The end of the last line that belongs to text below a | or &gt; on this line.</summary>
    public int EndOfBlock(int header, int indent)
    {
        var end = EndOfLine(header);
        for (var line = Next(end); line < text.Length; line = Next(EndOfLine(line)))
        {
            var words = text.AsSpan(line, EndOfLine(line) - line);
            var depth = words.Length - words.TrimStart(' ').Length;
            if (!words.IsWhiteSpace() && depth <= indent)
            {
                break;
            }
            end = words.IsWhiteSpace() ? end : EndOfLine(line);
        }
        return end;

        int Next(int endOfLine) => endOfLine >= text.Length ? text.Length : endOfLine + (text[endOfLine] == '\r' ? 2 : 1);
    }

    public string Whole()
    {
        var whole = text;
        foreach (var (start, end, with) in _parts.OrderByDescending(part => part.Start))
        {
            whole = whole[..start] + with + whole[end..];
        }
        return whole;
    }

    /// <summary>The line of the first change, from 1.</summary>
    public int Line => _parts.MinBy(part => part.Start) is { With: var with } first ? text.AsSpan(0, first.Start).Count('\n') + (with.StartsWith(Break, StringComparison.Ordinal) ? 2 : 1) : 1;

    private int StartOfLine(int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    private int EndOfLine(int at)
    {
        var end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end > 0 && text[end - 1] == '\r' && end - 1 >= at ? end - 1 : end;
    }
}
