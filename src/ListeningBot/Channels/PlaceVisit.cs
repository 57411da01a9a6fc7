using System.Globalization;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels;

/// <summary>
/// Reads one place from its newest page back to what was read before. Each page is handed on at once, and the place counts as read only after the
/// last one: reading that was broken off begins at the newest page again, passes over what it has, and comes to the rest.
/// </summary>
internal sealed class PlaceVisit
{
    /// <summary>Before the time that a first contact goes back to, while it is not over.</summary>
    private const string First = "first ";

    /// <summary>All places of a channel are in one cursor, and that is written at each visit.</summary>
    private const int Kept = 500;

    /// <summary>A source's clock may be this much ahead of ours.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);
    private readonly ServiceCursor _cursor;
    private readonly string _name;
    private readonly int _mostPages;
    private readonly DateTimeOffset _now;
    private readonly PlaceRead _read;
    private readonly bool _isFirst;
    private readonly DateTimeOffset? _since;

    /// <summary>Some services show an empty page in the middle now and then, for minutes: so long the place stays where it is, and is read from there again.</summary>
    private static readonly TimeSpan ComesBackWithin = TimeSpan.FromDays(1);
    private DateTimeOffset? _newest;
    private DateTimeOffset? _oldest;
    private int _pages;
    private int _shown;
    private readonly DateTimeOffset? _brokenSince;

    /// <summary>Something that was read at an earlier visit was shown again.</summary>
    private bool _metKnown;

    /// <param name="brokenSince">When an earlier visit first found an empty page in the middle, and none since was better.</param>
    public PlaceVisit(ServiceCursor cursor, string name, int mostPages, DateTimeOffset now, DateTimeOffset? brokenSince = null)
    {
        _brokenSince = brokenSince;
        (_cursor, _name, _mostPages, _now) = (cursor, name, mostPages, now);
        _read = cursor.Place(name);
        _isFirst = _read.IsFirst || IsFirstContact(_read);
        _since = _read.IsFirst ? now - PostTime.FirstContactBack : SinceOf(_read);
    }

    /// <summary>The version before did not note when it read a place through. It did so at each look, and when the channel was heard last was the last one.</summary>
    public static void NoteReadAt(ServiceCursor cursor, DateTimeOffset? heardAt)
    {
        foreach (var read in cursor.Names.Select(cursor.Place).Where(read => read.ReadAt is null && !IsFirstContact(read)))
        {
            read.ReadAt = heardAt;
        }
    }

    /// <summary>
    /// Places that take over what others were asked for (searches are packed anew with each change of a watch; the service got another address) are read from where the one of those stood that
    /// was read least, if that is more than a day back: what was posted meanwhile, while nobody listened, would else never be heard. Looks that found nothing count
    /// as well: a word that is new would else have days of old posts for news.
    /// </summary>
    public static void TakeOver(ServiceCursor cursor, IEnumerable<PlaceRead> gone, IEnumerable<string> instead, DateTimeOffset now)
    {
        var since = gone.Select(LookedAtOf).Min();
        if (since < now - PostTime.FirstContactBack)
        {
            foreach (var name in instead)
            {
                cursor.Place(name).ReadTo(First + Text(since));
            }
        }
    }

    public SeenItems Seen => _read.Seen;

    /// <summary>An empty page stood in the middle: what was behind it may be shown again at the next visit.</summary>
    public bool ComesBack { get; private set; }

    /// <summary>True when older pages hold nothing new, or are too many.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What is new on this page; one batch, or two. Each is to be stored before the next is asked for.</summary>
    public IEnumerable<PostBatch> Take(PlacePage page)
    {
        Measure(page);
        _metKnown |= page.Shown.Any(one => IsSeen(one) && !(one.Post?.Posted > _since));
        var isRead = IsReadAlready(page);
        var ended = page.Next is null;

        // A listing that ends on a later page before anything known is met shows no more than so many, or broke off.
        var brokeOff = ended && !isRead && _pages > 0 && !_isFirst && !_metKnown;
        ComesBack = brokeOff && page.Shown.Count == 0 && _now - (_brokenSince ?? _now) < ComesBackWithin;
        IsOver = isRead || ended || ++_pages >= _mostPages;
        var late = Late(page.Shown);
        if (late.Count > 0)
        {
            yield return PostBatch.OfChanges(Note(late), _cursor.ToCursor(), firstContact: true);
        }
        var meanwhile = Meanwhile(page.Shown);
        if (meanwhile.Count > 0)
        {
            yield return PostBatch.OfChanges(Note(meanwhile), _cursor.ToCursor());
        }
        var changes = Note(page.Shown.Except(late).Except(meanwhile));
        var aside = Aside(page.Bad);
        foreach (var mark in page.Marks)
        {
            _read.Note(mark, null, "");
        }
        if (!ComesBack)
        {
            MarkRead();
        }
        yield return PostBatch.OfChanges(changes, _cursor.ToCursor(), _isFirst, IsOver && !isRead && (!ended || brokeOff) && !ComesBack ? Missed(ended) : null, aside);
    }

    /// <summary>
    /// Older than what was read, and below all of it: it came up because something newer was deleted. Days old it is no news, so it comes as at a first
    /// contact. What shows up among what was read was held back until now, and nobody heard it: that is news, however old.
    /// </summary>
    private List<PostChange> Late(IReadOnlyList<PostChange> shown) =>
        _isFirst ? [] : [.. shown.Reverse().TakeWhile(one => !IsSeen(one)).Where(one => one.Post?.Posted <= _since).Reverse()];

    /// <summary>
    /// Posted since a first contact that began at an earlier look and is not over, and so old that it would be taken for what was there before: while nobody
    /// listened, or held back by the service. Nobody heard it: that is news. What is nearly as old is too, since it is told only after more was read.
    /// </summary>
    private List<PostChange> Meanwhile(IReadOnlyList<PostChange> shown) => _isFirst && _since < _now - PostTime.FirstContactBack
        ? [.. shown.Where(one => one.Post?.Posted > _since && one.Post.Posted < _now - PostTime.FirstContactBack + ClocksDiffer)]
        : [];

    private bool IsSeen(PostChange shown) => _read.Seen.ContentOf(SeenItems.HashOfId(shown.Key.Id)) is not null;

    /// <summary>Most, not the oldest: a single wrong date must not end the reading, nor a page that is empty though older ones follow.</summary>
    private bool IsReadAlready(PlacePage page)
    {
        var dated = page.Shown.Where(shown => shown.Post?.Posted is not null).ToList();
        return dated.Count > 0
            ? dated.Count(shown => shown.Post!.Posted <= _since) * 2 > dated.Count
            : page.Shown.Count > 0 && page.Shown.All(IsSeen);
    }

    private void Measure(PlacePage page)
    {
        _shown += page.Shown.Count + page.Bad.Count + page.Marks.Count;
        foreach (var posted in page.Shown.Select(shown => shown.Post?.Posted).OfType<DateTimeOffset>().Where(posted => posted <= _now + ClocksDiffer))
        {
            _newest = _newest is null || posted > _newest ? posted : _newest;
            _oldest = _oldest is null || posted < _oldest ? posted : _oldest;
        }
    }

    private List<PostChange> Note(IEnumerable<PostChange> shown)
    {
        List<PostChange> changes = [];
        foreach (var one in shown.Reverse())
        {
            var kind = _read.Note(one.Key.Id, one.Post?.Title, one.Post is { } post ? $"{post.Text}\n{post.Stars}" : "");
            if (one.Post is not null && kind is { } change)
            {
                changes.Add(one with { Kind = change });
            }
            else if (one.Post is null && kind == ChangeKind.Edited)
            {
                changes.Add(one);
            }
        }
        return changes;
    }

    /// <summary>What can't be understood is kept aside once, not at every look.</summary>
    private List<BadItem> Aside(IReadOnlyList<BadItem> bad) => [.. bad.Where(item => _read.Note("bad\n" + item.Raw, null, "") == ChangeKind.Added)];

    /// <summary>
    /// A place that showed nothing at all stays at its first contact: some services answer so for a while though they have much. How far back that goes stays
    /// as it was at the first look, so that what is posted there from then on is news, also when it is read days later.
    /// </summary>
    private void MarkRead()
    {
        if (IsOver)
        {
            _read.ReadThrough(_now);
        }
        if (_isFirst && (!IsOver || _shown == 0))
        {
            _read.ReadTo(First + Text(_since));
        }
        else if (IsOver && _shown > 0)
        {
            var since = _isFirst ? null : _since;
            _read.ReadTo(Text(since is null || _newest > since ? _newest : since));
            _read.Seen.Trim(_shown, Kept);
        }
    }

    private Gap? Missed(bool ended) => _since is { } since && _oldest is { } oldest && oldest > since
        ? new Gap(since, oldest, ended ? $"{_name} had more new posts than it shows" : $"{_name} had more new posts than the {_pages} pages that are read at once")
        : null;

    /// <summary>Up to when it was read; while its first contact is not over, how far back that goes.</summary>
    private static DateTimeOffset? SinceOf(PlaceRead read) => Parse(IsFirstContact(read) ? read.At![First.Length..] : read.At);

    private static bool IsFirstContact(PlaceRead read) => read.At?.StartsWith(First, StringComparison.Ordinal) == true;

    /// <summary>Up to when it was looked at; null when that is not known.</summary>
    private static DateTimeOffset? LookedAtOf(PlaceRead read) =>
        read.ReadAt is { } at ? (SinceOf(read) is { } since && since > at ? since : at)
        : IsFirstContact(read) ? SinceOf(read)
        : null;

    private static string? Text(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Parse(string? at) =>
        DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
