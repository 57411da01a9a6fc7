using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ListeningBot.Channels.Searches;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.Channels.HackerNews;

/// <summary>Searches Hacker News for each word again and again, from where it was read to until now.</summary>
internal sealed class HackerNewsChannel(ChannelContext context, HackerNewsOptions options) : IChannel
{
    /// <summary>Posts come to the search seconds to minutes after they were written.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>Somebody writes every few seconds: when the newest that the search knows is older, it takes in nothing. Well below the overlap, so that nothing was passed by.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(30);

    /// <summary>So long what was written while the search stood still may come to it, in any order.</summary>
    private static readonly TimeSpan FillsUp = TimeSpan.FromHours(24);

    /// <summary>One standstill after the other must not make each look ask for weeks; one that lasts longer is read from where it began.</summary>
    private static readonly TimeSpan LongestBack = TimeSpan.FromDays(3);

    /// <summary>The one place that knows what was read lately, whichever word found it.</summary>
    private const string All = "";
    private readonly HackerNewsSearch _search = new(context, options);

    /// <summary>When the newest of all that the search has taken in was written; null when it did not say.</summary>
    private long? _head;

    /// <summary>Since when it stood still; null when that is over and noted in the cursor.</summary>
    private long? _stoodStill;

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        var words = Asked(context.Name, options, watches).Needed(context.Name).Searches;
        var cursor = ServiceCursor.Parse(since, options.Search);
        string[] places = [.. words.Select(PlaceOf)];
        SearchedUntil.TakeOver(cursor, cursor.Gone([All, .. places]).Select(gone => gone.Value), places, context.Time.GetUtcNow());
        cursor.Keep([All, .. places]);
        cursor.Place(All).ReadTo(null);
        while (true)
        {
            await LookAtHeadAsync(cursor, ct);
            foreach (var word in words)
            {
                await foreach (var batch in LookAsync(word, cursor, ct))
                {
                    yield return batch;
                }
            }
            yield return PostBatch.Empty(cursor.ToCursor());

            // Only now it is kept: a look that breaks off before begins again from the cursor of before.
            _stoodStill = null;
            await context.NextPoll(options.Every, ct);
        }
    }

    public static async Task<string> SignInAsync(ChannelContext context, HackerNewsOptions options, CancellationToken ct)
    {
        var now = context.Time.GetUtcNow().ToUnixTimeSeconds();
        var (json, hits) = await new HackerNewsSearch(context, options).AskAsync(options.Words is [var word, ..] ? word : "", now - 86_400, now, 100, ct);
        using (json)
        {
            return hits.Count == 100 ? "more than 100 posts of the last day" : $"{hits.Count} posts of the last day" + (options.Words is [var first, ..] ? $" for \"{first}\"" : "");
        }
    }

    /// <summary>Word by word.</summary>
    public static SearchPlan Asked(string channel, HackerNewsOptions options, WatchSet watches) =>
        SearchWords.Of(watches, channel, new PlainWords("hackernews", findsBeginnings: true), options.Words);

    private static string PlaceOf(string word) => word.ToLowerInvariant();

    /// <summary>Throws while the search takes in nothing, which by its answers looks as if nobody wrote.</summary>
    private async Task LookAtHeadAsync(ServiceCursor cursor, CancellationToken ct)
    {
        var head = await _search.NewestAsync(ct);
        var isMoving = head is not null && _head is not null && head != _head;
        _head = head;
        var now = _search.Clock.GetUtcNow();
        if (head is { } newest && !isMoving && now - DateTimeOffset.FromUnixTimeSeconds(newest) > Lag)
        {
            _stoodStill = Math.Min(_stoodStill ?? newest, newest);
            var since = DateTimeOffset.FromUnixTimeSeconds(newest).ToString("d MMM HH:mm", CultureInfo.InvariantCulture);
            throw new ChannelException($"The search of Hacker News has taken in nothing new since {since} UTC. It goes on by itself; what was written meanwhile is read then.") { Passes = true };
        }
        if (_stoodStill is { } from)
        {
            var known = Math.Max(FillingUp(cursor, now.ToUnixTimeSeconds()) ?? from, (now - LongestBack).ToUnixTimeSeconds());
            cursor.Place(All).ReadTo(string.Create(CultureInfo.InvariantCulture, $"{Math.Min(known, from)}-{(now + FillsUp).ToUnixTimeSeconds()}"));
        }
    }

    /// <summary>Since when the search stood still that is being filled up; null when it is not.</summary>
    private static long? FillingUp(ServiceCursor cursor, long now) =>
        cursor.Place(All).At?.Split('-') is [var from, var until]
        && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var since) && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && now < end
            ? since
            : null;

    /// <summary>Oldest first. A stretch that holds more than the search gives at once is halved until it does not.</summary>
    private async IAsyncEnumerable<PostBatch> LookAsync(string word, ServiceCursor cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        var place = cursor.Place(PlaceOf(word));
        var isFirst = place.IsFirst;
        var now = _search.Clock.GetUtcNow().ToUnixTimeSeconds();
        var from = SearchedUntil.Of(place) is { } at
            ? Math.Min(Math.Min(at, now), FillingUp(cursor, now) ?? now) - (long)Overlap.TotalSeconds
            : now - (long)PostTime.FirstContactBack.TotalSeconds;
        for (var to = HackerNewsSearch.Latest; from <= now;)
        {
            var (json, hits) = await _search.AskAsync(word, from, to, HackerNewsSearch.Ceiling, ct);
            now = Math.Min(now, _search.Clock.GetUtcNow().ToUnixTimeSeconds());
            using (json)
            {
                if (hits.Count >= HackerNewsSearch.Ceiling && Halved(from, Math.Min(to, now)) is { } half)
                {
                    to = half;
                    continue;
                }
                var (changes, aside) = New(hits, cursor.Place(All));
                place.ReadTo(Math.Min(Math.Min(to, now), _head ?? now).ToString(CultureInfo.InvariantCulture));
                if (changes.Count + aside.Count > 0)
                {
                    cursor.Place(All).Seen.Trim(hits.Count);
                    yield return PostBatch.OfChanges(changes, cursor.ToCursor(), isFirst, aside: aside);
                }
            }
            if (to >= now)
            {
                yield break;
            }
            (from, to) = (to + 1, HackerNewsSearch.Latest);
        }
    }

    /// <summary>Null when it is a single second: all of Hacker News writes far less than that.</summary>
    private static long? Halved(long from, long to) => from < to ? from + ((to - from) / 2) : null;

    private (List<PostChange> Changes, List<BadItem> Aside) New(List<JsonElement> hits, PlaceRead seen)
    {
        List<PostChange> changes = [];
        List<BadItem> aside = [];
        foreach (var hit in Enumerable.Reverse(hits))
        {
            if (HackerNewsPost.OfHit(hit, context.Name) is { } post)
            {
                if (seen.Note(post.Key.Id, post.Title, post.Text) is { } kind)
                {
                    changes.Add(new PostChange(kind, post.Key, post));
                }
            }
            else if (seen.Note("bad\n" + hit.Beginning(), null, "") is not null)
            {
                aside.Add(new BadItem("a hit without id or text", hit.Beginning()));
            }
        }
        return (changes, aside);
    }
}
