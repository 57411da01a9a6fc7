using ListeningBot.Core.Alerting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// Hands a press in and answers it. Discord calls a press failed when the first answer takes longer than 3 s, so after 2 s it is told
/// to wait, and the answer is written there when the press is stored, or that it was not saved.
/// </summary>
internal sealed class PressAnswering(Rest rest, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>What a limit may take before the one further try of an answer: little of the first 3 seconds, more once the presser was told to wait.</summary>
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LaterPatience = TimeSpan.FromSeconds(30);

    public Task AnswerAsync(Interaction press, Func<Press, Task<PressAnswer>> onPress, CancellationToken ct) => press switch
    {
        { Type: Interaction.Ping } => FirstAsync(press, new Callback(Callback.Pong), ct),
        { Type: not Interaction.Component } => FirstAsync(press, Message(AnswerRendering.Plain(AnswerRendering.ButtonsOnly)), ct),
        { Target: null } => UnknownButtonAsync(press, ct),
        { Target: { } target } => StoreAndAnswerAsync(press, SaveAsync(new Press(press.Id, press.By, target), onPress), ct),
    };

    private Task UnknownButtonAsync(Interaction press, CancellationToken ct)
    {
        log.UnknownButton(press.Id);
        return FirstAsync(press, Message(AnswerRendering.Plain(AnswerRendering.TooOld)), ct);
    }

    private async Task StoreAndAnswerAsync(Interaction press, Task<PressAnswer?> saving, CancellationToken ct)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var late = Task.Delay(Soon, time, inTime.Token);
        if (await Task.WhenAny(saving, late) == saving)
        {
            await inTime.CancelAsync();
            await FirstAsync(press, AtOnce(press, await saving), ct);
            return;
        }
        log.SlowPress(press.Id);
        await FirstAsync(press, Later(press), ct);
        await LaterAsync(press, await saving, ct);
    }

    /// <summary>Null: not saved.</summary>
    private async Task<PressAnswer?> SaveAsync(Press press, Func<Press, Task<PressAnswer>> onPress)
    {
        try
        {
            return await Task.Run(() => onPress(press));
        }
        catch (Exception e)
        {
            log.PressNotSaved(press.Id, e);
            return null;
        }
    }

    private static Callback AtOnce(Interaction press, PressAnswer? answer) => (answer, press.OnAsk) switch
    {
        (null, _) => Message(AnswerRendering.Plain(AnswerRendering.NotSaved)),

        // The question has its answer: it loses its buttons.
        ({ } said, true) => new Callback(Callback.Update, AnswerRendering.Of(said, AnswerRendering.Saved) with { Flags = null }),
        ({ Say: null, Ask.Count: 0 }, false) => new Callback(Callback.DeferredUpdate),
        ({ } said, false) => Message(AnswerRendering.Of(said, AnswerRendering.Saved)),
    };

    private static Callback Later(Interaction press) => press.OnAsk
        ? new Callback(Callback.DeferredUpdate)
        : new Callback(Callback.DeferredMessage, new MessageBody { Flags = MessageBody.OnlyForPresser });

    private Task LaterAsync(Interaction press, PressAnswer? answer, CancellationToken ct) => (answer, press.OnAsk) switch
    {
        // The question keeps its buttons, so that it can be answered again.
        (null, true) => SendAsync(Route.FollowUp(press), press, AnswerRendering.Plain(AnswerRendering.NotSaved), ct),
        (null, false) => SendAsync(Route.EditAnswer(press), press, AnswerRendering.Plain(AnswerRendering.NotSaved) with { Flags = null }, ct),
        ({ } said, _) => SendAsync(Route.EditAnswer(press), press, AnswerRendering.Of(said, AnswerRendering.Saved) with { Flags = null }, ct),
    };

    private static Callback Message(MessageBody body) => new(Callback.Message, body);

    private Task FirstAsync(Interaction press, Callback callback, CancellationToken ct) =>
        SendAsync(Route.Answer(press), press, FirstPatience, route => rest.SendAsync(route, callback, ct), ct);

    private Task SendAsync(Route route, Interaction press, MessageBody body, CancellationToken ct) =>
        SendAsync(route, press, LaterPatience, to => rest.SendAsync(to, body, ct), ct);

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
