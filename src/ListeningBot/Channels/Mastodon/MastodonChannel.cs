using System.Runtime.CompilerServices;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mastodon;

/// <summary>Looks at each place of a server again and again, and hears its stream in between.</summary>
internal sealed class MastodonChannel(ChannelContext context, MastodonOptions options) : IChannel
{
    /// <summary>Servers allow 300 requests in five minutes; half of them are left for what else is asked.</summary>
    private static readonly TimeSpan ForEachPlace = TimeSpan.FromSeconds(2);
    private readonly MastodonApi _api = new(context, options);
    private readonly KnownStatuses _known = new();
    private readonly HashSet<string> _refused = [];
    private readonly ILogger _log = context.Logs.CreateLogger<MastodonChannel>();

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        var places = MastodonPlaces.Of(options, watches, context.Name);
        if (places.Count == 0)
        {
            throw new ChannelException($"There is nothing to listen for: no watch that listens on \"{context.Name}\" names a word that can be a hashtag. Add words under \"find\" of a watch, or give the channel Tags.") { NeedsOperator = true };
        }
        var server = await MastodonServer.AskAsync(_api, ct);
        string[] names = [.. places.Select(place => place.Name)];
        var closed = new Dictionary<string, string?>();
        places = Open(server, places, closed);
        var cursor = ServiceCursor.Parse(since, options.Address.Authority);
        cursor.Keep([MastodonLook.All, .. places.Select(place => place.Name)]);
        cursor.Place(MastodonLook.All).ReadTo(null);
        var pages = new MastodonPages(context, _api, _known);
        var look = new MastodonLook(context, pages, cursor);
        await using var stream = new MastodonHearing(context, options, server?.Streaming, places, look, pages, _known);
        while (true)
        {
            var found = new Dictionary<string, string?>(closed);
            foreach (var place in places)
            {
                await foreach (var batch in VisitAsync(place, places.Count, look, found, ct))
                {
                    yield return batch;
                }
            }
            await context.Looked(new PlacesLook(names, found), ct);
            yield return PostBatch.Empty(look.Read);
            var pause = places.Count * ForEachPlace > options.Every && options.Every >= ForEachPlace ? places.Count * ForEachPlace : options.Every;
            using var heard = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await foreach (var batch in stream.UntilAsync(context.NextPoll(pause, heard.Token), ct))
            {
                yield return batch;
            }
            await heard.CancelAsync();
        }
    }

    public static async Task<string> SignInAsync(ChannelContext context, MastodonOptions options, CancellationToken ct)
    {
        var api = new MastodonApi(context, options);
        var places = MastodonPlaces.Of(options, WatchSet.Build([], Ours.Nobody), context.Name);
        var server = await MastodonServer.AskAsync(api, ct);
        List<string> found = [await AccountAsync(api, options, ct)];
        foreach (var place in new MastodonChannel(context, options).Open(server, places.Count > 0 ? places : [MastodonPlace.Tag("mastodon")], []).Take(5))
        {
            var page = await new MastodonPages(context, api, new KnownStatuses()).AskAsync(place, null, null, ct);
            found.Add($"{(places.Count > 0 ? "" : "for a trial ")}{place.Name}: {(page.Count == 0 ? "nothing; where that can't be, the server keeps it closed: give a Token, or another Server" : page.Count < 40 ? $"{page.Count} posts" : "40 posts or more")}");
        }
        return string.Join("; ", found);
    }

    private static async Task<string> AccountAsync(MastodonApi api, MastodonOptions options, CancellationToken ct)
    {
        if (!options.HasToken)
        {
            return $"{api.Host} without an account: no search, no mentions, no stream";
        }
        using var account = await api.AskAsync("/api/v1/accounts/verify_credentials", ct);
        return $"{api.Host} as {account.RootElement.Text("acct") ?? "an account without a name"}";
    }

    /// <summary>Without the places of which the server says that they are closed. Throws when none is left.</summary>
    /// <param name="shutOff">Takes why of each that is closed, be it to posts of other servers only.</param>
    private List<MastodonPlace> Open(MastodonServer? server, IReadOnlyList<MastodonPlace> places, Dictionary<string, string?> shutOff)
    {
        List<MastodonPlace> open = [];
        foreach (var place in places)
        {
            var closed = server?.WhyClosed(place, options.HasToken);
            if (closed is { } shut)
            {
                _log.PlaceRefused(context.Name, place.Name, shut.Why);
                shutOff[place.Name] = shut.Why;
            }
            if (closed is null or { ShowsOwn: true })
            {
                open.Add(place);
            }
        }
        return open.Count > 0 ? open : throw new ChannelException(server!.WhyClosed(places[0], options.HasToken)!.Value.Why) { NeedsOperator = true };
    }

    /// <summary>A place that is closed to us is told once and passed over, unless all are.</summary>
    private async IAsyncEnumerable<PostBatch> VisitAsync(MastodonPlace place, int places, MastodonLook look, Dictionary<string, string?> found, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var batches = look.ReadAsync(place, ct).GetAsyncEnumerator(ct);
        while (true)
        {
            try
            {
                if (!await batches.MoveNextAsync())
                {
                    break;
                }
            }
            catch (ChannelException e) when (e is { NeedsOperator: true } or MastodonGoneException)
            {
                found[place.Name] = e.Message;
                if (_refused.Add(place.Name))
                {
                    _log.PlaceRefused(context.Name, place.Name, e.Message);
                }
                if (_refused.Count >= places)
                {
                    throw;
                }
                yield break;
            }
            yield return batches.Current;
        }
        found.TryAdd(place.Name, null);
        if (_refused.Remove(place.Name))
        {
            _log.PlaceBack(context.Name, place.Name);
        }
    }
}
