namespace ListeningBot.Net;

/// <summary>HTML as plain text for people. Takes anything: broken, endless or deep HTML costs no more than its length.</summary>
public static class HtmlText
{
    /// <summary>
    /// The text that a reader would see, block by block: paragraphs apart by an empty line, list items with "- ", links by their
    /// words; scripts, styles and hidden parts left out; at most <paramref name="maxChars"/> characters, no character cut in two.
    /// </summary>
    public static string ToPlain(string html, int maxChars)
    {
        var text = new PlainText(maxChars);
        if (html.AsSpan().IndexOfAny('<', '&') < 0)
        {
            text.Add(html);
            return text.ToString();
        }
        using var walk = new HtmlWalk(html);
        var layout = new HtmlLayout(text);
        while (!text.IsFull && walk.Next())
        {
            layout.Take(walk);
        }
        return text.ToString();
    }

    /// <summary>Text that is no HTML, made fit to be shown: white space folded, line ends kept, nothing invisible.</summary>
    public static string Clean(string plain, int maxChars)
    {
        var text = new PlainText(maxChars);
        text.Add(plain, asIs: true);
        return text.ToString();
    }
}

/// <summary>Lays the parts of HTML out as plain text.</summary>
internal sealed class HtmlLayout(PlainText text)
{
    private int _asIs;

    public void Take(HtmlWalk walk)
    {
        switch (walk.Part)
        {
            case HtmlPart.Text:
                text.Add(walk.Text, _asIs > 0);
                break;
            case HtmlPart.Open:
                Edge(walk.Name);
                Open(walk);
                break;
            default:
                Close(walk.Name);
                Edge(walk.Name);
                break;
        }
    }

    private void Edge(string name)
    {
        if (HtmlTags.Paragraph.Contains(name))
        {
            text.Break(2);
        }
        else if (HtmlTags.Line.Contains(name))
        {
            text.Break(1);
        }
        else if (name is "td" or "th")
        {
            text.Space();
        }
    }

    private void Open(HtmlWalk walk)
    {
        switch (walk.Name)
        {
            case "br":
                text.NewLine();
                break;
            case "li":
                text.Bullet();
                break;
            case "pre":
                _asIs++;
                break;
            case "img" when IsEmoji(walk):
                text.Add(walk.Attribute("alt"));
                break;
        }
    }

    private void Close(string name)
    {
        if (name is "li" or "ul" or "ol")
        {
            text.NoBullet();
        }
        _asIs -= name == "pre" && _asIs > 0 ? 1 : 0;
    }

    /// <summary>Blogs show emoji as little pictures whose alternative text is the emoji.</summary>
    private static bool IsEmoji(HtmlWalk walk)
    {
        var css = walk.Attribute("class");
        return css.Contains("emoji", StringComparison.OrdinalIgnoreCase) || css.Contains("smiley", StringComparison.OrdinalIgnoreCase);
    }
}
