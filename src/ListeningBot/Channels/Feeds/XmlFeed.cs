using System.Xml;
using System.Xml.Linq;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Feeds;

/// <summary>Reads RSS 0.9x to 2.0, RSS 1.0 and Atom: strictly when that works, else after mending.</summary>
internal sealed class XmlFeed
{
    /// <summary>More than this is no feed that people write.</summary>
    public const int MostItems = 10_000;

    private readonly List<FeedItem> _items = [];
    private readonly List<BadItem> _bad = [];
    private readonly FeedContext _feed;
    private bool _isFeed;

    private XmlFeed(Uri url) => _feed = new FeedContext(url);

    /// <summary>Throws <see cref="NotAFeedException"/>.</summary>
    public static FeedContent Read(string xml, Uri url)
    {
        if (IsSound(xml))
        {
            var strict = new XmlFeed(url);
            strict.TryRead(xml, out _);
            return strict.Content(isWhole: true);
        }
        var mended = new XmlFeed(url);
        var isWhole = mended.TryRead(XmlMend.Mend(xml, out var nothingLost), out var why) && nothingLost;
        return mended._isFeed
            ? mended.Content(isWhole)
            : throw new NotAFeedException("is not XML that can be read", inner: why);
    }

    /// <summary>Well-formed, and not so deep that a tree of it would be slow to build.</summary>
    private static bool IsSound(string xml)
    {
        try
        {
            using var reader = Reader(xml);
            while (reader.Read())
            {
                if (reader.Depth > XmlMend.Deepest)
                {
                    return false;
                }
            }
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static XmlReader Reader(string xml) => XmlReader.Create(new StringReader(xml), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });

    private FeedContent Content(bool isWhole) => new(_items, _bad, isWhole);

    private bool TryRead(string xml, out XmlException? why)
    {
        why = null;
        try
        {
            using var reader = Reader(xml);
            Read(reader);
            return true;
        }
        catch (XmlException e)
        {
            why = e;
            return false;
        }
    }

    private void Read(XmlReader reader)
    {
        reader.MoveToContent();
        CheckRoot(reader);
        while (!reader.EOF && _items.Count + _bad.Count < MostItems)
        {
            if (reader.NodeType != XmlNodeType.Element || !TakeElement(reader))
            {
                reader.Read();
            }
        }
    }

    private void CheckRoot(XmlReader reader)
    {
        var root = reader.LocalName.ToLowerInvariant();
        if (root is not ("rss" or "rdf" or "feed" or "channel"))
        {
            throw new NotAFeedException($"is XML, but no feed (its root is \"{(root.Length > 40 ? root[..40] : root)}\")", isPage: root == "html");
        }
        _isFeed = true;
    }

    /// <summary>True when the element was read to its end.</summary>
    private bool TakeElement(XmlReader reader)
    {
        var name = reader.LocalName.ToLowerInvariant();
        if (FeedNames.Of(reader.NamespaceURI) != FeedVocabulary.Core)
        {
            return false;
        }
        switch (name)
        {
            case "rss" or "feed" or "rdf" or "channel":
                _feed.TakeContainer(reader);
                return false;
            case "item" or "entry":
                TakeItem((XElement)XNode.ReadFrom(reader));
                return true;
            case "language" or "link" or "author" when reader.Depth == _feed.FieldDepth:
                _feed.TakeField(name, (XElement)XNode.ReadFrom(reader));
                return true;
            default:
                return false;
        }
    }

    private void TakeItem(XElement element)
    {
        var item = XmlItem.Read(element, _feed);
        if (item.Title is null && item.Text.Length == 0)
        {
            var raw = element.ToString(SaveOptions.DisableFormatting);
            _bad.Add(new BadItem($"item {_items.Count + _bad.Count + 1} has neither title nor text", raw.Length > 2000 ? raw[..2000] : raw));
        }
        else
        {
            _items.Add(item);
        }
    }
}

/// <summary>What a feed says of all its items.</summary>
internal sealed class FeedContext(Uri url)
{
    private bool _linked;

    /// <summary>What relative addresses begin with.</summary>
    public Uri Base { get; private set; } = url;
    public string? Lang { get; private set; }
    public Author Author { get; private set; } = Author.Unknown;

    /// <summary>Depth of the feed's own fields.</summary>
    public int FieldDepth { get; private set; } = 1;

    public void TakeContainer(XmlReader reader)
    {
        FieldDepth = reader.Depth + 1;
        if (XmlItem.Resolve(Base, reader.GetAttribute("base", FeedNames.Xml)) is { } stated)
        {
            (Base, _linked) = (stated, true);
        }
        Lang = reader.GetAttribute("lang", FeedNames.Xml) ?? Lang;
    }

    public void TakeField(string name, XElement field)
    {
        switch (name)
        {
            case "language":
                Lang = field.Value.Trim() is { Length: > 1 and < 20 } lang ? lang : Lang;
                break;
            case "author":
                Author = XmlPerson.Of(field);
                break;
            case "link" when field.Attribute("href") is null && !_linked:
                Base = XmlItem.Resolve(Base, field.Value) ?? Base;
                _linked = true;
                break;
        }
    }
}
