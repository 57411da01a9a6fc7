using System.Runtime.CompilerServices;
using ListeningBot.Core.Posts;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels;

/// <summary>
/// Visits the places of a service one after the other, for ever. A place that is refused alone is passed over, unless all are, and told of once all were
/// visited; any other fault ends the reading, and the next one goes on behind the place where it happened, so that none is kept from its turn.
/// </summary>
/// <param name="mostPages">How far one visit reads back.</param>
internal sealed class PlaceRounds(ChannelContext context, int mostPages)
{
    private readonly ILogger _log = context.Logs.CreateLogger<PlaceRounds>();
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _brokenSince = new(StringComparer.Ordinal);
    private Dictionary<string, string?> _found = new(StringComparer.Ordinal);
    private int _turn;

    /// <param name="pause">Between two visits; asked anew each time.</param>
    public async IAsyncEnumerable<PostBatch> ReadAsync(ServiceCursor cursor, IReadOnlyList<Place> places, Func<TimeSpan> pause, [EnumeratorCancellation] CancellationToken ct)
    {
        PlaceVisit.TakeOver(cursor, cursor.Elsewhere.Values, places.Select(place => place.Name).Except(cursor.Names).ToList(), context.Time.GetUtcNow());
        cursor.Keep(places.Select(place => place.Name));
        _refused.IntersectWith(places.Select(place => place.Name));
        while (true)
        {
            if (places.Count == 0 || (_turn % places.Count == 0 && _found.Count > 0))
            {
                await TellAsync(places, ct);
            }
            if (places.Count == 0)
            {
                yield return PostBatch.Empty(cursor.ToCursor());
            }
            else
            {
                await foreach (var batch in VisitAsync(cursor, places, places[_turn++ % places.Count], ct))
                {
                    yield return batch;
                }
                if (_turn % places.Count == 0)
                {
                    await TellAsync(places, ct);
                }
            }
            var isRound = places.Count == 0 || _turn % places.Count == 0;
            await (isRound ? context.NextPoll : context.NextPlace)(pause(), ct);
        }
    }

    /// <summary>For `check --online`: what each place shows on its newest page, or why it can't be read. Throws when none can.</summary>
    public static async Task<string> TryAsync(IReadOnlyList<Place> places, CancellationToken ct)
    {
        List<string> found = [];
        var refused = 0;
        foreach (var place in places)
        {
            try
            {
                found.Add($"{place.Name} {(await place.AskAsync(null, new SeenItems(), ct)).Shown.Count}");
            }
            catch (PlaceRefusedException e) when (++refused < places.Count)
            {
                found.Add($"{place.Name} can't be read ({e.Message.TrimEnd('.')})");
            }
        }
        return string.Join(", ", found);
    }

    private async IAsyncEnumerable<PostBatch> VisitAsync(ServiceCursor cursor, IReadOnlyList<Place> places, Place place, [EnumeratorCancellation] CancellationToken ct)
    {
        var visit = new PlaceVisit(cursor, place.Name, mostPages, context.Time.GetUtcNow(), _brokenSince.TryGetValue(place.Name, out var since) ? since : null);
        for (string? next = null; !visit.IsOver;)
        {
            var page = await AskAsync(place, places.Count, next, visit.Seen, ct);
            if (page is null)
            {
                yield return PostBatch.Empty(cursor.ToCursor());
                yield break;
            }
            foreach (var batch in visit.Take(page))
            {
                yield return batch;
            }
            next = page.Next;
        }
        if (!visit.ComesBack)
        {
            _brokenSince.Remove(place.Name);
        }
        else
        {
            _brokenSince.TryAdd(place.Name, context.Time.GetUtcNow());
        }
    }

    /// <summary>Of all places that were visited since the last time. While none can be read, the whole channel is dark, which is told without us.</summary>
    private async Task TellAsync(IReadOnlyList<Place> places, CancellationToken ct)
    {
        (var found, _found) = (_found, new(StringComparer.Ordinal));
        if (places.Count > 0 && !found.ContainsValue(null))
        {
            return;
        }
        await context.Looked(new PlacesLook([.. places.Select(place => place.Name)], found), ct);
    }

    /// <summary>Null when this place is refused and others are not.</summary>
    private async Task<PlacePage?> AskAsync(Place place, int places, string? next, SeenItems seen, CancellationToken ct)
    {
        try
        {
            var page = await place.AskAsync(next, seen, ct);
            if (_refused.Remove(place.Name))
            {
                _log.PlaceBack(context.Name, place.Name);
            }
            _found[place.Name] = null;
            return page;
        }
        catch (PlaceRefusedException e)
        {
            if (_refused.Add(place.Name))
            {
                _log.PlaceRefused(context.Name, place.Name, e.Message);
            }
            _found[place.Name] = e.Message;
            if (_refused.Count >= places)
            {
                throw;
            }
            return null;
        }
    }
}
