using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.StackExchange;

/// <summary>
/// Asks the Stack Exchange API (api.stackexchange.com/docs). Keeps the pauses that it asks for, method by method, and knows what is left of the day's requests.
/// </summary>
internal sealed partial class StackExchangeApi
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>"Violation of backoff parameter" says no time.</summary>
    private static readonly TimeSpan AfterViolation = TimeSpan.FromMinutes(1);
    private readonly ChannelContext _context;
    private readonly StackExchangeOptions _options;
    private readonly JsonService _service;
    private readonly ILogger _log;
    private readonly Dictionary<string, DateTimeOffset> _notBefore = [];
    private readonly SteadyClock _steady;
    private bool _toldLow;

    public StackExchangeApi(ChannelContext context, StackExchangeOptions options)
    {
        (_context, _options, _log) = (context, options, context.Logs.CreateLogger<StackExchangeApi>());
        _steady = new SteadyClock(context.Time);
        var cures = new Cures
        {
            Unauthorized = "Check Key in the configuration",
            Forbidden = "It may hold back this machine's address: give a longer Every",
            NotFound = "Check Api in the configuration",
            TooMany = "Give a Key, a longer Every, fewer Sites or fewer words",
        };
        _service = new JsonService(context.Web, "Stack Exchange", cures, OwnFault);
    }

    /// <summary>The service's own: questions are dated by it.</summary>
    public SteadyClock Clock => _service.Clock;

    /// <summary>Requests that are left today, by its last answer; null before the first.</summary>
    public long? QuotaRemaining { get; private set; }
    public long? QuotaMax { get; private set; }

    /// <summary>The answer's common wrapper, which has a list "items". The caller disposes it.</summary>
    /// <param name="method">What the service counts as one: "search/advanced", "questions/{ids}".</param>
    /// <param name="ids">In place of "{ids}".</param>
    public async Task<JsonDocument> AskAsync(string method, string site, CancellationToken ct, string query = "", string ids = "")
    {
        await WaitForTurnAsync(method, ct);
        var path = method.Replace("{ids}", ids, StringComparison.Ordinal);
        var key = _options.Key is { Length: > 0 } given ? "&key=" + Uri.EscapeDataString(given) : "";
        var url = new Uri($"{_options.Api.TrimEnd('/')}/{path}?site={Uri.EscapeDataString(site)}{query}{key}");
        var (_, json) = await _service.AskAsync(new WebGet(url) { Limits = WebLimits.Default with { Timeout = _options.Timeout } }, ct);
        Note(method, json.RootElement);
        if (json.RootElement.At("items") is not { ValueKind: JsonValueKind.Array })
        {
            json.Dispose();
            throw new ChannelException("Stack Exchange answered without a list of items. It is tried again; check Api in the configuration if it stays so.");
        }
        return json;
    }

    private async Task WaitForTurnAsync(string method, CancellationToken ct)
    {
        var wait = _notBefore.GetValueOrDefault(method) - _steady.GetUtcNow();
        if (wait > LongestWait)
        {
            throw new ChannelException("Stack Exchange asked for a long pause. It is kept, and then gone on.") { After = wait };
        }
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _context.Time, ct);
        }
    }

    private void Note(string method, JsonElement wrapper)
    {
        if (wrapper.Whole("backoff") is > 0 and var seconds)
        {
            _notBefore[method] = _steady.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(seconds, RetryAfter.Longest.TotalSeconds));
        }
        (QuotaRemaining, QuotaMax) = (wrapper.Whole("quota_remaining") ?? QuotaRemaining, wrapper.Whole("quota_max") ?? QuotaMax);
        var low = QuotaRemaining < QuotaMax / 10;
        if (low && !_toldLow)
        {
            _log.QuotaLow(_context.Name, QuotaRemaining ?? 0, QuotaMax ?? 0);
        }
        _toldLow = low;
    }

    /// <summary>Errors come with HTTP 400 and say what they are in the body (api.stackexchange.com/docs/error-handling).</summary>
    private static ChannelException? OwnFault(WebAnswer answer)
    {
        if (answer.IsSuccess || ErrorIn(answer.Body) is not { } error)
        {
            return null;
        }
        var said = error.Message;
        return error.Id switch
        {
            502 => new ChannelException("Stack Exchange was asked more often than it allows. Give a Key, a longer Every, fewer Sites or fewer words.") { After = PauseIn(said) },
            400 when said.Contains("key", StringComparison.OrdinalIgnoreCase) => Mistaken("does not know the Key. Check it at stackapps.com"),
            400 when said.Contains("site", StringComparison.OrdinalIgnoreCase) => new PlaceRefusedException("Stack Exchange does not know one of the Sites. Give names such as \"stackoverflow\" or \"superuser\".") { NeedsOperator = true },
            400 => Mistaken("does not understand what it is asked (bad_parameter). Check Words and Api in the configuration"),
            >= 401 and <= 403 or 405 or 406 => Mistaken($"refuses our key (error {error.Id}). Check Key in the configuration"),
            404 => Mistaken("knows no such method. Check Api in the configuration: it ends with the version, \"/2.3\""),
            _ => new ChannelException($"Stack Exchange has a fault of its own (error {error.Id}). It is tried again."),
        };
    }

    private static ChannelException Mistaken(string what) => new($"Stack Exchange {what}.") { NeedsOperator = true };

    private static (long Id, string Message)? ErrorIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Whole("error_id") is { } id ? (id, json.RootElement.Text("error_message") ?? "") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>"too many requests from this IP, more requests available in 17524 seconds".</summary>
    private static TimeSpan PauseIn(string message) =>
        Seconds().Match(message) is { Success: true } found
            ? TimeSpan.FromSeconds(Math.Min(double.Parse(found.Groups["n"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), RetryAfter.Longest.TotalSeconds))
            : AfterViolation;

    [GeneratedRegex(@"\b(?<n>[0-9]{1,9}) seconds?\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Seconds();
}
