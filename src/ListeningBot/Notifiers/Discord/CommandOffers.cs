using System.Collections.Concurrent;
using ListeningBot.Core.Alerting;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// Offers the desk's commands in each server that the bot is in, when they differ from what is offered there: Discord takes only some hundred new ones a
/// day. A failure is told once and tried again, ever more rarely; hearing never waits for it.
/// </summary>
internal sealed class CommandOffers(Rest rest, IDesk desk, TimeProvider time, ILogger log)
{
    private const int MissingAccess = 50001;

    /// <summary>What passes by itself is not told of before the third failure.</summary>
    private const int TellAfter = 3;
    private readonly Backoff _pause = new(TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _guilds = [];

    /// <summary>Runs until the commands stand in this server, or until it is left or cancelled. Once for each server.</summary>
    public async Task OfferAsync(string application, string guild, CancellationToken ct)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (!_guilds.TryAdd(guild, left))
        {
            return;
        }
        try
        {
            await UntilOfferedAsync(application, guild, left.Token);
        }
        catch (OperationCanceledException)
        {
            // The bot stops, or has left the server.
        }
        _guilds.TryUpdate(guild, Done, left);
    }

    /// <summary>The bot was removed from a server; when it is invited again, its commands are offered anew.</summary>
    public void Left(string guild)
    {
        if (_guilds.TryRemove(guild, out var running) && running != Done)
        {
            running.Cancel();
        }
    }

    private static CancellationTokenSource Done { get; } = new();

    private async Task UntilOfferedAsync(string application, string guild, CancellationToken ct)
    {
        var told = false;
        for (var failures = 1; await TryAsync(application, guild, ct) is var (why, passes); failures++)
        {
            var pause = _pause.Next(failures);
            log.CommandsNotOffered(guild, why, pause);
            if (!told && (!passes || failures >= TellAfter))
            {
                told = await TellAsync($"The bot's commands are not offered in the server {guild}: {why}. Buttons work; the commands are tried again by themselves.", good: false);
            }
            await Task.Delay(pause, time, ct);
        }
        if (told)
        {
            await TellAsync($"The bot's commands are offered in the server {guild} now.", good: true);
        }
    }

    /// <summary>Null: they stand there.</summary>
    private async Task<(string Why, bool Passes)?> TryAsync(string application, string guild, CancellationToken ct)
    {
        IReadOnlyList<SlashCommand> wanted = [.. desk.Commands.Select(SlashCommand.Of)];
        var listed = await rest.SendAsync(Route.Commands(application, guild), ct);
        if (listed is not RestReply.Done { Body: var there })
        {
            return WhyNot(listed, guild);
        }
        if (there.ValueKind == System.Text.Json.JsonValueKind.Array && SlashCommand.Print(there.EnumerateArray().Select(SlashCommand.Read)) == SlashCommand.Print(wanted))
        {
            return null;
        }
        var offered = await rest.SendAsync(Route.OfferCommands(application, guild), wanted, ct);
        if (offered is not RestReply.Done)
        {
            return WhyNot(offered, guild);
        }
        log.CommandsOffered(wanted.Count, guild);
        return null;
    }

    private static (string Why, bool Passes) WhyNot(RestReply reply, string guild) => reply switch
    {
        RestReply.Limited limited => (limited.Reason, true),
        RestReply.NotSent notSent => (notSent.Reason, true),
        RestReply.Unsure unsure => (unsure.Reason, true),
        RestReply.Refused { Status: 401 } => (Outcomes.TokenCure, false),
        RestReply.Refused { Code: MissingAccess } or RestReply.Refused { Status: 403 } =>
            ($"the bot may not. Invite it to the server {guild} again with the scopes \"bot\" and \"applications.commands\" (Developer Portal, your application, page \"OAuth2\")", false),
        RestReply.Refused refused => ($"Discord did not accept them (HTTP {refused.Status}, code {refused.Code}{(refused.Detail.Length > 0 ? ": " + refused.Detail : "")}). Report this as a fault of this program", false),
        _ => ("Discord's answer could not be read", true),
    };

    private async Task<bool> TellAsync(string text, bool good)
    {
        try
        {
            await desk.TellOperatorsAsync(text, good);
            return true;
        }
        catch (Exception e)
        {
            log.NotTold(text, e);
            return false;
        }
    }
}
