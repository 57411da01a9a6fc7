using System.Collections.Concurrent;
using System.Text.Json;
using ListeningBot.Core.Alerting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Shows cards as messages of a bot in Discord channels and hears its buttons.</summary>
internal sealed class DiscordNotifier(Rest rest, Gateway gateway, TimeProvider time, ILogger log) : INotifier
{
    private static readonly TimeSpan LastAnswersWithin = TimeSpan.FromSeconds(2);

    /// <summary>Clocks differ: a message may bear an earlier time than the one at which we wanted it.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);
    private const int MostPages = 100;
    private readonly ConcurrentDictionary<CardKey, string> _gone = [];
    private readonly PressAnswering _answering = new(rest, time, log);
    private readonly OwnAccount _account = new(rest);

    public async Task<Delivery> PutAsync(Room room, Card card, MessageRef? known, CancellationToken ct)
    {
        if (known is null)
        {
            return await CreateAsync(room, card, ct);
        }
        return MessageAddress.Parse(known) is { } address ? await EditAsync(room, card, address, ct) : new Delivery.Gone();
    }

    public async Task<MessageRef?> FindAsync(Room room, CardKey key, DateTimeOffset since, CancellationToken ct)
    {
        var self = await _account.IdAsync(ct);
        var after = Snowflake.Before(since - ClockSkew);
        for (var page = 0; page < MostPages; page++)
        {
            var messages = await ListAsync(room, after, ct);
            if (messages.FirstOrDefault(message => message.Field("author")?.Text("id") == self && Mark.In(message)?.Key == key).Text("id") is { } found)
            {
                return new MessageAddress(room.Address, found).ToRef();
            }
            if (messages.Count == 0)
            {
                return page == 0 ? await SurelyEmptyAsync(room, self, ct) : null;
            }
            after = messages.Max(message => Snowflake.TryParse(message.Text("id"), out var id) ? id : 0);
        }
        throw new IOException($"the room \"{room.Name}\" has too many messages to look through");
    }

    public async Task<Delivery> PingAsync(Room room, Ping ping, CancellationToken ct)
    {
        if (MessageAddress.Parse(ping.Card) is not { } card)
        {
            return new Delivery.Gone();
        }
        var route = Route.Create(card.Channel);
        var reply = await rest.SendAsync(route, Rendering.Of(ping, card), ct);
        return reply is RestReply.Done done ? Created(done.Body, card.Channel) : Outcomes.Of(reply, route, room);
    }

    public async Task<Delivery> WithdrawAsync(Room room, MessageRef message, CancellationToken ct)
    {
        if (MessageAddress.Parse(message) is not { } address)
        {
            return new Delivery.Delivered(message);
        }
        var route = Route.Delete(address);
        return await rest.SendAsync(route, ct) switch
        {
            RestReply.Done or RestReply.Refused { Status: 404 } => new Delivery.Delivered(message),
            var reply => Outcomes.Of(reply, route, room),
        };
    }

    public async Task HearAsync(Func<Press, Task<PressAnswer>> onPress, CancellationToken ct)
    {
        var answers = new ConcurrentDictionary<Task, bool>();
        try
        {
            await gateway.RunAsync(data => Begin(answers, AnswerAsync(data, onPress, ct)), ct);
        }
        finally
        {
            await Task.WhenAny(Task.WhenAll(answers.Keys), Task.Delay(LastAnswersWithin, time, CancellationToken.None));
        }
    }

    private static void Begin(ConcurrentDictionary<Task, bool> answers, Task answer)
    {
        answers[answer] = true;
        _ = answer.ContinueWith(done => answers.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task AnswerAsync(JsonElement data, Func<Press, Task<PressAnswer>> onPress, CancellationToken ct)
    {
        // Off the gateway's reading loop at once.
        await Task.Yield();
        try
        {
            if (Interaction.Read(data) is { } press)
            {
                // A press that was heard is answered, also while stopping.
                await _answering.AnswerAsync(press, onPress, CancellationToken.None);
            }
            else
            {
                log.UnreadablePress();
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.PressFailed(e);
        }
    }

    private async Task<Delivery> CreateAsync(Room room, Card card, CancellationToken ct)
    {
        var route = Route.Create(room.Address);
        var body = Rendering.Of(card) with { Nonce = Nonce.Of(card.Key, _gone.GetValueOrDefault(card.Key)), EnforceNonce = true };
        var reply = await rest.SendAsync(route, body, ct);
        if (reply is not RestReply.Done done)
        {
            return Outcomes.Of(reply, route, room);
        }
        var created = Created(done.Body, room.Address);

        // Discord knew the nonce and returned the message of an earlier try, which may show an older version.
        return created is Delivery.Delivered delivered && Mark.In(done.Body) is { } shown && shown.Version != card.Version
            ? await EditAsync(room, card, MessageAddress.Parse(delivered.Message)!, ct) is Delivery.Retry retry ? new Delivery.Unknown(retry.Reason) : created
            : created;
    }

    private async Task<Delivery> EditAsync(Room room, Card card, MessageAddress address, CancellationToken ct)
    {
        var route = Route.Edit(address);
        var reply = await rest.SendAsync(route, Rendering.Of(card), ct);
        var delivery = reply is RestReply.Done ? new Delivery.Delivered(address.ToRef()) : Outcomes.Of(reply, route, room);
        if (delivery is Delivery.Gone)
        {
            _gone[card.Key] = address.Message;
        }
        return delivery;
    }

    private static Delivery Created(JsonElement message, string channel) =>
        message.Text("id") is { } id && MessageAddress.Parse(new MessageAddress(channel, id).ToRef()) is { } address
            ? new Delivery.Delivered(address.ToRef())
            : new Delivery.Unknown("Discord's answer does not name the new message");

    private async Task<IReadOnlyList<JsonElement>> ListAsync(Room room, ulong after, CancellationToken ct) =>
        await rest.SendAsync(Route.List(room.Address, after), ct) switch
        {
            RestReply.Done { Body.ValueKind: JsonValueKind.Array } done => [.. done.Body.EnumerateArray()],
            var reply => throw NotTold(reply, room),
        };

    /// <summary>Without the right to read back, Discord lists nothing instead of refusing.</summary>
    private async Task<MessageRef?> SurelyEmptyAsync(Room room, string self, CancellationToken ct) =>
        (await ChannelRights.OfAsync(rest, room, self, ct)).Missing(ChannelRights.ReadMessageHistory) is { } missing ? throw new IOException(missing) : null;

    internal static IOException NotTold(RestReply reply, Room room) => new(reply switch
    {
        RestReply.Limited limited => limited.Reason,
        RestReply.NotSent notSent => notSent.Reason,
        RestReply.Unsure unsure => unsure.Reason,
        RestReply.Refused refused => Outcomes.Cure(refused, room),
        _ => "Discord's answer could not be read",
    });
}
