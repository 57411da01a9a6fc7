using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.IntegrationTests.EndToEnd.Crashes;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>What was under way when the program ended is there row for row however often it is started again, and is done when that can be done.</summary>
public sealed class InFlightTests
{
    private const string Anger = " ruined my week, still no refund after three weeks, nobody answers, worst service ever";
    private static readonly string[] People = ["ann", "ben", "cleo", "dan", "eve"];

    [Fact]
    public async Task A_start_takes_nothing_away_of_what_is_in_flight()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        var store = new StoreLook(Path.Combine(town.Folder, "data", "listeningbot.db"), connection: null);
        town.Discord.Fail(LocalFault.Hang, "POST", "/messages", times: int.MaxValue);
        town.Feed.At("/xrpc/app.bsky.actor.getProfile", FeedAnswers.Hang());
        await using (var bot = town.StartBot())
        {
            foreach (var person in People)
            {
                town.Post(person, $"{person}: acme{Anger}");
            }
            await Until.TrueAsync(() => store.IsThere && Listens(bot) && Count("cards WHERE shown < wanted") == People.Length && Count("lookups") == People.Length);
            await bot.KillAsync();
        }
        await LeaveMoreAsync(town.Folder);
        var before = Rows(store);
        Assert.All(new[] { "mentions", "cases", "case_events", "cards", "pings", "lookups", "tray", "dead_letters", "case_keys", "cursors" }, table => Assert.Contains(before, row => row.StartsWith(table + ":", StringComparison.Ordinal)));

        for (var start = 1; start <= 3; start++)
        {
            await using var bot = town.StartBot();
            await Until.TrueAsync(() => Listens(bot) && town.Discord.Requests.Count(request => request.Method == "POST") > start);
            await bot.KillAsync();

            Assert.Empty(before.Except(Rows(store)));
            Assert.Equal(People.Length, Count("cards WHERE shown < wanted AND gave_up < wanted AND subject LIKE 'case:%'"));
            Assert.Equal(1, Count("pings WHERE state = 1"));
        }

        town.Discord.FailNoMore();
        await using var last = town.StartBot();
        await Until.TrueAsync(() => People.All(person => town.Cards.Any(card => IsAbout(card, person))));
        Assert.All(People, person => Assert.Single(town.Cards, card => IsAbout(card, person)));

        long Count(string from) => store.Number("SELECT count(*) FROM " + from);
    }

    /// <summary>Work that takes hours to come about by itself.</summary>
    private static async Task LeaveMoreAsync(string folder)
    {
        await using var store = SqliteStore.Open(Path.Combine(folder, "data", "listeningbot.db"), NullLogger<SqliteStore>.Instance);
        var now = TimeProvider.System.GetUtcNow();
        await store.WriteAsync(tx =>
        {
            var mention = tx.MentionsOfCase(1)[0].Id;
            tx.AddToTray(mention, ["care"], 0.15, now);
            tx.WantPing(new CardKey("case:1", "care"), "first", "Nobody has it yet.", [], [], now);
            tx.AddDead(new DeadLetter(DeadKind.Item, "blog", "an item", "it could not be understood") { Raw = "{" }, now);
            return 0;
        });
    }

    private static bool Listens(BotProcess bot) => bot.Errors.Contains("\"EventId\":407", StringComparison.Ordinal);

    private static bool IsAbout(System.Text.Json.Nodes.JsonObject card, string person) => LocalPress.Words(card).Contains(person + ": acme", StringComparison.Ordinal);

    /// <summary>The key of every row of every table, and of mentions all that is stored.</summary>
    private static HashSet<string> Rows(StoreLook store)
    {
        var rows = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in store.Rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").Select(row => (string)row[0]!))
        {
            var key = table == "mentions" ? "id, body" : string.Join(", ", store.Rows($"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk").Select(column => column[0]));
            rows.UnionWith(store.Rows($"SELECT {key} FROM {table}").Select(row => $"{table}: {string.Join(", ", row)}"));
        }
        return rows;
    }
}
