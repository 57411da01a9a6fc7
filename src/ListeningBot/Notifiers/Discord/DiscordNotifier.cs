using ListeningBot.Core.Alerting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Shows cards as messages of a bot in Discord channels and hears its buttons, forms and commands, and what people write in its threads.</summary>
internal sealed class DiscordNotifier(Rest rest, Gateway gateway, IReadOnlyList<Room> rooms, TimeProvider time, ILogger log) : INotifier
{
    private readonly Finder _finder = new(rest, time);
    private readonly Posting _posting = new(rest);
    private readonly Threads _threads = new(rest, log);

    /// <summary>For channels that listen through this bot.</summary>
    public Listeners Listeners { get; } = new(rest);

    public async Task<Delivery> PutAsync(Room room, Card card, MessageRef? known, CancellationToken ct)
    {
        var address = known is null ? null : MessageAddress.Parse(known);
        if (known is not null && address is null)
        {
            return new Delivery.Gone();
        }
        if (card is DossierCard dossier)
        {
            return await _threads.PutAsync(room, dossier, address, ct);
        }
        if (address is not null)
        {
            return await _posting.EditAsync(card, address, (reply, route) => Outcomes.Of(reply, route, room), ct);
        }
        var created = await _posting.CreateAsync(card, room.Address, (reply, route) => Outcomes.Of(reply, route, room), ct);
        if (created is not Delivery.Delivered)
        {
            _finder.ReadAnew(room);
        }
        return created;
    }

    public Task<MessageRef?> FindAsync(Room room, Card card, DateTimeOffset since, CancellationToken ct) => card switch
    {
        DossierCard dossier when MessageAddress.Parse(dossier.Under) is { } under => _finder.FindInThreadAsync(room, under, card.Key, since, ct),
        DossierCard => Task.FromResult<MessageRef?>(null),
        _ => _finder.FindAsync(room, card.Key, since, ct),
    };

    public async Task<MessageRef?> FindPingAsync(Room room, Ping ping, IReadOnlyList<MessageRef> others, DateTimeOffset since, CancellationToken ct) =>
        MessageAddress.Parse(ping.Card) is { } card ? await _finder.FindAnswerAsync(room, card, Withholding.MayStand(Rendering.Of(ping, card)), others, since, ct) : null;

    public async Task<Delivery> PingAsync(Room room, Ping ping, CancellationToken ct)
    {
        if (MessageAddress.Parse(ping.Card) is not { } card)
        {
            return new Delivery.Gone();
        }
        var route = Route.Create(card.Channel);
        var reply = await Withholding.SendAsync(Rendering.Of(ping, card), body => rest.SendAsync(route, body, ct));
        var sent = reply is RestReply.Done done ? Posting.Created(done.Body, card.Channel) : Outcomes.Of(reply, route, room);
        if (sent is not Delivery.Delivered)
        {
            _finder.ReadAnew(room);
        }
        return sent;
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
            RestReply.Done or RestReply.Refused { Status: 404, Code: not 0 } => new Delivery.Delivered(message),
            var reply => Outcomes.Of(reply, route, room),
        };
    }

    public async Task HearAsync(IDesk desk, Action<string?> told, CancellationToken ct)
    {
        using var hearing = new Hearing(rest, rooms, desk, told, Listeners, time, log);
        try
        {
            await gateway.RunAsync(hearing, ct);
        }
        finally
        {
            await hearing.EndAsync();
        }
    }
}
