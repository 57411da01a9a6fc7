using ListeningBot.Net;

namespace ListeningBot.Channels.Feeds;

/// <summary>Reads a feed of any format from the bytes of an answer.</summary>
internal static class FeedReader
{
    /// <summary>Throws <see cref="NotAFeedException"/>.</summary>
    /// <param name="url">Where it came from: relative addresses begin there.</param>
    public static FeedContent Read(ReadOnlySpan<byte> bytes, string? charset, Uri url) => Read(WebText.Decode(bytes, charset), url);

    public static FeedContent Read(string text, Uri url)
    {
        var start = text.AsSpan().TrimStart().TrimStart('\uFEFF').TrimStart();
        if (start.IsEmpty)
        {
            throw new NotAFeedException("is empty");
        }
        if (start[0] is '{' or '[')
        {
            return JsonFeed.Read(start.ToString(), url);
        }
        if (start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
        {
            throw new NotAFeedException("is a web page, no feed", isPage: true);
        }
        return start.Contains('<') ? XmlFeed.Read(text, url) : throw new NotAFeedException("is neither XML nor JSON");
    }
}
