using System.Globalization;
using ListeningBot.Core.Text;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>`storage check`: the store in one screen.</summary>
internal sealed class StorageVerbCheck(string path, TimeProvider time)
{
    private const int BusyMilliseconds = 10_000;

    public int Write(VerbPaper paper)
    {
        if (!File.Exists(path))
        {
            throw StoreFaults.NotThere(path);
        }
        using var db = SqliteDb.OpenCopier(path, BusyMilliseconds);
        var version = StoreCheck.ExpectOurs(db, path);
        db.BeginReading();
        paper.Write($"{path}: SQLite, version {version.ToString(CultureInfo.InvariantCulture)}{Standing(version)}");
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
        var log = new FileInfo(path + "-wal") is { Exists: true } wal ? wal.Length : 0;
        return $"{StorageVerbBackup.Megabytes(page * db.Number("PRAGMA page_count"))} (of it unused {StorageVerbBackup.Megabytes(page * db.Number("PRAGMA freelist_count"))}), its log {StorageVerbBackup.Megabytes(log)}";
    }

    private string Free()
    {
        try
        {
            return StorageVerbBackup.Megabytes(new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace);
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return "can't be told";
        }
    }

    private string LastBeat(SqliteDb db)
    {
        using var row = db.Ask("SELECT kept_at FROM documents WHERE name = 'last heartbeat'");
        return row.Read() ? $"{(time.GetUtcNow() - row.Time(0)).InWords()} ago" : "never";
    }

    private static IReadOnlyList<string> Row(StoreContents kept) =>
        [kept.What, kept.Rows.ToString("#,0", CultureInfo.InvariantCulture), kept.Since is { } since ? since.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : ""];
}
