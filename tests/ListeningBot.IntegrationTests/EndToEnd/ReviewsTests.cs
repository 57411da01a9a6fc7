using System.Text.Json;
using System.Text.Json.Nodes;
using ListeningBot.IntegrationTests.Channels.AppStore;
using ListeningBot.IntegrationTests.Channels.Reddit;
using ListeningBot.IntegrationTests.Channels.YouTube;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program hears the services where customers review and comment, all on one local site.</summary>
public sealed class ReviewsTests
{
    private const string Room = "111111111111111111";

    [Fact]
    public async Task A_complaint_in_each_service_becomes_a_card()
    {
        var folder = Directory.CreateTempSubdirectory("listeningbot-reviews-");
        await using var site = new LocalSite { Answer = AnswerAsync };
        await site.StartAsync();
        await using var discord = await LocalDiscord.StartedAsync(Room);
        Directory.CreateDirectory(Path.Combine(folder.FullName, "config"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config", "watches.yaml"), "watches:\n  - name: reviews\n    everything: true\n    channels: [store, tube]\n  - name: acme\n    find: [acme]\n    channels: [forum, forum-api]\n    alert: 0.2\n");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), JsonSerializer.Serialize(new
        {
            Channels = new Dictionary<string, object>
            {
                ["store"] = new { Kind = "appstore", site.Address, Apps = new[] { "1404176564" }, Countries = new[] { "de" }, Every = "00:00:01" },
                ["forum"] = new { Kind = "reddit", site.Address, Every = "00:00:01" },
                ["forum-api"] = new { Kind = "reddit", site.Address, Api = site.Address + "/api", Subreddits = new[] { "laptops" }, Searches = Array.Empty<string>(), ClientId = "app", ClientSecret = "hush-hush-1", UserName = "acme", Every = "00:00:01" },
                ["tube"] = new { Kind = "youtube", Address = site.Address + "/youtube", Key = "AIza-1", Videos = new[] { YouTubeAnswers.Video }, Every = "00:00:01" },
            },
            Notifiers = new { discord = new { discord.Api } },
            Rooms = new { @default = new { Notifier = "discord", Address = Room } },
            Web = new { Listen = "http://127.0.0.1:0" },
            Http = new { AllowPrivateHosts = new[] { $"127.0.0.1:{site.Port}", discord.HostAndPort } },
        }));
        await using (var bot = BotProcess.Start(folder.FullName, new Dictionary<string, string> { ["LISTENINGBOT__Notifiers__discord__Token"] = "local-token" }, "run"))
        {
            await Until.TrueAsync(() => CardOf(discord, "Does not open") is not null);
            await Until.TrueAsync(() => CardOf(discord, "keyboard fell off") is not null && CardOf(discord, "battery swelled") is not null && CardOf(discord, "screen went black") is not null);
            await Until.TrueAsync(() => bot.Output.Contains("Channel \"forum-api\" hears nothing of r/laptops", StringComparison.Ordinal));
            Assert.DoesNotContain("hush-hush-1", bot.Errors + bot.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("AIza-1", bot.Errors + bot.Output, StringComparison.Ordinal);
            Assert.Contains("gave few stars", LocalPress.Words(CardOf(discord, "Does not open")!), StringComparison.Ordinal);
        }
        folder.Delete(recursive: true);
    }

    private static JsonObject? CardOf(LocalDiscord discord, string words) =>
        discord.Messages(Room).FirstOrDefault(message => LocalPress.Words(message).Contains(words, StringComparison.Ordinal));

    private static Task AnswerAsync(HttpContext context) => (context.Request.Path.Value switch
    {
        "/de/rss/customerreviews/page=1/id=1404176564/sortby=mostrecent/json" => FeedAnswers.Text(StoreReviews.Feed(StoreReviews.Review("1", "Does not open.", "Oh well")), "text/javascript"),
        "/search.rss" when context.Request.Query["q"] == "\"acme\"" => FeedAnswers.Text(RedditAnswers.Feed([RedditAnswers.Submission("t3_a1", "The keyboard fell off after a week and acme refuses to refund me, worst service ever", author: "ann")]), "application/atom+xml"),
        "/api/v1/access_token" => FeedAnswers.Text(RedditAnswers.Token, "application/json"),
        "/api/r/laptops/comments" => FeedAnswers.Text(RedditAnswers.Listing([RedditAnswers.Comment("t1_b1", "The battery swelled and broke my acme laptop, nobody answers, I want my money back", "t3_zz", author: "bob")]), "application/json"),
        "/youtube/commentThreads" => FeedAnswers.Text(YouTubeAnswers.List("commentThread", [YouTubeAnswers.Thread(YouTubeAnswers.Comment("Ug1", "My screen went black after two days and support never answers, terrible", author: "cid"))]), "application/json"),
        "/youtube/videos" => FeedAnswers.Text(YouTubeAnswers.Videos("Unboxing"), "application/json"),
        _ => FeedAnswers.Status(404),
    })(context);
}
