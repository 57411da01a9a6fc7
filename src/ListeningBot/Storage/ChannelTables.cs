using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

/// <summary>How far each channel was read, and what it gave that nobody understood.</summary>
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

    public IReadOnlyList<ChannelRead> All()
    {
        using var rows = db.Ask("SELECT channel, first_contact FROM cursors WHERE channel > '' ORDER BY channel");
        var channels = new List<ChannelRead>();
        while (rows.Read())
        {
            channels.Add(new ChannelRead(rows.Text(0), rows.Time(1)));
        }
        return channels;
    }

    public void MoveCursor(string channel, Cursor next, DateTimeOffset now) =>
        db.Ask("""
            INSERT INTO cursors (channel, value, first_contact, moved_at) VALUES (?1, ?2, ?3, ?3)
            ON CONFLICT (channel) DO UPDATE SET value = excluded.value, moved_at = excluded.moved_at
            """).With(channel).With(next.Value).With(now).Run();

    public void KeepAside(string channel, string what, string raw, DateTimeOffset now)
    {
        db.Ask("INSERT INTO kept_aside (channel, what, raw, kept_at) VALUES (?, ?, ?, ?)")
            .With(channel).With(what).With(raw.Length <= RawLength ? raw : raw[..RawLength]).With(now).Run();
        db.Ask("""
            DELETE FROM kept_aside WHERE channel = ?1 AND id <= (SELECT id FROM kept_aside WHERE channel = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
            """).With(channel).With(KeptAside).Run();
    }
}
