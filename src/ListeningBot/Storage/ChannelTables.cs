using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

/// <summary>How far each channel was read.</summary>
internal sealed class ChannelTables(Db db)
{
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
}
