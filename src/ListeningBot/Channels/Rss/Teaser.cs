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
    /// The item with the page's text. The page is believed only when it speaks of the same thing: a consent page or a sign-in does not.
    /// Null when it does not go beyond the teaser.
    /// </summary>
    public static FeedItem? Completed(FeedItem item, string page)
    {
        if (page.Length <= item.Text.Length || !SpeaksOfTheSame(item, page))
        {
            return null;
        }
        var beginning = Letters(WithoutEnding(item.Text));
        beginning = beginning[..Math.Min(60, beginning.Length)];
        var contains = Letters(page).Contains(beginning, StringComparison.Ordinal);
        return item with { Text = contains ? page : item.Text + "\n\n" + page, IsSummary = false };
    }

    private static bool BreaksOff(string text)
    {
        var end = text.AsSpan().TrimEnd();
        return Array.Exists(Endings, ending => text.AsSpan().TrimEnd().EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && end.Length > 0;
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

    /// <summary>At least half of the longer words of title and teaser stand on the page.</summary>
    private static bool SpeaksOfTheSame(FeedItem item, string page)
    {
        var words = Words(item.Title + " " + WithoutEnding(item.Text));
        return words.Count > 0 && words.Count(Words(page).Contains) * 2 >= words.Count;
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

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
