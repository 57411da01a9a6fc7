using System.Globalization;
using ListeningBot.Channels;
using ListeningBot.Channels.HackerNews;
using ListeningBot.Core.Pipeline;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.HackerNews;

public sealed class HackerNewsContractTests : SpoiltServiceContractTests
{
    protected override Task<ChannelRig> StartAsync() => new Rig().StartedAsync();

    private sealed class Rig : WebRig
    {
        private readonly LocalHackerNews _service = new();
        private int _written;

        public override IChannel Create(ChannelContext context) => new HackerNewsChannel(context, new HackerNewsOptions
        {
            Search = Address + "/api/v1",
            Words = ["mia"],
            Timeout = TimeSpan.FromSeconds(1),
        });

        public override Task OfferAsync(params ContractItem[] items)
        {
            foreach (var item in items)
            {
                var at = Time.GetUtcNow().AddSeconds(_written++ - 60);
                _service.AddComment(1000 + _written, item.Text, at, item.Posted?.ToUnixTimeSeconds());
            }
            return Task.CompletedTask;
        }

        public override Task OfferGarbageAsync()
        {
            _service.AddHit(Time.GetUtcNow().AddSeconds(_written++ - 60), """{"objectID":null,"author":"mia","comment_text":["no text"],"created_at_i":"never"}""");
            return Task.CompletedTask;
        }

        protected override string EmptyBody => """{"hits":[],"nbHits":0,"page":0,"nbPages":0,"hitsPerPage":1000}""";

        protected override Task WellAsync(HttpContext context) => _service.ServeAsync(context);

        protected override string Body() => _service.Answer(string.Create(CultureInfo.InvariantCulture, $"?query=mia&hitsPerPage=100&numericFilters=created_at_i>={0},created_at_i<={long.MaxValue}"));
    }
}
