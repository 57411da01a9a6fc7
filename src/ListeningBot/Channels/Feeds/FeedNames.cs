using System.Xml.Linq;

namespace ListeningBot.Channels.Feeds;

/// <summary>Whose vocabulary an element is of.</summary>
internal enum FeedVocabulary
{
    /// <summary>RSS of any version, or Atom.</summary>
    Core,
    DublinCore,
    Content,
    Media,
    Xhtml,
    Other,
}

/// <summary>The namespaces of feeds, as they are really written.</summary>
internal static class FeedNames
{
    public const string Xml = "http://www.w3.org/XML/1998/namespace";
    private const string Content = "http://purl.org/rss/1.0/modules/content/";
    private const string Dublin = "http://purl.org/dc/elements/1.1/";
    private const string Atom = "http://www.w3.org/2005/Atom";

    public static FeedVocabulary Of(XName name) => Of(name.NamespaceName);

    public static FeedVocabulary Of(string ns) => ns switch
    {
        "" or Atom or "http://purl.org/rss/1.0/" => FeedVocabulary.Core,
        _ when ns.Contains("modules/content", StringComparison.Ordinal) => FeedVocabulary.Content,
        _ when ns.Contains("purl.org/dc/", StringComparison.Ordinal) => FeedVocabulary.DublinCore,
        _ when ns.Contains("search.yahoo.com/mrss", StringComparison.Ordinal) => FeedVocabulary.Media,
        _ when ns.Contains("xhtml", StringComparison.Ordinal) => FeedVocabulary.Xhtml,
        _ when ns.Contains("purl.org/atom", StringComparison.Ordinal) || ns.Contains("netscape.com/rdf", StringComparison.Ordinal) || IsOldRss(ns) => FeedVocabulary.Core,
        _ => FeedVocabulary.Other,
    };

    /// <summary>What a prefix means when a feed forgot to say so.</summary>
    public static string Usual(string prefix) => prefix.ToLowerInvariant() switch
    {
        "dc" or "dcterms" => Dublin,
        "content" => Content,
        "atom" => Atom,
        "media" => "http://search.yahoo.com/mrss/",
        "rdf" => "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "xhtml" => "http://www.w3.org/1999/xhtml",
        "thr" => "http://purl.org/syndication/thread/1.0",
        _ => "urn:undeclared:" + prefix,
    };

    private static bool IsOldRss(string ns) =>
        ns.Contains("backend.userland.com", StringComparison.OrdinalIgnoreCase) || ns.Contains("blogs.law.harvard.edu", StringComparison.OrdinalIgnoreCase)
        || ns.Contains("cyber.harvard.edu", StringComparison.OrdinalIgnoreCase) || ns.Contains("rssboard.org", StringComparison.OrdinalIgnoreCase);
}
