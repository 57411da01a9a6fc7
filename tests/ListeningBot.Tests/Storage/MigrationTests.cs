using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Watching;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage;

public sealed class MigrationTests : IDisposable
{
    private static readonly string[] WithOneMore = [.. Migrations.All, "ALTER TABLE notices ADD COLUMN read_by TEXT; UPDATE notices SET read_by = 'nobody';"];
    private readonly string _folder = Directory.CreateTempSubdirectory("migrations").FullName;

    private string Database => Path.Combine(_folder, "bot.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_step_that_was_released_is_never_changed()
    {
        // A step that is changed after stores have taken it is never taken by them: add another one instead. A new step has its line added here when it is released.
        Assert.Equal(["BD7E73EBB229822E", "5DCDA02F5FC50D94", "522F073E4C6CAF52", "6F1A6DBDAC7F3E8E", "480D84C2D472F00F", "A472638A764A2153"], Migrations.All.Select(DigestOf));
        Assert.Equal(["C264FE47627C84A9"], PostgresMigrations.All.Select(DigestOf));

        static string DigestOf(string step) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(step.ReplaceLineEndings("\n"))), 0, 8);
    }

    [Fact]
    public async Task A_database_of_version_1_is_opened_by_this_program()
    {
        MakeVersion1();
        await using var store = Open(Migrations.All);

        var (mention, @case, holder, work) = await store.ReadAsync(view => (view.MentionOf(Key("1")), view.CaseOf(1), view.CaseHolding("thread replay:posts 1"), view.CardsToShow("care", Now, 5)));
        Assert.Equal("My Acme laptop died again", mention!.Post.Text);
        Assert.Equal((1, Core.Scoring.Priority.High), (@case!.Version, @case.Priority));
        Assert.Equal(1, holder);
        Assert.Equal("case:1", Assert.Single(work).Key.Subject);
        Assert.Equal(2, await store.WriteAsync(tx => tx.NextCaseId()));
    }

    [Fact]
    public async Task The_author_of_a_case_of_version_1_is_its_customer()
    {
        MakeVersion1();
        await using var store = Open(Migrations.All);

        var (customer, cases, account) = await store.ReadAsync(view => (view.CustomerOf(view.CaseOf(1)!.Customer!.Value)!, view.CasesOfCustomer(1, 9), view.CustomerOfAccount("replay:posts", "mia")));
        Assert.Equal(("Mia Lang", "mia"), (customer.Name, customer.Accounts[0].Author));
        Assert.Equal(1, Assert.Single(cases).Id);
        Assert.Equal(customer.Id, account!.Id);
    }

    [Fact]
    public async Task The_open_cases_of_before_are_asked_for_again_and_nobody_knows_what_became_of_the_old_gaps()
    {
        MakeVersion1("INSERT INTO gaps (channel, from_at, to_at, cause, added_at) VALUES ('posts', 1, 2, 'old', 2)");
        await using var store = Open(Migrations.All);

        var (asked, elsewhere, gap) = await store.ReadAsync(view => (view.CasesToAskFor("posts", Now, 9), view.CasesToAskFor("other", Now, 9), view.GapsSince(DateTimeOffset.UnixEpoch).Single(entry => entry.Gap.Cause == "old")));
        Assert.Equal([1L], asked);
        Assert.Empty(elsewhere);
        Assert.Equal((Core.Posts.GapFate.Unknown, false, false), (gap.Gap.Fate, gap.Gap.Quiet, gap.Told));
        Assert.Empty(await store.ReadAsync(view => view.UnsettledGaps()));

        await store.WriteAsync(tx => { tx.FreeKeys(1); return true; });
        Assert.Empty(await store.ReadAsync(view => view.CasesToAskFor("posts", Now, 9)));
    }

    [Fact]
    public async Task What_version_1_judged_names_no_model_and_its_verdicts_are_found()
    {
        MakeVersion1("INSERT INTO verdicts (mention, verdict, by_id, by_name, at) VALUES (1, 'complaint', 'member:anna', 'Anna', 3)");
        await using var store = Open(Migrations.All);

        var (mention, verdicts) = await store.ReadAsync(view => (view.MentionOf(1)!, view.VerdictsOn(1)));
        Assert.Null(mention.Assessment.JudgedBy);
        Assert.Contains(verdicts, verdict => verdict.Verdict == "complaint");
        await store.WriteAsync(tx => { tx.UpdateMention(mention with { Assessment = mention.Assessment with { JudgedBy = "3fa9c2d41b22" } }); return true; });
        Assert.Equal("3fa9c2d41b22", (await store.ReadAsync(view => view.MentionOf(1)))!.Assessment.JudgedBy);
    }

    [Fact]
    public async Task A_database_of_version_4_is_opened_by_this_program_and_watches_are_tried_on_what_it_holds()
    {
        Make("version-4.sql");
        await using var store = Open(Migrations.All);

        var (mention, @case, said) = await store.ReadAsync(view => (view.MentionOf(1)!, view.CaseOf(1)!, PastVerdicts.Of(view)));
        Assert.Equal(("d1d362e18545", 1), (mention.Assessment.JudgedBy, @case.FirstMention));
        Assert.Equal([(1L, true), (2L, false)], said.Select(one => (one.Key, one.Value)).Order());
        await store.WriteAsync(tx => { tx.AddSampled(Mention("9").Post, 3, Now); return true; });
        Assert.Equal(1, await store.ReadAsync(view => view.SampleSize()));

        var plan = new BacktestPlan(WatchSet.Build([Some.Watch()], Ours.Nobody), WatchSet.Build([], Ours.Nobody), Now.AddDays(-1));
        var missed = Assert.Single((await new Backtest(store, new Core.Scoring.Scorer()).RunAsync(plan)).Missed);
        Assert.StartsWith("My Acme laptop died again", missed.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version-2.sql")]
    [InlineData("version-3.sql")]
    [InlineData("version-5.sql")]
    public async Task A_replayed_store_of_each_older_version_is_read_whole_and_goes_on(string fixture)
    {
        Make(fixture);
        await using var store = Open(Migrations.All);

        object[] stored = await store.ReadAsync(view => new object[] { view.MentionOf(1)!, view.MentionOf(2)!, view.MentionOf(3)!, view.CaseOf(1)!, view.CaseOf(2)!, view.CustomerOf(1)! }
            .Concat(view.EventsOf(1).Select(happening => happening.Event)).ToArray());
        Assert.All(stored, one => Assert.Empty(Missing(one)));
        Assert.Contains("ruined my week", ((Mention)stored[0]).Post.Text, StringComparison.Ordinal);
        Assert.Equal((3, 4), await store.WriteAsync(tx => (tx.NextCaseId(), tx.AddMention(Mention("next")))));
    }

    /// <summary>What is missing in stored JSON is read as null, also where a record has a default.</summary>
    [Fact]
    public async Task Nothing_that_version_1_stored_lacks_what_this_program_takes_for_granted()
    {
        MakeVersion1();
        await using var store = Open(Migrations.All);

        object[] stored = await store.ReadAsync(view => new object[] { view.MentionOf(1)!, view.MentionOf(1)!.Post, view.MentionOf(1)!.Assessment, view.CaseOf(1)!, view.CustomerOf(1)!, view.AnswerTo("press-1")! }
            .Concat(view.EventsOf(1).Select(happening => happening.Event)).ToArray());
        Assert.Equal(7, stored.Length);
        Assert.All(stored, one => Assert.Empty(Missing(one)));
        Assert.Equal("quality", ((Opened)stored[^1]).Aspect);
    }

    [Theory]
    [InlineData("", CaseState.Unclaimed, Step.Ping)]
    [InlineData("UPDATE cursors SET moved_at = moved_at + 2 * 86400000", CaseState.Unclaimed, Step.Floor)]
    [InlineData("UPDATE cases SET body = json_set(body, '$.answeredAt', first_seen, '$.answeredBy', '@acme')", CaseState.Answered, Step.Floor)]
    public async Task A_case_of_version_1_has_a_next_step_and_none_that_is_long_over(string before, CaseState state, Step next)
    {
        MakeVersion1(before);
        await using var store = Open(Migrations.All);
        await new DueWork(store, new PolicyBook(), new ManualClock(), _ => { }).ReckonAsync(CancellationToken.None);

        var @case = (await store.ReadAsync(view => view.CaseOf(1)))!;
        Assert.Equal((state, next), (@case.State, @case.DueStep));
    }

    [Fact]
    public async Task Each_step_is_taken_once_and_keeps_what_is_stored()
    {
        MakeVersion1();
        await using (var store = Open(WithOneMore))
        {
            Assert.Equal("The feed is not heard.", (await store.ReadAsync(view => view.NoticeOf(1)))!.Text);
        }
        await Open(WithOneMore).DisposeAsync();

        using var db = SqliteDb.OpenReader(Database, 50);
        Assert.Equal(WithOneMore.Length, db.Number("PRAGMA user_version"));
        Assert.Equal(1, db.Number("SELECT count(*) FROM notices WHERE read_by = 'nobody'"));
    }

    [Fact]
    public void A_step_that_fails_changes_nothing()
    {
        MakeVersion1();
        Assert.Throws<StoreException>(() => Open([.. Migrations.All, "ALTER TABLE notices ADD COLUMN read_by TEXT; INSERT INTO nowhere VALUES (1);"]));

        using var db = SqliteDb.OpenReader(Database, 50);
        Assert.Equal(Migrations.All.Count, db.Number("PRAGMA user_version"));
        Assert.Equal(0, db.Number("SELECT count(*) FROM pragma_table_info('notices') WHERE name = 'read_by'"));
    }

    [Fact]
    public async Task A_newer_database_is_refused_with_both_versions()
    {
        await Open(WithOneMore).DisposeAsync();
        var refused = Assert.Throws<StoreException>(() => Open(Migrations.All));
        Assert.Equal(
            $"The database {Database} has version {WithOneMore.Length}, but this program knows versions up to {Migrations.All.Count} only. Run the newer program again, or put back the backup that was made before it.",
            refused.Message);

        await Open(WithOneMore).DisposeAsync();
    }

    [Fact]
    public async Task An_empty_file_becomes_a_database()
    {
        await File.WriteAllTextAsync(Database, "");
        await using var store = Open(Migrations.All);
        Assert.Equal(1, await store.WriteAsync(tx => tx.NextCaseId()));
    }

    private static IEnumerable<string> Missing(object record) => record.GetType().GetProperties()
        .Where(property => property.GetIndexParameters().Length == 0 && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull && property.GetValue(record) is null)
        .Select(property => $"{record.GetType().Name}.{property.Name}");

    private SqliteStore Open(IReadOnlyList<string> steps) => SqliteStore.Open(Database, NullLogger<SqliteStore>.Instance, new StoreOptions { Migrations = steps });

    private void MakeVersion1(string thenDo = "") => Make("version-1.sql", thenDo);

    private void Make(string fixture, string thenDo = "")
    {
        var script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Storage", "Fixtures", fixture));
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = script + thenDo;
        command.ExecuteNonQuery();
    }
}
