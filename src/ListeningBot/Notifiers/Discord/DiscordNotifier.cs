using System.Collections.Concurrent;
using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Scoring;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Shows cards as messages of a bot in Discord channels and hears its buttons.</summary>
internal sealed class DiscordNotifier(Rest rest, Gateway gateway, TimeProvider time, ILogger log) : INotifier
{
    private static readonly TimeSpan LastAnswersWithin = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<CardKey, string> _gone = [];
    private readonly PressAnswering _answering = new(rest, time, log);
    private readonly Finder _finder = new(rest, time);

    public async Task<Delivery> PutAsync(Room room, Card card, MessageRef? known, CancellationToken ct)
    {
        if (known is null)
        {
            return await CreateAsync(room, card, ct);
        }
        return MessageAddress.Parse(known) is { } address ? await EditAsync(room, card, address, ct) : new Delivery.Gone();
    }

    public Task<MessageRef?> FindAsync(Room room, Card card, DateTimeOffset since, CancellationToken ct) => _finder.FindAsync(room, card.Key, since, ct);

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

    public async Task HearAsync(IDesk desk, CancellationToken ct)
    {
        var answers = new ConcurrentDictionary<Task, bool>();
        try
        {
            await gateway.RunAsync(data => Begin(answers, AnswerAsync(data, desk.PressAsync, ct)), ct);
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
        var route = Route.Create(room.Address) with { Urgent = IsUrgent(card) };
        var body = Rendering.Of(card) with { Nonce = Nonce.Of(card.Key, _gone.GetValueOrDefault(card.Key)), EnforceNonce = true };
        var reply = await rest.SendAsync(route, body, ct);
        if (reply is not RestReply.Done done)
        {
            _finder.ReadAnew(room);
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
        var route = Route.Edit(address) with { Urgent = IsUrgent(card) };
        var reply = await rest.SendAsync(route, Rendering.Of(card), ct);
        var delivery = reply is RestReply.Done ? new Delivery.Delivered(address.ToRef()) : Outcomes.Of(reply, route, room);
        if (delivery is Delivery.Gone)
        {
            _gone[card.Key] = address.Message;
        }
        return delivery;
    }

    private static bool IsUrgent(Card card) => card is CaseCard { Priority: Priority.Critical };

    private static Delivery Created(JsonElement message, string channel) =>
        message.Text("id") is { } id && MessageAddress.Parse(new MessageAddress(channel, id).ToRef()) is { } address
            ? new Delivery.Delivered(address.ToRef())
            : new Delivery.Unknown("Discord's answer does not name the new message");
}
