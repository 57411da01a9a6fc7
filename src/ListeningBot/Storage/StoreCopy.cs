using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>How far a copy is: rows of this table, read, of how many.</summary>
internal sealed record CopyProgress(string Table, long Done, long All);

/// <summary>Copies a whole store from one engine to the other: every row of every table, read again from where it was written and compared before it counts. All of it, or nothing.</summary>
internal static class StoreCopy
{
    private const int Told = 1000;

    /// <summary>
    /// Into a PostgreSQL database in which nothing is stored. No bot may run on the file, none can begin meanwhile, and none is let begin on it afterwards. Throws <see cref="StoreException"/>; then nothing was written, but for that mark when the commit itself failed.
    /// </summary>
    /// <param name="putBack">When the file is a backup that is put back: which moment it is of.</param>
    /// <returns>Rows copied.</returns>
    public static long IntoPostgres(string path, PostgresPlace place, StorePutBack? putBack, DateTimeOffset now, Action<CopyProgress> progress, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            throw StoreFaults.NotThere(path);
        }
        // Where no bot ever ran is none now: a backup, which may lie where nothing can be written, gets no lock beside it.
        using var file = putBack is null || File.Exists(StoreFile.LockOf(path)) ? StoreFile.Take(path) : null;
        using var source = UpToDateCopy.Of(path, ct);
        using var from = SqliteDb.OpenCopier(source.Path, busyMilliseconds: 10_000);
        StoreCheck.ExpectWhole(from, path);
        PostgresMigrations.Apply(place, PostgresMigrations.All);
        using var to = PostgresDb.Open(place, PostgresSession.Migrating);
        var tables = StoreTable.All(from);
        from.BeginReading();
        to.Begin();
        try
        {
            ExpectEmpty(to, tables, place);
            to.Execute("DELETE FROM sequences");
            var rows = Copy(from, to, tables, to.Import, progress, ct);
            foreach (var table in tables.Where(table => table.GivesIds && table.Name != "cases"))
            {
                GoOnBehind(to, $"{place.Schema}.{table.Name}", LastId(from, table));
            }
            CountMentionsOn(to, LastId(from, tables.Single(table => table.Name == "mentions")));
            putBack?.Keep(to);

            // A file's: whoever backs up a server by its own tools would be told of it for ever.
            to.Ask("DELETE FROM documents WHERE name = ?").With(Backups.Document).Run();

            // Of one machine too: where several run, nobody would ever say that it was stopped.
            to.Ask("DELETE FROM documents WHERE name = ?").With(LastRun.Document).Run();
            if (putBack is null)
            {
                // Before the commit, whose answer may be lost: nobody must go on from the file while the database may have it all.
                MovedStore.Mark(path, place, now);
            }
            to.Commit();
            return rows;
        }
        finally
        {
            to.Undo();
        }
    }

    /// <summary>One moment of a PostgreSQL store, also while bots run on it, into a SQLite file that is empty. Throws <see cref="StoreException"/>.</summary>
    public static void IntoFile(PostgresPlace place, string path, Action<CopyProgress> progress, CancellationToken ct)
    {
        PostgresMigrations.Expect(place, PostgresMigrations.All);
        using var from = PostgresDb.Open(place, PostgresSession.Migrating);
        using var to = SqliteDb.OpenCopyWriter(path);
        Migrations.Apply(to, path, Migrations.All);
        var tables = StoreTable.All(to);
        from.BeginReading();
        to.Begin();
        to.Execute("DELETE FROM sequences");
        Copy(from, to, tables, (table, rows) => Insert(to, table, rows), progress, ct);
        foreach (var table in tables.Where(table => table.GivesIds && table.Name != "cases"))
        {
            var last = table.Name == "mentions" ? from.Number("SELECT value FROM sequences WHERE name = 'mention'") : LastId(from, $"{place.Schema}.{table.Name}");
            to.Ask("DELETE FROM sqlite_sequence WHERE name = ?").With(table.Name).Run();
            to.Ask("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)").With(table.Name).With(last).Run();
        }
        // SQLite gives mentions their numbers itself; what is counted nowhere would be wrong some day.
        to.Execute("DELETE FROM sequences WHERE name = 'mention'");
        to.Commit();
        from.Undo();
    }

    private static long Copy(Db from, Db to, IReadOnlyList<StoreTable> tables, Action<StoreTable, IEnumerable<object?[]>> put, Action<CopyProgress> progress, CancellationToken ct)
    {
        var copied = 0L;
        foreach (var table in tables)
        {
            var all = from.Number(table.Count);
            var read = RowSum.None;
            put(table, StoreRows.Of(from, table).Select(row =>
            {
                ct.ThrowIfCancellationRequested();
                read = read.With(row);
                if (read.Rows % Told == 0)
                {
                    progress(new CopyProgress(table.Name, read.Rows, all));
                }
                return row;
            }));
            if (RowSum.Of(StoreRows.Of(to, table)) != read || read.Rows != all)
            {
                throw new StoreException($"What was written to the table {table.Name} is not what was read. Nothing was kept of the copy.");
            }
            copied += read.Rows;
        }
        return copied;
    }

    private static void Insert(SqliteDb to, StoreTable table, IEnumerable<object?[]> rows)
    {
        foreach (var row in rows)
        {
            var insert = to.Ask(table.Insert);
            foreach (var value in row)
            {
                _ = value switch { long number => insert.With(number), double real => insert.With(real), byte[] text => insert.With(text.AsSpan()), _ => insert.With((string?)null) };
            }
            insert.Run();
        }
    }

    private static void ExpectEmpty(PostgresDb to, IReadOnlyList<StoreTable> tables, PostgresPlace place)
    {
        var used = tables.Where(table => table.Name != "sequences").FirstOrDefault(table => to.Number(table.Count) > 0)?.Name;
        if (used is not null || to.Number("SELECT coalesce(sum(value), 0) FROM sequences") > 0)
        {
            throw new StoreException($"The PostgreSQL database {place.Shown} has a store already (schema {place.Schema}, something is in {used ?? "sequences"}), and nothing is put over it. Name another database, or another schema with Search Path=...");
        }
    }

    /// <summary>No number means two things: the next id is the one after the last that was ever given (0: none was).</summary>
    private static void GoOnBehind(PostgresDb to, string table, long last)
    {
        using var set = to.Ask("SELECT setval(pg_get_serial_sequence(?, 'id'), greatest(1, ?), ? > 0)").With(table).With(last).With(last);
        set.Read();
    }

    /// <summary>What the file's engine numbers, PostgreSQL's store counts itself.</summary>
    private static void CountMentionsOn(PostgresDb to, long last) =>
        to.Ask("INSERT INTO sequences (name, value) VALUES ('mention', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value").With(last).Run();

    private static long LastId(PostgresDb from, string table)
    {
        using var last = from.Ask("SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence(?, 'id')), 0)").With(table);
        return last.Read() ? last.Long(0) : 0;
    }

    /// <summary>The highest id ever given, also when its row is gone: no number means two things.</summary>
    private static long LastId(SqliteDb from, StoreTable table)
    {
        using var given = from.Ask("SELECT seq FROM sqlite_sequence WHERE name = ?").With(table.Name);
        var last = given.Read() ? given.Long(0) : 0;
        return Math.Max(last, from.Number($"SELECT coalesce(max(id), 0) FROM {table.Name}"));
    }
}
