using System.Text.Json;
using ListeningBot.IntegrationTests.Channels.HackerNews;
using ListeningBot.IntegrationTests.Channels.Mastodon;
using ListeningBot.IntegrationTests.Channels.StackExchange;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program hears Hacker News, Stack Exchange and Mastodon, all on one local site, by the words of its watch.</summary>
public sealed class OpenNetworksTests
{
    private const string Room = "111111111111111111";
    private readonly LocalHackerNews _news = new();
    private readonly LocalStackExchange _exchange = new();
    private readonly LocalMastodon _mastodon = new();

    [Fact]
    public async Task A_complaint_in_each_network_becomes_a_card_also_by_the_stream()
    {
        var now = TimeProvider.System.GetUtcNow();
        _news.AddComment(77, "The hinge of my acme laptop broke and they refuse to refund me, worst service ever", now.AddMinutes(-2));
        _exchange.AddQuestion(5, "acme deleted my data", "<p>The update wiped my disk, nobody answers, terrible, I want my money back</p>", now.AddMinutes(-2));
        _mastodon.Add(LocalMastodon.Status(1000, "My parcel from #acme never came, three weeks, awful support", now.AddMinutes(-2)));
        var folder = Directory.CreateTempSubdirectory("listeningbot-open-");
        await using var site = new LocalSite { Answer = AnswerAsync };
        await site.StartAsync();
        await using var discord = await LocalDiscord.StartedAsync(Room);
        Directory.CreateDirectory(Path.Combine(folder.FullName, "config"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config", "watches.yaml"), "watches:\n  - name: acme\n    find: [acme]\n    alert: 0.2\n");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), JsonSerializer.Serialize(new
        {
            Channels = new Dictionary<string, object>
            {
                ["news"] = new { Kind = "hackernews", Search = site.Address + "/api/v1", Items = site.Address + "/v0", Every = "00:00:01" },
                ["exchange"] = new { Kind = "stackexchange", Api = site.Address + "/2.3", Sites = new[] { "stackoverflow" }, Key = "key-1-hush" },
                ["toots"] = new { Kind = "mastodon", Server = site.Address, Token = "token-1-hush" },
            },
            Notifiers = new { discord = new { discord.Api } },
            Rooms = new { @default = new { Notifier = "discord", Address = Room } },
            Web = new { Listen = "http://127.0.0.1:0" },
            Http = new { AllowPrivateHosts = new[] { $"127.0.0.1:{site.Port}", discord.HostAndPort } },
        }));
        await using (var bot = BotProcess.Start(folder.FullName, new Dictionary<string, string> { ["LISTENINGBOT__Notifiers__discord__Token"] = "local-token" }, "run"))
        {
            await HasCardsAsync(discord, bot, "hinge of my acme", "wiped my disk", "never came");
            await Until.TrueAsync(() => _mastodon.Subscriptions.Contains("hashtag acme"));
            var streamed = LocalMastodon.Status(2000, "Two repairs of my #acme failed, refund me, nobody answers, awful!", now);
            streamed["account"]!["acct"] = "ben@far.example";
            await _mastodon.PushAsync("update", streamed.ToJsonString(), "hashtag", "acme");
            await HasCardsAsync(discord, bot, "Two repairs of my");
            Assert.DoesNotContain("-1-hush", bot.Errors + bot.Output, StringComparison.Ordinal);
        }
        folder.Delete(recursive: true);
    }

    private static async Task HasCardsAsync(LocalDiscord discord, BotProcess bot, params string[] words)
    {
        List<string> cards = [];
        try
        {
            await Until.TrueAsync(() =>
            {
                cards = [.. discord.Messages(Room).Select(LocalPress.Words)];
                return words.All(word => cards.Exists(card => card.Contains(word, StringComparison.Ordinal)));
            });
        }
        catch (Exception e)
        {
            Assert.Fail($"{e.Message}\n{string.Join("\n", cards)}\n{bot.Errors}");
        }
    }

    private Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/api/v1/search_by_date" => _news.ServeAsync(context),
        ['/', 'v', '0', '/', ..] => _news.ServeAsync(context),
        ['/', '2', '.', '3', '/', ..] => _exchange.ServeAsync(context),
        _ => _mastodon.ServeAsync(context),
    };
}
