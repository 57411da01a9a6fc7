using System.Text.Json;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.Cli;

/// <summary>`cases` as a process of its own: on a store at rest, and on that of a bot that runs.</summary>
public sealed class CasesProcessTests : IDisposable
{
    private const string Anger = "acme ruined my week, still no refund after three weeks, nobody answers, worst service ever";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-cases-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Before_the_first_run_it_says_that_there_is_nothing()
    {
        Configure();

        var (exit, output, errors) = await CasesAsync(_folder.FullName, "list");

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("There is no database", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "data")));
    }

    [Fact]
    public async Task It_lists_shows_exports_and_erases()
    {
        Configure();
        await using (var run = BotProcess.Start(_folder.FullName, null, "run", "--exit-when-idle"))
        {
            Assert.Equal(0, await run.WaitForExitAsync());
        }

        var list = await CasesAsync(_folder.FullName, "list");
        Assert.Equal(0, list.Exit);
        Assert.Contains("Mia Lang (@mia)", list.Output, StringComparison.Ordinal);
        var lines = Lines((await CasesAsync(_folder.FullName, "list", "--json", "--team", "care", "--state", "Shown")).Output);
        Assert.Equal(3, lines.Count);
        Assert.Equal("shown", lines[0].GetProperty("case").GetProperty("state").GetString());
        Assert.Single(Lines((await CasesAsync(_folder.FullName, "list", "--json", "--limit", "1")).Output));
        Assert.Contains("No case is like that", (await CasesAsync(_folder.FullName, "list", "--team", "nobody")).Output, StringComparison.Ordinal);

        var show = await CasesAsync(_folder.FullName, "show", "1");
        Assert.Contains(Anger, show.Output, StringComparison.Ordinal);
        Assert.Contains("card-shown", show.Output, StringComparison.Ordinal);
        Assert.Matches("judged by model [0-9a-f]{12}: complaint [01]\\.", show.Output);
        Assert.Equal("case", Lines((await CasesAsync(_folder.FullName, "show", "1", "--json")).Output)[0].GetProperty("case").GetProperty("kind").GetString());
        Assert.Equal(1, (await CasesAsync(_folder.FullName, "show", "99")).Exit);

        var kept = Lines((await CasesAsync(_folder.FullName, "export", "--author", "@mia")).Output);
        Assert.Equal(["customer", "mention", "case"], kept.Select(line => line.GetProperty("kind").GetString()));
        Assert.Matches("^[0-9a-f]{12}$", kept[1].GetProperty("mention").GetProperty("assessment").GetProperty("judgedBy").GetString());
        Assert.Equal(6, Lines((await CasesAsync(_folder.FullName, "export", "--since", "2020-01-01")).Output).Count);
        Assert.Equal(2, (await CasesAsync(_folder.FullName, "export")).Exit);

        var unclear = await CasesAsync(_folder.FullName, "erase", "--author", "Sam", "--yes");
        Assert.Equal(1, unclear.Exit);
        Assert.Contains("--author \"replay:posts sam1\"", unclear.Errors, StringComparison.Ordinal);
        Assert.Contains("--author \"replay:posts sam2\"", unclear.Errors, StringComparison.Ordinal);
        var unasked = await CasesAsync(_folder.FullName, "erase", "--author", "@mia");
        Assert.Equal(2, unasked.Exit);
        Assert.Contains("1 post, 1 case", unasked.Output, StringComparison.Ordinal);
        Assert.Contains("Mia Lang", Bytes(), StringComparison.Ordinal);

        Assert.Equal(0, (await CasesAsync(_folder.FullName, "erase", "--author", "@mia", "--yes")).Exit);

        Assert.DoesNotContain("Mia Lang", Bytes(), StringComparison.Ordinal);
        Assert.DoesNotContain("ruined my week", Bytes(), StringComparison.Ordinal);
        Assert.Contains("closed, erased", (await CasesAsync(_folder.FullName, "list", "--all")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CasesAsync(_folder.FullName, "export", "--author", "@mia")).Exit);
    }

    [Fact]
    public async Task Beside_a_running_bot_it_erases_the_card_that_is_shown_and_the_next_post_is_heard()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        await using var bot = town.StartBot();
        town.Post("mia", Anger);
        town.Post("ben", "acme lost my parcel again, I am furious, where is my money");
        await Until.TrueAsync(() => town.Cards.Count == 2);
        Assert.Contains("acme ruined my week", (await CasesAsync(town.Folder, "list")).Output, StringComparison.Ordinal);

        var erased = await CasesAsync(town.Folder, "erase", "--author", "did:plc:mia", "--yes");
        Assert.True(erased.Exit == 0, erased.Errors + bot.Errors);
        town.Jetstream.Push(ListeningBot.Tests.Support.JetstreamFrames.Post("mia-again", "acme, the worst shop ever, my money is gone and nobody answers", did: "did:plc:mia", createdAt: TimeProvider.System.GetUtcNow()));

        await Until.TrueAsync(() => town.Cards.Count == 3);
        await Until.TrueAsync(() => !town.Cards.Any(card => LocalPress.Words(card).Contains("ruined my week", StringComparison.Ordinal)));
        Assert.Contains(town.Cards, card => LocalPress.Words(card).Contains("Erased at the customer", StringComparison.Ordinal));
        Assert.Contains(town.Cards, card => LocalPress.Words(card).Contains("lost my parcel", StringComparison.Ordinal));
        Assert.False(bot.HasExited);
        Assert.DoesNotContain("303", Ids(bot.Errors));
    }

    [Fact]
    public async Task The_store_of_another_version_is_left_alone()
    {
        Configure();
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "data"));
        await using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Database};Pooling=false"))
        {
            other.Open();
            await using var command = other.CreateCommand();
            command.CommandText = "PRAGMA application_id=1279422324; PRAGMA user_version=1; CREATE TABLE customers (id INTEGER)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var (exit, _, errors) = await CasesAsync(_folder.FullName, "list");

        Assert.Equal(1, exit);
        Assert.Contains("has version 1, and this program works with version 6", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Database + "-wal"));
    }

    private string Database => Path.Combine(_folder.FullName, "data", "bot.db");

    private string Bytes() => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Database));

    private static IEnumerable<string> Ids(string log) => log.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("EventId").ToString());

    private static List<JsonElement> Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static async Task<(int Exit, string Output, string Errors)> CasesAsync(string folder, params string[] args)
    {
        await using var cases = BotProcess.Start(folder, null, ["cases", .. args]);
        cases.Input.Close();
        var exit = await cases.WaitForExitAsync();
        return (exit, cases.Output.TrimEnd(), cases.Errors);
    }

    private void Configure()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "config"));
        File.WriteAllText(Path.Combine(_folder.FullName, "config", "watches.yaml"), "watches:\n  - name: acme\n    find: [acme]\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), """{"Channels":{"posts":{"Kind":"replay","Path":"posts.jsonl"}},"Web":{"Listen":""},"Storage":{"Path":"data/bot.db"}}""");
        string[] posts =
        [
            Post("1", Anger, "mia", "Mia Lang"),
            Post("2", "acme lost my parcel, I am furious, nobody answers", "sam1", "Sam"),
            Post("3", "acme charged me twice and hangs up on me, I want my money back", "sam2", "Sam"),
        ];
        File.WriteAllLines(Path.Combine(_folder.FullName, "posts.jsonl"), posts);
    }

    private static string Post(string id, string text, string author, string name) =>
        JsonSerializer.Serialize(new { id, text, author = new { id = author, handle = author, name } });
}
