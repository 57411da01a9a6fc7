using System.Text.Json;
using System.Text.Json.Nodes;
using ListeningBot.IntegrationTests.Channels.AppStore;
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
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config", "watches.yaml"), "watches:\n  - name: reviews\n    everything: true\n    channels: [store]\n");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), JsonSerializer.Serialize(new
        {
            Channels = new Dictionary<string, object>
            {
                ["store"] = new { Kind = "appstore", site.Address, Apps = new[] { "1404176564" }, Countries = new[] { "de" }, Every = "00:00:01" },
            },
            Notifiers = new { discord = new { discord.Api } },
            Rooms = new { @default = new { Notifier = "discord", Address = Room } },
            Web = new { Listen = "http://127.0.0.1:0" },
            Http = new { AllowPrivateHosts = new[] { $"127.0.0.1:{site.Port}", discord.HostAndPort } },
        }));
        await using (var bot = BotProcess.Start(folder.FullName, new Dictionary<string, string> { ["LISTENINGBOT__Notifiers__discord__Token"] = "local-token" }, "run"))
        {
            await Until.TrueAsync(() => CardOf(discord, "Does not open") is not null);
            Assert.Contains("gave few stars", LocalPress.Words(CardOf(discord, "Does not open")!), StringComparison.Ordinal);
        }
        folder.Delete(recursive: true);
    }

    private static JsonObject? CardOf(LocalDiscord discord, string words) =>
        discord.Messages(Room).FirstOrDefault(message => LocalPress.Words(message).Contains(words, StringComparison.Ordinal));

    private static Task AnswerAsync(HttpContext context) => (context.Request.Path.Value switch
    {
        "/de/rss/customerreviews/page=1/id=1404176564/sortby=mostrecent/json" => FeedAnswers.Text(StoreReviews.Feed(StoreReviews.Review("1", "Does not open.", "Oh well")), "text/javascript"),
        _ => FeedAnswers.Status(404),
    })(context);
}
