using System.Globalization;
using System.Net;
using System.Text;
using ListeningBot.Channels;
using ListeningBot.Channels.Rss;
using ListeningBot.Core.Pipeline;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Channels.Rss;

public sealed class RssContractTests : WebServiceContractTests
{
    protected override async Task<ChannelRig> StartAsync()
    {
        var rig = new Rig(await LocalFeed.StartedAsync());
        await rig.BehaveAsync(Trouble.None);
        return rig;
    }

    private sealed class Rig(LocalFeed site) : ChannelRig
    {
        private readonly List<string> _items = [];

        public override string Secret => "pass-word-1";

        public override IChannel Create(ChannelContext context) => new RssChannel(context, new RssOptions
        {
            Url = $"http://mia:{Secret}@{site.HostAndPort}/feed",
            FollowTeasers = false,
            Timeout = TimeSpan.FromSeconds(1),
        });

        public override Task OfferAsync(params ContractItem[] items)
        {
            foreach (var item in items)
            {
                var date = item.Posted?.ToString("ddd, dd MMM yyyy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture);
                _items.Insert(0, $"<item><guid>{item.Id}</guid><title>About</title><description>{WebUtility.HtmlEncode(item.Text)}</description><pubDate>{date}</pubDate></item>");
            }
            return Task.CompletedTask;
        }

        public override Task OfferGarbageAsync()
        {
            _items.Insert(0, "<item><enclosure/></item>");
            return Task.CompletedTask;
        }

        public override Task BehaveAsync(Trouble trouble)
        {
            site.At("/feed", trouble switch
            {
                Trouble.None => context => FeedAnswers.Tagged(Feed(), $"\"{_items.Count}\"")(context),
                Trouble.Unauthorized => FeedAnswers.Status(401),
                Trouble.Forbidden => FeedAnswers.Status(403),
                Trouble.RateLimited => FeedAnswers.Status(429, "37"),
                Trouble.RateLimitedWithoutWait => FeedAnswers.Status(429),
                Trouble.ServerError => FeedAnswers.Status(503),
                Trouble.Hang => FeedAnswers.Hang(),
                Trouble.CutOff => context => FeedAnswers.CutOff(Feed()[..^20])(context),
                Trouble.Empty => FeedAnswers.Bytes([], "application/rss+xml"),
                _ => FeedAnswers.Bytes(Encoding.Latin1.GetBytes("\u0001\u0002ÿþ garbage { ] >"), "application/rss+xml"),
            });
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => site.DisposeAsync();

        private string Feed() => $"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>t</title>{string.Concat(_items)}</channel></rss>";
    }
}
