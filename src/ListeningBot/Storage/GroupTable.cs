using ListeningBot.Core.Cases;

namespace ListeningBot.Storage;

/// <summary>Groups of cases that came in a burst. The conditions are those of the partial indexes, word for word.</summary>
internal sealed class GroupTable(Db db)
{
    private const string Free = "in_group IS NOT NULL AND state IN (0, 3, 4) AND owner IS NULL";
    private const string FreeCases = $"SELECT body, id FROM cases WHERE in_group = ? AND {Free} ORDER BY priority DESC, posted LIMIT ? OFFSET ?";
    private const string UnansweredCases = $"SELECT body, id FROM cases WHERE in_group = ? AND {Free} AND state <> 4 ORDER BY priority DESC, posted LIMIT ? OFFSET ?";
    private const string Columns = "id, team, aspect, opened_at, last_at, cases";

    public bool ManySeen(string team, DateTimeOffset after, DateTimeOffset to, int many)
    {
        using var row = db.Ask("SELECT 1 FROM cases WHERE team = ? AND first_seen > ? AND first_seen <= ? LIMIT 1 OFFSET ?").With(team).With(after).With(to).With(many - 1);
        return row.Read();
    }

    public CaseGroup? Of(long id)
    {
        using var row = db.Ask($"SELECT {Columns} FROM case_groups WHERE id = ?").With(id);
        return Read(row);
    }

    public CaseGroup? Latest(string burst, string aspect)
    {
        using var row = db.Ask($"SELECT {Columns} FROM case_groups WHERE team = ? AND aspect = ? ORDER BY last_at DESC LIMIT 1").With(burst).With(aspect);
        return Read(row);
    }

    /// <summary>Hundreds may be answered already, on the network itself: those are not read to find one that waits.</summary>
    public IReadOnlyList<Case> FreeIn(long group, int limit)
    {
        var first = Find(UnansweredCases, group, CaseGroup.Waits, limit, limit);
        return first.Count == limit ? first : [.. first, .. Find(FreeCases, group, @case => !CaseGroup.Waits(@case), limit - first.Count, limit)];
    }

    public int CountUnansweredIn(long group)
    {
        using var row = db.Ask($"SELECT count(*) FROM cases WHERE in_group = ? AND {Free} AND state <> 4").With(group);
        return row.Read() ? row.Int(0) : 0;
    }

    /// <summary>It goes on past what can't be read: that there is none means to everybody that all are taken.</summary>
    private List<Case> Find(string sql, long group, Func<Case, bool> fits, int limit, int page)
    {
        var found = new List<Case>();
        for (int passed = 0, read = page; read == page && found.Count < limit; passed += page)
        {
            using var rows = db.Ask(sql).With(group).With(page).With(passed);
            for (read = 0; found.Count < limit && rows.Read(); read++)
            {
                if (CaseTables.Read(rows) is { } @case && fits(@case))
                {
                    found.Add(@case);
                }
            }
        }
        return found;
    }

    public long Add(string burst, string aspect, DateTimeOffset now) =>
        db.Ask("INSERT INTO case_groups (team, aspect, opened_at, last_at) VALUES (?, ?, ?, ?) RETURNING id").With(burst).With(aspect).With(now).With(now).NewId();

    public void Join(long group, DateTimeOffset now) =>
        db.Ask("UPDATE case_groups SET cases = cases + 1, last_at = ? WHERE id = ?").With(now).With(group).Run();

    private static CaseGroup? Read(Statement row) =>
        row.Read() ? new CaseGroup(row.Long(0), row.Text(1), row.Text(2), row.Time(3), row.Time(4), row.Int(5)) : null;
}
