using System.Runtime.CompilerServices;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.X;

/// <summary>Hears the filtered stream; what was missed while it was not heard is searched for.</summary>
internal sealed class XStreaming(ChannelContext context, XOptions options, XApi api)
{
    /// <summary>What comes now was posted no longer ago: from there on is searched after a cut. Of what lay there unread, while the store was away, that is not so.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);
    private readonly ILogger _log = context.Logs.CreateLogger<XChannel>();
    private readonly XMeter _meter = new(context, options);
    private readonly XStreamPause _pause = new();
    private bool _isUnheard;

    /// <param name="rules">Of the stream.</param>
    /// <param name="searches">That find the same.</param>
    public async IAsyncEnumerable<PostBatch> ReadAsync(XCursor cursor, IReadOnlyList<string> rules, IReadOnlyList<string> searches, [EnumeratorCancellation] CancellationToken ct)
    {
        await XRules.SyncAsync(api, rules, options.DeleteOtherRules, ct);
        while (true)
        {
            if (await _meter.BeginAsync(ct) is { } goesOn)
            {
                if (_isUnheard)
                {
                    // Who waits for money is well.
                    _isUnheard = false;
                    yield return PostBatch.Empty(cursor.ToCursor());
                }
                await WaitAsync(goesOn, ct);
                continue;
            }
            using var stream = await ConnectAsync(ct);
            var ended = false;
            try
            {
                await foreach (var batch in BackfillAsync(cursor, searches, ct))
                {
                    yield return batch;
                }
                DateTimeOffset? next = null;
                while (next is null)
                {
                    var pages = await HearAsync(stream, ct);
                    if (pages is null)
                    {
                        ended = true;
                        break;
                    }
                    if (stream.IsCurrent)
                    {
                        var now = XId.At(api.Clock.GetUtcNow());
                        cursor.HeardTo(XId.Back(Math.Min(now, Newest(pages) ?? now), Late));
                    }
                    next = await _meter.CountAsync(pages, ct);
                    yield return Batch(pages, cursor);
                }
                if (next is { } at)
                {
                    stream.Dispose();
                    await _meter.EndAsync(onTheirWay: true);
                    await WaitAsync(at, ct);
                }
            }
            finally
            {
                await _meter.EndAsync(onTheirWay: !ended);
            }
        }
    }

    /// <summary>Who reads slowly is told what was posted minutes ago. Null: an empty line only.</summary>
    private static long? Newest(IReadOnlyList<XPage> pages) => pages.SelectMany(page => page.Items).Max(item => (long?)item.Id);

    private async Task<XStream> ConnectAsync(CancellationToken ct)
    {
        try
        {
            return await XStream.ConnectAsync(context, options, api, ct);
        }
        catch (ChannelException e)
        {
            await _meter.EndAsync(onTheirWay: false);
            throw new ChannelException(e.Message, e.InnerException) { After = _pause.After(e), IsOwnPause = e.After is null, NeedsOperator = e.NeedsOperator, Passes = e.Passes };
        }
    }

    /// <summary>Null when the stream was cut after it had been heard: then it is connected to again at once.</summary>
    private async Task<IReadOnlyList<XPage>?> HearAsync(XStream stream, CancellationToken ct)
    {
        try
        {
            var pages = await stream.NextAsync(ct);
            _pause.End();
            _isUnheard = false;
            return pages;
        }
        catch (XCutException e) when (_pause.IsNone)
        {
            _ = _pause.After(e);
            _log.StreamCut(context.Name, e.Message);
            _isUnheard = true;
            context.Unheard(e.Message);
            return null;
        }
        catch (XCutException e)
        {
            throw new ChannelException(e.Message, e) { After = _pause.After(e), IsOwnPause = true, Passes = true };
        }
    }

    /// <summary>What can't be paid for is noted as a gap: the stream must not wait.</summary>
    private async IAsyncEnumerable<PostBatch> BackfillAsync(XCursor cursor, IReadOnlyList<string> searches, [EnumeratorCancellation] CancellationToken ct)
    {
        var look = new XLook(context, options, api);
        foreach (var search in searches)
        {
            // A look that broke off half-way goes on with its older pages: what was posted since it began is asked for after it, or nobody would.
            for (var looks = cursor.Place(search) is { Token: not null } ? 2 : 1; looks > 0; looks--)
            {
                await foreach (var batch in look.AskAsync(search, cursor, wait: false, ct))
                {
                    yield return batch;
                }
            }
        }
        cursor.Keep(searches);
    }

    private PostBatch Batch(IReadOnlyList<XPage> pages, XCursor cursor) => PostBatch.OfChanges(
        [.. pages.SelectMany(page => page.Items.Select(item => item.ToChange(context.Name, XPeople.Known(item, page, cursor.AccountId, options))))],
        cursor.ToCursor(),
        aside: [.. pages.SelectMany(page => page.Aside)]);

    private async Task WaitAsync(DateTimeOffset until, CancellationToken ct)
    {
        _log.WaitsForMoney(context.Name, until);
        var pause = until - context.Time.GetUtcNow();
        await context.NextPoll(pause > TimeSpan.FromSeconds(1) ? pause : TimeSpan.FromSeconds(1), ct);
    }
}
