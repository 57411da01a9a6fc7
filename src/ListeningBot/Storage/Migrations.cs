namespace ListeningBot.Storage;

/// <summary>The steps from an empty file to today's schema: the first makes version 1. A step that was released is never changed; a new one is added.</summary>
internal static class Migrations
{
    /// <summary>"LBot": marks the file as ours.</summary>
    public const int ApplicationId = 0x4C426F74;

    public static readonly IReadOnlyList<string> All = [Schema1.Sql, Schema2.Sql, Schema3.Sql, Schema4.Sql, Schema5.Sql, Schema6.Sql];

    /// <summary>Brings the database up to the last of <paramref name="steps"/>, each step in a transaction of its own. The versions before and after.</summary>
    public static (long From, long To) Apply(Db db, string path, IReadOnlyList<string> steps)
    {
        var from = VersionOf(db, path);
        if (from > steps.Count)
        {
            throw StoreFaults.Newer(path, from, steps.Count);
        }
        for (var version = (int)from + 1; version <= steps.Count; version++)
        {
            Apply(db, path, steps[version - 1], version);
        }
        return (from, steps.Count);
    }

    /// <summary>Throws unless the database has this very version.</summary>
    public static void Expect(Db db, string path, int version)
    {
        var stored = VersionOf(db, path);
        if (stored > version)
        {
            throw StoreFaults.Newer(path, stored, version);
        }
        if (stored < version)
        {
            throw StoreFaults.Older(path, stored, version);
        }
    }

    private static long VersionOf(Db db, string path)
    {
        var owner = db.Number("PRAGMA application_id");
        var version = db.Number("PRAGMA user_version");
        var isEmpty = version == 0 && db.Number("SELECT count(*) FROM sqlite_schema") == 0;
        return owner == ApplicationId || (owner == 0 && isEmpty) ? version : throw StoreFaults.NotOurs(path);
    }

    private static void Apply(Db db, string path, string step, int version)
    {
        db.Begin();
        try
        {
            db.Execute(step);
            db.Execute($"PRAGMA application_id={ApplicationId}; PRAGMA user_version={version};");
            db.Commit();
        }
        catch (Exception e)
        {
            db.Undo();
            throw e is InvalidOperationException ? StoreFaults.NotBroughtUp(path, version, e) : e;
        }
    }
}
