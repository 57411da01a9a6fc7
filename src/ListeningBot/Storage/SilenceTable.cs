using ListeningBot.Core.Cases;

namespace ListeningBot.Storage;

/// <summary>Silences, and what they hold back in the tray.</summary>
internal sealed class SilenceTable(Db db)
{
    public Silence? Of(long id)
    {
        using var row = db.Ask("SELECT id, body FROM silences WHERE id = ?").With(id);
        return row.Read() ? Read(row) : null;
    }

    public IReadOnlyList<Silence> Running(DateTimeOffset now)
    {
        using var rows = db.Ask("SELECT id, body FROM silences WHERE until_at > ? ORDER BY until_at").With(now);
        return All(rows);
    }

    public IReadOnlyList<Silence> Ended(DateTimeOffset from, DateTimeOffset to)
    {
        using var rows = db.Ask("SELECT id, body FROM silences WHERE until_at > ? AND until_at <= ? ORDER BY until_at").With(from).With(to);
        return All(rows);
    }

    public int HeldBack(long silence)
    {
        using var row = db.Ask("SELECT count(DISTINCT mention) FROM tray WHERE silence = ?").With(silence);
        return row.Read() ? row.Int(0) : 0;
    }

    public IReadOnlyList<(string Team, int Mentions)> HeldBackOfTeams(long silence)
    {
        using var rows = db.Ask("SELECT team, count(*) FROM tray WHERE silence = ? GROUP BY team ORDER BY team").With(silence);
        var teams = new List<(string, int)>();
        while (rows.Read())
        {
            teams.Add((rows.Text(0), rows.Int(1)));
        }
        return teams;
    }

    public Silence? Holding(long mention)
    {
        using var row = db.Ask("SELECT s.id, s.body FROM tray t JOIN silences s ON s.id = t.silence WHERE t.mention = ? LIMIT 1").With(mention);
        return row.Read() ? Read(row) : null;
    }

    public long Add(Silence silence) =>
        db.Ask("INSERT INTO silences (until_at, body) VALUES (?, ?) RETURNING id").With(silence.Until).WithJson(silence, StoreJson.Default.Silence).NewId();

    public void Update(Silence silence) =>
        db.Ask("UPDATE silences SET until_at = ?, body = ? WHERE id = ?").With(silence.Until).WithJson(silence, StoreJson.Default.Silence).With(silence.Id).Run();

    public void HoldBack(long mention, long silence) => db.Ask("UPDATE tray SET silence = ? WHERE mention = ?").With(silence).With(mention).Run();

    private static List<Silence> All(Statement rows)
    {
        var silences = new List<Silence>();
        while (rows.Read())
        {
            if (Read(rows) is { } silence)
            {
                silences.Add(silence);
            }
        }
        return silences;
    }

    /// <summary>Null for one that can't be read, which is noted: it hushes nobody.</summary>
    internal static Silence? Read(Statement row) => row.TryJson(1, StoreJson.Default.Silence, "silence", row.Long(0)) is { } silence ? silence with { Id = row.Long(0) } : null;
}
