using System.Text;
using ListeningBot.IntegrationTests.Faults;
using ListeningBot.IntegrationTests.LocalServices;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels;

/// <summary>A service of HTTP for the contract: misbehaves as the contract asks, else answers as <see cref="WellAsync"/> does.</summary>
public abstract class WebRig : ChannelRig
{
    private readonly LocalSite _site = new();
    private FaultyFront? _front;
    private Trouble _trouble;

    /// <summary>"http://127.0.0.1:PORT".</summary>
    protected string Address => _front?.Address ?? _site.Address;

    /// <summary>All that the channel asked for.</summary>
    public IReadOnlyList<SeenRequest> Seen => _site.Seen;

    public async Task<ChannelRig> StartedAsync()
    {
        _site.Answer = AnswerAsync;
        await _site.StartAsync();
        return this;
    }

    /// <summary>The service as it is, with the items that were offered.</summary>
    protected abstract Task WellAsync(HttpContext context);

    /// <summary>A whole answer that holds items, for cutting it off.</summary>
    protected abstract string Body();

    /// <summary>What the service answers when there is nothing.</summary>
    protected virtual string EmptyBody => "";

    public override Task BehaveAsync(Trouble trouble)
    {
        _trouble = trouble;
        return Task.CompletedTask;
    }

    /// <summary>From now on this share of its answers is wrong, each in a way of its own.</summary>
    public async Task<FaultyFront> SpoilAsync(double share, int seed)
    {
        _front = new FaultyFront(new Uri(_site.Address), seed) { Share = share };
        await _front.StartAsync();
        return _front;
    }

    private Task AnswerAsync(HttpContext context) => _trouble switch
    {
        Trouble.None => WellAsync(context),
        Trouble.Unauthorized => FeedAnswers.Status(401)(context),
        Trouble.Forbidden => FeedAnswers.Status(403)(context),
        Trouble.RateLimited => RateLimitedAsync(context),
        Trouble.RateLimitedWithoutWait => FeedAnswers.Status(429)(context),
        Trouble.ServerError => FeedAnswers.Status(503)(context),
        Trouble.Hang => FeedAnswers.Hang()(context),
        Trouble.CutOff => FeedAnswers.CutOff(Body()[..^2])(context),
        Trouble.Empty => FeedAnswers.Bytes(Encoding.UTF8.GetBytes(EmptyBody), "application/json")(context),
        _ => FeedAnswers.Bytes(Encoding.Latin1.GetBytes("\u0001\u0002ÿþ garbage { ] >"), "application/json")(context),
    };

    /// <summary>How this service asks for a pause of <see cref="ChannelRig.RateLimitWait"/>; most by Retry-After.</summary>
    protected virtual Task RateLimitedAsync(HttpContext context) => FeedAnswers.Status(429, "37")(context);

    public override async ValueTask DisposeAsync()
    {
        await (_front?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _site.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
