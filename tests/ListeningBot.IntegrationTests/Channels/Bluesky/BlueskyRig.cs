using ListeningBot.Channels;
using ListeningBot.Channels.Bluesky;
using ListeningBot.Core.Pipeline;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.Bluesky;

public sealed class BlueskyRig(LocalJetstream jetstream) : ChannelRig
{
    public LocalJetstream Jetstream => jetstream;

    /// <summary>The cursor is rewound five seconds, because instances stamp the same event differently.</summary>
    public override bool MayRepeat => true;

    public static async Task<BlueskyRig> StartedAsync() => new(await LocalJetstream.StartedAsync());

    public override IChannel Create(ChannelContext context) => new BlueskyChannel(context, Options);

    internal BlueskyOptions Options => new()
    {
        Endpoint = jetstream.Endpoint,
        LongestSilence = TimeSpan.FromSeconds(1.5),
        Handshake = TimeSpan.FromSeconds(1),
    };

    public override Task OfferAsync(params ContractItem[] items)
    {
        foreach (var item in items)
        {
            jetstream.Push(JetstreamFrames.Post(item.Id, item.Text, createdAt: item.Posted));
        }
        return Task.CompletedTask;
    }

    public override Task OfferGarbageAsync()
    {
        jetstream.PushRaw("{\"did\":\"did:plc:mia\",\"time_us\":"u8.ToArray());
        return Task.CompletedTask;
    }

    public override Task BehaveAsync(Trouble trouble)
    {
        jetstream.Silent = trouble == Trouble.Empty;
        jetstream.CutsEveryFrame = trouble == Trouble.CutOff;
        jetstream.Refusal = trouble switch
        {
            Trouble.Unauthorized => FeedAnswers.Status(401),
            Trouble.Forbidden => FeedAnswers.Status(403),
            Trouble.RateLimited => FeedAnswers.Status(429, retryAfter: ((int)RateLimitWait.TotalSeconds).ToString()),
            Trouble.RateLimitedWithoutWait => FeedAnswers.Status(429),
            Trouble.ServerError => FeedAnswers.Status(503),
            Trouble.Hang => FeedAnswers.Hang(),
            Trouble.Garbage => FeedAnswers.Status(200),
            _ => null,
        };
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => jetstream.DisposeAsync();
}

public sealed class BlueskyContractTests : WebServiceContractTests
{
    protected override async Task<ChannelRig> StartAsync() => await BlueskyRig.StartedAsync();
}
