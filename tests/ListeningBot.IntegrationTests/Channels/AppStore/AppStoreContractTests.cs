using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Channels.AppStore;
using ListeningBot.Core.Pipeline;
using ListeningBot.IntegrationTests.LocalServices;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.AppStore;

public sealed class AppStoreContractTests : SpoiltServiceContractTests
{
    protected override Task<ChannelRig> StartAsync() => new Rig().StartedAsync();

    private sealed class Rig : WebRig
    {
        private readonly List<JsonNode> _reviews = [];

        public override IChannel Create(ChannelContext context) => new AppStoreChannel(context, new AppStoreOptions
        {
            Apps = ["1404176564"],
            Countries = ["us"],
            Address = Address,
            Patience = TimeSpan.FromSeconds(1),
        });

        public override Task OfferAsync(params ContractItem[] items)
        {
            foreach (var item in items)
            {
                _reviews.Insert(0, StoreReviews.Review(item.Id, item.Text, updated: item.Posted ?? Time.GetUtcNow()));
            }
            return Task.CompletedTask;
        }

        public override Task OfferGarbageAsync()
        {
            _reviews.Insert(0, new JsonObject { ["im:rating"] = StoreReviews.Label("1"), ["content"] = 17 });
            return Task.CompletedTask;
        }

        protected override Task WellAsync(HttpContext context) =>
            FeedAnswers.Text(context.Request.Path.Value!.Contains("/page=1/", StringComparison.Ordinal) ? Body() : EmptyBody, "text/javascript; charset=utf-8")(context);

        protected override string Body() => StoreReviews.Feed([StoreReviews.App(), .. _reviews]);

        protected override string EmptyBody => StoreReviews.Feed();
    }
}
