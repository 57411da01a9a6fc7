using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Channels.Discord;

/// <summary>Asks Discord one question after the other, no faster than cards allow; every failure becomes a sentence for the operator.</summary>
internal sealed class Asking(Rest rest, TimeProvider time)
{
    /// <summary>Cards share the bot's 50 requests a second: reading back takes a fifth of them at most.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private readonly SteadyClock _steady = new(time);
    private DateTimeOffset _next;

    public Rest Rest => rest;

    /// <summary>The answer; null where Discord says that there is no such thing or that we may not see it. Throws <see cref="ChannelException"/>.</summary>
    public async Task<JsonElement?> AskAsync(Route route, CancellationToken ct)
    {
        var reply = await SendAsync(route, ct);
        return reply is RestReply.Refused { Status: 403 or 404 } ? null : Answer(reply);
    }

    /// <summary>The answer, where being refused is a fault as well.</summary>
    public async Task<JsonElement> NeedAsync(Route route, CancellationToken ct) => Answer(await SendAsync(route, ct));

    /// <summary>Throws <see cref="ChannelException"/> for all but an answer.</summary>
    public static JsonElement Answer(RestReply reply) => reply switch
    {
        RestReply.Done { Body: var body } => body,
        RestReply.Limited limited => throw new ChannelException($"{limited.Reason}. It is tried again.") { After = limited.After },
        RestReply.NotSent notSent => throw new ChannelException($"Discord can't be asked: {notSent.Reason}. It is tried again.") { Passes = true },
        RestReply.Unsure unsure => throw new ChannelException($"Discord can't be asked: {unsure.Reason}. It is tried again.") { Passes = true },
        RestReply.Refused { Status: 401 } => throw new ChannelException(Outcomes.TokenCure + ".") { NeedsOperator = true },
        RestReply.Refused refused => throw new ChannelException($"Discord does not answer (HTTP {refused.Status}, code {refused.Code}). Check that the bot is still in the server and may see the channels.") { NeedsOperator = refused.Status is 403 },
        _ => throw new InvalidOperationException(reply.GetType().Name),
    };

    public async Task<RestReply> SendAsync(Route route, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; ;)
        {
            var now = _steady.GetUtcNow();
            if (_next > now)
            {
                await Task.Delay(_next - now, time, ct);
            }
            _next = _steady.GetUtcNow() + Apart;
            var reply = await rest.SendAsync(route, ct);
            if (reply is not RestReply.Limited limited || waited + limited.After > LongestWait)
            {
                return reply;
            }
            waited += limited.After + Apart;
            await Task.Delay(limited.After, time, ct);
        }
    }
}
