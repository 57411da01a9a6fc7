using System.Text.Json;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.EndToEnd;

public sealed class RereadTests
{
    private const string Anger = "acme ruined my week, still no refund after three weeks, nobody answers, worst service ever";

    [Fact]
    public async Task What_happened_to_open_cases_while_nobody_listened_reaches_their_cards()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        await using (var bot = town.StartBot())
        {
            town.Post("mia", "mia: " + Anger);
            town.Post("ben", "ben: acme lost my parcel and the hotline hangs up on me, I want my money back");
            await Until.TrueAsync(() => town.Cards.Count == 2 && town.Cards.Any(card => LocalPress.Words(card).Contains("mia: acme ruined", StringComparison.Ordinal)));
            await bot.TerminateAsync();
        }
        ShowGoneAndAnswered(town);
        await PutForwardAsync(town);
        await using var again = town.StartBot();

        await Until.TrueAsync(() => !town.Cards.Any(card => LocalPress.Words(card).Contains("mia: acme ruined", StringComparison.Ordinal)));
        await Until.TrueAsync(() => CasesWith(town, "the same happened to me").Result);
        Assert.Equal(2, town.Cards.Count);
    }

    /// <summary>Mia's post is gone; Ben's is there, and Zoe has answered it.</summary>
    private static void ShowGoneAndAnswered(Town town)
    {
        var ben = new { uri = "at://did:plc:ben/app.bsky.feed.post/ben", author = new { did = "did:plc:ben" }, record = new { text = "ben: acme lost my parcel and the hotline hangs up on me, I want my money back", createdAt = "2026-11-02T09:00:00Z" }, replyCount = 1 };
        var zoe = new { uri = "at://did:plc:zoe/app.bsky.feed.post/zoe", author = new { did = "did:plc:zoe" }, record = new { text = "the same happened to me", createdAt = "2026-11-02T09:00:00Z", reply = new { parent = new { ben.uri }, root = new { ben.uri } } } };
        town.Feed.At("/xrpc/app.bsky.feed.getPosts", Json(new { posts = new[] { ben } }));
        town.Feed.At("/xrpc/app.bsky.feed.getPostThread", Json(new { thread = new { post = ben, replies = new[] { new { post = zoe } } } }));
        town.Feed.At("/did:plc:mia", Json(new { id = "did:plc:mia", service = new[] { new { id = "#atproto_pds", serviceEndpoint = town.Feed.Address } } }));
        town.Feed.At("/xrpc/com.atproto.repo.getRecord", FeedAnswers.Status(400, body: JsonSerializer.Serialize(new { error = "RecordNotFound" })));
    }

    private static RequestDelegate Json(object body) => FeedAnswers.Text(JsonSerializer.Serialize(body), "application/json");

    /// <summary>As if five minutes had passed.</summary>
    private static async Task PutForwardAsync(Town town)
    {
        await using var store = SqliteStore.Open(Database(town), NullLogger<SqliteStore>.Instance, new StoreOptions());
        var now = TimeProvider.System.GetUtcNow();
        await store.WriteAsync(tx => { tx.AskedFor(1, "bluesky", now, now - TimeSpan.FromMinutes(5)); tx.AskedFor(2, "bluesky", now, now - TimeSpan.FromMinutes(5)); return true; });
    }

    private static async Task<bool> CasesWith(Town town, string words)
    {
        await using var cases = BotProcess.Start(town.Folder, null, "cases", "show", "2");
        await cases.WaitForExitAsync();
        return cases.Output.Contains(words, StringComparison.Ordinal);
    }

    private static string Database(Town town) => Path.Combine(town.Folder, "data", "listeningbot.db");
}
