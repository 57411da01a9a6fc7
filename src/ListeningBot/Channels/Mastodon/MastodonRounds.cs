using System.Runtime.CompilerServices;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mastodon;

/// <summary>
/// Asks the places of a server one after the other. One that is refused, or that alone is out of order, is passed over, and keeps no other from its turn: the next look begins
/// behind it. Where none can be read it is the server, and that ends the reading.
/// </summary>
internal sealed class MastodonRounds(ChannelContext context)
{
    /// <summary>When nothing was read yet, so many places that are out of order are the server.</summary>
    private const int IsTheServer = 2;

    /// <summary>A look at so many takes so long that the stream is not kept waiting for its end.</summary>
    private const int ManyPlaces = 30;

    /// <summary>A shorter trouble of one place makes nothing late: it is asked again soon, and nobody is told.</summary>
    private static readonly TimeSpan Shortly = TimeSpan.FromMinutes(2);
    private readonly Dictionary<string, (DateTimeOffset Since, bool Passes)> _unheard = new(StringComparer.Ordinal);
    private readonly SteadyClock _steady = new(context.Time);
    private readonly ILogger _log = context.Logs.CreateLogger<MastodonRounds>();

    /// <summary>The place behind which a look begins.</summary>
    private string? _turn;

    /// <summary>Whether it is out of order since a short while.</summary>
    public bool FailsShortly(MastodonPlace place) => _unheard.TryGetValue(place.Name, out var unheard) && unheard.Passes && _steady.GetUtcNow() - unheard.Since < Shortly;

    /// <param name="isWhole">False: only what fails shortly is asked again.</param>
    /// <param name="found">Takes what is known of each place.</param>
    public async IAsyncEnumerable<PostBatch> LookAsync(
        IReadOnlyList<MastodonPlace> places, bool isWhole, MastodonLook look, MastodonHearing stream, Dictionary<string, string?> found, [EnumeratorCancellation] CancellationToken ct)
    {
        var silent = new Dictionary<string, ChannelException>(StringComparer.Ordinal);
        var (asked, failed, last) = (0, 0, (string?)null);
        ChannelException? fault = null;
        var (isRead, left) = (!isWhole, InTurn(places, look).Where(place => isWhole || FailsShortly(place)).ToList());
        while (left.Count > 0)
        {
            var place = left[0];
            left.RemoveAt(0);
            if (silent.TryGetValue(place.Part, out var silence))
            {
                Unheard(place, silence, found);
                continue;
            }
            _turn = place.Name;
            var visit = new Visit();
            await foreach (var batch in VisitAsync(place, visit, look, ct))
            {
                yield return batch;
            }
            if (visit.Trouble is not { } trouble)
            {
                isRead = true;
                Heard(place, found);
                await foreach (var batch in stream.SoFarAsync(opens: ++asked % ManyPlaces == 0, ct))
                {
                    yield return batch;
                }
                continue;
            }
            Unheard(place, trouble, found);
            fault = fault is null || IsRefusal(fault) ? trouble : fault;
            if (IsRefusal(trouble))
            {
                continue;
            }
            last = place.Name;
            if (IsSilence(trouble))
            {
                silent[place.Part] = trouble;
            }
            if (!isRead && ++failed == IsTheServer)
            {
                throw fault;
            }
            if (!isRead)
            {
                left = [.. left.OrderBy(other => other.Part == place.Part)];
            }
        }
        _turn = last ?? _turn;
        if (!isRead)
        {
            throw fault!;
        }
    }

    /// <summary>The first look begins with what was looked at before: the first day of many new tags takes long.</summary>
    private IEnumerable<MastodonPlace> InTurn(IReadOnlyList<MastodonPlace> places, MastodonLook look)
    {
        if (_turn is null)
        {
            return places.OrderByDescending(look.Knows);
        }
        var first = places.ToList().FindIndex(place => place.Name == _turn) + 1;
        return places.Skip(first).Concat(places.Take(first));
    }

    private static async IAsyncEnumerable<PostBatch> VisitAsync(MastodonPlace place, Visit visit, MastodonLook look, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var batches = look.ReadAsync(place, ct).GetAsyncEnumerator(ct);
        while (true)
        {
            try
            {
                if (!await batches.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (ChannelException e) when (IsRefusal(e) || MayBeOfOnePlace(e))
            {
                visit.Trouble = e;
                yield break;
            }
            yield return batches.Current;
        }
    }

    private static bool IsRefusal(ChannelException e) => e is { NeedsOperator: true } or MastodonGoneException;

    /// <summary>A server that wants a pause, or that is not reached, can't be asked for another place either.</summary>
    private static bool MayBeOfOnePlace(ChannelException e) =>
        e is { After: null } and not MastodonTooOftenException and not { InnerException: WebFaultException { Fault: not (WebFault.Timeout or WebFault.CutOff or WebFault.Garbled or WebFault.TooLarge) } };

    /// <summary>Each costs half a minute: where one does not answer, what is served alike waits for the next look.</summary>
    private static bool IsSilence(ChannelException e) => e.InnerException is WebFaultException { Fault: WebFault.Timeout };

    private void Heard(MastodonPlace place, Dictionary<string, string?> found)
    {
        found.TryAdd(place.Name, null);
        if (_unheard.Remove(place.Name))
        {
            _log.PlaceBack(context.Name, place.Name);
        }
    }

    private void Unheard(MastodonPlace place, ChannelException why, Dictionary<string, string?> found)
    {
        var now = _steady.GetUtcNow();
        if (!_unheard.TryGetValue(place.Name, out var known))
        {
            known.Since = now;
            _log.PlaceRefused(context.Name, place.Name, why.Message);
        }
        _unheard[place.Name] = (known.Since, !IsRefusal(why));
        if (IsRefusal(why) || now - known.Since >= Shortly)
        {
            found[place.Name] = why.Message;
        }
    }

    private sealed class Visit
    {
        /// <summary>Why it was broken off.</summary>
        public ChannelException? Trouble { get; set; }
    }
}
