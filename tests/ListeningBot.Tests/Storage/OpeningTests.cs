using System.Diagnostics;
using ListeningBot.Cli;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage;

/// <summary>Every way in which the place or the file can be wrong: what, where, cure.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opening").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Missing_folders_and_the_file_are_made_for_their_owner_only()
    {
        var path = In("a/b/bot.db");
        await using var store = Open(path);
        await store.WriteAsync(tx => tx.NextCaseId());

        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix rights");
        foreach (var file in new[] { path, path + "-wal", path + "-shm", path + ".lock" })
        {
            Assert.Equal("600", Rights(file));
        }
        Assert.Equal(("700", "700"), (Rights(In("a")), Rights(In("a/b"))));
    }

    [Fact]
    public async Task A_second_program_on_the_same_file_is_refused()
    {
        var first = Open(In("bot.db"));
        var refused = Assert.Throws<StoreException>(() => Open(In("bot.db")));
        Assert.Equal($"The database {In("bot.db")} is in use by another running ListeningBot. Stop that one, or let Storage:Path name another file.", refused.Message);

        await first.DisposeAsync();
        await using var second = Open(In("bot.db"));
        Assert.Equal(1, await second.WriteAsync(tx => tx.NextCaseId()));
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(In("bot.db"));
        AssertRefused("bot.db", $"The database {In("bot.db")} can't be opened: it is a folder. Let Storage:Path name a file.");
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_refused()
    {
        File.WriteAllText(In("data"), "a file");
        AssertRefused("data/bot.db", $"The database's folder {In("data")} can't be made: there is a file of that name on the way. Move it away, or let Storage:Path name another place.");
        AssertRefused("data/deep/bot.db", $"The database's folder {In("data/deep")} can't be made: there is a file of that name on the way. Move it away, or let Storage:Path name another place.");
    }

    [Theory]
    [InlineData("These are minutes of a meeting, and they go on for some time, well over a hundred characters, as such minutes always do.")]
    [InlineData("short")]
    public void A_file_that_is_no_database_is_refused_and_left_alone(string text)
    {
        File.WriteAllText(In("bot.db"), text);
        AssertRefused("bot.db", $"The file {In("bot.db")} is not a database. Move it away, or let Storage:Path name another file.");
        Assert.Equal(text, File.ReadAllText(In("bot.db")));
    }

    [Fact]
    public void The_database_of_another_program_is_refused_and_left_alone()
    {
        Execute(In("bot.db"), "CREATE TABLE recipes (name TEXT)");
        AssertRefused("bot.db", $"The file {In("bot.db")} is the database of another program. Let Storage:Path name another file.");
        Execute(In("bot.db"), "SELECT name FROM recipes");
    }

    [Fact]
    public async Task A_damaged_schema_is_told_at_once()
    {
        await FillAsync();
        Damage(In("bot.db"), from: 100, length: 3000);

        var refused = Assert.Throws<StoreException>(() => Open(In("bot.db")));
        Assert.StartsWith($"The database {In("bot.db")} is damaged, or its disk can't be read (", refused.Message);
        Assert.EndsWith("put back the last backup, or rescue what can be read with: sqlite3 FILE .recover", refused.Message);
    }

    [Fact]
    public async Task Damage_deeper_in_the_file_is_told_when_it_is_met_and_the_rest_can_be_read()
    {
        await FillAsync();
        Damage(In("bot.db"), from: (int)RootOf("mentions") * 4096 - 4096, length: 4096);

        await using var store = Open(In("bot.db"));
        var failed = await Assert.ThrowsAsync<StoreException>(() => store.ReadAsync(view => view.MentionOf(1)));
        Assert.StartsWith($"The database {In("bot.db")} is damaged, or its disk can't be read (", failed.Message);
        await Assert.ThrowsAsync<StoreException>(() => store.WriteAsync(tx => tx.AddMention(Mention("new"))));
        Assert.Equal("kept", await store.ReadAsync(view => view.Document("settings")));
        Assert.Equal(1, await store.WriteAsync(tx => tx.NextCaseId()));
    }

    [Fact]
    public async Task A_lock_held_by_a_database_tool_is_told()
    {
        await FillAsync();
        using var tool = new SqliteConnection($"Data Source={In("bot.db")};Pooling=false");
        tool.Open();
        using (var command = tool.CreateCommand())
        {
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
        }
        AssertRefused("bot.db", $"The database {In("bot.db")} is locked by another program (a database tool or a backup, perhaps). Close that program; the work goes on by itself.");
    }

    [Fact]
    public async Task A_lock_taken_while_running_fails_the_group_and_then_work_goes_on()
    {
        await using var store = Open(In("bot.db"));
        await store.WriteAsync(tx => tx.NextCaseId());
        using (var tool = new SqliteConnection($"Data Source={In("bot.db")};Pooling=false"))
        {
            tool.Open();
            using var command = tool.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
            var failed = await Assert.ThrowsAsync<StoreException>(() => store.WriteAsync(tx => tx.NextCaseId()));
            Assert.Contains("locked by another program", failed.Message);
            Assert.Null(await store.ReadAsync(view => view.CaseOf(1)));
        }
        Assert.Equal(2, await store.WriteAsync(tx => tx.NextCaseId()));
    }

    /// <summary>Who moves the files forgot to stop the bot: what it would store goes where nobody looks.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_moved_or_deleted_while_it_is_open_takes_nothing_until_it_is_back(bool isReplaced)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Nobody can move an open file there");
        await using var store = Open(In("bot.db"));
        await store.WriteAsync(tx => tx.NextCaseId());
        Assert.Null(await store.ReadAsync(view => view.CaseOf(1)));
        Directory.CreateDirectory(In("away"));
        Move("", "away");
        if (isReplaced)
        {
            await using (Open(In("bot.db")))
            {
                var begun = await Assert.ThrowsAsync<StoreException>(() => store.WriteAsync(tx => tx.NextCaseId()));
                Assert.StartsWith($"The database {In("bot.db")} was moved or deleted while the bot runs on it.", begun.Message, StringComparison.Ordinal);
            }
            Move("", Directory.CreateDirectory(In("other")).Name);
        }

        var refused = await Assert.ThrowsAsync<StoreException>(() => store.WriteAsync(tx => tx.NextCaseId()));
        Assert.StartsWith($"The database {In("bot.db")} was moved or deleted while the bot runs on it.", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(() => store.ReadAsync(view => view.CaseOf(1)));

        Move("away", "");
        Assert.Equal(2, await store.WriteAsync(tx => tx.NextCaseId()));
        Assert.Null(await store.ReadAsync(view => view.CaseOf(1)));

        foreach (var file in Directory.GetFiles(_folder))
        {
            File.Delete(file);
        }
        await Assert.ThrowsAsync<StoreException>(() => store.WriteAsync(tx => tx.NextCaseId()));
    }

    /// <summary>SQLite deletes the log of an empty database, and what only the log holds would be gone.</summary>
    [Fact]
    public async Task A_start_without_the_database_that_was_there_says_so_and_keeps_what_is_left_of_it()
    {
        var logs = new CollectedLogs();
        await using (SqliteStore.Open(In("bot.db"), logs.CreateLogger<SqliteStore>()))
        {
        }
        await using (SqliteStore.Open(In("bot.db"), logs.CreateLogger<SqliteStore>()))
        {
        }
        Assert.DoesNotContain(logs.Lines, line => line.Level >= LogLevel.Warning);

        File.Delete(In("bot.db"));
        await File.WriteAllTextAsync(In("bot.db-wal"), "the last of it", TestContext.Current.CancellationToken);
        await using var store = SqliteStore.Open(In("bot.db"), logs.CreateLogger<SqliteStore>());

        var kept = Assert.Single(Directory.GetFiles(_folder, "bot.db-wal.2*"));
        Assert.Equal("the last of it", await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken));
        var told = Assert.Single(logs.Lines, line => line.Level == LogLevel.Warning).Text;
        Assert.StartsWith($"There was a database {In("bot.db")} before, and there is none now", told, StringComparison.Ordinal);
        Assert.EndsWith($"Its log is kept as {kept}. It belongs to the old file alone: beside that it is named bot.db-wal again, never beside a backup, which it would destroy.", told, StringComparison.Ordinal);
        Assert.Equal(1, await store.WriteAsync(tx => tx.NextCaseId()));
    }

    /// <summary>A first start makes the file before it knows whether the disk has room: what it leaves was never a database.</summary>
    [Fact]
    public async Task After_a_first_start_that_failed_no_database_is_missed()
    {
        var logs = new CollectedLogs();
        await File.WriteAllTextAsync(In("bot.db.lock"), "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("bot.db"), "", TestContext.Current.CancellationToken);
        await using var store = SqliteStore.Open(In("bot.db"), logs.CreateLogger<SqliteStore>());

        Assert.DoesNotContain(logs.Lines, line => line.Text.StartsWith("There was a database", StringComparison.Ordinal));
    }

    /// <summary>SQLite answers "moved" to each look that fails.</summary>
    [Fact]
    public void What_can_not_be_looked_at_is_called_neither_moved_nor_missing()
    {
        Assert.False(StoreFaults.IsOutOfSight(In("nothing.db")));
        Assert.False(StoreFaults.IsOutOfSight(Path.Combine(In("nothing"), "bot.db")));
        Assert.True(StoreFaults.IsOutOfSight(In(new string('x', 300))));
        Assert.Equal(
            $"There is no database {In("nothing.db")}. Stand in the folder with appsettings.json, or name it: --config DIR; a service may be given another Storage:Path by its environment. Before the first `run` there is nothing to see; if a bot worked here before, its folder was moved or its disk is not mounted.",
            StoreFaults.NotThere(In("nothing.db")).Message);
        Assert.StartsWith("Whether there is a database", StoreFaults.NotThere(In(new string('x', 300))).Message, StringComparison.Ordinal);
    }

    /// <summary>To hear of "the first run" makes an operator believe that all is lost, or in order.</summary>
    [Fact]
    public async Task A_file_that_was_moved_away_is_missed_by_its_name_and_not_taken_for_one_that_never_was()
    {
        var path = In("bot.db");
        await FillAsync();
        File.Move(path, In("elsewhere.db"));

        string[] told =
        [
            Assert.Throws<StoreException>(() => SqliteStore.OpenBeside(path, NullLogger<SqliteStore>.Instance)).Message,
            Assert.Throws<StoreException>(() => StoreBackup.Make(path, In("backup.db"), TimeProvider.System.GetUtcNow(), (_, _) => { }, CancellationToken.None)).Message,
            Assert.Throws<StoreException>(() => new StorageVerbCheck(new StorePlace(path), TimeProvider.System).Write(new VerbPaper(TextWriter.Null, null))).Message,
        ];

        Assert.Equal(
            $"The database {path} is not there, though a bot worked on it: it was moved or deleted. Put it back with its -wal and -shm; where it is lost, put back the last backup (storage restore). "
            + "Where the bot works on another file now, name that one here too: --config DIR with its appsettings.json, or the Storage:Path that its environment gives it.",
            Assert.Single(told.Distinct()));
    }

    [Fact]
    public async Task A_read_only_file_is_refused()
    {
        await FillAsync();
        using var frozen = Frozen.Freeze(In("bot.db"));
        AssertRefused("bot.db", $"The database {In("bot.db")} is read-only. Let this user write the file and its folder, or let Storage:Path name another place.");
    }

    [Fact]
    public void A_read_only_folder_is_refused()
    {
        Directory.CreateDirectory(In("data"));
        using var frozen = Frozen.Freeze(In("data"));
        AssertRefused("data/bot.db", $"Nothing can be written in the folder {In("data")}: it is read-only, or not this user's. Let this user write there, or let Storage:Path name another place.");
        AssertRefused("data/deep/bot.db", $"Nothing can be written in the folder {In("data/deep")}: it is read-only, or not this user's. Let this user write there, or let Storage:Path name another place.");
    }

    /// <param name="from">A folder, "" for the tests' own.</param>
    private void Move(string from, string to)
    {
        foreach (var file in Directory.GetFiles(In(from), "bot.db*"))
        {
            File.Move(file, Path.Combine(In(to), Path.GetFileName(file)));
        }
    }

    private string In(string name) => Path.Combine(_folder, name);

    private static SqliteStore Open(string path) => SqliteStore.Open(path, NullLogger<SqliteStore>.Instance, new StoreOptions { BusyMilliseconds = 50 });

    private void AssertRefused(string name, string message) => Assert.Equal(message, Assert.Throws<StoreException>(() => Open(In(name))).Message);

    private async Task FillAsync()
    {
        await using var store = Open(In("bot.db"));
        await store.WriteAsync(tx =>
        {
            tx.KeepDocument("settings", "kept", Now);
            return tx.AddMention(Mention());
        });
    }

    private long RootOf(string table)
    {
        using var db = SqliteDb.OpenReader(In("bot.db"), 50);
        return db.Number($"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'");
    }

    private static void Damage(string path, int from, int length)
    {
        using var file = File.OpenWrite(path);
        file.Position = from;
        file.Write(Enumerable.Repeat((byte)0xA5, length).ToArray());
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Rights(string path) =>
        OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);
}

/// <summary>A file or folder that nobody may change, not even root: rights do not bind root, the immutable flag does.</summary>
internal sealed class Frozen : IDisposable
{
    private readonly string _path;
    private readonly bool _immutable;

    private Frozen(string path, bool immutable)
    {
        _path = path;
        _immutable = immutable;
    }

    public static Frozen Freeze(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix rights");
        if (Environment.IsPrivilegedProcess)
        {
            Assert.SkipUnless(Chattr("+i", path), "root without the immutable flag (not on this file system)");
            return new Frozen(path, immutable: true);
        }
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new Frozen(path, immutable: false);
    }

    public void Dispose()
    {
        if (_immutable)
        {
            Chattr("-i", _path);
        }
        else
        {
            SetMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static bool Chattr(string flag, string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("chattr", [flag, path]) { UseShellExecute = false, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
