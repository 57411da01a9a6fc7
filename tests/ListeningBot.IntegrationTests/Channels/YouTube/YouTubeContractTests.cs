using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Channels.YouTube;
using ListeningBot.Core.Pipeline;
using ListeningBot.IntegrationTests.LocalServices;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.YouTube;

public sealed class YouTubeContractTests : SpoiltServiceContractTests
{
    protected override Task<ChannelRig> StartAsync() => new Rig().StartedAsync();

    private sealed class Rig : WebRig
    {
        private readonly List<JsonNode> _threads = [];

        public override string Secret => "AIza-key-1";

        public override IChannel Create(ChannelContext context) => new YouTubeChannel(context, new YouTubeOptions
        {
            Key = Secret,
            Channels = ["UCabcdefghijklmnopqrstuv"],
            Address = Address,
            Patience = TimeSpan.FromSeconds(1),
        });

        public override Task OfferAsync(params ContractItem[] items)
        {
            foreach (var item in items)
            {
                _threads.Insert(0, YouTubeAnswers.Thread(YouTubeAnswers.Comment(item.Id, item.Text, item.Posted)));
            }
            return Task.CompletedTask;
        }

        public override Task OfferGarbageAsync()
        {
            _threads.Insert(0, new JsonObject { ["id"] = 17, ["snippet"] = new JsonObject { ["topLevelComment"] = "none", ["totalReplyCount"] = "many" } });
            return Task.CompletedTask;
        }

        protected override Task WellAsync(HttpContext context) =>
            FeedAnswers.Text(context.Request.Path == "/videos" ? YouTubeAnswers.Videos("A video") : Body(), "application/json; charset=UTF-8")(context);

        protected override string Body() => YouTubeAnswers.List("commentThread", _threads);

        protected override string EmptyBody => YouTubeAnswers.List("commentThread", []);
    }
}
