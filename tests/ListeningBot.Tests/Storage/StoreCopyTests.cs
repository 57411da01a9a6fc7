using ListeningBot.Cli;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage;

/// <summary>A SQLite history moves to PostgreSQL and back, every row of it.</summary>
public sealed class StoreCopyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("copy").FullName;

    private string Database => Path.Combine(_folder, "bot.db");
    private string Backup => Path.Combine(_folder, "backup.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_row_moves_to_postgresql_the_work_goes_on_there_and_a_backup_of_it_is_the_same_again()
    {
        LocalPostgres.SkipIfMissing();
        var connection = await NewDatabaseAsync();
        var place = PostgresPlace.Of(connection);
        await FillAsync();
        using (var db = SqliteDb.OpenCopyWriter(Database))
        {
            // Mentions 4 to 7 were there and are gone: their numbers are not given again.
            db.Execute("UPDATE sqlite_sequence SET seq = 7 WHERE name = 'mentions'");
        }

        var copied = StoreCopy.IntoPostgres(Database, place, null, Now, _ => { }, CancellationToken.None);

        var (mine, theirs) = (RowsOf(Database), RowsOf(place));
        Assert.Equal(mine, theirs.Where(row => row != "sequences mention 7"));
        Assert.Equal((mine.Count, mine.Count + 1), (copied, theirs.Count));
        Assert.Contains("mentions", string.Join(' ', mine), StringComparison.Ordinal);
        await using (var store = PostgresStore.Open(connection, NullLogger.Instance))
        {
            var (notice, @case, mention) = await store.WriteAsync(tx => (tx.AddNotice("next", good: true, Now), tx.NextCaseId(), tx.AddMention(Mention("next"))));
            Assert.Equal((3, 3, 8), (notice, @case, mention));
        }
        var worked = RowsOf(place);

        StoreBackup.Make(place, Backup, Now, _ => { }, CancellationToken.None);
        Assert.Equal(worked.Where(row => row != "sequences mention 8"), RowsOf(Backup).Where(row => !row.StartsWith("documents backup taken ", StringComparison.Ordinal) && !row.StartsWith("documents last backup ", StringComparison.Ordinal)));
        await using var put = SqliteStore.Open(Backup, NullLogger<SqliteStore>.Instance);
        var (next, mentions, another) = await put.WriteAsync(tx => (tx.AddNotice("after", good: true, Now), tx.MentionsSince(DateTimeOffset.UnixEpoch).Count, tx.AddMention(Mention("after"))));
        Assert.Equal((4, 4, 9), (next, mentions, another));
    }

    [Fact]
    public async Task Nothing_is_put_over_a_store_nor_taken_from_one_in_use_and_what_breaks_off_leaves_nothing()
    {
        LocalPostgres.SkipIfMissing();
        var connection = await NewDatabaseAsync();
        var place = PostgresPlace.Of(connection);
        await FillAsync();
        await using (SqliteStore.Open(Database, NullLogger<SqliteStore>.Instance))
        {
            Assert.Contains("in use by another running ListeningBot", Refused(place), StringComparison.Ordinal);
        }
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        Assert.Throws<OperationCanceledException>(() => StoreCopy.IntoPostgres(Database, place, null, Now, _ => { }, stop.Token));
        Assert.Equal(["sequences case 0", "sequences mention 0"], RowsOf(place));
        await SqliteStore.Open(Database, NullLogger<SqliteStore>.Instance).DisposeAsync();

        StoreCopy.IntoPostgres(Database, place, null, Now, _ => { }, CancellationToken.None);
        Assert.Contains("has a store already", Refused(place), StringComparison.Ordinal);
        Assert.Equal(RowsOf(Database), RowsOf(place).Where(row => row != "sequences mention 3"));
    }

    /// <summary>A service without its connection would answer for the same cases a second time, and a nightly backup copy what is old for ever.</summary>
    [Fact]
    public async Task Nobody_goes_on_from_a_file_that_was_moved_nor_puts_a_backup_in_its_place_until_its_mark_is_taken_away()
    {
        LocalPostgres.SkipIfMissing();
        var place = PostgresPlace.Of(await NewDatabaseAsync());
        await FillAsync();
        StoreCopy.IntoPostgres(Database, place, null, Now, _ => { }, CancellationToken.None);

        string[] refusals =
        [
            Assert.Throws<StoreException>(() => SqliteStore.Open(Database, NullLogger<SqliteStore>.Instance)).Message,
            Assert.Throws<StoreException>(() => SqliteStore.OpenBeside(Database, NullLogger<SqliteStore>.Instance)).Message,
            Assert.Throws<StoreException>(() => StoreBackup.Make(Database, Backup, Now, (_, _) => { }, CancellationToken.None)).Message,
            Assert.Throws<StoreException>(() => SqliteLook.At(Database)).Message,
            Assert.Throws<StoreException>(() => new StorageVerbCheck(new StorePlace(Database), TimeProvider.System).Write(new VerbPaper(TextWriter.Null, null))).Message,
        ];
        Assert.All(refusals, refusal => Assert.Contains($"was moved to the PostgreSQL database {place.Shown}, schema {place.Schema}, on {Now:yyyy-MM-dd}", refusal, StringComparison.Ordinal));

        StoreBackup.Make(place, Backup, Now, _ => { }, CancellationToken.None);
        foreach (var file in Directory.GetFiles(_folder, "bot.db*").Where(file => !file.EndsWith(".moved", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }
        Assert.Contains("was moved to", Assert.Throws<StoreException>(() => SqliteStore.Open(Database, NullLogger<SqliteStore>.Instance)).Message, StringComparison.Ordinal);
        Assert.Contains("stop every machine on the database", Assert.Throws<StoreException>(() => StoreBackup.Restore(Backup, Database, Now, (_, _) => { }, CancellationToken.None)).Message, StringComparison.Ordinal);

        File.Delete(Database + ".moved");
        StoreBackup.Restore(Backup, Database, Now, (_, _) => { }, CancellationToken.None);
        await using var back = SqliteStore.Open(Database, NullLogger<SqliteStore>.Instance);
    }

    [Theory]
    [InlineData("version-1.sql", "My Acme laptop died again")]
    [InlineData("version-2.sql", "acme ruined my week: the laptop died again and nob")]
    [InlineData("version-3.sql", "acme ruined my week: the laptop died again and nob")]
    [InlineData("version-4.sql", "My Acme laptop died again")]
    [InlineData("version-5.sql", "acme ruined my week: the laptop died again and nob")]
    public async Task A_store_of_an_older_program_is_brought_up_to_date_on_the_way_and_stays_as_it_is(string fixture, string said)
    {
        LocalPostgres.SkipIfMissing();
        var connection = await NewDatabaseAsync();
        await using (var made = new SqliteConnection($"Data Source={Database};Pooling=false"))
        {
            made.Open();
            await using var command = made.CreateCommand();
            command.CommandText = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Storage", "Fixtures", fixture), TestContext.Current.CancellationToken);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        var before = await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken);
        StoreCopy.IntoPostgres(Database, PostgresPlace.Of(connection), null, Now, _ => { }, CancellationToken.None);

        await using var store = PostgresStore.Open(connection, NullLogger.Instance);
        Assert.StartsWith(said, (await store.ReadAsync(view => view.MentionOf(1)))!.Post.Text, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken));
        Assert.Equal(["bot.db", "bot.db.lock", "bot.db.moved"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_backup_is_put_back_into_postgresql_too()
    {
        LocalPostgres.SkipIfMissing();
        var connection = await NewDatabaseAsync();
        await FillAsync();
        StoreBackup.Make(Database, Backup, Now, (_, _) => { }, CancellationToken.None);
        Assert.Equal(Now, StoreBackup.Restore(Backup, PostgresPlace.Of(connection), Now.AddHours(1), _ => { }, CancellationToken.None));
        // Backups may lie where nothing can be written.
        Assert.False(File.Exists(StoreFile.LockOf(Backup)));

        await using var store = PostgresStore.Open(connection, NullLogger.Instance);
        await store.WriteAsync(tx => { tx.WantCard(new CardKey("case:9", "care"), 1, Priority.High, Now, Now.AddHours(2)); return true; });
        Assert.True((await store.ReadAsync(view => view.CardsToShow("care", Now.AddHours(2), 9))).Single(card => card.Key.Subject == "case:9").LookFirst);
    }

    private string Refused(PostgresPlace place) => Assert.Throws<StoreException>(() => StoreCopy.IntoPostgres(Database, place, null, Now, _ => { }, CancellationToken.None)).Message;

    private static async Task<string> NewDatabaseAsync() => await (await LocalPostgres.Shared).NewDatabaseAsync();

    private static List<string> RowsOf(string path)
    {
        using var db = SqliteDb.OpenCopier(path, 1000);
        return RowsOf(db, StoreTable.All(db));
    }

    /// <summary>As text, so that a difference is seen.</summary>
    private static List<string> RowsOf(Db db, IReadOnlyList<StoreTable> tables) =>
        [.. tables.SelectMany(table => StoreRows.Of(db, table).Select(row => $"{table.Name} {string.Join(' ', row.Select(value => value is byte[] text ? System.Text.Encoding.UTF8.GetString(text) : value is null ? "NULL" : FormattableString.Invariant($"{value}")))}"))];

    private static List<string> RowsOf(PostgresPlace place)
    {
        using var db = PostgresDb.Open(place, PostgresSession.Migrating);
        var empty = Path.GetTempFileName();
        try
        {
            using var tables = SqliteDb.OpenCopyWriter(empty);
            Migrations.Apply(tables, empty, Migrations.All);
            return RowsOf(db, StoreTable.All(tables));
        }
        finally
        {
            File.Delete(empty);
        }
    }

    /// <summary>Something in most tables, with what is hard to carry: NUL, other scripts, fractions, nothing.</summary>
    private async Task FillAsync()
    {
        await using var store = SqliteStore.Open(Database, NullLogger<SqliteStore>.Instance);
        await store.WriteAsync(tx =>
        {
            for (var i = 1; i <= 2; i++)
            {
                var id = tx.NextCaseId();
                var mention = tx.AddMention(Mention($"{i}", id, "Grüße 你好 \"quoted\" \\ back \t tab \n line"));
                var @case = Case(id, mention: mention) with { State = CaseState.Claimed };
                tx.SaveCase(@case, Opened(@case), Now);
                tx.TakeKey($"thread:{i}", id, 0xFFFF_FFFF_FFFF_0000UL + (ulong)i);
                tx.WantCard(new CardKey($"case:{id}", "care"), 1, Priority.High, Now, Now);
                tx.WantPing(new CardKey($"case:{id}", "care"), "unclaimed", "text", ["discord:1"], [], Now);
                tx.RecordVerdict(mention, "complaint", new Responder("a", "Ann"), Now);
                tx.WantLookup(mention, Now);
                tx.KeepTimes(mention, new MentionTimes("posts", null, Now, Now, TimeSpan.FromMicroseconds(7), TimeSpan.Zero, FirstContact: true));
                tx.AskAgain(id, "posts", Now, Now);
                tx.AddAlarm(new Alarm(id, "NoCard"), Now);
            }
            var maybe = tx.AddMention(Mention("3"));
            tx.AddToTray(maybe, ["care"], 1.0 / 3, Now);
            tx.AddTrayPage("care", new DateOnly(2026, 11, 2), 1, 1, [maybe]);
            tx.HoldBack(maybe, tx.AddSilence(new Silence(SilenceOf.Word, "acme", "planned", new Responder("a", "Ann"), Now, Now)));
            tx.AddDead(Some.BadItem("posts", "no id", "<item>\0</item>"), Now);
            tx.AddNotice("one", good: true, Now);
            tx.AddNotice("two", good: false, Now);
            tx.RecordPress(new Press("p", new Responder("a", "Ann"), new PressTarget(PressAction.Claim, 1)), PressAnswer.Done, Now);
            tx.AddCustomer(new Customer { Accounts = [new CustomerAccount("bluesky", "mia") { Addresses = ["social.example/mia"] }] });
            tx.AddDigest("care", Period.Day, Now, Now);
            tx.AddGroup("care", "billing", Now);
            tx.KeepDocument("last list", "text with \0 within", Now);
            tx.AddConfig(new ConfigVersion(0, Now, "a file edit", "all", "hash", "{}"));
            tx.AddSampled(Mention("sampled").Post, 0.1 + 0.2, Now);
            tx.AddGap("posts", new Gap(Now, Now, "cut off"), Now, told: false);
            tx.MoveCursor("posts", new Cursor("1"), Now);
            tx.Spend("posts", new DateOnly(2026, 11, 2), 5000);
            return true;
        });
    }
}
