using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>Applied configurations, what each node last saw of its files, and changes that were held back.</summary>
internal sealed class ConfigTables(Db db)
{
    public long LatestId()
    {
        using var row = db.Ask("SELECT id FROM config_versions WHERE id > 0 ORDER BY id DESC LIMIT 1");
        return row.Read() ? row.Long(0) : 0;
    }

    public ConfigVersion? Of(long id)
    {
        using var row = db.Ask("SELECT id, applied_at, by_name, changed, hash, files FROM config_versions WHERE id = ?").With(id);
        return row.Read() ? Read(row) : null;
    }

    public ConfigVersion? OfHash(string hash)
    {
        using var row = db.Ask("SELECT id, applied_at, by_name, changed, hash, files FROM config_versions WHERE hash = ? ORDER BY id DESC LIMIT 1").With(hash);
        return row.Read() ? Read(row) : null;
    }

    public IReadOnlyList<ConfigVersion> History(int limit)
    {
        using var rows = db.Ask("SELECT id, applied_at, by_name, changed, hash, '' FROM config_versions WHERE id > 0 ORDER BY id DESC LIMIT ?").With(limit);
        var versions = new List<ConfigVersion>();
        while (rows.Read())
        {
            versions.Add(Read(rows));
        }
        return versions;
    }

    public long Add(ConfigVersion version)
    {
        var id = db.Ask("INSERT INTO config_versions (applied_at, by_name, changed, hash, files) VALUES (?, ?, ?, ?, ?) RETURNING id")
            .With(version.At).With(version.By).With(version.Changed).With(version.Hash).With(version.Files).NewId();
        db.Ask("DELETE FROM config_versions WHERE id <= ?").With(id - ConfigDesk.VersionsKept).Run();
        return id;
    }

    public void Rewrite(ConfigVersion version) =>
        db.Ask("UPDATE config_versions SET hash = ?, files = ? WHERE id = ?").With(version.Hash).With(version.Files).With(version.Id).Run();

    public void Rename(string hash, string now) => db.Ask("UPDATE config_nodes SET hash = ? WHERE hash = ?").With(now).With(hash).Run();

    public SeenFiles? SeenBy(string node)
    {
        using var row = db.Ask("SELECT hash, seen_at FROM config_nodes WHERE node = ?").With(node);
        return row.Read() ? new SeenFiles(row.Text(0), row.Time(1)) : null;
    }

    public void Saw(string node, string hash, DateTimeOffset now) =>
        db.Ask("""
            INSERT INTO config_nodes (node, hash, seen_at) VALUES (?, ?, ?)
            ON CONFLICT (node) DO UPDATE SET hash = excluded.hash, seen_at = excluded.seen_at WHERE config_nodes.hash <> excluded.hash
            """).With(node).With(hash).With(now).Run();

    public HeldChange? HeldOf(long id)
    {
        using var row = db.Ask("SELECT id, body FROM held_changes WHERE id = ?").With(id);
        return row.Read() ? ReadHeld(row) : null;
    }

    public (long Id, HeldStanding Standing)? LatestHeld()
    {
        using var row = db.Ask("SELECT id, standing FROM held_changes WHERE id > 0 ORDER BY id DESC LIMIT 1");
        return row.Read() ? (row.Long(0), (HeldStanding)row.Int(1)) : null;
    }

    public HeldChange? HeldOfHash(string hash)
    {
        using var row = db.Ask("SELECT id, body FROM held_changes WHERE hash = ? ORDER BY id DESC LIMIT 1").With(hash);
        return row.Read() ? ReadHeld(row) : null;
    }

    public long AddHeld(HeldChange change)
    {
        var id = db.Ask("INSERT INTO held_changes (standing, hash, body) VALUES (?, ?, ?) RETURNING id").With((long)change.Standing).With(change.Wanted.Hash).WithJson(change, StoreJson.Default.HeldChange).NewId();
        db.Ask("DELETE FROM held_changes WHERE id <= ?").With(id - ConfigDesk.HeldKept).Run();
        return id;
    }

    public void UpdateHeld(HeldChange change) =>
        db.Ask("UPDATE held_changes SET standing = ?, hash = ?, body = ? WHERE id = ?").With((long)change.Standing).With(change.Wanted.Hash).WithJson(change, StoreJson.Default.HeldChange).With(change.Id).Run();

    private static ConfigVersion Read(Statement row) => new(row.Long(0), row.Time(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5));

    /// <summary>Null for one that can't be read, which is noted.</summary>
    private static HeldChange? ReadHeld(Statement row) => row.TryJson(1, StoreJson.Default.HeldChange, DeadRow.Held, row.Long(0)) is { } held ? held with { Id = row.Long(0) } : null;
}
