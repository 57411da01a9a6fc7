using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage;

public sealed class BackupTests : IAsyncDisposable
{
    private readonly TempStore _temp = new(new StoreOptions());
    private readonly string _folder = Directory.CreateTempSubdirectory("backups").FullName;

    private string Backup => Path.Combine(_folder, "backup.db");
    private string Elsewhere => Path.Combine(_folder, "put", "bot.db");

    public async ValueTask DisposeAsync()
    {
        await _temp.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_backup_made_while_the_store_is_written_to_holds_one_moment_whole()
    {
        for (var i = 0; i < 200; i++)
        {
            await RecordAsync(i);
        }
        var writes = 0;
        MakeBackup((_, _) =>
        {
            if (writes++ < 3)
            {
                // While the backup is under way: the writer does not wait for it.
                RecordAsync(1000 + writes).GetAwaiter().GetResult();
            }
        });

        Assert.True(writes > 0);
        Restore();
        await using var put = OpenElsewhere();
        var (totals, cases) = await put.ReadAsync(view => (view.Totals(), view.LatestCases(int.MaxValue)));
        Assert.Equal((200, 200), (totals.Mentions, totals.Cases));
        foreach (var @case in cases)
        {
            Assert.Equal(@case.Id, await put.ReadAsync(view => view.MentionOf(@case.FirstMention)!.CaseId));
        }
        Assert.Equal(200 + writes, (await _temp.ReadAsync(view => view.Totals())).Cases + Math.Max(0, writes - 3));
    }

    [Fact]
    public async Task Only_its_owner_may_read_it_and_nothing_else_is_left()
    {
        await RecordAsync(1);
        MakeBackup();

        Assert.Equal(["backup.db"], Directory.GetFiles(_folder).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));
        }
    }

    [Fact]
    public async Task What_was_erased_is_not_in_its_bytes()
    {
        await RecordAsync(1);
        await _temp.WriteAsync(tx => tx.BlankMention(1, Now));
        MakeBackup();

        Assert.DoesNotContain("laptop died", System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Backup)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_over_a_file_and_a_place_that_is_not_there_is_not_made()
    {
        await RecordAsync(1);
        await File.WriteAllTextAsync(Backup, "mine");
        Assert.StartsWith($"There is a file {Backup} already", Assert.Throws<StoreException>(() => MakeBackup()).Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Backup));

        File.Move(Backup, Backup + ".partial");
        Assert.Contains("a backup that is being written, or one that broke off", Assert.Throws<StoreException>(() => MakeBackup()).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Backup + ".partial"));

        var nowhere = Path.Combine(_folder, "nowhere", "backup.db");
        Assert.StartsWith($"There is no folder for {nowhere}", Assert.Throws<StoreException>(() => StoreBackup.Make(_temp.Path, nowhere, Now, (_, _) => { }, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_that_is_broken_off_leaves_nothing()
    {
        for (var i = 0; i < 200; i++)
        {
            await RecordAsync(i);
        }
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => StoreBackup.Make(_temp.Path, Backup, Now, (_, _) => stop.Cancel(), stop.Token));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task What_is_in_use_or_holds_something_is_not_written_over()
    {
        await RecordAsync(1);
        MakeBackup();

        Assert.Contains("is in use by another running ListeningBot", Assert.Throws<StoreException>(() => StoreBackup.Restore(Backup, _temp.Path, Now, (_, _) => { }, CancellationToken.None)).Message, StringComparison.Ordinal);
        await _temp.CloseAsync();
        Assert.StartsWith($"The database {_temp.Path} is not empty", Assert.Throws<StoreException>(() => StoreBackup.Restore(Backup, _temp.Path, Now, (_, _) => { }, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _temp.ReadAsync(view => view.Totals())).Cases);
    }

    [Fact]
    public async Task A_damaged_backup_is_not_put_back()
    {
        for (var i = 0; i < 200; i++)
        {
            await RecordAsync(i);
        }
        MakeBackup();
        await using (var file = new FileStream(Backup, FileMode.Open))
        {
            // The middle page: an index or a table that is not looked at when the file is opened.
            file.Position = file.Length / 2;
            file.Write(new byte[4096]);
        }
        Assert.StartsWith($"The backup {Backup} is damaged, and nothing of it was used.", Assert.Throws<StoreException>(Restore).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Elsewhere));

        await File.WriteAllTextAsync(Backup, "no database at all, but a text that is a bit longer than the head of one: a hundred bytes and more");
        Assert.Equal($"{Backup} is no backup: it is no SQLite file. Name a file that storage backup wrote.", Assert.Throws<StoreException>(Restore).Message);
        await File.WriteAllTextAsync(Backup, "");
        Assert.StartsWith($"{Backup} is no backup: it is empty", Assert.Throws<StoreException>(Restore).Message, StringComparison.Ordinal);
        File.Delete(Backup);
        Directory.CreateDirectory(Backup);
        Assert.StartsWith($"{Backup} is no backup: it is a folder", Assert.Throws<StoreException>(Restore).Message, StringComparison.Ordinal);
        Assert.StartsWith($"{Backup} is a folder. Name the file to be written in it", Assert.Throws<StoreException>(() => MakeBackup()).Message, StringComparison.Ordinal);
        Assert.Contains("There is no backup", Assert.Throws<StoreException>(() => StoreBackup.Restore(Backup + "x", Elsewhere, Now, (_, _) => { }, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_another_program_is_neither_backed_up_nor_put_back()
    {
        var foreign = Path.Combine(_folder, "foreign.db");
        await using (var connection = new SqliteConnection($"Data Source={foreign};Pooling=false"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE t (a)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        Assert.Contains("is the database of another program", Assert.Throws<StoreException>(() => StoreBackup.Make(foreign, Backup, Now, (_, _) => { }, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Contains("is no backup: it is the database of another program", Assert.Throws<StoreException>(() => StoreBackup.Restore(foreign, Elsewhere, Now, (_, _) => { }, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Backup));
    }

    [Fact]
    public async Task A_store_that_was_put_back_looks_for_cards_that_may_have_been_shown_and_for_no_others()
    {
        await RecordAsync(1);
        MakeBackup(at: Now);
        Restore(at: Now.AddHours(5));
        await using var put = OpenElsewhere();

        var later = Now.AddHours(6);
        await put.WriteAsync(tx =>
        {
            tx.WantCard(new CardKey("case:2", "care"), 1, Priority.High, Now.AddHours(1), later);
            tx.WantCardCalmly(new CardKey("group:1", "care"), 1, Priority.High, Now.AddHours(2), later, later);
            tx.WantCard(new CardKey("digest:1", "care"), 1, Priority.Low, later, later);
            tx.WantCard(new CardKey("notice:1", "care"), 1, Priority.Low, Now.AddHours(1), later);
            tx.WantCard(new CardKey("case:3", "care"), 1, Priority.High, Now.AddHours(5.5), later);
            tx.WantCard(new CardKey("case:4", "care"), 1, Priority.High, Now.AddHours(1), Now.AddDays(4));
            return true;
        });
        var work = await put.ReadAsync(view => view.CardsToShow("care", later, 9));

        Assert.Equal(["case:1", "case:2", "digest:1", "group:1"], work.Where(card => card.LookFirst).Select(card => card.Key.Subject).Order());
        Assert.All(work.Where(card => card.LookFirst && card.Key.Subject != "case:1"), card => Assert.Equal(Now, card.WantedSince));
        Assert.Equal(["case:3", "case:4", "notice:1"], work.Where(card => !card.LookFirst).Select(card => card.Key.Subject).Order());
    }

    [Fact]
    public async Task A_backup_of_an_older_version_is_put_back_and_brought_up_to_date()
    {
        await using (var connection = new SqliteConnection($"Data Source={Backup};Pooling=false"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Storage", "Fixtures", "version-4.sql"), TestContext.Current.CancellationToken);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        Restore();
        await using var put = OpenElsewhere();
        Assert.StartsWith("My Acme laptop died again", (await put.ReadAsync(view => view.MentionOf(1)))!.Post.Text, StringComparison.Ordinal);
    }

    private void MakeBackup(Action<long, long>? progress = null, DateTimeOffset? at = null) => StoreBackup.Make(_temp.Path, Backup, at ?? Now, progress ?? ((_, _) => { }), CancellationToken.None);

    private void Restore() => Restore(Now);

    private void Restore(DateTimeOffset at) => StoreBackup.Restore(Backup, Elsewhere, at, (_, _) => { }, CancellationToken.None);

    private SqliteStore OpenElsewhere() => SqliteStore.Open(Elsewhere, NullLogger<SqliteStore>.Instance);

    private Task RecordAsync(int post) => _temp.WriteAsync(tx =>
    {
        var @case = Case(tx.NextCaseId());
        @case = @case with { FirstMention = tx.AddMention(Mention($"{post}", @case.Id)) };
        tx.SaveCase(@case, Opened(@case), Now);
        tx.WantCard(new CardKey($"case:{@case.Id}", "care"), 1, Priority.High, Now, Now);
        tx.MoveCursor("posts", new Cursor($"{post}"), Now);
    });
}
