using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.Feeds;

/// <summary>One item or entry as a tree of its own, mapped.</summary>
internal static class XmlItem
{
    public const int LongestText = 20_000;
    public const int LongestTitle = 500;

    public static FeedItem Read(XElement item, FeedContext feed)
    {
        var place = Resolve(feed.Base, item.Attribute(XName.Get("base", FeedNames.Xml))?.Value) ?? feed.Base;
        var guid = Core(item, "guid") ?? Core(item, "id");
        var (body, text, isSummary) = Body(item);
        var title = Core(item, "title") ?? Find(item, FeedVocabulary.DublinCore, "title") ?? Find(item, FeedVocabulary.Media, "title");
        return new FeedItem
        {
            Guid = Filled(guid?.Value) ?? About(item) ?? Filled(Find(item, FeedVocabulary.DublinCore, "identifier")?.Value),
            Link = Link(item, guid, place),
            Title = title is null ? null : Filled(Plain(title, LongestTitle).Replace('\n', ' ')),
            Text = text,
            Html = body is { HasElements: false } && !IsPlain(body) ? body.Value : null,
            IsSummary = isSummary,
            Author = XmlPerson.OfItem(item) ?? feed.Author,
            Posted = Date(item, "pubdate", "published", "issued", "created") ?? Date(item, "date", "updated", "modified"),
            Updated = Date(item, "updated", "modified"),
            Lang = Lang(item, body) ?? feed.Lang,
            InReplyTo = item.Elements().FirstOrDefault(e => e.Name.LocalName == "in-reply-to")?.Attribute("ref")?.Value,
        };
    }

    /// <summary>Absolute, http or https; else null.</summary>
    public static Uri? Resolve(Uri place, string? address) =>
        Filled(address) is { } given && Uri.TryCreate(place, given, out var url) && url.Scheme is "http" or "https" ? url : null;

    private static XElement? Core(XElement item, string name) => Find(item, FeedVocabulary.Core, name);

    private static XElement? Find(XElement item, FeedVocabulary of, string name) =>
        item.Elements().FirstOrDefault(e => e.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase) && FeedNames.Of(e.Name) == of);

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? About(XElement item) => Filled(item.Attributes().FirstOrDefault(a => a.Name.LocalName == "about")?.Value);

    /// <summary>The whole text where the feed gives it, else its summary. A picture alone is no text.</summary>
    private static (XElement? Body, string Text, bool IsSummary) Body(XElement item)
    {
        var whole = Whole(item);
        if (whole is not null && Plain(whole, LongestText) is { Length: > 0 } text)
        {
            return (whole, text, false);
        }
        var summary = Summary(item);
        var said = summary is null ? "" : Plain(summary, LongestText);
        return whole is not null && said.Length == 0 ? (whole, "", false) : (summary, said, true);
    }

    private static XElement? Whole(XElement item)
    {
        var whole = Find(item, FeedVocabulary.Content, "encoded") ?? Core(item, "content") ?? Find(item, FeedVocabulary.Xhtml, "body");
        return whole is not null && IsText(whole.Attribute("type")?.Value) && (whole.HasElements || Filled(whole.Value) is not null) ? whole : null;
    }

    private static XElement? Summary(XElement item) =>
        Core(item, "description") ?? Core(item, "summary") ?? Find(item, FeedVocabulary.Media, "description") ?? Find(item, FeedVocabulary.DublinCore, "description")
            ?? item.Elements().FirstOrDefault(e => e.Name.LocalName == "summary");

    /// <summary>Atom may carry a picture or a file in place of a text.</summary>
    private static bool IsText(string? type) =>
        type is null || !type.Contains('/') || type.Contains("text/", StringComparison.OrdinalIgnoreCase) || type.Contains("html", StringComparison.OrdinalIgnoreCase);

    private static string Plain(XElement text, int maxChars)
    {
        if (text.HasElements)
        {
            return HtmlText.ToPlain(Markup(text), maxChars);
        }
        return IsPlain(text) ? HtmlText.Clean(text.Value, maxChars) : HtmlText.ToPlain(text.Value, maxChars);
    }

    private static bool IsPlain(XElement text)
    {
        var type = text.Attribute("type")?.Value.Trim().ToLowerInvariant();
        var isAtom = text.Name.NamespaceName.Contains("atom", StringComparison.OrdinalIgnoreCase);
        return type is "text" or "text/plain" || (isAtom && type is null && text.Attribute("mode") is null);
    }

    /// <summary>The element's inside as HTML without prefixes, however deep.</summary>
    private static string Markup(XElement element)
    {
        var html = new StringBuilder();
        using var reader = element.CreateReader();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.Depth > 0:
                    OpenTag(reader, html);
                    break;
                case XmlNodeType.EndElement when reader.Depth > 0:
                    html.Append("</").Append(reader.LocalName).Append('>');
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    html.Append(WebUtility.HtmlEncode(reader.Value));
                    break;
            }
        }
        return html.ToString();
    }

    private static void OpenTag(XmlReader reader, StringBuilder html)
    {
        html.Append('<').Append(reader.LocalName);
        foreach (var name in (ReadOnlySpan<string>)["style", "class", "alt", "hidden"])
        {
            if (reader.GetAttribute(name) is { } value)
            {
                html.Append(' ').Append(name).Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');
            }
        }
        html.Append('>');
        if (reader.IsEmptyElement && !HtmlTags.Void.Contains(reader.LocalName))
        {
            html.Append("</").Append(reader.LocalName).Append('>');
        }
    }

    private static Uri? Link(XElement item, XElement? guid, Uri place)
    {
        var original = item.Elements().FirstOrDefault(e => e.Name.LocalName == "origLink")?.Value;
        var links = item.Elements().Where(e => e.Name.LocalName.Equals("link", StringComparison.OrdinalIgnoreCase) && FeedNames.Of(e.Name) == FeedVocabulary.Core).ToList();
        var plain = links.FirstOrDefault(link => link.Attribute("href") is null && Filled(link.Value) is not null);
        var atom = links.Where(link => link.Attribute("href") is not null && link.Attribute("rel")?.Value is null or "alternate")
            .OrderBy(link => link.Attribute("type")?.Value is null or "text/html" or "application/xhtml+xml" ? 0 : 1)
            .FirstOrDefault();
        var permanent = guid?.Attribute("isPermaLink")?.Value == "false" ? null : guid?.Value;
        return Resolve(place, original)
            ?? Resolve(place, plain?.Value)
            ?? Resolve(atom is null ? place : BaseOf(atom, place), atom?.Attribute("href")?.Value)
            ?? Absolute(permanent)
            ?? Absolute(About(item));
    }

    private static Uri BaseOf(XElement element, Uri place) => Resolve(place, element.Attribute(XName.Get("base", FeedNames.Xml))?.Value) ?? place;

    private static Uri? Absolute(string? address) =>
        Uri.TryCreate(Filled(address), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    private static DateTimeOffset? Date(XElement item, params string[] names)
    {
        foreach (var name in names)
        {
            foreach (var element in item.Elements().Where(e => e.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                if (FeedDate.Parse(element.Value) is { } date)
                {
                    return date;
                }
            }
        }
        return null;
    }

    private static string? Lang(XElement item, XElement? body)
    {
        var xml = XName.Get("lang", FeedNames.Xml);
        return Filled(body?.Attribute(xml)?.Value) ?? Filled(item.Attribute(xml)?.Value) ?? Filled(Find(item, FeedVocabulary.DublinCore, "language")?.Value);
    }
}
