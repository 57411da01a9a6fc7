using System.Runtime.CompilerServices;
using ListeningBot.Core.Posts;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mastodon;

/// <summary>
/// Hears a server's stream between two looks. It only makes things faster: what it misses is found by the next look. When it is closed it is tried again
/// after a while.
/// </summary>
internal sealed class MastodonHearing(
    ChannelContext context, MastodonOptions options, Uri? address, IReadOnlyList<MastodonPlace> places, MastodonLook look, MastodonPages pages, KnownStatuses known) : IAsyncDisposable
{
    private const int MostAtOnce = 200;
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10));
    private readonly ILogger _log = context.Logs.CreateLogger<MastodonHearing>();
    private readonly SteadyClock _steady = new(context.Time);
    private MastodonStream? _stream;
    private DateTimeOffset _notBefore;
    private int _failures;

    /// <summary>
    /// What is heard until the time for the next look has come, or the stream was cut: then it is looked at once what was missed, and whether the server is there at all. It moves no cursor, which would be written with each post: after a restart the next look
    /// finds it again, and the store knows it by its key.
    /// </summary>
    public async IAsyncEnumerable<PostBatch> UntilAsync(Task nextLook, [EnumeratorCancellation] CancellationToken ct)
    {
        var read = look.Read;
        await OpenAsync(ct);
        while (_stream is { } stream)
        {
            var heard = stream.HasMoreAsync(ct);
            if (await Task.WhenAny(heard, nextLook) == nextLook && !heard.IsCompleted)
            {
                break;
            }
            if (!await heard)
            {
                await CloseAsync();
                yield break;
            }
            foreach (var batch in await TakeAsync(stream, read, ct))
            {
                _failures = 0;
                yield return batch;
            }
            if (nextLook.IsCompleted)
            {
                break;
            }
        }
        await nextLook;
    }

    /// <summary>What came while places were asked. That it was cut is noticed when all were.</summary>
    /// <param name="opens">Whether it is opened where it is not.</param>
    public async IAsyncEnumerable<PostBatch> SoFarAsync(bool opens, [EnumeratorCancellation] CancellationToken ct)
    {
        if (opens)
        {
            await OpenAsync(ct);
        }
        foreach (var batch in _stream is { } stream ? await TakeAsync(stream, look.Read, ct) : [])
        {
            _failures = 0;
            yield return batch;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is { } stream)
        {
            await stream.DisposeAsync();
        }
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        object[] wanted = [.. places.Select(place => place.Stream).OfType<object>()];
        if (_stream is not null || !options.HasToken || !options.Stream || wanted.Length == 0 || _steady.GetUtcNow() < _notBefore)
        {
            return;
        }
        try
        {
            _stream = await MastodonStream.OpenAsync(context, options, address, wanted, ct);
            _log.Streaming(context.Name, _stream.Host);
        }
        catch (WebFaultException e)
        {
            Rest(e.RetryAfter);
            _log.NoStream(context.Name, e.Message);
        }
    }

    private async Task CloseAsync()
    {
        _log.StreamClosed(context.Name, _stream!.WhyClosed);
        context.Unheard($"The stream of {_stream.Host} ended: {_stream.WhyClosed}. What was posted meanwhile is looked for.");
        await _stream.DisposeAsync();
        _stream = null;
        Rest(null);
    }

    private void Rest(TimeSpan? asked)
    {
        var pause = _backoff.Next(++_failures);
        _notBefore = _steady.GetUtcNow() + (asked > pause ? asked.Value : pause);
    }

    /// <summary>All that waits. Posts of the public timeline are kept apart from the others, because they are so many.</summary>
    private async Task<List<PostBatch>> TakeAsync(MastodonStream stream, Cursor read, CancellationToken ct)
    {
        List<PostChange> own = [];
        List<PostChange> all = [];
        List<BadItem> bad = [];
        for (var i = 0; i < MostAtOnce && stream.TryTake(out var heard); i++)
        {
            using (heard)
            {
                if (heard.Deleted is { } id)
                {
                    Delete(id, own, all);
                }
                else if (heard.Status is { } status && await pages.ReadAsync(status, answered: !heard.IsPublic, ct) is { } change)
                {
                    (heard.IsPublic ? all : own).Add(heard.IsEdit ? change with { Kind = ChangeKind.Edited } : change);
                }
                else
                {
                    bad.Add(new BadItem("an event of the stream holds no post with id, uri and account", heard.Raw));
                }
            }
        }
        var batches = new[] { look.Batch(null, own, bad, next: read), look.Batch(MastodonPlace.Public, all, [], next: read) };
        return [.. batches.Where(batch => batch.Count + batch.Aside.Count > 0)];
    }

    /// <summary>A deletion comes with what is stored first, so what came before it of the public timeline must not come after it.</summary>
    private void Delete(string id, List<PostChange> own, List<PostChange> all)
    {
        if (known.UriOf(id) is { } uri)
        {
            var key = MastodonPost.KeyOf(uri);
            all.RemoveAll(change => change.Key == key);
            own.Add(new PostChange(ChangeKind.Deleted, key, null));
        }
    }
}
