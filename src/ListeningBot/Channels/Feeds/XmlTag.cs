namespace ListeningBot.Channels.Feeds;

/// <summary>A tag as it was found in XML that may be broken.</summary>
/// <param name="After">Where the text goes on behind it.</param>
internal sealed record XmlTag(string Name, bool IsEnd, bool IsEmpty, IReadOnlyList<(string Name, string Value)> Attributes, int After)
{
    private const int MostAttributes = 100;

    /// <summary>Null when no tag begins here, or it has no end.</summary>
    public static XmlTag? Read(string xml, int at)
    {
        var isEnd = at + 1 < xml.Length && xml[at + 1] == '/';
        var start = at + (isEnd ? 2 : 1);
        var end = EndOfName(xml, start);
        if (end == start || !IsName(xml.AsSpan(start, end - start)))
        {
            return null;
        }
        List<(string, string)> attributes = [];
        var name = xml[start..end];
        for (var i = end; i < xml.Length; i++)
        {
            switch (xml[i])
            {
                case '>':
                    return new XmlTag(name, isEnd, !isEnd && xml[i - 1] == '/', attributes, i + 1);
                case '<':
                    // The tag was never closed: what follows is the next one.
                    return new XmlTag(name, isEnd, false, attributes, i);
                case '/' or ' ' or '\t' or '\r' or '\n':
                    break;
                default:
                    i = Attribute(xml, i, attributes) - 1;
                    break;
            }
        }
        return new XmlTag(name, isEnd, false, attributes, xml.Length);
    }

    /// <summary>Reads one attribute, quoted or not, and returns where it ends.</summary>
    private static int Attribute(string xml, int at, List<(string Name, string Value)> attributes)
    {
        var end = EndOfName(xml, at);
        if (end == at)
        {
            return at + 1;
        }
        var equals = SkipSpace(xml, end);
        if (equals >= xml.Length || xml[equals] != '=')
        {
            return end;
        }
        var start = SkipSpace(xml, equals + 1);
        if (start >= xml.Length)
        {
            return start;
        }
        var quoted = xml[start] is '"' or '\'';
        var stop = quoted ? xml.IndexOf(xml[start], start + 1) : EndOfWord(xml, start);
        if (stop < 0)
        {
            return xml.Length;
        }
        var name = xml[at..end];
        if (attributes.Count < MostAttributes && IsName(name) && !attributes.Exists(known => known.Name == name))
        {
            attributes.Add((name, xml[(quoted ? start + 1 : start)..stop]));
        }
        return quoted ? stop + 1 : stop;
    }

    private static int SkipSpace(string xml, int at)
    {
        while (at < xml.Length && char.IsWhiteSpace(xml[at]))
        {
            at++;
        }
        return at;
    }

    private static int EndOfName(string xml, int at) => EndOf(xml, at, " \t\r\n/>=<\"'");

    private static int EndOfWord(string xml, int at) => EndOf(xml, at, " \t\r\n><");

    private static int EndOf(string xml, int at, ReadOnlySpan<char> ends) =>
        xml.AsSpan(at).IndexOfAny(ends) is >= 0 and var length ? at + length : xml.Length;

    /// <summary>"name" or "prefix:name", of characters that XML surely allows.</summary>
    private static bool IsName(ReadOnlySpan<char> name)
    {
        var colons = 0;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var starts = char.IsAsciiLetter(c) || c == '_';
            colons += c == ':' ? 1 : 0;
            if (!starts && (i == 0 || name[i - 1] == ':' || (c is not (':' or '-' or '.') && !char.IsAsciiDigit(c))))
            {
                return false;
            }
        }
        return colons == 0 || (colons == 1 && name[^1] != ':');
    }
}
