using System.Runtime.CompilerServices;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.X;

/// <summary>
/// Asks one question (mentions, or a search) for all that is new, page by page, newest first. Each page is handed on before the next is asked for; only after the last one the
/// place of the question moves to the newest post.
/// </summary>
internal sealed class XLook(ChannelContext context, XOptions options, XApi api)
{
    /// <summary>How far back X's search reaches.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(10);

    /// <summary>Posts become findable a little out of order, so the last moments are looked at again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(20);

    /// <summary>Where nothing was found, what is found later is this late at most.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    /// <summary>Longer than this no half-read look waits for money: the newest posts matter more than the rest.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private const int MostPages = 100;

    /// <summary>X shows the 800 newest mentions of an account and ends there as if that were all (docs.x.com, timelines); some of them may be gone.</summary>
    private const int MentionsShown = 780;
    private readonly ILogger _log = context.Logs.CreateLogger<XChannel>();

    /// <param name="wait">False: what can't be paid for now is given up at once (a stream is waiting to be read).</param>
    public async IAsyncEnumerable<PostBatch> AskAsync(string question, XCursor cursor, bool wait, [EnumeratorCancellation] CancellationToken ct)
    {
        var place = Begin(question, cursor);
        Gap? gap = null;
        while (true)
        {
            var began = api.Clock.GetUtcNow();
            (place, gap) = WithinReach(question, place, gap, began);
            var found = await FindAsync(question, cursor, place, ct);
            if (found is null)
            {
                // X no longer knows the page: the look begins anew from the same place, and keys sort doubles out.
                place = place with { Token = null, Newest = 0, Oldest = 0, Pages = 0, Posts = 0 };
                continue;
            }
            if (found.Page is null)
            {
                var pause = Longer(found.GoesOn!.Value - context.Time.GetUtcNow());
                if (wait && (place.Oldest == 0 || pause <= LongestWait))
                {
                    _log.WaitsForMoney(context.Name, found.GoesOn.Value);
                    await context.NextPoll(pause, ct);
                    continue;
                }
                var end = place.Oldest == 0 ? began : XId.TimeOf(place.Oldest);
                cursor.Put(question, new XPlace(place.Oldest == 0 ? XId.At(began) : place.Newest));
                yield return Batch(XPage.Nothing, cursor, place, Missed(gap?.From ?? XId.TimeOf(place.Since), end, "the day's budget for X was used up"));
                yield break;
            }
            if (api.Clock.GetUtcNow() is var told && told < began)
            {
                // Our clock was ahead of X's: what is posted from now on is not read yet.
                began = told;
            }
            var page = found.Page;
            var isLast = IsLast(page, place, out var broken);
            place = Further(place, page, began);
            cursor.Put(question, isLast ? new XPlace(place.Newest) : place);
            yield return Batch(page, cursor, place, isLast ? LostBelow(question, place, broken) ?? gap : gap);
            if (isLast)
            {
                yield break;
            }
            gap = null;
        }
    }

    private XPlace Begin(string question, XCursor cursor)
    {
        if (cursor.Place(question) is { Token: not null } known)
        {
            return known;
        }
        var since = cursor.Place(question)?.Since ?? (question == XCursor.Mentions && cursor.IsOtherAccount ? null : cursor.Floor);
        return new XPlace(since ?? XId.At(api.Clock.GetUtcNow() - TimeSpan.FromDays(1)), First: since is null);
    }

    /// <summary>For each question without a page: it may have waited for days. A page that is out of reach X refuses, and its look begins anew.</summary>
    private static (XPlace Place, Gap? Gap) WithinReach(string question, XPlace place, Gap? gap, DateTimeOffset now)
    {
        var oldest = XId.At(now - Reach);
        return question == XCursor.Mentions || place.Token is not null || place.Since >= oldest
            ? (place, gap)
            : (place with { Since = oldest }, Missed(gap?.From ?? XId.TimeOf(place.Since), XId.TimeOf(oldest), "X's search reaches back seven days"));
    }

    /// <summary>Null when the page's token is refused.</summary>
    private async Task<XFound?> FindAsync(string question, XCursor cursor, XPlace place, CancellationToken ct)
    {
        try
        {
            return question == XCursor.Mentions
                ? await api.MentionsAsync(cursor.AccountId!, place.Since, place.Token, ct)
                : await api.SearchAsync(question, place.Since, place.Token, options.Authors, share: 1, ct);
        }
        catch (XQuestionException) when (place.Token is not null)
        {
            return null;
        }
        catch (XQuestionException e)
        {
            throw new ChannelException(e.Message, e) { NeedsOperator = true };
        }
    }

    /// <param name="broken">X says that there is more, but its pages lead nowhere.</param>
    private static bool IsLast(XPage page, XPlace place, out bool broken)
    {
        broken = page.NextToken is not null
            && (page.NextToken == place.Token || place.Pages + 1 >= MostPages || (place.Oldest > 0 && page.Oldest >= place.Oldest));
        return page.NextToken is null || broken;
    }

    private static XPlace Further(XPlace place, XPage page, DateTimeOffset began) => place with
    {
        Newest = place.Newest > 0 ? place.Newest : NextSince(place.Since, page.Newest, began),
        Oldest = page.Oldest is { } oldest ? place.Oldest > 0 ? Math.Min(place.Oldest, oldest) : oldest : place.Oldest,
        Token = page.NextToken,
        Pages = place.Pages + 1,
        Posts = place.Posts + page.Items.Count + page.Aside.Count,
    };

    private static long NextSince(long since, long? newest, DateTimeOffset began) => newest is { } id
        ? Math.Max(since, Math.Max(XId.Back(Math.Min(id, XId.At(began)), Overlap), Math.Min(id, XId.At(began - Overlap))))
        : Math.Max(since, XId.At(began - Quiet));

    private PostBatch Batch(XPage page, XCursor cursor, XPlace place, Gap? gap)
    {
        // Oldest first, as it was said.
        var changes = page.Items.Reverse().Select(item => item.ToChange(context.Name, XPeople.Known(item, page, cursor.AccountId, options))).ToList();
        return PostBatch.OfChanges(changes, cursor.ToCursor(), place.First, gap, page.Aside);
    }

    /// <summary>After the last page: what X would not show.</summary>
    private static Gap? LostBelow(string question, XPlace place, bool broken) =>
        broken ? Missed(XId.TimeOf(place.Since), XId.TimeOf(place.Oldest), "X gave more pages than can be read")
        : question == XCursor.Mentions && place.Posts >= MentionsShown ? Missed(XId.TimeOf(place.Since), XId.TimeOf(place.Oldest), "X shows the 800 newest mentions only")
        : null;

    private static Gap? Missed(DateTimeOffset from, DateTimeOffset to, string cause) => to > from ? new Gap(from, to, cause) { Fate = GapFate.Lost } : null;

    private static TimeSpan Longer(TimeSpan pause) => pause > TimeSpan.FromSeconds(1) ? pause : TimeSpan.FromSeconds(1);
}
