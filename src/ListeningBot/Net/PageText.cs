namespace ListeningBot.Net;

/// <param name="IsMarked">The page itself says that this is its article.</param>
internal sealed record MainText(string Text, bool IsMarked);

/// <summary>Finds what a web page is about, without its menus, sidebars and footers.</summary>
internal static class PageText
{
    /// <summary>Less than this in a block that nothing marks is no article.</summary>
    private const int LeastUnmarked = 80;
    private const int LeastMarked = 20;

    private static readonly string[] BodyClasses = ["entry-content", "post-content", "article-content", "post-body", "article-body", "articlebody", "e-content"];

    /// <summary>The page's main text: what it marks as its article, else as its main part, else the block with most text of its own. Null when nothing stands out.</summary>
    public static MainText? MainOf(string html, int maxChars)
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
        return blocks.Best() is { } best ? new MainText(Cut(text.Range(best.Start, best.End), maxChars), best.Rank >= Rank.Article) : null;
    }

    /// <summary>The feeds that a page's head names, in its order.</summary>
    public static List<Uri> Feeds(string html, Uri page)
    {
        List<Uri> feeds = [];
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

    private static Uri? FeedOf(HtmlWalk link, Uri page)
    {
        var type = link.Attribute("type").Trim().ToLowerInvariant();
        return link.Attribute("rel").Contains("alternate", StringComparison.OrdinalIgnoreCase)
            && type is "application/rss+xml" or "application/atom+xml" or "application/feed+json" or "application/json" or "text/xml" or "application/xml"
            && Uri.TryCreate(page, link.Attribute("href"), out var url) && url.Scheme is "http" or "https"
                ? url
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

        /// <summary>Characters that stand directly in it, links not counted.</summary>
        public int Own { get; set; }
        public int Weight => Rank == Rank.Block ? Own : End - Start;
        public bool IsEnough => Weight >= (Rank == Rank.Block ? LeastUnmarked : LeastMarked);
    }

    /// <summary>Follows which blocks are open, and what text falls into each. Never deeper than its cap.</summary>
    private sealed class BlockStack(PlainText text)
    {
        private const int Deepest = 512;
        private readonly List<Block> _open = [];
        private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
        private Block? _best;
        private int _mark;
        private int? _link;

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

        public Block? Best()
        {
            while (_open.Count > 0)
            {
                Pop();
            }
            return _best;
        }

        private void Open(HtmlWalk walk)
        {
            if (walk.Name == "a")
            {
                _link ??= text.Length;
            }
            else if (walk.Name is "div" or "section" or "article" or "main" or "td" or "body" && _open.Count < Deepest)
            {
                Settle();
                _open.Add(new Block(walk.Name, RankOf(walk), text.Length));
                _names[walk.Name] = _names.GetValueOrDefault(walk.Name) + 1;
            }
        }

        private void Close(string name)
        {
            if (name == "a")
            {
                // What stands in a link is nobody's own text.
                _mark += text.Length - (_link ?? text.Length);
                _link = null;
            }
            else if (_names.GetValueOrDefault(name) > 0)
            {
                while (Pop() != name)
                {
                    // What was left open inside ends with it.
                }
            }
        }

        /// <summary>The text since the last border belongs to the innermost block.</summary>
        private void Settle()
        {
            if (_open.Count > 0)
            {
                _open[^1].Own += text.Length - _mark;
            }
            (_mark, _link) = (text.Length, null);
        }

        private string Pop()
        {
            Settle();
            var block = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            _names[block.Name]--;
            block.End = text.Length;
            if (block.IsEnough && (_best is null || block.Rank > _best.Rank || (block.Rank == _best.Rank && block.Weight > _best.Weight)))
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
