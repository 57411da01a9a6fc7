using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Reach;

/// <summary>What a page says of how to reach whoever is behind it.</summary>
/// <param name="Author">Whom the page names as its author, or null.</param>
/// <param name="Contacts">In falling closeness to the author.</param>
/// <param name="RelMe">The addresses that it says are the same person's.</param>
/// <param name="More">Pages of the same site that may say more: about the author, contact, imprint.</param>
internal sealed record PageFinds(string? Author, IReadOnlyList<Contact> Contacts, IReadOnlyList<string> RelMe, IReadOnlyList<Uri> More)
{
    private const int LongestName = 100;
    private const int MostLinks = 5_000;

    /// <summary>Words in a link's address or text that promise a way to reach the site's people.</summary>
    private static readonly string[] ContactWords = ["contact", "kontakt", "contatt", "contacto", "impressum", "imprint", "mentions-legales", "write-to"];
    private static readonly string[] AboutWords = ["about", "ueber", "über", "a-propos", "apropos", "chi-siamo", "quien", "sobre", "over-mij", "over-ons", "profile", "whoami"];

    /// <param name="isAbout">The page is about its people (contact, imprint, about): addresses in its text count too.</param>
    public static PageFinds Of(Page page, bool isAbout)
    {
        var finds = new Finding(page.Url, FoundOn(page.Url));
        using var walk = new HtmlWalk(page.Html, seeHead: true);
        for (var links = 0; links < MostLinks && walk.Next();)
        {
            if (walk.Part == HtmlPart.Open)
            {
                links += walk.Name is "a" or "link" ? 1 : 0;
                finds.Take(walk);
            }
            else if (walk.Part == HtmlPart.Text)
            {
                finds.Read(walk.Text);
            }
            else if (walk.Name == "a")
            {
                finds.EndLink();
            }
        }
        if (isAbout)
        {
            finds.ReadText(HtmlText.ToPlain(page.Html, 20_000));
        }
        return finds.Result();
    }

    /// <summary>"blog.example/about", for people.</summary>
    public static string FoundOn(Uri page)
    {
        var place = page.Host + (page.AbsolutePath == "/" ? "" : page.AbsolutePath);
        return place.Length <= 80 ? place : place[..79] + "…";
    }

    private sealed class Finding(Uri page, string foundOn)
    {
        private readonly List<Contact> _own = [];
        private readonly List<Contact> _site = [];
        private readonly List<string> _me = [];
        private readonly List<Uri> _author = [];
        private readonly List<Uri> _contact = [];
        private readonly List<Uri> _about = [];
        private string? _name;
        private Uri? _link;

        public PageFinds Result() => new(
            _name,
            [.. _own, .. _site],
            _me,
            [.. _author.Concat(_contact).Concat(_about).DistinctBy(url => url.GetLeftPart(UriPartial.Path)).Where(url => url.AbsolutePath != page.AbsolutePath)]);

        public void Take(HtmlWalk tag)
        {
            if (tag.Name == "meta" && tag.Attribute("name").Equals("author", StringComparison.OrdinalIgnoreCase))
            {
                var name = HtmlText.Clean(tag.Attribute("content"), LongestName);
                _name ??= name.Length > 0 && !name.Contains('\n') && !name.Contains("://") ? name : null;
            }
            else if (tag.Name is "a" or "link" && tag.Attribute("href") is { Length: > 0 and <= 500 } href)
            {
                Follow(href.Trim(), [.. tag.Attribute("rel").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)], isAnchor: tag.Name == "a");
            }
        }

        /// <summary>The words of a link tell what it leads to.</summary>
        public void Read(string text)
        {
            if (_link is { } link && text.Length <= 100)
            {
                Sort(link, text);
            }
        }

        public void EndLink() => _link = null;

        public void ReadText(string text) => _site.AddRange(TextContacts.In(text, foundOn, anyLink: false));

        private void Follow(string href, string[] rel, bool isAnchor)
        {
            _link = null;
            if (href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            {
                if (TextContacts.Address(href) is { } address)
                {
                    (rel.Contains("me") || rel.Contains("author") ? _own : _site).Add(new Contact(ContactKind.Mail, address, foundOn));
                }
            }
            else if (Uri.TryCreate(page, href, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0)
            {
                Follow(url, rel, isAnchor);
            }
        }

        private void Follow(Uri url, string[] rel, bool isAnchor)
        {
            if (rel.Contains("me"))
            {
                _me.Add(url.AbsoluteUri);
            }
            var same = url.Authority.Equals(page.Authority, StringComparison.OrdinalIgnoreCase);
            if (rel.Contains("author") && same)
            {
                _author.Add(url);
            }
            else if (rel.Contains("me") || rel.Contains("author"))
            {
                _own.AddRange(new[] { TextContacts.OfLink(url, foundOn, anyLink: true) }.OfType<Contact>());
            }
            else if (isAnchor && same)
            {
                _link = url;
                Sort(url, url.AbsolutePath);
            }
        }

        private void Sort(Uri url, string words)
        {
            if (Array.Exists(ContactWords, word => words.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                _site.Add(new Contact(ContactKind.ContactPage, url.AbsoluteUri, foundOn));
                _contact.Add(url);
            }
            else if (words.Length <= 40 && Array.Exists(AboutWords, word => words.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                _about.Add(url);
            }
        }
    }
}
