using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>Digests that were put up, and the cases that they are made of.</summary>
internal sealed class DigestTable(Db db)
{
    public Digest? Of(long id)
    {
        using var row = db.Ask("SELECT team, period, from_at, to_at FROM digests WHERE id = ?").With(id);
        return row.Read() ? new Digest(id, row.Text(0), Enum.Parse<Period>(row.Text(1)), row.Time(2), row.Time(3)) : null;
    }

    public Digest? Add(string team, Period period, DateTimeOffset from, DateTimeOffset to)
    {
        using var row = db.Ask("INSERT INTO digests (team, period, from_at, to_at) VALUES (?, ?, ?, ?) ON CONFLICT (team, period, from_at) DO NOTHING RETURNING id")
            .With(team).With(period.ToString()).With(from).With(to);
        return row.Read() ? new Digest(row.Long(0), team, period, from, to) : null;
    }

    public IReadOnlyList<Case> Changed(string team, DateTimeOffset since)
    {
        using var rows = db.Ask("SELECT body, id FROM cases WHERE team = ? AND changed >= ? ORDER BY changed").With(team).With(since);
        return CaseTables.All(rows);
    }

    /// <summary>Hops from team to team in the index instead of reading every case.</summary>
    public IReadOnlyList<string> Teams()
    {
        using var rows = db.Ask("""
            WITH RECURSIVE teams (team) AS (SELECT min(team) FROM cases UNION ALL SELECT (SELECT min(team) FROM cases WHERE team > teams.team) FROM teams WHERE teams.team IS NOT NULL)
            SELECT team FROM teams WHERE team IS NOT NULL AND team <> ''
            """);
        var teams = new List<string>();
        while (rows.Read())
        {
            teams.Add(rows.Text(0));
        }
        return teams;
    }
}
