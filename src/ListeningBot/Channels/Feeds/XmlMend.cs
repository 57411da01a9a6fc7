using System.Text;
using System.Xml;
using AngleSharp.Html;

namespace ListeningBot.Channels.Feeds;

/// <summary>
/// Makes well-formed XML of what was meant as XML: one pass, no tree. Names are balanced, stray signs escaped, HTML's entities
/// written out, forbidden characters and document types dropped, missing prefixes declared. An item whose end is missing is left out.
/// </summary>
internal sealed class XmlMend
{
    public const int Deepest = 256;
    private static readonly string[] ItemNames = ["item", "entry"];
    private readonly string _xml;
    private readonly StringBuilder _out;
    private readonly List<(string Name, int Start)> _open = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declared = new(["xml", "xmlns"], StringComparer.Ordinal);
    private int _rootEnd = -1;
    private bool _closed;

    private XmlMend(string xml)
    {
        _xml = xml;
        _out = new StringBuilder(xml.Length + 256);
    }

    /// <param name="isWhole">False when an item was left out because its end was missing.</param>
    public static string Mend(string xml, out bool isWhole)
    {
        var mend = new XmlMend(xml);
        isWhole = mend.Run(Beginning(xml));
        return mend._out.ToString();
    }

    /// <summary>Where the feed begins: warnings of a server's script may stand before it.</summary>
    private static int Beginning(string xml)
    {
        var head = xml.AsSpan(0, Math.Min(xml.Length, 8192));
        foreach (var mark in (ReadOnlySpan<string>)["<?xml", "<rss", "<feed", "<rdf:RDF"])
        {
            if (head.IndexOf(mark, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
            {
                return at;
            }
        }
        return Math.Max(0, head.IndexOf('<'));
    }

    private bool Run(int at)
    {
        while (at < _xml.Length && !_closed)
        {
            var next = _xml.IndexOf('<', at);
            AddText(_xml.AsSpan(at, (next < 0 ? _xml.Length : next) - at));
            if (next < 0)
            {
                break;
            }
            at = Markup(next);
        }
        return Finish();
    }

    /// <summary>Takes what begins with "&lt;" and returns where it ends.</summary>
    private int Markup(int at)
    {
        var rest = _xml.AsSpan(at);
        if (rest.StartsWith("<!--"))
        {
            return After("-->", at + 4);
        }
        if (rest.StartsWith("<![CDATA["))
        {
            var end = _xml.IndexOf("]]>", at, StringComparison.Ordinal);
            AddEscaped(_xml.AsSpan(at + 9, (end < 0 ? _xml.Length : end) - at - 9), entities: false);
            return end < 0 ? _xml.Length : end + 3;
        }
        if (rest.StartsWith("<!"))
        {
            return AfterDoctype(at);
        }
        if (rest.StartsWith("<?"))
        {
            return After("?>", at);
        }
        var tag = XmlTag.Read(_xml, at);
        if (tag is null)
        {
            AddText("<", raw: true);
            return at + 1;
        }
        if (tag.IsEnd)
        {
            Close(tag.Name);
        }
        else
        {
            Open(tag);
        }
        return tag.After;
    }

    private int After(string end, int from) => _xml.IndexOf(end, from, StringComparison.Ordinal) is >= 0 and var at ? at + end.Length : _xml.Length;

    /// <summary>A document type is never read: not its entities, not its address.</summary>
    private int AfterDoctype(int at)
    {
        var end = _xml.AsSpan(at).IndexOfAny('[', '>');
        if (end < 0)
        {
            return _xml.Length;
        }
        if (_xml[at + end] == '>')
        {
            return at + end + 1;
        }
        var subset = _xml.IndexOf(']', at);
        return subset < 0 ? _xml.Length : After(">", subset);
    }

    private void Open(XmlTag tag)
    {
        if (Array.IndexOf(ItemNames, tag.Name) >= 0 && _open.Count > 0 && _open[^1].Name == tag.Name)
        {
            Close(tag.Name);
        }
        var start = _out.Length;
        _out.Append('<').Append(tag.Name);
        Use(tag.Name);
        foreach (var (name, value) in tag.Attributes)
        {
            Use(name);
            _out.Append(' ').Append(name).Append("=\"");
            AddEscaped(value, entities: true);
            _out.Append('"');
        }
        _rootEnd = _rootEnd < 0 ? _out.Length : _rootEnd;
        _out.Append(tag.IsEmpty || _open.Count >= Deepest ? "/>" : ">");
        if (tag.IsEmpty || _open.Count >= Deepest)
        {
            _closed = _open.Count == 0;
            return;
        }
        _open.Add((tag.Name, start));
        _names[tag.Name] = _names.GetValueOrDefault(tag.Name) + 1;
    }

    /// <summary>Ends the element and what is open inside it; an end without a beginning is dropped.</summary>
    private void Close(string name)
    {
        if (_names.GetValueOrDefault(name) == 0)
        {
            return;
        }
        string closed;
        do
        {
            closed = _open[^1].Name;
            _open.RemoveAt(_open.Count - 1);
            _names[closed]--;
            _out.Append("</").Append(closed).Append('>');
        }
        while (closed != name);
        _closed = _open.Count == 0;
    }

    private bool Finish()
    {
        var cut = _open.FindIndex(element => Array.IndexOf(ItemNames, element.Name) >= 0);
        if (cut >= 0)
        {
            _out.Length = _open[cut].Start;
            _open.RemoveRange(cut, _open.Count - cut);
        }
        var isWhole = _closed;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            _out.Append("</").Append(_open[i].Name).Append('>');
        }
        DeclareMissing();
        return isWhole;
    }

    private void Use(string name)
    {
        if (name.StartsWith("xmlns:", StringComparison.Ordinal))
        {
            _declared.Add(name[6..]);
        }
        else if (name.IndexOf(':') is > 0 and var colon)
        {
            _used.Add(name[..colon]);
        }
    }

    private void DeclareMissing()
    {
        _used.ExceptWith(_declared);
        if (_rootEnd > 0 && _rootEnd <= _out.Length && _used.Count is > 0 and < 100)
        {
            _out.Insert(_rootEnd, string.Concat(_used.Select(prefix => $" xmlns:{prefix}=\"{FeedNames.Usual(prefix)}\"")));
        }
    }

    private void AddText(ReadOnlySpan<char> text, bool raw = false)
    {
        if (_open.Count > 0)
        {
            AddEscaped(text, entities: !raw);
        }
    }

    private void AddEscaped(ReadOnlySpan<char> text, bool entities)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '<':
                    _out.Append("&lt;");
                    break;
                case '>':
                    _out.Append("&gt;");
                    break;
                case '"':
                    _out.Append("&quot;");
                    break;
                case '&':
                    i += entities ? AddEntity(text[i..]) : AddAmpersand();
                    break;
                case var _ when XmlConvert.IsXmlChar(c):
                    _out.Append(c);
                    break;
                case var _ when i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], c):
                    _out.Append(c).Append(text[++i]);
                    break;
            }
        }
    }

    private int AddAmpersand()
    {
        _out.Append("&amp;");
        return 0;
    }

    /// <summary>Writes what an entity stands for; returns how many characters beyond the ampersand it took.</summary>
    private int AddEntity(ReadOnlySpan<char> text)
    {
        var end = text[..Math.Min(text.Length, 40)].IndexOf(';');
        if (end < 2)
        {
            return AddAmpersand();
        }
        var name = text[1..end];
        var meaning = name[0] == '#' ? CharacterOf(name[1..]) : HtmlEntityProvider.Resolver.GetSymbol(name.ToString() + ";");
        if (meaning is null)
        {
            return AddAmpersand();
        }
        AddEscaped(meaning, entities: false);
        return end;
    }

    /// <summary>"" for what XML forbids; null when it is no number.</summary>
    private static string? CharacterOf(ReadOnlySpan<char> number)
    {
        var hex = number.Length > 0 && number[0] is 'x' or 'X';
        var style = hex ? System.Globalization.NumberStyles.AllowHexSpecifier : System.Globalization.NumberStyles.None;
        if (!int.TryParse(hex ? number[1..] : number, style, System.Globalization.CultureInfo.InvariantCulture, out var code))
        {
            return null;
        }
        return Rune.TryCreate(code is >= 0x80 and <= 0x9F ? Windows(code) : code, out var rune) ? rune.ToString() : "";
    }

    /// <summary>Numbers of the control range mean the characters of windows-1252, as in browsers.</summary>
    private static int Windows(int code) => "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ"[code - 0x80];
}
