using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>
/// A store as one SQLite file that can be put back. It is made by VACUUM INTO: one reading transaction, so it is of one moment and holds up no writer (its log only grows meanwhile),
/// and without the free pages in which erased words may still stand. The online backup API begins anew with each write of another process.
/// </summary>
internal static class StoreBackup
{
    /// <summary>The document in a backup that says of which moment it is.</summary>
    public const string TakenAt = "backup taken";

    private const int BusyMilliseconds = 10_000;
    private static ReadOnlySpan<byte> SqliteBegins => "SQLite format 3\0"u8;

    /// <summary>Writes the backup, also while a bot runs on the file. Throws <see cref="StoreException"/>; then nothing is left of it.</summary>
    /// <param name="progress">Bytes written and about how many there will be.</param>
    public static void Make(string path, string target, DateTimeOffset now, Action<long, long> progress, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            throw StoreFaults.NotThere(path);
        }
        MovedStore.ExpectNone(path);
        var full = Path.GetFullPath(target);
        ExpectFolder(full);
        WholeStoreFile.Write(full, over: false, partial =>
        {
            using (var db = SqliteDb.OpenCopier(path, BusyMilliseconds))
            {
                StoreCheck.ExpectOurs(db, path);
                CopyInto(db, partial, progress, ct);
            }
            MarkTaken(partial, now);
        });
    }

    /// <summary>The same of a PostgreSQL store: also a SQLite file, of one moment, that can be put back into either engine.</summary>
    public static void Make(PostgresPlace place, string target, DateTimeOffset now, Action<CopyProgress> progress, CancellationToken ct)
    {
        var full = Path.GetFullPath(target);
        ExpectFolder(full);
        WholeStoreFile.Write(full, over: false, partial =>
        {
            StoreCopy.IntoFile(place, partial, progress, ct);
            MarkTaken(partial, now);
        });
    }

    /// <summary>Puts a backup into a PostgreSQL database in which nothing is stored. Throws <see cref="StoreException"/>; then nothing was changed.</summary>
    public static DateTimeOffset Restore(string backup, PostgresPlace place, DateTimeOffset now, Action<CopyProgress> progress, CancellationToken ct)
    {
        var from = Path.GetFullPath(backup);
        DateTimeOffset taken;
        using (var source = Open(from))
        {
            taken = MomentOf(source);
        }
        StoreCopy.IntoPostgres(from, place, new StorePutBack(taken, now), now, progress, ct);
        return taken;
    }

    /// <summary>
    /// Puts a backup where there is no store yet. Cards that were shown after the backup's moment are looked for before they are shown. Throws <see cref="StoreException"/> when a bot runs there,
    /// when something is stored there, or when the backup is not whole; then nothing was changed.
    /// </summary>
    /// <returns>The backup's moment.</returns>
    public static DateTimeOffset Restore(string backup, string path, DateTimeOffset now, Action<long, long> progress, CancellationToken ct)
    {
        var from = Path.GetFullPath(backup);
        MovedStore.ExpectNone(Path.GetFullPath(path));
        using var source = Open(from);
        var taken = MomentOf(source);
        using var file = StoreFile.Take(path);
        if (new FileInfo(file.Path).Length > 0 || File.Exists(file.Path + "-wal"))
        {
            throw StoreFaults.NotEmpty(file.Path);
        }
        WholeStoreFile.Write(file.Path, over: true, partial =>
        {
            CopyInto(source, partial, progress, ct);
            using var db = SqliteDb.OpenCopyWriter(partial);
            new StorePutBack(taken, now).Keep(db);
        });
        return taken;
    }

    /// <summary>Opens what is to be put back. Throws <see cref="StoreException"/> in words that are about the backup, which is not the store.</summary>
    private static SqliteDb Open(string backup)
    {
        if (!File.Exists(backup))
        {
            throw Directory.Exists(backup) ? StoreFaults.NoBackup(backup, "it is a folder") : new StoreException($"There is no backup {backup}.");
        }
        var isOpen = false;
        SqliteDb? db = null;
        try
        {
            ExpectSqlite(backup);
            db = SqliteDb.OpenCopier(backup, BusyMilliseconds);
            if (db.Number("PRAGMA application_id") != Migrations.ApplicationId)
            {
                throw StoreFaults.NoBackup(backup, "it is the database of another program");
            }
            StoreCheck.ExpectOurs(db, backup);
            StoreCheck.ExpectWhole(db, backup);
            isOpen = true;
            return db;
        }
        catch (StoreException e) when (e.Message.Contains("is damaged", StringComparison.Ordinal))
        {
            throw new StoreException($"The backup {backup} is damaged, and nothing of it was used. Take an earlier one, or rescue what can be read with: sqlite3 FILE .recover", e);
        }
        finally
        {
            if (!isOpen)
            {
                db?.Dispose();
            }
        }
    }

    private static void ExpectSqlite(string backup)
    {
        try
        {
            using var file = new FileStream(backup, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Span<byte> begin = stackalloc byte[SqliteBegins.Length];
            var length = file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
            if (!begin[..length].SequenceEqual(SqliteBegins))
            {
                throw StoreFaults.NoBackup(backup, length == 0 ? "it is empty" : "it is no SQLite file");
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreException($"The backup {backup} can't be read. Let this user read it.", e);
        }
    }

    /// <summary>When the backup was made; of a file that was copied by other means, when the bot last said that it runs.</summary>
    public static DateTimeOffset MomentOf(Db db)
    {
        using (var row = db.Ask("SELECT kept_at FROM documents WHERE name IN ('backup taken', 'last heartbeat') ORDER BY name LIMIT 1"))
        {
            if (row.Read())
            {
                return row.Time(0);
            }
        }
        return DateTimeOffset.FromUnixTimeMilliseconds(db.Number("SELECT coalesce(max(moved_at), 0) FROM cursors"));
    }

    internal static void CopyInto(SqliteDb db, string partial, Action<long, long> progress, CancellationToken ct)
    {
        var size = db.Number("PRAGMA page_size") * (db.Number("PRAGMA page_count") - db.Number("PRAGMA freelist_count"));
        WholeStoreFile.ExpectRoom(partial, size);
        db.BreakOffWhen(() =>
        {
            progress(new FileInfo(partial).Length, size);
            return ct.IsCancellationRequested;
        });
        try
        {
            db.Execute($"VACUUM INTO '{partial.Replace("'", "''", StringComparison.Ordinal)}'");
        }
        catch (StoreException e)
        {
            ct.ThrowIfCancellationRequested();
            throw e.Message == StoreFaults.Full(db.Path).Message ? StoreFaults.Full(partial) : e;
        }
    }

    private static void MarkTaken(string path, DateTimeOffset now)
    {
        using var db = SqliteDb.OpenCopyWriter(path);
        foreach (var (name, text) in new[] { (TakenAt, ""), (Backups.Document, Backups.Text(now)) })
        {
            db.Ask("INSERT INTO documents (name, text, kept_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text, kept_at = excluded.kept_at").With(name).With(text).With(now).Run();
        }
    }

    private static void ExpectFolder(string target)
    {
        if (Directory.Exists(target))
        {
            throw new StoreException($"{target} is a folder. Name the file to be written in it: {Path.Combine(target, "backup.db")}");
        }
        if (Path.GetDirectoryName(target) is not { } folder || !Directory.Exists(folder))
        {
            throw new StoreException($"There is no folder for {target}. Make it first: backups are written where you say, and nowhere else.");
        }
    }
}
