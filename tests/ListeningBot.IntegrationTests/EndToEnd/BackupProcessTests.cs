using System.Text.Json.Nodes;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program is backed up while posts come in, loses its store, and goes on from the backup.</summary>
public sealed class BackupProcessTests
{
    private static readonly string[] s_things = ["refund", "parcel", "router", "invoice", "phone", "laptop", "order", "contract", "heating", "ticket"];

    [Fact]
    public async Task A_backup_made_beside_the_running_bot_is_put_back_and_the_run_goes_on_without_a_loss_or_a_double()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        var backup = Path.Combine(town.Folder, "backup.db");
        await using (var bot = town.StartBot())
        {
            Complain(town, 0, 4);
            await Until.TrueAsync(() => town.Cards.Count == 4);
            var writing = RunAsync(town, "storage", "backup", backup);
            Complain(town, 4, 7);
            var made = await writing;
            Assert.True(made.Exit == 0 && made.Output.Contains("Backup written and checked", StringComparison.Ordinal), made.Output + made.Errors);
            await Until.TrueAsync(() => town.Cards.Count == 7);

            var refused = await RunAsync(town, "storage", "restore", backup);
            Assert.True(refused.Exit == 1 && refused.Errors.Contains("in use by another running ListeningBot", StringComparison.Ordinal), refused.Errors);
            await bot.KillAsync();
        }
        Complain(town, 7, 8);
        Assert.Contains("is not empty", (await RunAsync(town, "storage", "restore", backup)).Errors, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(Path.Combine(town.Folder, "data")))
        {
            File.Move(file, Path.Combine(town.Folder, Path.GetFileName(file) + ".lost"));
        }
        var restored = await RunAsync(town, "storage", "restore", backup);
        Assert.True(restored.Exit == 0 && restored.Output.Contains("Start the bot: it reads on from there.", StringComparison.Ordinal), restored.Output + restored.Errors);

        await using var again = town.StartBot();
        await Until.TrueAsync(() => town.Cards.Count == 8 && s_things.Take(8).All(thing => Showing(town, thing) == 1));
        await Until.TrueAsync(() => CasesAsync(town).Result == 8);
        Assert.All(s_things.Take(8), thing => Assert.Equal(1, Showing(town, thing)));
        Assert.Equal(8, town.Cards.Count);

        var check = await RunAsync(town, "storage", "check");
        Assert.True(check.Exit == 0 && check.Output.Contains("Whole: all pages", StringComparison.Ordinal), check.Output + check.Errors);
        Assert.Matches(@"mentions +8 ", check.Output);
    }

    /// <summary>One complaint for each of these things, on the blog, where it can be read again.</summary>
    private static void Complain(Town town, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            town.Blog($"note-{i}", $"acme ruined my week: the {s_things[i]} never came, nobody answers, worst {s_things[i]} service ever");
        }
    }

    private static int Showing(Town town, string thing) => town.Cards.Count(card => LocalPress.Words(card).Contains($"the {thing} never came", StringComparison.Ordinal));

    private static async Task<int> CasesAsync(Town town)
    {
        var list = await RunAsync(town, "cases", "list", "--all", "--json");
        return list.Output.Split('\n').Count(line => line.StartsWith('{') && JsonNode.Parse(line) is not null);
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(Town town, params string[] words)
    {
        await using var verb = town.Start(words);
        verb.Input.Close();
        var exit = await verb.WaitForExitAsync();
        return (exit, verb.Output, verb.Errors);
    }
}
