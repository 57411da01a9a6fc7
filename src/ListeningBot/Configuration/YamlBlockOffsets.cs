namespace ListeningBot.Configuration;

/// <summary>Brings the value of a | or > scalar together with the lines below its sign.</summary>
/// <param name="start">Where its sign stands.</param>
internal sealed class YamlBlockOffsets(string file, int start, string value)
{
    private const int MostTries = 20;

    /// <summary>Where each character of the value stands in the file, and its end; empty when the two do not agree.</summary>
    public int[] Find()
    {
        var header = file.IndexOf('\n', start);
        if (header < 0)
        {
            return [];
        }
        var text = file.AsSpan(header + 1);
        var first = text.TrimStart("\r\n ");
        var lead = text[..^first.Length];
        var indent = lead.Length - lead.LastIndexOf('\n') - 1;
        // a figure behind the sign says that some of the first line's blanks are text, but not plainly how many
        var tries = file.AsSpan(start, header - start).IndexOfAnyInRange('1', '9') >= 0 ? MostTries : 1;
        for (var least = Math.Max(1, indent - tries + 1); indent >= least; indent--)
        {
            if (With(indent, header + 1) is { } offsets)
            {
                return offsets;
            }
        }
        return [];
    }

    private int[]? With(int indent, int begin)
    {
        var offsets = new int[value.Length + 1];
        var (found, lineEnd) = (0, begin);
        for (var at = begin; at < file.Length && value.AsSpan(found).ContainsAnyExcept('\n'); at = Math.Min(file.Length, lineEnd + 1))
        {
            lineEnd = file.IndexOf('\n', at) is >= 0 and var end ? end : file.Length;
            var line = file.AsSpan(at, lineEnd - at).TrimEnd('\r');
            var content = line[Math.Min(indent, line.Length - line.TrimStart(' ').Length)..];
            if (content.IsEmpty)
            {
                continue;
            }
            while (found < value.Length && value[found] is ' ' or '\n' && !value.AsSpan(found).StartsWith(content))
            {
                offsets[found++] = at;
            }
            if (!value.AsSpan(found).StartsWith(content))
            {
                return null;
            }
            for (var i = 0; i < content.Length; i++)
            {
                offsets[found++] = at + line.Length - content.Length + i;
            }
        }
        offsets.AsSpan(found).Fill(lineEnd);
        return offsets;
    }
}
