using System.Runtime.CompilerServices;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mastodon;

/// <summary>Looks at each place of a server again and again, and hears its stream in between.</summary>
internal sealed class MastodonChannel(ChannelContext context, MastodonOptions options) : IChannel
{
    /// <summary>Servers allow 300 requests in five minutes; half of them are left for what else is asked.</summary>
    private static readonly TimeSpan ForEachPlace = TimeSpan.FromSeconds(2);

    /// <summary>After it a place is asked again that was out of order.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);
    private readonly MastodonApi _api = new(context, options);
    private readonly MastodonRounds _rounds = new(context);
    private readonly SteadyClock _steady = new(context.Time);
    private readonly KnownStatuses _known = new();
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
        string[] open = [MastodonLook.All, .. places.Select(place => place.Name)];
        MastodonLook.TakeOver(cursor, open, await context.HeardAt(ct), context.Time.GetUtcNow());
        cursor.Keep(open);
        cursor.Place(MastodonLook.All).ReadTo(null);
        var pages = new MastodonPages(context, _api, _known);
        var look = new MastodonLook(context, pages, cursor);
        await using var stream = new MastodonHearing(context, options, server?.Streaming, places, look, pages, _known);
        for (var (isWhole, whole) = (true, _steady.GetUtcNow()); ;)
        {
            var found = new Dictionary<string, string?>(closed);
            await foreach (var batch in _rounds.LookAsync(places, isWhole, look, stream, found, ct))
            {
                yield return batch;
            }
            await context.Looked(new PlacesLook(names, found), ct);
            yield return PostBatch.Empty(look.Read);
            var now = _steady.GetUtcNow();
            whole = isWhole ? now + Pause(places.Count) : whole;
            isWhole = whole - now <= Soon || !places.Any(_rounds.FailsShortly);
            using var heard = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var nextLook = context.NextPoll(!isWhole ? Soon : whole > now ? whole - now : TimeSpan.Zero, heard.Token);
            await foreach (var batch in stream.UntilAsync(nextLook, ct))
            {
                yield return batch;
            }

            // It was cut: what it would have told may stand at any place.
            isWhole |= !nextLook.IsCompleted;
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

    private TimeSpan Pause(int places) => places * ForEachPlace > options.Every && options.Every >= ForEachPlace ? places * ForEachPlace : options.Every;
}
