using System.Text.Json;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Keeps one session with Discord's gateway alive: resumes it, or starts a new one as rarely as Discord asks for.</summary>
internal sealed class Gateway(Rest rest, WebReader web, DiscordOptions options, TimeProvider time, ILogger log)
{
    private const string Query = "v=10&encoding=json";

    /// <summary>Discord resets the token of a bot that starts too many sessions in a day: the last few are left alone.</summary>
    private const int StartsLeftAlone = 2;
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromSeconds(5.5);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    /// <summary>What broke is soon over, as a rule.</summary>
    private static readonly TimeSpan ShortFault = TimeSpan.FromMinutes(2);

    /// <summary>So often the address that a session was told is tried, before Discord is asked where the gateway is now.</summary>
    private const int TriesAtOwnAddress = 2;
    private static readonly Dictionary<string, string> Headers = new() { ["User-Agent"] = Rest.UserAgent };
    private readonly GatewaySession _session = new();
    private readonly Backoff _soon = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
    private readonly Backoff _later = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(60));
    private int _intents = Intents.All;
    private DateTimeOffset _nextStart = DateTimeOffset.MinValue;

    /// <summary>Runs until cancelled. Throws <see cref="IOException"/> on what only an operator can mend.</summary>
    public async Task RunAsync(Hearing hearing, CancellationToken ct)
    {
        var broken = time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            var since = time.GetTimestamp();
            var ending = await OnceAsync(hearing, failures, ct);
            hearing.Lost($"Discord's gateway: {ending.Why}. Buttons and commands are not answered meanwhile; it is tried again.");
            if (ending.WasReady && time.GetElapsedTime(since) > Steady)
            {
                failures = 1;
            }
            if (failures == 1)
            {
                broken = time.GetTimestamp();
            }
            if (!ending.Resumable || (!ending.WasReady && ending.Fault is null && failures > TriesAtOwnAddress))
            {
                _session.Forget();
            }
            var pause = (ending.Fault is WebFault.NotReached or WebFault.UnknownName || time.GetElapsedTime(broken) < ShortFault ? _soon : _later).Next(failures);
            log.Reconnecting(ending.Why, pause, _session.CanResume);
            await Task.Delay(pause, time, ct);
        }
    }

    private async Task<Ending> OnceAsync(Hearing hearing, int tries, CancellationToken ct)
    {
        try
        {
            var address = _session.CanResume && tries <= TriesAtOwnAddress ? _session.ResumeAddress! : await AddressAsync(hearing, ct);
            using var socket = await web.ConnectWebSocketAsync(new UriBuilder(address) { Query = Query }.Uri, Headers, ct, LineProbe.PingOften);
            return await new GatewayConnection(socket, _session, new Introduction(options.Token, _intents, WaitForStartAsync), hearing.Hear, (time, log)).RunAsync(ct);
        }
        catch (WebFaultException e)
        {
            return new Ending(e.Message, Resumable: true, WasReady: false) { Fault = e.Fault };
        }
        catch (IntentRefusedException e)
        {
            _intents = Intents.WithoutWords;
            hearing.NotesRefused(e.Message);
            return new Ending("messages in threads are not heard", Resumable: false, WasReady: false);
        }
        catch (IOException)
        {
            _session.Forget();
            throw;
        }
    }

    /// <summary>Asks where the gateway is, and waits when no more sessions may be started today.</summary>
    private async Task<Uri> AddressAsync(Hearing hearing, CancellationToken ct)
    {
        switch (await rest.SendAsync(Route.GatewayBot, ct))
        {
            case RestReply.Done { Body: var body } when Secure(body.Text("url")) is { } address:
                await WaitForAllowanceAsync(hearing, body, ct);
                return address;
            case RestReply.Done:
                throw new WebFaultException(WebFault.Garbled, "Discord did not say where its gateway is");
            case RestReply.Refused { Status: 401 }:
                throw new IOException(Outcomes.TokenCure);
            case RestReply.Limited limited:
                await Task.Delay(limited.After, time, ct);
                throw new WebFaultException(WebFault.Refused, limited.Reason);
            case RestReply.Refused refused:
                throw new WebFaultException(WebFault.Refused, $"Discord did not say where its gateway is (HTTP {refused.Status}, code {refused.Code})");
            case RestReply.NotSent notSent:
                throw new WebFaultException(WebFault.NotReached, notSent.Reason);
            case RestReply.Unsure unsure:
                throw new WebFaultException(WebFault.CutOff, unsure.Reason);
            case var other:
                throw new InvalidOperationException(other.GetType().Name);
        }
    }

    private async Task WaitForAllowanceAsync(Hearing hearing, JsonElement body, CancellationToken ct)
    {
        var limit = body.Field("session_start_limit") ?? default;
        if (!_session.CanResume && limit.Number("remaining") is <= StartsLeftAlone && limit.Number("reset_after") is > 0 and var reset)
        {
            var wait = TimeSpan.FromMilliseconds(Math.Min(reset, TimeSpan.MillisecondsPerDay));
            log.NoStartsLeft(wait);
            hearing.Lost("Discord lets this bot start no more sessions today: something restarts it over and over. Buttons and commands are not answered until the day is over.");
            await Task.Delay(wait, time, ct);
        }
    }

    /// <summary>At most one start in five seconds, the smallest concurrency that Discord gives.</summary>
    private async Task WaitForStartAsync(CancellationToken ct)
    {
        var wait = _nextStart - time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, ct);
        }
        _nextStart = time.GetUtcNow() + BetweenStarts;
    }

    /// <summary>The token goes there: over TLS, except where the API itself is a local one without.</summary>
    private Uri? Secure(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == "wss" || (address.Scheme == "ws" && options.ApiBase.Scheme == "http")) ? address : null;
}
