using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Channels.Reddit;
using ListeningBot.Core.Pipeline;
using ListeningBot.IntegrationTests.LocalServices;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.Reddit;

/// <summary>Reddit by its public feeds.</summary>
public sealed class RedditFeedContractTests : SpoiltServiceContractTests
{
    protected override Task<ChannelRig> StartAsync() => new RedditRig(withApi: false).StartedAsync();
}

/// <summary>Reddit by its API.</summary>
public sealed class RedditApiContractTests : SpoiltServiceContractTests
{
    protected override Task<ChannelRig> StartAsync() => new RedditRig(withApi: true).StartedAsync();
}

/// <summary>One subreddit, whose comments are the posts' own listing's empty sister.</summary>
internal sealed class RedditRig(bool withApi) : WebRig
{
    private readonly List<JsonNode> _things = [];

    public override string? Secret => withApi ? "secret-of-app-1" : null;

    public override IChannel Create(ChannelContext context) => new RedditChannel(context, new RedditOptions
    {
        Searches = ["acme"],
        ClientId = withApi ? "app-1" : null,
        ClientSecret = Secret,
        UserName = withApi ? "acme_care" : null,
        Address = Address,
        Api = Address,
        Patience = TimeSpan.FromSeconds(1),
        FeedPace = TimeSpan.Zero,
    });

    public override Task OfferAsync(params ContractItem[] items)
    {
        foreach (var item in items)
        {
            _things.Insert(0, RedditAnswers.Submission($"t3_{Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(item.Id))}", item.Text, item.Posted));
        }
        return Task.CompletedTask;
    }

    public override Task OfferGarbageAsync()
    {
        _things.Insert(0, new JsonObject { ["data"] = null });
        return Task.CompletedTask;
    }

    protected override Task WellAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/api/v1/access_token" => FeedAnswers.Text(RedditAnswers.Token, "application/json")(context),
        _ => FeedAnswers.Text(context.Request.Query.ContainsKey("after") ? EmptyBody : Body(), withApi ? "application/json" : "application/atom+xml; charset=UTF-8")(context),
    };

    protected override string Body() => withApi ? RedditAnswers.Listing(_things) : RedditAnswers.Feed(_things);

    protected override string EmptyBody => withApi ? RedditAnswers.Listing([]) : RedditAnswers.Feed([]);
}
