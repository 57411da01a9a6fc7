using System.Text.Json;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program learns from the verdicts of its team while it runs.</summary>
public sealed class LearningProcessTests : IDisposable
{
    private static readonly string[] s_things = ["parcel", "router", "invoice", "phone", "refund", "laptop", "train", "order", "contract", "heating"];
    private static readonly string[] s_troubles = ["my acme {0} never arrived and nobody answers", "the acme {0} is broken again", "acme charged me twice for the {0}", "still waiting for the {0}, acme", "acme support hangs up on me, {0} dead"];
    private static readonly string[] s_quizzes = ["acme quiz night: the {0} question was awful, we lost again", "round four of the acme quiz ruined us: {0}", "terrible luck at the acme quiz tonight, the {0} cost us everything", "furious, the acme quiz master hates us: {0}", "acme quiz: failed at the {0}, what a disaster"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-learning-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Beside_the_running_bot_a_model_is_learned_taken_up_named_by_the_next_mention_and_rolled_back()
    {
        Configure();
        Post([.. Texts(s_troubles), .. Texts(s_quizzes)]);
        await using var bot = BotProcess.Start(_folder.FullName, null, "run");
        await Until.TrueAsync(() => bot.Errors.Contains("Listening.", StringComparison.Ordinal) && MentionsAsync().GetAwaiter().GetResult().Count == 100);
        var shipped = (await MentionsAsync())[0].Assessment.JudgedBy!;

        var early = await RunAsync("train", "--from-cases");
        Assert.Equal(1, early.Exit);
        Assert.Contains("There are 0 verdicts to learn from", early.Errors, StringComparison.Ordinal);

        await JudgeAsync();
        var train = await RunAsync("train", "--from-cases");
        Assert.True(train.Exit == 0 && train.Output.Contains("Kept as 0001-", StringComparison.Ordinal), train.Output + train.Errors);
        Assert.Contains("verdicts held back", train.Output, StringComparison.Ordinal);
        var version = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Path.Combine(_folder.FullName, "data", "models"), "*.model"))).Split('-')[1];
        await Until.TrueAsync(() => bot.Errors.Contains($"Model {version} judges from now on", StringComparison.Ordinal));

        Post(["my acme kettle caught fire, call me now"]);
        await Until.TrueAsync(() => MentionsAsync().GetAwaiter().GetResult().Count == 101);
        var latest = (await MentionsAsync())[^1];
        Assert.Equal(version, latest.Assessment.JudgedBy);
        Assert.Contains($"judged by model {version}", (await RunAsync("cases", "show", $"{latest.CaseId}")).Output, StringComparison.Ordinal);
        Assert.Contains($"judged by model {shipped}", (await RunAsync("cases", "show", "1")).Output, StringComparison.Ordinal);
        Assert.Contains($"judged by model {version}", (await RunAsync("explain", "acme quiz night was awful")).Output, StringComparison.Ordinal);
        Assert.Matches($@"0001-{version}\.model .* in use", (await RunAsync("train", "--list")).Output);
        Assert.Contains("acme", (await RunAsync("precision")).Output, StringComparison.Ordinal);

        Assert.Contains($"In use now: the shipped model {shipped}", (await RunAsync("train", "--rollback")).Output, StringComparison.Ordinal);
        await Until.TrueAsync(() => bot.Errors.Contains($"Model {shipped} judges from now on", StringComparison.Ordinal));
        Assert.False(bot.HasExited);
    }

    [Fact]
    public async Task Which_of_its_jobs_train_must_be_told()
    {
        Configure();

        var train = await RunAsync("train");
        Assert.Equal(2, train.Exit);
        Assert.Contains("train --from-cases", train.Errors, StringComparison.Ordinal);
        Assert.Contains("train --out FILE", train.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("train", "--list", "--rollback")).Exit);
        Assert.Contains("There is no database", (await RunAsync("train", "--list")).Errors, StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(_folder.FullName, "data", "models"));
        Assert.Contains("the shipped one", (await RunAsync("train", "--list")).Output, StringComparison.Ordinal);
        Assert.Contains("The shipped model is in use already", (await RunAsync("train", "--rollback")).Output, StringComparison.Ordinal);
    }

    private string Database => Path.Combine(_folder.FullName, "data", "bot.db");

    /// <summary>As people would: quizzes are no complaints, the rest is.</summary>
    private async Task JudgeAsync()
    {
        await using var store = SqliteStore.OpenBeside(Database, NullLogger<SqliteStore>.Instance);
        await store.WriteAsync(tx =>
        {
            foreach (var mention in tx.MentionsSince(DateTimeOffset.UnixEpoch))
            {
                tx.RecordVerdict(mention.Id, mention.Post.Text.Contains("quiz", StringComparison.Ordinal) ? Verdict.NoComplaint : Verdict.AComplaint, new Responder("member:anna", "Anna"), mention.FirstSeen);
            }
            return true;
        });
    }

    private async Task<IReadOnlyList<Mention>> MentionsAsync()
    {
        await using var store = SqliteStore.OpenBeside(Database, NullLogger<SqliteStore>.Instance);
        return await store.ReadAsync(view => view.MentionsSince(DateTimeOffset.UnixEpoch));
    }

    private void Post(IReadOnlyList<string> texts) => File.AppendAllLines(
        Path.Combine(_folder.FullName, "posts.jsonl"), texts.Select((text, i) => JsonSerializer.Serialize(new { text, author = new { id = $"{text.Length}-{i}", name = "Somebody" } })));

    private static IEnumerable<string> Texts(string[] forms) =>
        from thing in s_things from form in forms select string.Format(System.Globalization.CultureInfo.InvariantCulture, form, thing);

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
        File.WriteAllText(Path.Combine(_folder.FullName, "config", "watches.yaml"), "watches:\n  - name: acme\n    find: [acme]\n    alert: 0\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), """{"Channels":{"posts":{"Kind":"replay","Path":"posts.jsonl","Follow":true}},"Web":{"Listen":""},"Storage":{"Path":"data/bot.db"}}""");
    }
}
