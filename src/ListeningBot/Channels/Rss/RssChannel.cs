using System.Runtime.CompilerServices;
using ListeningBot.Channels.Feeds;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Rss;

/// <summary>Looks at one feed again and again, and gives what is new or changed in it.</summary>
internal sealed class RssChannel(ChannelContext context, RssOptions options) : IChannel
{
    /// <summary>Of fewer items it is no wonder that all are new.</summary>
    private const int FewestToMiss = 5;

    /// <summary>Longer than it takes to get the pages behind teasers.</summary>
    private static readonly TimeSpan PagesTake = TimeSpan.FromMinutes(5);
    private readonly ILogger _log = context.Logs.CreateLogger<RssChannel>();
    private readonly FeedSource _source = new(context.Web, options);
    private readonly TeaserPages _pages = new(context, options.Address);
    private readonly string _namespace = NamespaceOf(options.Address);
    private bool _toldMoved;

    /// <summary>Edits that wait for their page, as the feed showed them last.</summary>
    private readonly Dictionary<ulong, KnownItem> _edits = [];

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        var cursor = RssCursor.Parse(since, _namespace);
        while (true)
        {
            await foreach (var batch in LookAsync(cursor, ct))
            {
                yield return batch;
            }
            await context.NextPoll(options.Every, ct);
        }
    }

    public static async Task<string> SignInAsync(ChannelContext context, RssOptions options, CancellationToken ct)
    {
        var (_, content) = await new FeedSource(context.Web, options).AskAsync(null, ct);
        return $"{content!.Items.Count} items" + (content.Bad.Count > 0 ? $", {content.Bad.Count} that can't be understood" : "");
    }

    /// <summary>The same for every way to write the address; without user and password.</summary>
    public static string NamespaceOf(Uri url) => "rss:" + url.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped);

    /// <summary>What is complete comes at once; teasers follow with their pages' text.</summary>
    private async IAsyncEnumerable<PostBatch> LookAsync(RssCursor cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        // By its tags an unchanged feed does not come, and the items whose pages are wanted again would not be at hand.
        var (answer, content) = await _source.AskAsync(cursor.Pages.AreDue(context.Time.GetUtcNow()) ? null : cursor, ct);
        var seen = context.Time.GetUtcNow();
        if (content is null)
        {
            cursor.Unchanged(seen);
            yield return PostBatch.Empty(cursor.ToCursor());
            yield break;
        }
        TellMoved(answer);
        var isFirst = cursor.IsFirst;
        var items = ItemIds.Of(content.Items, cursor.Seen);
        var gap = content.IsWhole ? Missed(items, cursor, seen) : null;
        var fresh = items.Where(item => cursor.Pages.Of(item)?.IsDue(item, seen) ?? cursor.Seen.ContentOf(item.Key) != item.Content).Reverse().ToList();
        var teasers = Teasers(fresh, cursor, isFirst);
        var complete = fresh.Except(teasers).ToList();
        complete.ForEach(cursor.Pages.Forget);
        if (!isFirst)
        {
            complete.Where(item => IsWorthFollowing(item.Item, null)).ToList().ForEach(item => cursor.Pages.Leave(item, seen));
        }
        var aside = Aside(content, cursor.Seen);
        foreach (var news in Meanwhile(complete, cursor, seen))
        {
            yield return news;
        }
        if (teasers.Count > 0 && (complete.Count > 0 || aside.Count > 0))
        {
            yield return Batch(complete, cursor, isFirst, aside, seen, gap);
            (aside, gap) = ([], null);
        }
        var rest = teasers.Count > 0 ? await FollowedAsync(teasers, cursor, seen, ct) : complete;
        rest.AddRange(content.IsWhole ? NoLongerShown(items, cursor) : []);
        foreach (var news in Meanwhile(rest, cursor, seen))
        {
            yield return news;
        }
        Finish(answer, content, items, cursor, seen);
        yield return Batch(rest, cursor, isFirst, aside, seen, gap);
    }

    /// <summary>
    /// Takes out of a first contact what was posted since the feed before it was read, under the same name: the channel may have got a new address because the old one was gone for days.
    /// Nobody heard it, so it is news. What is nearly a day old is too, since it is told only after more was read.
    /// </summary>
    private IEnumerable<PostBatch> Meanwhile(List<KnownItem> items, RssCursor cursor, DateTimeOffset seen)
    {
        var dayAgo = seen - PostTime.FirstContactBack;
        if (cursor.IsFirst && cursor.FirstReadsFrom(seen) is var since && since < dayAgo)
        {
            var news = items.Where(item => item.Item.Posted > since && item.Item.Posted < dayAgo + PagesTake).ToList();
            items.RemoveAll(news.Contains);
            if (news.Count > 0)
            {
                yield return Batch(news, cursor, isFirst: false, [], seen, null);
            }
        }
    }

    /// <summary>
    /// A feed shows its newest items only: where none is left of those that were read before, what came between may have come and gone. Old items under new ids are no sign
    /// of that.
    /// </summary>
    private static Gap? Missed(List<KnownItem> items, RssCursor cursor, DateTimeOffset seen)
    {
        if (cursor.IsFirst || cursor.ReadAt is not { } since || since >= seen || cursor.Seen.IsEmpty || items.Count < FewestToMiss || items.Exists(item => cursor.Seen.ContentOf(item.Key) is not null))
        {
            return null;
        }
        var dates = items.Select(item => item.Item.Posted).OfType<DateTimeOffset>().ToList();
        var later = dates.Where(date => date > since).ToList();
        return later.Count * 2 < dates.Count ? null
            : new Gap(since, later.Where(date => date < seen).DefaultIfEmpty(seen).Min(), "the feed shows its newest items only, and had none left of those that were read before");
    }

    /// <summary>What is new comes first, and alone where there is much of it: of more than can be followed at once the rest comes as it is. What was heard before can wait for its page.</summary>
    private List<KnownItem> Teasers(List<KnownItem> fresh, RssCursor cursor, bool isFirst)
    {
        var worth = fresh.Where(item => IsWorthFollowing(item.Item, isFirst ? cursor : null)).ToLookup(item => cursor.Seen.ContentOf(item.Key) is null);
        return [.. worth[true].Take(TeaserPages.Most), .. worth[false].OrderBy(item => cursor.Pages.Of(item)?.Asked ?? 0)];
    }

    /// <summary>
    /// What is new is never late: it comes as a teaser where its page can't be had now, and as an edit once that can. An edit waits for its page a while instead, since the teaser alone
    /// would take the place of the whole text that was read before.
    /// </summary>
    private async Task<List<KnownItem>> FollowedAsync(List<KnownItem> teasers, RssCursor cursor, DateTimeOffset seen, CancellationToken ct)
    {
        List<KnownItem> given = [];
        foreach (var (item, page) in await _pages.FollowAsync(teasers, ct))
        {
            var known = cursor.Seen.ContentOf(item.Key);
            // An edit that waits for its turn counts its tries, because nothing is read of it meanwhile.
            var waits = page == PageFate.NotAsked && known == item.Content ? cursor.Pages.Leave(item, seen) : page is PageFate.NotNow or PageFate.NotAsked && cursor.Pages.Wait(item, seen);
            if (!waits)
            {
                cursor.Pages.Forget(item);
            }
            if (page == PageFate.Read || known is null || (!waits && known != item.Content))
            {
                given.Add(item);
            }
            else if (waits)
            {
                _edits[item.Key] = item;
            }
        }
        return given;
    }

    /// <summary>Edits that left the feed while they waited: as they are, since pages are asked for only of what it shows. A restart in between forgets them.</summary>
    private List<KnownItem> NoLongerShown(List<KnownItem> items, RssCursor cursor)
    {
        foreach (var ended in _edits.Values.Where(edit => cursor.Pages.Of(edit)?.Content != edit.Content).ToList())
        {
            _edits.Remove(ended.Key);
        }
        return [.. _edits.Values.ExceptBy(items.Select(item => item.Key), edit => edit.Key).Where(edit => cursor.Seen.ContentOf(edit.Key) is { } known && known != edit.Content)];
    }

    /// <param name="first">At first contact, whose old items alert nobody.</param>
    private bool IsWorthFollowing(FeedItem item, RssCursor? first) =>
        options.FollowTeasers && Teaser.Is(item) && (first is null || item.Posted >= first.FirstReadsFrom(context.Time.GetUtcNow()));

    /// <summary>Everything in the feed counts as read now; only a whole answer is asked for by its tags.</summary>
    private void Finish(WebAnswer answer, FeedContent content, List<KnownItem> items, RssCursor cursor, DateTimeOffset seen)
    {
        foreach (var item in items)
        {
            // As it was read, which an edit that waits for its page was not.
            if (cursor.Seen.ContentOf(item.Key) is { } read)
            {
                cursor.Seen.Add(item.Key, read);
            }
        }
        if (content.IsWhole)
        {
            cursor.Pages.Keep(items);
        }
        cursor.Answered(content.IsWhole, answer.ETag, answer.LastModified, seen);
        cursor.Seen.Trim(items.Count + content.Bad.Count);
        if (!content.IsWhole)
        {
            _log.BrokeOff(context.Name, content.Items.Count);
        }
    }

    private PostBatch Batch(IEnumerable<KnownItem> items, RssCursor cursor, bool isFirst, IReadOnlyList<BadItem> aside, DateTimeOffset seen, Gap? gap)
    {
        List<PostChange> changes = [];
        foreach (var item in items)
        {
            var kind = cursor.Seen.ContentOf(item.Key) is null ? ChangeKind.Added : ChangeKind.Edited;
            var post = RssPost.Of(item, _namespace, context.Name);
            changes.Add(new PostChange(kind, post.Key, post));
            cursor.Seen.Add(item.Key, item.Content);
        }
        return PostBatch.OfChanges(changes, cursor.ToCursor(), isFirst, gap, aside, seen);
    }

    /// <summary>What can't be understood is kept aside once, not at every look.</summary>
    private List<BadItem> Aside(FeedContent content, SeenItems seen)
    {
        List<BadItem> aside = [];
        foreach (var bad in content.Bad)
        {
            var key = SeenItems.HashOfId("bad\n" + bad.Raw);
            if (seen.ContentOf(key) is null)
            {
                _log.ItemSkipped(context.Name, bad.What);
                aside.Add(bad);
            }
            seen.Add(key, 0);
        }
        return aside;
    }

    private void TellMoved(WebAnswer answer)
    {
        if (answer.MovedTo is { } target && !_toldMoved)
        {
            _toldMoved = true;
            _log.Moved(context.Name, target.Host);
        }
    }
}
