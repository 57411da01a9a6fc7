using System.Globalization;
using ListeningBot.Channels;
using ListeningBot.Channels.StackExchange;
using ListeningBot.Core.Pipeline;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.StackExchange;

public sealed class StackExchangeContractTests : SpoiltServiceContractTests
{
    protected override Task<ChannelRig> StartAsync() => new Rig().StartedAsync();

    private sealed class Rig : WebRig
    {
        private readonly LocalStackExchange _service = new();
        private int _written;

        public override string Secret => "key-1-of-the-test";

        public override IChannel Create(ChannelContext context) => new StackExchangeChannel(context, new StackExchangeOptions
        {
            Api = Address + "/2.3",
            Words = ["stackoverflow"],
            Key = Secret,
            Timeout = TimeSpan.FromSeconds(1),
        });

        public override Task OfferAsync(params ContractItem[] items)
        {
            foreach (var item in items)
            {
                var at = Time.GetUtcNow().AddSeconds(_written++ - 60);
                _service.AddQuestion(1000 + _written, "About a laptop", $"<p>{item.Text}</p>", at, item.Posted?.ToUnixTimeSeconds());
            }
            return Task.CompletedTask;
        }

        public override Task OfferGarbageAsync()
        {
            _service.AddItem(Time.GetUtcNow().AddSeconds(_written++ - 60), """{"question_id":{"a":1},"title":["stackoverflow"],"owner":5,"creation_date":"never"}""");
            return Task.CompletedTask;
        }

        protected override string EmptyBody => _service.Wrapped([]);

        protected override Task WellAsync(HttpContext context) => _service.ServeAsync(context);

        protected override string Body() => _service.Search(string.Create(CultureInfo.InvariantCulture, $"?q=stackoverflow&fromdate=0&page=1&pagesize=100"));

        protected override Task RateLimitedAsync(HttpContext context) =>
            LocalStackExchange.Error(502, "throttle_violation", "too many requests from this IP, more requests available in 37 seconds")(context);
    }
}
