using System.Globalization;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Bluesky;

/// <summary>Hears every public post of Bluesky from a Jetstream service.</summary>
internal sealed class BlueskyChannel(ChannelContext context, BlueskyOptions options) : IChannel
{
    private static readonly TimeSpan SignInListens = TimeSpan.FromSeconds(3);

    private readonly ILogger _log = context.Logs.CreateLogger<BlueskyChannel>();
    private readonly Stumbling _stumbling = new();
    private int _turn;

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        var now = context.Time.GetUtcNow();
        var resumption = _stumbling.Adjusted(Resumption.Of(since, now), now);
        var endpoint = options.Endpoints[_turn % options.Endpoints.Count];
        await using var listening = await ConnectAsync(endpoint, resumption, ct);
        while (true)
        {
            PostBatch batch;
            try
            {
                batch = await listening.NextAsync(ct);
            }
            catch (Exception error) when (error is WebSocketException or IOException or ObjectDisposedException or ChannelException)
            {
                ct.ThrowIfCancellationRequested();
                _turn++;
                _stumbling.Broke(error, listening.HeardUntil);
                throw error as ChannelException ?? new ChannelException($"The connection to {endpoint.Host} was cut.", error) { Passes = true };
            }
            yield return batch;
        }
    }

    public static async Task<string> SignInAsync(ChannelContext context, BlueskyOptions options, CancellationToken ct)
    {
        var now = JetstreamTime.From(context.Time.GetUtcNow());
        var endpoint = options.Endpoints[0];
        await using var listening = await new BlueskyChannel(context, options).ConnectAsync(endpoint, new Resumption(now, now, FirstContact: false), ct);
        using var enough = new CancellationTokenSource(SignInListens, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, enough.Token);
        try
        {
            while (true)
            {
                await listening.NextAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"heard {listening.Frames} events from {endpoint.Host} in {SignInListens.TotalSeconds:0} seconds";
        }
        catch (Exception error) when (error is WebSocketException or IOException)
        {
            throw new ChannelException($"The connection to {endpoint.Host} was cut while listening.", error);
        }
    }

    private async Task<JetstreamListening> ConnectAsync(Uri endpoint, Resumption resumption, CancellationToken ct)
    {
        try
        {
            var socket = await context.Web.ConnectWebSocketAsync(Subscription(endpoint, resumption.Asked), headers: null, ct, LineProbe.Ping, options.Handshake);
            _log.Connected(context.Name, endpoint.Host, JetstreamTime.Of(resumption.Asked)!.Value);
            return new JetstreamListening(context, options, socket, resumption);
        }
        catch (WebFaultException fault)
        {
            _turn++;
            throw new ChannelException($"Can't listen to Bluesky: {fault.Message}.", fault)
            {
                After = fault.RetryAfter,
                NeedsOperator = fault.Fault == WebFault.PrivateAddress || (fault.Status is 401 or 403 && options.Endpoints.Count == 1),
            };
        }
    }

    private static Uri Subscription(Uri endpoint, long cursor) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{endpoint.AbsoluteUri}?wantedCollections=app.bsky.feed.post&cursor={cursor}"));
}
