using ListeningBot.Channels.Feeds;

namespace ListeningBot.Channels.Rss;

/// <summary>Tells the beginning of a text from a whole one, and whether a page goes on with it.</summary>
internal static class Teaser
{
    private const int Short = 280;

    private static readonly string[] Endings =
    [
        "…", "...", "[…]", "[...]", "(more)", "more »", "read more", "read more.", "continue reading", "continue reading →", "→", "weiterlesen", "mehr lesen", "lire la suite", "leer más", "seguir leyendo",
    ];

    public static bool Is(FeedItem item) =>
        item.Link is not null && (BreaksOff(item.Text) || (item.IsSummary && item.Text.Length < Short));

    /// <summary>
    /// The item with the page's text. A page that does not mark its article is believed only when it speaks of the same thing:
    /// a consent page or a sign-in does not. Null when it does not go beyond the teaser.
    /// </summary>
    public static FeedItem? Completed(FeedItem item, string page, bool isMarked)
    {
        var onPage = Words(page);
        if (page.Length <= item.Text.Length || (!isMarked && Shared(item.Title + " " + WithoutEnding(item.Text), onPage) < 0.4))
        {
            return null;
        }
        var goesOn = Shared(WithoutEnding(item.Text), onPage) > 0.9;
        return item with { Text = goesOn ? page : item.Text + "\n\n" + page, IsSummary = false };
    }

    private static bool BreaksOff(string text)
    {
        return Array.Exists(Endings, ending => text.AsSpan().TrimEnd().EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    private static string WithoutEnding(string text)
    {
        text = text.TrimEnd();
        foreach (var ending in Endings)
        {
            text = text.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? text[..^ending.Length].TrimEnd() : text;
        }
        return text;
    }

    /// <summary>How many of a text's longer words stand on the page, 0..1; 1 when it has none.</summary>
    private static double Shared(string text, HashSet<string> onPage)
    {
        var words = Words(text);
        return words.Count == 0 ? 1 : (double)words.Count(onPage.Contains) / words.Count;
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inside && start < 0)
            {
                start = i;
            }
            else if (!inside && start >= 0)
            {
                _ = i - start >= 4 && words.Add(text[start..i]);
                start = -1;
            }
        }
        return words;
    }
}
