using System.Globalization;
using ListeningBot.Channels;
using ListeningBot.Channels.Mastodon;
using ListeningBot.Core.Pipeline;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.Mastodon;

public sealed class MastodonContractTests : SpoiltServiceContractTests
{
    protected override Task<ChannelRig> StartAsync() => new Rig().StartedAsync();

    private sealed class Rig : WebRig
    {
        private readonly LocalMastodon _service = new();
        private long _id = 109_000;

        public override string Secret => "token-1-of-the-test";

        public override IChannel Create(ChannelContext context) => new MastodonChannel(context, new MastodonOptions
        {
            Server = Address,
            Token = Secret,
            Tags = ["#Acme"],
            Stream = false,
            Timeout = TimeSpan.FromSeconds(1),
        });

        public override Task OfferAsync(params ContractItem[] items)
        {
            foreach (var item in items)
            {
                _service.Add(LocalMastodon.Status(++_id, item.Text, item.Posted));
            }
            return Task.CompletedTask;
        }

        public override Task OfferGarbageAsync()
        {
            _service.AddRaw(++_id, $$"""{"id":"{{_id}}","uri":7,"account":"mia","content":["none"]}""");
            return Task.CompletedTask;
        }

        protected override string EmptyBody => "[]";

        protected override Task WellAsync(HttpContext context) => _service.ServeAsync(context);

        protected override string Body() => _service.All();

        protected override Task RateLimitedAsync(HttpContext context)
        {
            context.Response.Headers["X-RateLimit-Reset"] = (Time.GetUtcNow() + RateLimitWait).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
            context.Response.StatusCode = 429;
            return Task.CompletedTask;
        }
    }
}
