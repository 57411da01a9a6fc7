using System.Diagnostics;
using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Storage;

/// <summary>A process that records cases is killed in the middle of it, again and again: what it had been told is stored is there, and nothing is there by half.</summary>
public sealed class CrashTests : IDisposable
{
    private const string FolderVariable = "LISTENINGBOT_CRASH_TEST_FOLDER";
    private const int Rounds = 3;
    private const int AnswersARound = 500;
    private const int WritersAtOnce = 32;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("crash").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_answered_before_a_kill_is_stored_and_nothing_is_stored_by_half()
    {
        var known = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            await KillWhileWritingAsync(known + AnswersARound);
            var answered = Answered(_folder);
            known = answered.Count;
            await using (var store = Open(_folder))
            {
                await CheckAsync(store, answered);
            }
            CheckFile();
        }
    }

    /// <summary>The process that is killed: this test alone, started by the one above.</summary>
    [Fact(Explicit = true)]
    [Trait("Category", "Child")]
    public async Task Records_until_it_is_killed()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "the crash test starts this one");
        await using var store = Open(folder);
        await Task.WhenAll(Enumerable.Range(0, WritersAtOnce).Select(writer => RecordForEverAsync(store, folder, writer)));
    }

    private static async Task RecordForEverAsync(SqliteStore store, string folder, int writer)
    {
        await using var answers = new StreamWriter(Path.Combine(folder, $"answers-{writer}-{Environment.ProcessId}.txt")) { AutoFlush = true };
        while (true)
        {
            var id = await store.WriteAsync(RecordCase);
            await answers.WriteLineAsync(id.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static long RecordCase(IStoreTx tx)
    {
        var now = ManualClock.Start;
        var id = tx.NextCaseId();
        var post = Some.Post(id: id.ToString(CultureInfo.InvariantCulture));
        var mention = tx.AddMention(new Mention
        {
            Post = post,
            Posted = now,
            FirstSeen = now,
            Assessment = Some.Assessment(),
            Watches = ["acme"],
            Teams = ["care"],
            Standing = Standing.Case,
            CaseId = id,
        });
        var opened = new Opened(id, mention, Priority.High, ["care"], now, now);
        tx.SaveCase(Case.Open(opened), opened, now);
        tx.TakeKey("thread " + post.Key, id, ThreadHash.Of(post.Key));
        tx.WantCard(new CardKey($"case:{id}", "care"), 1, Priority.High, now, now);
        tx.MoveCursor("posts", new Cursor(id.ToString(CultureInfo.InvariantCulture)), now);
        return id;
    }

    private async Task KillWhileWritingAsync(int answers)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CrashTests).Assembly.Location, "-explicit", "only", "-method", $"{typeof(CrashTests).FullName}.{nameof(Records_until_it_is_killed)}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { [FolderVariable] = _folder },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        while (Answered(_folder).Count < answers)
        {
            if (process.HasExited)
            {
                Assert.Fail("The recording process ended by itself: " + await output);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
        }
        process.Kill();
        await process.WaitForExitAsync(deadline.Token);
    }

    /// <summary>Only whole lines count: the last one may be cut off.</summary>
    private static List<long> Answered(string folder) =>
        [.. Directory.EnumerateFiles(folder, "answers-*.txt").SelectMany(WholeLines).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];

    private static IEnumerable<string> WholeLines(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return file.ReadToEnd().Split('\n')[..^1];
    }

    private static async Task CheckAsync(SqliteStore store, List<long> answered)
    {
        var (totals, missing, cursor, work) = await store.ReadAsync(view => (
            view.Totals(),
            answered.Where(id => view.CaseOf(id) is null || view.MentionsOfCase(id).Count != 1).ToList(),
            view.CursorOf("posts"),
            view.CardsToShow("care", ManualClock.Start, int.MaxValue)));

        Assert.Empty(missing);
        Assert.Equal((totals.Cases, totals.Cases, totals.Cases), (totals.Mentions, totals.CardsWaiting, long.Parse(cursor!.Value, CultureInfo.InvariantCulture)));
        Assert.All(work, card => Assert.True(card.LookFirst));
        Assert.Equal(answered.Count, answered.Distinct().Count());
    }

    private void CheckFile()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "bot.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", command.ExecuteScalar());
        command.CommandText = "SELECT count(*) FROM pragma_foreign_key_check";
        Assert.Equal(0L, command.ExecuteScalar());
    }

    private static SqliteStore Open(string folder) => SqliteStore.Open(Path.Combine(folder, "bot.db"), NullLogger<SqliteStore>.Instance);
}
