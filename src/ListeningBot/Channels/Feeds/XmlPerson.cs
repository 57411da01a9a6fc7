using System.Xml.Linq;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.Feeds;

/// <summary>Who wrote an item: dc:creator, Atom's author, or RSS's "mail@host (Name)".</summary>
internal static class XmlPerson
{
    private const int Longest = 200;

    public static Author? OfItem(XElement item)
    {
        var creator = Named(item, "creator");
        var author = Named(item, "author");
        return creator is null && author is null ? null
            : creator is not null && author is not { HasElements: true } ? Of(creator)
            : Of(author!);
    }

    public static Author Of(XElement person) => person.HasElements ? OfParts(person) : OfText(HtmlText.Clean(person.Value, Longest));

    private static XElement? Named(XElement item, string name) =>
        item.Elements().FirstOrDefault(e => e.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase) && (e.HasElements || !string.IsNullOrWhiteSpace(e.Value)));

    private static Author OfParts(XElement person)
    {
        string? Part(params string[] names) =>
            person.Elements().FirstOrDefault(e => names.Contains(e.Name.LocalName))?.Value is { } value && HtmlText.Clean(value, Longest) is { Length: > 0 } clean ? clean : null;
        return With(Part("name"), Part("email"), Part("uri", "url", "homepage"));
    }

    private static Author OfText(string text)
    {
        var open = text.IndexOf('(');
        if (open > 0 && text.EndsWith(')') && text[..open].Contains('@'))
        {
            return With(text[(open + 1)..^1].Trim(), text[..open].Trim(), null);
        }
        var mail = text.Contains('@') && !text.Contains(' ');
        return mail && !text.StartsWith('@') ? With(null, text, null) : With(text, null, null);
    }

    /// <summary>A mail address in lower case, or a page, is as good as an id; an address that everybody has is none.</summary>
    public static Author With(string? name, string? mail, string? page)
    {
        var url = Uri.TryCreate(page, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.AbsoluteUri : null;
        var id = mail is { Length: > 2 } && mail.Contains('@') && !NobodysAddress.Is(mail) ? mail.ToLowerInvariant() : url;
        return new Author { Id = id, Name = string.IsNullOrWhiteSpace(name) ? null : name, Handle = null, Url = url };
    }
}
