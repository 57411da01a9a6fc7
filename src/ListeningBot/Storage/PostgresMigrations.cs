using ListeningBot.Core.Pipeline;
using Npgsql;

namespace ListeningBot.Storage;

/// <summary>
/// The steps from an empty database to today's schema; the first makes version 6. A step that was released is never changed; a new one only adds, because machines of the release before still work with the store meanwhile.
/// </summary>
internal static class PostgresMigrations
{
    /// <summary>The version that the first step makes.</summary>
    public const int First = 6;

    public static readonly IReadOnlyList<string> All = [PostgresSchema6.Sql];

    /// <summary>
    /// Machines of the release before read meanwhile. A step and a reading that wait for each other's tables are told apart by the server after a second (deadlock_timeout), which may end either: the step gives way before that, and
    /// is tried again.
    /// </summary>
    private const string GivesWay = "SET LOCAL lock_timeout = 400";

    private const int MostTries = 100;

    /// <summary>
    /// Brings the database up to the last of <paramref name="steps"/>. Each step is one transaction under the lock of all writers, and looks first how far another machine has come. The versions before (0: there was none) and after, and the database's time.
    /// </summary>
    public static (long From, long To, DateTimeOffset Clock) Apply(PostgresPlace place, IReadOnlyList<string> steps)
    {
        using var db = PostgresDb.Open(place, PostgresSession.Migrating);
        var last = First + steps.Count - 1;
        var from = VersionOf(db, place);
        var tries = 0;
        for (var version = from; version < last;)
        {
            try
            {
                version = Step(db, place, steps);
            }
            catch (StoreException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected } && ++tries < MostTries)
            {
                // Somebody was reading.
            }
        }
        RefuseFarAhead(place, from, last);
        CountOn(db);
        return (from, Math.Max(from, last), ClockOf(db));
    }

    private static DateTimeOffset ClockOf(PostgresDb db)
    {
        using var clock = db.Ask($"SELECT {PostgresSql.Now}");
        return clock.Read() ? DateTimeOffset.FromUnixTimeMilliseconds(clock.Long(0)) : throw new InvalidOperationException("The database has no clock.");
    }

    /// <summary>Rows that did not come through a store (they were copied, or put back) have their numbers: the store counts on behind them.</summary>
    private static void CountOn(PostgresDb db)
    {
        db.Begin();
        try
        {
            db.Ask("INSERT INTO sequences (name, value) SELECT 'mention', coalesce(max(id), 0) FROM mentions ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE sequences.value < excluded.value").Run();
            db.Ask("INSERT INTO sequences (name, value) SELECT 'case', coalesce(max(id), 0) FROM cases ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE sequences.value < excluded.value").Run();
            db.Commit();
        }
        finally
        {
            db.Undo();
        }
    }

    /// <summary>What a start would find there, in words, without changing anything. Throws <see cref="StoreException"/> when it could not work with it.</summary>
    public static string Look(PostgresPlace place)
    {
        using var db = PostgresDb.Open(place, PostgresSession.Migrating);
        var stored = VersionOf(db, place);
        var server = $"PostgreSQL {db.ServerVersion}, {place.Shown}, schema {place.Schema}";
        var last = First + All.Count - 1;
        RefuseFarAhead(place, stored, last);
        if (stored > 0)
        {
            return stored < last ? $"{server}: a store of version {stored}, which the first start brings to {last}" : $"{server}: a store of version {stored}";
        }
        return MayMake(db, place) ? $"{server}: no store yet; the first start makes it" : throw PostgresFaults.MayNotMake(place);
    }

    private static bool MayMake(PostgresDb db, PostgresPlace place)
    {
        using var may = db.Ask("SELECT CASE WHEN to_regnamespace(?) IS NULL THEN has_database_privilege(current_database(), 'CREATE') ELSE has_schema_privilege(?, 'CREATE') END").With(place.Schema).With(place.Schema);
        return may.Read() && may.Long(0) == 1;
    }

    /// <summary>Throws unless the database has the version that the last of <paramref name="steps"/> makes, or the one after it.</summary>
    public static void Expect(PostgresPlace place, IReadOnlyList<string> steps)
    {
        using var db = PostgresDb.Open(place, PostgresSession.Migrating);
        var last = First + steps.Count - 1;
        var stored = VersionOf(db, place);
        if (stored == 0)
        {
            throw PostgresFaults.NotThere(place);
        }
        if (stored < last)
        {
            throw PostgresFaults.Older(place, stored, last);
        }
        RefuseFarAhead(place, stored, last);
    }

    /// <summary>The releases before and after each other work with one store, so that machines can be brought up to date one by one.</summary>
    private static void RefuseFarAhead(PostgresPlace place, long stored, int known)
    {
        if (stored > known + 1)
        {
            throw PostgresFaults.Newer(place, stored, known);
        }
    }

    /// <summary>The version that there is then.</summary>
    private static long Step(PostgresDb db, PostgresPlace place, IReadOnlyList<string> steps)
    {
        db.Begin();
        try
        {
            var version = VersionOf(db, place);
            if (version >= First + steps.Count - 1)
            {
                return version;
            }
            var next = version == 0 ? First : version + 1;
            if (version == 0)
            {
                MakeSchema(db, place);
                db.Execute("CREATE TABLE store_version (version bigint NOT NULL, only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row)); INSERT INTO store_version VALUES (0)");
            }
            db.Execute(GivesWay);
            db.Execute(steps[(int)next - First]);
            db.Ask("UPDATE store_version SET version = ?").With(next).Run();
            db.Commit();
            return next;
        }
        finally
        {
            db.Undo();
        }
    }

    private static void MakeSchema(PostgresDb db, PostgresPlace place)
    {
        using var there = db.Ask("SELECT to_regnamespace(?) IS NOT NULL").With(place.Schema);
        var isThere = there.Read() && there.Long(0) == 1;
        there.Dispose();
        if (!isThere)
        {
            db.Execute($"CREATE SCHEMA {place.Schema}");
        }
    }

    /// <summary>0 when there is none.</summary>
    private static long VersionOf(PostgresDb db, PostgresPlace place)
    {
        bool isOurs, isUsed, mayUse;
        // A schema that this user may not use is left out of the search path: its tables seem to be missing, which must not look like a broken store.
        using (var tables = db.Ask("SELECT coalesce(bool_or(relname = 'store_version'), false), count(*) > 0, coalesce(has_schema_privilege(to_regnamespace(?)::oid, 'USAGE'), true) FROM pg_class WHERE relnamespace = to_regnamespace(?) AND relkind IN ('r', 'p', 'v', 'm', 'f')").With(place.Schema).With(place.Schema))
        {
            (isOurs, isUsed, mayUse) = tables.Read() ? (tables.Long(0) == 1, tables.Long(1) == 1, tables.Long(2) == 1) : (false, false, true);
        }
        if (!mayUse)
        {
            throw PostgresFaults.MayNotUse(place);
        }
        if (!isOurs)
        {
            return isUsed ? throw PostgresFaults.NotOurs(place) : 0;
        }
        return db.Number("SELECT version FROM store_version");
    }
}
