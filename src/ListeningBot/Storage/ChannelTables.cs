using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

/// <summary>How far each channel was read, when it was not heard, and what it gave that nobody understood.</summary>
internal sealed class ChannelTables(Db db)
{
    /// <summary>Of each channel the latest are kept aside.</summary>
    public const int KeptAside = 200;

    /// <summary>Characters kept of one item.</summary>
    public const int RawLength = 16_384;

    public Cursor? CursorOf(string channel)
    {
        using var row = db.Ask("SELECT value FROM cursors WHERE channel = ?").With(channel);
        return row.Read() ? new Cursor(row.Text(0)) : null;
    }

    public DateTimeOffset? FirstContactOf(string channel)
    {
        using var row = db.Ask("SELECT first_contact FROM cursors WHERE channel = ?").With(channel);
        return row.Read() ? row.Time(0) : null;
    }

    public DateTimeOffset? HeardAt(string channel)
    {
        using var row = db.Ask("SELECT moved_at FROM cursors WHERE channel = ?").With(channel);
        return row.Read() ? row.Time(0) : null;
    }

    public void MoveCursor(string channel, Cursor next, DateTimeOffset now) =>
        db.Ask("""
            INSERT INTO cursors (channel, value, first_contact, moved_at) VALUES (?1, ?2, ?3, ?3)
            ON CONFLICT (channel) DO UPDATE SET value = excluded.value, moved_at = excluded.moved_at
            """).With(channel).With(next.Value).With(now).Run();

    public void AddGap(string channel, Gap gap, DateTimeOffset now) =>
        db.Ask("INSERT INTO gaps (channel, from_at, to_at, cause, added_at) VALUES (?, ?, ?, ?, ?)")
            .With(channel).With(gap.From).With(gap.To).With(gap.Cause).With(now).Run();

    public IReadOnlyList<Gap> GapsOf(string channel, DateTimeOffset from, DateTimeOffset to)
    {
        using var rows = db.Ask("SELECT from_at, to_at, cause FROM gaps WHERE channel = ? AND to_at > ? AND from_at < ? ORDER BY to_at").With(channel).With(from).With(to);
        var gaps = new List<Gap>();
        while (rows.Read())
        {
            gaps.Add(new Gap(rows.Time(0), rows.Time(1), rows.Text(2)));
        }
        return gaps;
    }

    public void KeepAside(string channel, string what, string raw, DateTimeOffset now)
    {
        db.Ask("INSERT INTO kept_aside (channel, what, raw, kept_at) VALUES (?, ?, ?, ?)")
            .With(channel).With(what).With(raw.Length <= RawLength ? raw : raw[..RawLength]).With(now).Run();
        db.Ask("""
            DELETE FROM kept_aside WHERE channel = ?1 AND id <= (SELECT id FROM kept_aside WHERE channel = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
            """).With(channel).With(KeptAside).Run();
    }
}
