using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program holds back what would have missed a confirmed complaint, and what was live before can be brought back.</summary>
public sealed class HeldChangeProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-held-");
    private int _post;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_change_that_loses_a_confirmed_complaint_waits_across_a_restart_for_apply_and_restore_brings_the_old_one_back()
    {
        Configure();
        Watch("acme");
        Post("my acme laptop died again, I want my money back");
        await using (var bot = Start())
        {
            await CasesAsync(1);
            await ConfirmAsync();
            Watch("zenith");

            // The card is in both rooms, and the old watch still alerts.
            await Until.TrueAsync(() => Count(bot.Output, "Held, not live: watch \"brand\": find with \"zenith\", without \"acme\"") == 2);
            Assert.Contains("Team care would have missed a confirmed complaint:", bot.Output, StringComparison.Ordinal);
            Post("acme charged me twice and nobody answers, give me my money back");
            await CasesAsync(2);
            await bot.TerminateAsync();
        }

        await using var again = Start();
        await Until.TrueAsync(() => again.Errors.Contains("Listening.", StringComparison.Ordinal));
        Post("the third acme laptop that broke, refund it now, this is a disgrace");
        await CasesAsync(3);
        var status = await RunAsync("config", "status");
        Assert.Contains("not live (change 1): watch \"brand\": find with \"zenith\", without \"acme\".", status.Output, StringComparison.Ordinal);
        Assert.Contains("they are held change 1", (await RunAsync("check")).Output, StringComparison.Ordinal);

        var apply = await RunAsync("config", "apply");
        Assert.True(apply.Exit == 0 && apply.Output.StartsWith("Version 2 is live", StringComparison.Ordinal), apply.Output + apply.Errors);
        await Until.TrueAsync(() => again.Output.Contains("Live: version 2, by ", StringComparison.Ordinal) && again.Errors.Contains("The configuration was edited and is in force", StringComparison.Ordinal));
        Post("my zenith laptop died again, I want my money back");
        await CasesAsync(4);
        Assert.Equal(1, (await RunAsync("config", "discard")).Exit);

        var restore = await RunAsync("config", "restore", "1");
        Assert.True(restore.Exit == 0, restore.Output + restore.Errors);
        Assert.Contains("acme", File.ReadAllText(Path.Combine(_folder.FullName, "config", "watches.yaml")), StringComparison.Ordinal);
        await Until.TrueAsync(() => again.Output.Contains("Live: version 3, by a file edit on ", StringComparison.Ordinal));
        Post("acme again, broken on the first day, I want my money back");
        await CasesAsync(5);
        Assert.Contains("back to version 1: watch \"brand\"", (await RunAsync("config", "history")).Output, StringComparison.Ordinal);
        Assert.Contains("The files here are what is live.", (await RunAsync("config", "status")).Output, StringComparison.Ordinal);
        Assert.False(again.HasExited);
    }

    private string Database => Path.Combine(_folder.FullName, "data", "bot.db");

    private BotProcess Start() => BotProcess.Start(_folder.FullName, null, "run");

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private void Watch(string word) => File.WriteAllText(Path.Combine(_folder.FullName, "config", "watches.yaml"), $"watches:\n  - name: brand\n    find: [{word}]\n    alert: 0\n");

    /// <summary>Each by somebody else, so that each is a case of its own.</summary>
    private void Post(string text) => File.AppendAllLines(Path.Combine(_folder.FullName, "posts.jsonl"), [JsonSerializer.Serialize(new { text, author = new { id = $"author-{++_post}", name = "Somebody" } })]);

    private Task CasesAsync(int count) => Until.TrueAsync(() => File.Exists(Database) && CasesAsync().GetAwaiter().GetResult() == count);

    private async Task<long> CasesAsync()
    {
        try
        {
            await using var store = SqliteStore.OpenBeside(Database, NullLogger<SqliteStore>.Instance);
            return await store.ReadAsync(view => view.Totals().Cases);
        }
        catch (StoreException)
        {
            // It is being made.
            return 0;
        }
    }

    private async Task ConfirmAsync()
    {
        await using var store = SqliteStore.OpenBeside(Database, NullLogger<SqliteStore>.Instance);
        await store.WriteAsync(tx => { tx.RecordVerdict(1, Verdict.AComplaint, new Responder("member:anna", "Anna"), TimeProvider.System.GetUtcNow()); return true; });
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] words)
    {
        await using var verb = BotProcess.Start(_folder.FullName, null, words);
        verb.Input.Close();
        var exit = await verb.WaitForExitAsync();
        return (exit, verb.Output, verb.Errors);
    }

    private void Configure()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "config"));
        File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), """{"Channels":{"posts":{"Kind":"replay","Path":"posts.jsonl","Follow":true}},"Web":{"Listen":""},"Storage":{"Path":"data/bot.db"}}""");
    }
}
