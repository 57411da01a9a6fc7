using System.Collections.Concurrent;
using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Sends and edits the message of a card, in a room's channel or in a thread.</summary>
internal sealed class Posting(Rest rest)
{
    private const int MissingPermission = 50013;
    private readonly ConcurrentDictionary<CardKey, string> _gone = [];

    /// <param name="outcome">What a refusal means.</param>
    public async Task<Delivery> CreateAsync(Card card, string channel, Func<RestReply, Route, Delivery> outcome, CancellationToken ct)
    {
        var route = Route.Create(channel) with { Urgent = IsUrgent(card) };
        var reply = await SendAsync(route, Rendering.Of(card) with { Nonce = Nonce.Of(card.Key, _gone.GetValueOrDefault(card.Key)), EnforceNonce = true }, ct);
        if (reply is not RestReply.Done done)
        {
            return outcome(reply, route);
        }
        var created = Created(done.Body, channel);

        // Discord knew the nonce and returned the message of an earlier try, which may show an older version.
        return created is Delivery.Delivered delivered && Mark.In(done.Body) is { } shown && shown.Version != card.Version
            ? await EditAsync(card, MessageAddress.Parse(delivered.Message)!, outcome, ct) is Delivery.Retry retry ? new Delivery.Unknown(retry.Reason) : created
            : created;
    }

    public async Task<Delivery> EditAsync(Card card, MessageAddress address, Func<RestReply, Route, Delivery> outcome, CancellationToken ct)
    {
        var route = Route.Edit(address) with { Urgent = IsUrgent(card) };
        var reply = await SendAsync(route, Rendering.Of(card), ct);
        var delivery = reply is RestReply.Done ? new Delivery.Delivered(address.ToRef()) : outcome(reply, route);
        if (delivery is Delivery.Gone)
        {
            _gone[card.Key] = address.Message;
        }
        return delivery;
    }

    public static Delivery Created(JsonElement message, string channel) =>
        message.Text("id") is { } id && MessageAddress.Parse(new MessageAddress(channel, id).ToRef()) is { } address
            ? new Delivery.Delivered(address.ToRef())
            : new Delivery.Unknown("Discord's answer does not name the new message");

    private static bool IsUrgent(Card card) => card is CaseCard { Priority: Priority.Critical };

    private Task<RestReply> SendAsync(Route route, MessageBody body, CancellationToken ct) => Withholding.SendAsync(body, one => SendAllowedAsync(route, one, ct));

    /// <summary>Where the bot may attach no files, a card goes without its picture rather than not at all.</summary>
    private async Task<RestReply> SendAllowedAsync(Route route, MessageBody body, CancellationToken ct)
    {
        var reply = await rest.SendAsync(route, body, ct);
        return body.Picture is not null && reply is RestReply.Refused { Code: MissingPermission } ? await rest.SendAsync(route, body.WithoutPicture(), ct) : reply;
    }
}
