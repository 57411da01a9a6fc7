using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// Hands a press, form or command in and answers it. Discord calls a press failed when the first answer takes longer than 3 s, so after 2 s it is told
/// to wait, and the answer is written there when the press is stored, or that it was not saved.
/// </summary>
internal sealed class PressAnswering(Rest rest, IReadOnlyList<Room> rooms, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>What a limit may take before the one further try of an answer: little of the first 3 seconds, more once the presser was told to wait.</summary>
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LaterPatience = TimeSpan.FromSeconds(30);
    private readonly HomeServers _homes = new(rest, rooms, time);

    public async Task AnswerAsync(Interaction press, IDesk desk, CancellationToken ct)
    {
        if (press.Type != Interaction.Ping && await _homes.IsForeignAsync(press.Place, ct))
        {
            log.ForeignPress(press.Id, press.Place.Server ?? "");
            await FirstAsync(press, Message(AnswerRendering.Plain(AnswerRendering.OtherServer)), ct);
            return;
        }
        await AnswerAtHomeAsync(press, desk, ct);
    }

    private Task AnswerAtHomeAsync(Interaction press, IDesk desk, CancellationToken ct) => press switch
    {
        { Type: Interaction.Ping } => FirstAsync(press, new Callback(Callback.Pong), ct),
        { Type: Interaction.Command } when Known(press, desk) is { } command => StoreAndAnswerAsync(press, SaveAsync(press, () => desk.CommandAsync(command)), ct),
        { Type: Interaction.Command } => UnknownAsync(press, AnswerRendering.UnknownCommand, ct),
        { Type: not (Interaction.Component or Interaction.Submit) } => FirstAsync(press, Message(AnswerRendering.Plain(AnswerRendering.ButtonsOnly)), ct),
        { Target: null } => UnknownAsync(press, AnswerRendering.TooOld, ct),
        { Target: { } target } => StoreAndAnswerAsync(press, SaveAsync(press, () => desk.PressAsync(new Press(press.Id, press.By, target) { Roles = press.Roles, Fields = press.Fields, On = press.On })), ct),
    };

    /// <summary>Null for a command that is not offered, or no longer in that form.</summary>
    private Command? Known(Interaction press, IDesk desk)
    {
        if (press.Typed is not { } typed || desk.Commands.FirstOrDefault(spec => spec.Name == typed.Name) is not { } spec
            || !(typed.Part is null ? spec.Parts.Count == 0 : spec.Parts.Any(part => part.Name == typed.Part)))
        {
            return null;
        }
        return new Command(press.Id, press.By, typed.Name, typed.Part, typed.Options)
        {
            Roles = press.Roles,
            Room = press.Place.RoomAmong(rooms)?.Name,
            Under = press.Place.StartedFrom(rooms),
            Thread = press.Place is { IsThread: true, Channel: { } thread } ? MessageAddress.BeginningIn(thread) : null,
        };
    }

    private Task UnknownAsync(Interaction press, string say, CancellationToken ct)
    {
        log.UnknownPress(press.Id);
        return FirstAsync(press, Message(AnswerRendering.Plain(say)), ct);
    }

    private async Task StoreAndAnswerAsync(Interaction press, Task<PressAnswer?> saving, CancellationToken ct)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var late = Task.Delay(Soon, time, inTime.Token);
        if (await Task.WhenAny(saving, late) == saving)
        {
            await inTime.CancelAsync();
            await AtOnceAsync(press, await saving, ct);
            return;
        }
        log.SlowPress(press.Id);
        await FirstAsync(press, Later(press), ct);
        await LaterAsync(press, await saving, ct);
    }

    /// <summary>Null: not saved.</summary>
    private async Task<PressAnswer?> SaveAsync(Interaction press, Func<Task<PressAnswer>> save)
    {
        try
        {
            return await Task.Run(save);
        }
        catch (Exception e)
        {
            if (e is StoreException { IsTakenOver: true })
            {
                log.PressTakenOver(press.Id, e.Message);
            }
            else
            {
                log.PressNotSaved(press.Id, e);
            }
            return null;
        }
    }

    private Task AtOnceAsync(Interaction press, PressAnswer? answer, CancellationToken ct) => answer is { Form: { } form } && press.Type != Interaction.Submit
        ? SendAsync(Route.Answer(press), press, FirstPatience, route => rest.SendAsync(route, FormRendering.Of(form), ct), ct)
        : FirstAsync(press, AtOnce(press, answer is null ? null : AnswerRendering.WithoutForm(answer, submitted: true)), ct);

    private static Callback AtOnce(Interaction press, PressAnswer? answer) => (answer, press.OnAsk) switch
    {
        (null, _) => Message(NotSaved(press)),

        // The question has its answer: it loses its buttons.
        ({ } said, true) => new Callback(Callback.Update, AnswerRendering.Of(said, AnswerRendering.Saved) with { Flags = null }),
        ({ Say: null, Ask.Count: 0, Picture: null }, false) when press.OnMessage => new Callback(Callback.DeferredUpdate),
        ({ } said, false) => Message(AnswerRendering.Of(said, AnswerRendering.Saved)),
    };

    private static MessageBody NotSaved(Interaction press) => AnswerRendering.Plain(press.Type == Interaction.Command ? AnswerRendering.CommandNotSaved : AnswerRendering.NotSaved);

    private static Callback Later(Interaction press) => press.OnAsk
        ? new Callback(Callback.DeferredUpdate)
        : new Callback(Callback.DeferredMessage, new MessageBody { Flags = MessageBody.OnlyForPresser });

    private Task LaterAsync(Interaction press, PressAnswer? answer, CancellationToken ct) => (answer, press.OnAsk) switch
    {
        // The question keeps its buttons, so that it can be answered again.
        (null, true) => SendAsync(Route.FollowUp(press), press, NotSaved(press), ct),
        (null, false) => SendAsync(Route.EditAnswer(press), press, NotSaved(press) with { Flags = null }, ct),
        ({ } said, _) => SendAsync(Route.EditAnswer(press), press, AnswerRendering.Of(AnswerRendering.WithoutForm(said, press.Type == Interaction.Submit), AnswerRendering.Saved) with { Flags = null }, ct),
    };

    private static Callback Message(MessageBody body) => new(Callback.Message, body);

    private Task FirstAsync(Interaction press, Callback callback, CancellationToken ct) =>
        SendAsync(Route.Answer(press), press, FirstPatience, route => callback.Data is { } data ? Withholding.SendAsync(data, body => rest.SendAsync(route, callback with { Data = body }, ct)) : rest.SendAsync(route, callback, ct), ct);

    private Task SendAsync(Route route, Interaction press, MessageBody body, CancellationToken ct) =>
        SendAsync(route, press, LaterPatience, to => Withholding.SendAsync(body, one => rest.SendAsync(to, one, ct)), ct);

    /// <summary>The press is stored, whatever becomes of the answer; one that surely did not get there, or may go there twice, is sent once more.</summary>
    private async Task SendAsync(Route route, Interaction press, TimeSpan patience, Func<Route, Task<RestReply>> send, CancellationToken ct)
    {
        var reply = await send(route);
        if (reply is RestReply.NotSent || (reply is RestReply.Unsure && route.Repeatable) || (reply is RestReply.Limited limited && limited.After <= patience))
        {
            await Task.Delay((reply as RestReply.Limited)?.After ?? TimeSpan.Zero, time, ct);
            reply = await send(route);
        }
        Tell(press, reply);
    }

    private void Tell(Interaction press, RestReply reply)
    {
        if (reply is not RestReply.Done)
        {
            log.AnswerNotTaken(press.Id, reply switch
            {
                RestReply.Refused { Code: 10062 } => "it came too late for Discord",
                RestReply.Refused refused => $"HTTP {refused.Status}, code {refused.Code}",
                RestReply.Limited limited => limited.Reason,
                RestReply.NotSent notSent => notSent.Reason,
                RestReply.Unsure unsure => unsure.Reason,
                _ => "",
            });
        }
    }
}
