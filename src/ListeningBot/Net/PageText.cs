namespace ListeningBot.Net;

/// <summary>A link that a page's head offers as its feed.</summary>
/// <param name="Type">"application/rss+xml" and the like, in lower case.</param>
internal sealed record FeedLink(Uri Url, string Type);

/// <summary>Finds what a web page is about, without its menus, sidebars and footers.</summary>
internal static class PageText
{
    /// <summary>Less than this is no article.</summary>
    private const int Least = 140;

    private static readonly string[] BodyClasses = ["entry-content", "post-content", "article-content", "post-body", "article-body", "articlebody", "e-content"];

    /// <summary>The page's main text: what it marks as its article, else as its main part, else the block with most paragraphs. Null when nothing stands out.</summary>
    public static string? MainOf(string html, int maxChars)
    {
        var text = new PlainText(Math.Max(maxChars * 4, 100_000));
        var layout = new HtmlLayout(text);
        var blocks = new BlockStack(text);
        using var walk = new HtmlWalk(html, HtmlTags.Furniture);
        while (!text.IsFull && walk.Next())
        {
            layout.Take(walk);
            blocks.Take(walk);
        }
        return blocks.Best() is var (start, end) ? Cut(text.Range(start, end), maxChars) : null;
    }

    /// <summary>The feeds that a page's head names, in its order.</summary>
    public static List<FeedLink> Feeds(string html, Uri page)
    {
        List<FeedLink> feeds = [];
        using var walk = new HtmlWalk(html, seeHead: true);
        while (feeds.Count < 5 && walk.Next())
        {
            if (walk is { Part: HtmlPart.Open, Name: "link" } && FeedOf(walk, page) is { } feed)
            {
                feeds.Add(feed);
            }
        }
        return feeds;
    }

    private static FeedLink? FeedOf(HtmlWalk link, Uri page)
    {
        var type = link.Attribute("type").Trim().ToLowerInvariant();
        return link.Attribute("rel").Contains("alternate", StringComparison.OrdinalIgnoreCase)
            && type is "application/rss+xml" or "application/atom+xml" or "application/feed+json" or "application/json" or "text/xml" or "application/xml"
            && Uri.TryCreate(page, link.Attribute("href"), out var url) && url.Scheme is "http" or "https"
                ? new FeedLink(url, type)
                : null;
    }

    private static string Cut(string text, int maxChars)
    {
        var cut = new PlainText(maxChars);
        cut.Add(text, asIs: true);
        return cut.ToString();
    }

    private enum Rank
    {
        Block,
        Main,
        Article,
        Body,
    }

    private sealed class Block(string name, Rank rank, int start)
    {
        public string Name => name;
        public Rank Rank => rank;
        public int Start => start;
        public int End { get; set; }

        /// <summary>Characters of paragraphs that stand directly in it.</summary>
        public int Paragraphs { get; set; }
        public int Weight => Rank == Rank.Block ? Paragraphs : End - Start;
    }

    /// <summary>Follows which blocks are open, and what text falls into each. Never deeper than its cap.</summary>
    private sealed class BlockStack(PlainText text)
    {
        private const int Deepest = 512;
        private readonly List<Block> _open = [];
        private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
        private Block? _best;
        private int? _paragraph;

        public void Take(HtmlWalk walk)
        {
            if (walk.Part == HtmlPart.Open)
            {
                Open(walk);
            }
            else if (walk.Part == HtmlPart.Close)
            {
                Close(walk.Name);
            }
        }

        public (int Start, int End)? Best()
        {
            EndParagraph();
            while (_open.Count > 0)
            {
                Pop();
            }
            return _best is { } best ? (best.Start, best.End) : null;
        }

        private void Open(HtmlWalk walk)
        {
            if (walk.Name == "p")
            {
                EndParagraph();
                _paragraph = text.Length;
            }
            else if (walk.Name is "div" or "section" or "article" or "main" or "td" or "body" && _open.Count < Deepest)
            {
                EndParagraph();
                _open.Add(new Block(walk.Name, RankOf(walk), text.Length));
                _names[walk.Name] = _names.GetValueOrDefault(walk.Name) + 1;
            }
        }

        private void Close(string name)
        {
            if (name == "p")
            {
                EndParagraph();
            }
            else if (_names.GetValueOrDefault(name) > 0)
            {
                EndParagraph();
                while (Pop() != name)
                {
                    // What was left open inside ends with it.
                }
            }
        }

        private void EndParagraph()
        {
            if (_paragraph is { } start && _open.Count > 0)
            {
                _open[^1].Paragraphs += text.Length - start;
            }
            _paragraph = null;
        }

        private string Pop()
        {
            var block = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            _names[block.Name]--;
            block.End = text.Length;
            if (block.Weight >= Least && (_best is null || block.Rank > _best.Rank || (block.Rank == _best.Rank && block.Weight > _best.Weight)))
            {
                _best = block;
            }
            return block.Name;
        }

        private static Rank RankOf(HtmlWalk walk) =>
            walk.Attribute("itemprop").Contains("articleBody", StringComparison.OrdinalIgnoreCase) || HasBodyClass(walk.Attribute("class")) ? Rank.Body
            : walk.Name == "article" ? Rank.Article
            : walk.Name == "main" || walk.Attribute("role") == "main" ? Rank.Main
            : Rank.Block;

        private static bool HasBodyClass(string css) =>
            css.Length > 0 && css.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(one => BodyClasses.Contains(one, StringComparer.OrdinalIgnoreCase));
    }
}
