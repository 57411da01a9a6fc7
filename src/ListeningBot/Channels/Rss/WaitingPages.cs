namespace ListeningBot.Channels.Rss;

/// <summary>A page behind a teaser that could not be had just now, or was not asked for yet.</summary>
/// <param name="Item">The item's key.</param>
/// <param name="Content">The teaser's hash when the page was asked for last.</param>
/// <param name="Asked">How often it was asked for in vain.</param>
/// <param name="After">When it may be asked for again, in Unix milliseconds.</param>
internal sealed record WaitingPage(ulong Item, uint Content, int Asked, long After)
{
    /// <summary>Another edit is no reason to wait.</summary>
    public bool IsDue(KnownItem item, DateTimeOffset at) => Content != item.Content || IsDue(at);

    /// <summary>Nor is a clock that was set back.</summary>
    public bool IsDue(DateTimeOffset at) => TimeSpan.FromMilliseconds(After - at.ToUnixTimeMilliseconds()) is var left && (left <= TimeSpan.Zero || left > WaitingPages.LongestWait);
}

/// <summary>The pages that are asked for again: few, and each a few times, so that a site that stays away delays nothing for long.</summary>
internal sealed class WaitingPages
{
    public const int Most = 100;

    /// <summary>After this a robots.txt that could not be had is asked for again too.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), LongestWait, LongestWait];

    private readonly Dictionary<ulong, WaitingPage> _pages = [];

    public WaitingPages()
    {
    }

    public WaitingPages(IEnumerable<WaitingPage?> stored)
    {
        foreach (var page in stored.OfType<WaitingPage>().Take(Most))
        {
            _pages[page.Item] = page;
        }
    }

    public IReadOnlyList<WaitingPage>? ToStored() => _pages.Count == 0 ? null : [.. _pages.Values];

    public bool AreDue(DateTimeOffset at) => _pages.Values.Any(page => page.IsDue(at));

    public WaitingPage? Of(KnownItem item) => _pages.GetValueOrDefault(item.Key);

    /// <summary>The item's page failed now. False when it is not waited for: it failed too often, or too many others wait.</summary>
    public bool Wait(KnownItem item, DateTimeOffset now)
    {
        var asked = (Of(item)?.Asked ?? 0) + 1;
        Forget(item);
        if (asked > Waits.Length || _pages.Count >= Most)
        {
            return false;
        }
        _pages[item.Key] = new WaitingPage(item.Key, item.Content, asked, (now + Waits[asked - 1]).ToUnixTimeMilliseconds());
        return true;
    }

    /// <summary>The item's page was not asked for yet, and may be at the next look. False when too many others wait.</summary>
    public bool Leave(KnownItem item, DateTimeOffset now)
    {
        var asked = Of(item)?.Asked ?? 0;
        Forget(item);
        return _pages.Count < Most && _pages.TryAdd(item.Key, new WaitingPage(item.Key, item.Content, asked, now.ToUnixTimeMilliseconds()));
    }

    public void Forget(KnownItem item) => _pages.Remove(item.Key);

    /// <summary>Forgets all but those of these items.</summary>
    public void Keep(IEnumerable<KnownItem> items)
    {
        foreach (var gone in _pages.Keys.Except(items.Select(item => item.Key)).ToList())
        {
            _pages.Remove(gone);
        }
    }
}
