using System.Net;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Channels;

/// <summary>What an operator does when a service refuses us. Each a sentence without its full stop.</summary>
internal sealed record Cures
{
    public string Unauthorized { get; init; } = "Check the token in the configuration";
    public string Forbidden { get; init; } = "Check what the account may read";
    public string NotFound { get; init; } = "Check the address and the names in the configuration";
    public string TooMany { get; init; } = "Give a longer Every";
}

/// <summary>Asks a service that answers in JSON; every failure becomes a sentence for the operator.</summary>
/// <param name="service">"Hacker News", "the server mastodon.example".</param>
/// <param name="ownFault">What this service means by an answer, where it is not what the status says; null for the common meaning.</param>
internal sealed class JsonService(WebReader web, string service, Cures cures, Func<WebAnswer, ChannelException?>? ownFault = null)
{
    /// <summary>The service's own as far as it told it: what it has is dated by it, and its limits end by it. Ours may be wrong, and may be set.</summary>
    public SteadyClock Clock { get; } = new(web.Time);

    /// <summary>The answer with its JSON, to be disposed by the caller. Throws <see cref="ChannelException"/>.</summary>
    public async Task<(WebAnswer Answer, JsonDocument Json)> AskAsync(WebGet get, CancellationToken ct)
    {
        var answer = await WithinAsync(() => web.GetAsync(get with { Accept = get.Accept ?? "application/json" }, ct));
        return (answer, Parsed(Good(answer)));
    }

    /// <summary>An answer that is no JSON.</summary>
    public async Task<WebAnswer> AskPlainAsync(WebGet get, CancellationToken ct) => Good(await WithinAsync(() => web.GetAsync(get, ct)));

    /// <summary>The same for other methods than GET, and for headers of its own.</summary>
    public async Task<(WebAnswer Answer, JsonDocument Json)> SendAsync(HttpRequestMessage request, WebLimits limits, CancellationToken ct)
    {
        var answer = await WithinAsync(() => web.SendAsync(request, ct, limits));
        return (answer, Parsed(Good(answer)));
    }

    private async Task<WebAnswer> WithinAsync(Func<Task<WebAnswer>> asking)
    {
        try
        {
            var answer = await asking();
            if (answer.Date is { } date)
            {
                Clock.Set(date);
            }
            return answer;
        }
        catch (WebFaultException e)
        {
            throw new ChannelException($"{service} can't be read: {e.Message}.", e) { After = e.RetryAfter, NeedsOperator = e.Fault is WebFault.PrivateAddress or WebFault.BadAddress };
        }
    }

    private WebAnswer Good(WebAnswer answer) => ownFault?.Invoke(answer) is { } own ? throw own : answer.IsSuccess ? answer : throw (answer.Status switch
    {
        HttpStatusCode.Unauthorized => Refused(answer, "refuses our sign-in (HTTP 401)", cures.Unauthorized, needsOperator: true),
        HttpStatusCode.Forbidden => Refused(answer, "forbids us to read this (HTTP 403)", cures.Forbidden, needsOperator: true),
        HttpStatusCode.NotFound => Refused(answer, "does not know what was asked for (HTTP 404)", cures.NotFound, needsOperator: false),
        HttpStatusCode.TooManyRequests => Refused(answer, "was asked too often (HTTP 429)", cures.TooMany, needsOperator: false),
        >= HttpStatusCode.InternalServerError => Refused(answer, $"has a fault of its own (HTTP {(int)answer.Status})", "It is tried again", needsOperator: false, passes: true),
        _ => Refused(answer, $"answers HTTP {(int)answer.Status}", cures.NotFound, needsOperator: false),
    });

    private ChannelException Refused(WebAnswer answer, string what, string cure, bool needsOperator, bool passes = false) =>
        new($"{service} {what}. {cure}.") { After = answer.RetryAfter, NeedsOperator = needsOperator, Passes = passes };

    private JsonDocument Parsed(WebAnswer answer)
    {
        try
        {
            return JsonDocument.Parse(answer.Body, new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException e)
        {
            throw new ChannelException($"{service} answered with something that is not JSON. It is tried again; check the address if it stays so.", e);
        }
    }
}
