using System.Globalization;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>Whether a SQLite file is a whole store of ours.</summary>
internal static class StoreCheck
{
    private const int MostFaults = 5;

    /// <summary>The version. Throws <see cref="StoreException"/> when the file is another program's, or newer than this one.</summary>
    public static long ExpectOurs(SqliteDb db, string path)
    {
        if (db.Number("PRAGMA application_id") != Migrations.ApplicationId)
        {
            throw StoreFaults.NotOurs(path);
        }
        var version = db.Number("PRAGMA user_version");
        return version <= Migrations.All.Count ? version : throw StoreFaults.Newer(path, version, Migrations.All.Count);
    }

    /// <summary>Reads all of it: pages, indexes, keys. What is wrong, or null.</summary>
    public static string? FaultIn(SqliteDb db)
    {
        var faults = new List<string>();
        using (var rows = db.Ask($"PRAGMA integrity_check({MostFaults.ToString(CultureInfo.InvariantCulture)})"))
        {
            while (rows.Read())
            {
                faults.Add(rows.Text(0));
            }
        }
        if (faults is not ["ok"])
        {
            return string.Join("; ", faults);
        }
        using var orphans = db.Ask("PRAGMA foreign_key_check");
        return orphans.Read() ? $"rows of {orphans.Text(0)} belong to rows of {orphans.Text(2)} that are not there" : null;
    }

    public static void ExpectWhole(SqliteDb db, string path)
    {
        if (FaultIn(db) is { } fault)
        {
            throw StoreFaults.Damaged(path, fault);
        }
    }
}
