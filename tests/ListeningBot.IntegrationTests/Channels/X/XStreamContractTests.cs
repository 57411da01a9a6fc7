using System.Globalization;
using ListeningBot.Channels;
using ListeningBot.Channels.X;
using ListeningBot.Core.Pipeline;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.X;

/// <summary>The stream keeps the same promises: what it missed is searched for.</summary>
public sealed class XStreamContractTests : SpoiltServiceContractTests
{
    protected override Task<ChannelRig> StartAsync() => new Rig().StartedAsync();

    private sealed class Rig : WebRig
    {
        private readonly LocalX _x = new() { PageSize = 2 };

        public override string Secret => LocalX.Token;

        /// <summary>After each connection the last minutes are searched for.</summary>
        public override bool MayRepeat => true;

        protected override string EmptyBody => """{"meta":{"result_count":0}}""";

        public override IChannel Create(ChannelContext context) => new XChannel(context with { Spending = new FreeSpending() }, new XOptions
        {
            Token = LocalX.Token,
            Account = LocalX.Account,
            Listen = XListen.Stream,
            Budget = 10,
            Api = Address,
            Patience = TimeSpan.FromSeconds(1),
            LongestSilence = TimeSpan.FromSeconds(1),
        });

        public override Task OfferAsync(params ContractItem[] items)
        {
            foreach (var item in items)
            {
                _x.Post("@acme " + item.Text, createdAt: item.Posted?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            }
            return Task.CompletedTask;
        }

        public override Task OfferGarbageAsync()
        {
            _x.Garbage("@acme");
            return Task.CompletedTask;
        }

        protected override Task WellAsync(HttpContext context) => _x.AnswerAsync(context);

        protected override string Body() => """{"data":[{"id":"1900000000000000001","text":"customerwords","edit_history_tweet_ids":["1900000000000000001"]}],"meta":{"result_count":1}}""";

        protected override Task RateLimitedAsync(HttpContext context)
        {
            context.Response.Headers["x-rate-limit-remaining"] = "0";
            context.Response.Headers["x-rate-limit-reset"] = (Time.GetUtcNow() + RateLimitWait).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            return LocalX.Problem(429, "Too Many Requests", "Too Many Requests", "about:blank")(context);
        }
    }
}
