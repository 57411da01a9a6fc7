using System.Runtime.CompilerServices;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.Mastodon;

/// <summary>
/// Reads a place from where it was read to until now. Posts of other servers arrive late and are put in where they belong by their time, below numbers
/// that were read already; so a place counts as read only up to where it was a while ago, and what is seen twice is told once.
/// </summary>
internal sealed class MastodonLook(ChannelContext context, MastodonPages pages, ServiceCursor cursor)
{
    /// <summary>The one place that knows what was read lately, wherever it stood.</summary>
    public const string All = "";
    private const int MostPages = 100;
    private const int MostFirstPages = 25;
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    /// <summary>Late posts of the public timeline are let go: reading it again would cost more than the server allows.</summary>
    private static readonly TimeSpan LatePublic = TimeSpan.FromMinutes(1);
    private readonly SteadyClock _steady = new(context.Time);
    private readonly Dictionary<string, Queue<(DateTimeOffset At, string Newest)>> _reached = [];

    public IAsyncEnumerable<PostBatch> ReadAsync(MastodonPlace place, CancellationToken ct) =>
        cursor.Place(place.Name).At is { } at ? OnAsync(place, at, ct) : FirstAsync(place, ct);

    /// <summary>
    /// What is read instead of other places (the words of a changed watch, or all on another server) goes back to when the one of those was read through that was read least, if that
    /// is more than a day back: what was posted meanwhile, while nobody listened, would else come as old.
    /// </summary>
    /// <param name="heardAt">When the channel was heard last: the version before did not note when a place was.</param>
    public static void TakeOver(ServiceCursor cursor, IReadOnlyCollection<string> names, DateTimeOffset? heardAt, DateTimeOffset now)
    {
        var gone = cursor.Gone(names).ToList();
        var since = gone.Count == 0 ? null : gone.Select(place => place.Value.ReadAt).Min() ?? heardAt;
        if (since < now - PostTime.FirstContactBack)
        {
            foreach (var name in names.Except(cursor.Names).Where(name => name != All).ToList())
            {
                cursor.Place(name).ReadTo(null);
                cursor.Place(name).EmptySince = since + PostTime.FirstContactBack;
            }
        }
    }

    /// <summary>Whether it was looked at before.</summary>
    public bool Knows(MastodonPlace place) => !cursor.Place(place.Name).IsFirst;

    /// <summary>How far was read.</summary>
    public Cursor Read => cursor.ToCursor();

    /// <summary>What is new of these, as one batch.</summary>
    /// <param name="next">Null: how far was read with them.</param>
    public PostBatch Batch(MastodonPlace? place, IEnumerable<PostChange> posts, IEnumerable<BadItem> bad, bool isFirst = false, Cursor? next = null, Gap? gap = null)
    {
        var seen = cursor.Place(place == MastodonPlace.Public ? place.Name : All);
        List<PostChange> changes = [];
        foreach (var one in posts)
        {
            if (one.Post is not { } post)
            {
                changes.Add(one);
            }
            else if (seen.Note(post.Key.Id, null, post.Text) is { } kind)
            {
                changes.Add(kind == ChangeKind.Added ? one : one with { Kind = kind });
            }
        }
        List<BadItem> aside = [.. bad.Where(item => seen.Note("bad\n" + item.Raw, null, "") is not null)];
        return PostBatch.OfChanges(changes, next ?? Read, isFirst, gap, aside);
    }

    /// <summary>
    /// From the newest back to a day before the place was first looked at. Where that was at an earlier look, which found nothing, or it takes over from another, what was posted since is news,
    /// however long nobody looked; what is nearly a day old too, since it is told only after more was read.
    /// </summary>
    private async IAsyncEnumerable<PostBatch> FirstAsync(MastodonPlace place, [EnumeratorCancellation] CancellationToken ct)
    {
        var now = pages.Clock.GetUtcNow();
        var at = cursor.Place(place.Name);
        var (dayAgo, since) = (now - PostTime.FirstContactBack, (at.EmptySince ?? now) - PostTime.FirstContactBack);
        var mostPages = since < dayAgo ? MostPages : MostFirstPages;
        var isReached = false;
        List<MastodonPage> read = [];
        for (string? before = null; read.Count < mostPages && !isReached;)
        {
            var page = await pages.AskAsync(place, null, before, ct);
            if (page.Count == 0 || page.Oldest is null || (before is not null && MastodonPage.Compare(page.Oldest, before) >= 0))
            {
                break;
            }
            read.Add(page);
            before = page.Oldest;
            isReached = page.Shown.Count > 0 && page.Posted.All(posted => posted < since);
        }
        var gap = read.Count == mostPages && since < dayAgo && !isReached && read[^1].Posted.Min() is { } oldest
            ? new Gap(since, oldest, $"{place.Name} had more new posts than the {mostPages} pages that are read at once")
            : null;
        read.Reverse();
        foreach (var page in read)
        {
            var meanwhile = since < dayAgo ? page.Shown.Where(one => one.Post!.Posted > since && one.Post.Posted < dayAgo + Late).ToList() : [];
            if (meanwhile.Count > 0)
            {
                yield return Batch(place, meanwhile, [], gap: gap);
                gap = null;
            }
            yield return Batch(place, page.Shown.Except(meanwhile), page.Bad, isFirst: true, gap: gap);
            gap = null;
        }
        // Number by number, not page by page: only what is older than the while may count as read.
        var settled = read.Where(page => page.Shown.Count > 0 && page.Posted.All(posted => posted <= now - Late)).Select(page => page.Newest).LastOrDefault();
        // A place that was read to its end and holds nothing that old stays at its first look, since behind its very first post others may arrive late.
        at.ReadTo(settled ?? (read.Count == mostPages ? read[0].Oldest : null));
        cursor.Place(All).Seen.Trim(read.Sum(page => page.Count));
        Reached(place, read.LastOrDefault()?.Newest);
        at.EmptySince = at.At is null ? at.EmptySince ?? now : null;
        at.ReadThrough(now);
    }

    private async IAsyncEnumerable<PostBatch> OnAsync(MastodonPlace place, string at, [EnumeratorCancellation] CancellationToken ct)
    {
        var (newest, count, left) = (at, 0, MostPages);
        var page = await pages.AskAsync(place, at, null, ct);
        if (page.Count > 0)
        {
            yield return Take(page);
        }
        // A search gives the newest first, whatever it was asked for; timelines give what follows. Both ways, nothing is left between.
        for (var oldest = page.Oldest; place.List is not null && oldest is not null && left > 0;)
        {
            var older = await pages.AskAsync(place, at, oldest, ct);
            if (older.Count == 0 || older.Oldest is null || MastodonPage.Compare(older.Oldest, oldest) >= 0)
            {
                break;
            }
            oldest = older.Oldest;
            yield return Take(older);
        }
        while (page.Count > 0 && left > 0)
        {
            var from = newest;
            page = await pages.AskAsync(place, from, null, ct);
            if (page.Count > 0)
            {
                yield return Take(page);
            }
            if (newest == from)
            {
                break;
            }
        }
        cursor.Place(place == MastodonPlace.Public ? place.Name : All).Seen.Trim(count);
        if (left <= 0)
        {
            cursor.Place(place.Name).ReadTo(newest);
        }
        Reached(place, newest);
        cursor.Place(place.Name).ReadThrough(pages.Clock.GetUtcNow());

        PostBatch Take(MastodonPage taken)
        {
            (newest, count, left) = (MastodonPage.Higher(newest, taken.Newest)!, count + taken.Count, left - 1);
            return Batch(place, taken.Shown, taken.Bad);
        }
    }

    /// <summary>Counts as read what was reached a while ago.</summary>
    private void Reached(MastodonPlace place, string? newest)
    {
        var now = _steady.GetUtcNow();
        var reached = _reached.TryGetValue(place.Name, out var known) ? known : _reached[place.Name] = new();
        if (newest is not null)
        {
            reached.Enqueue((now, newest));
        }
        while (reached.TryPeek(out var oldest) && oldest.At <= now - (place == MastodonPlace.Public ? LatePublic : Late))
        {
            cursor.Place(place.Name).ReadTo(MastodonPage.Higher(cursor.Place(place.Name).At, reached.Dequeue().Newest));
        }
    }
}
