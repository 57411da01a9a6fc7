using System.Globalization;
using ListeningBot.Core.Text;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>`storage check`: the store in one screen.</summary>
internal sealed class StorageVerbCheck(StorePlace place, TimeProvider time)
{
    private const int BusyMilliseconds = 10_000;

    private readonly string _path = place.Path;

    public int Write(VerbPaper paper) => place.IsShared ? WriteShared(paper) : WriteFile(paper);

    /// <summary>Whether its pages are whole is the server's to say.</summary>
    private int WriteShared(VerbPaper paper)
    {
        var server = PostgresPlace.Of(place.Connection);
        PostgresMigrations.Expect(server, PostgresMigrations.All);
        using var db = PostgresDb.Open(server, PostgresSession.Migrating);
        db.BeginReading();
        paper.Write($"{place}: version {db.Number("SELECT version FROM store_version").ToString(CultureInfo.InvariantCulture)}");
        paper.Write($"Size: {StorageVerbBackup.Megabytes(new StandingTable(db).Bytes())}");
        paper.Write($"Last sign of a running bot: {LastBeat(db)}");
        paper.Write(new CheckVerbSheet("What is kept", ["what", "how many", "since (UTC)"], [.. StoreContents.Of(db).Select(Row)]));
        return Exit.Done;
    }

    private int WriteFile(VerbPaper paper)
    {
        MovedStore.ExpectNone(_path);
        if (!File.Exists(_path))
        {
            throw StoreFaults.NotThere(_path);
        }
        using var db = SqliteDb.OpenCopier(_path, BusyMilliseconds);
        var version = StoreCheck.ExpectOurs(db, _path);
        db.BeginReading();
        paper.Write($"{_path}: SQLite, version {version.ToString(CultureInfo.InvariantCulture)}{Standing(version)}");
        paper.Write($"Size: {Size(db)}; free on its disk: {Free()}");
        paper.Write($"Last sign of a running bot: {LastBeat(db)}");
        var fault = StoreCheck.FaultIn(db);
        paper.Write(fault is null ? "Whole: all pages, indexes and references were read and are well." : $"DAMAGED: {fault}. Stop the bot, keep a copy of the file with its -wal, and put back the last backup.");
        if (version == Migrations.All.Count)
        {
            paper.Write(new CheckVerbSheet("What is kept", ["what", "how many", "since (UTC)"], [.. StoreContents.Of(db).Select(Row)]));
        }
        return fault is null ? Exit.Done : Exit.BadInput;
    }

    private static string Standing(long version) =>
        version == Migrations.All.Count ? "" : $"; this program brings it to version {Migrations.All.Count.ToString(CultureInfo.InvariantCulture)} at its next start. Back it up before";

    private string Size(SqliteDb db)
    {
        var page = db.Number("PRAGMA page_size");
        var log = new FileInfo(_path + "-wal") is { Exists: true } wal ? wal.Length : 0;
        return $"{StorageVerbBackup.Megabytes(page * db.Number("PRAGMA page_count"))} (of it unused {StorageVerbBackup.Megabytes(page * db.Number("PRAGMA freelist_count"))}), its log {StorageVerbBackup.Megabytes(log)}";
    }

    private string Free()
    {
        try
        {
            return StorageVerbBackup.Megabytes(new DriveInfo(Path.GetDirectoryName(_path)!).AvailableFreeSpace);
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return "can't be told";
        }
    }

    private string LastBeat(Db db)
    {
        using var row = db.Ask("SELECT kept_at FROM documents WHERE name = 'last heartbeat'");
        return row.Read() ? $"{(time.GetUtcNow() - row.Time(0)).InWords()} ago" : "never";
    }

    private static IReadOnlyList<string> Row(StoreContents kept) =>
        [kept.What, kept.Rows.ToString("#,0", CultureInfo.InvariantCulture), kept.Since is { } since ? since.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : ""];
}
