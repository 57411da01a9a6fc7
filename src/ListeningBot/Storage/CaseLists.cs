using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>Cases by what people look for: whose, of which team, of which kind. The conditions are those of the partial indexes, word for word.</summary>
internal sealed class CaseLists(Db db)
{
    private const string Live = "state IN (0, 1, 3, 4, 5)";
    private const string Free = "state IN (0, 3, 4) AND owner IS NULL";

    /// <summary>Cases on trial show in their own room only: of them nobody is asked to take one.</summary>
    private const string AllFree = Free + $" AND team <> '{CaseWriter.ShadowRoom}'";

    public IReadOnlyList<Happening> EventsOf(long caseId)
    {
        using var rows = db.Ask("SELECT event, at FROM case_events WHERE case_id = ? ORDER BY version").With(caseId);
        var events = new List<Happening>();
        while (rows.Read())
        {
            if (Read(rows, caseId) is { } happened)
            {
                events.Add(new Happening(happened, rows.Time(1)));
            }
        }
        return events;
    }

    /// <summary>Null for one that can't be read, which is noted. Rows that begin with the event.</summary>
    internal static CaseEvent? Read(Statement row, long caseId) => row.TryJson(0, StoreJson.Default.CaseEvent, DeadRow.EventOfCase, caseId);

    public IReadOnlyList<Case> LiveOf(string? team, int limit)
    {
        if (team is null)
        {
            using var all = db.Ask($"SELECT body, id FROM cases WHERE {Live} ORDER BY priority DESC, posted LIMIT ?").With(limit);
            return CaseTables.All(all);
        }
        using var rows = db.Ask($"SELECT body, id FROM cases WHERE team = ? AND {Live} ORDER BY priority DESC, posted LIMIT ?").With(team).With(limit);
        return CaseTables.All(rows);
    }

    public IReadOnlyList<Case> FreeOf(string? team, int limit)
    {
        if (team is null)
        {
            using var all = db.Ask($"SELECT body, id FROM cases WHERE {AllFree} ORDER BY priority DESC, posted LIMIT ?").With(limit);
            return CaseTables.All(all);
        }
        using var rows = db.Ask($"SELECT body, id FROM cases WHERE team = ? AND {Free} ORDER BY priority DESC, posted LIMIT ?").With(team).With(limit);
        return CaseTables.All(rows);
    }

    public IReadOnlyList<Case> UnansweredFree(int limit)
    {
        using var rows = db.Ask($"SELECT body, id FROM cases WHERE {AllFree} AND state <> 4 ORDER BY priority DESC, posted LIMIT ?").With(limit);
        return CaseTables.All(rows);
    }

    public int CountFree(string? team)
    {
        if (team is null)
        {
            return (int)db.Number($"SELECT count(*) FROM cases WHERE {AllFree}");
        }
        using var row = db.Ask($"SELECT count(*) FROM cases WHERE team = ? AND {Free}").With(team);
        return row.Read() ? row.Int(0) : 0;
    }

    public Case? OldestFree()
    {
        using var row = db.Ask($"SELECT body, id FROM cases WHERE {AllFree} ORDER BY posted LIMIT 1");
        return row.Read() ? CaseTables.Read(row) : null;
    }

    public IReadOnlyList<Case> OfOwner(string owner, int limit)
    {
        using var rows = db.Ask($"SELECT body, id FROM cases WHERE owner = ? AND {Live} AND owner IS NOT NULL ORDER BY priority DESC, posted LIMIT ?").With(owner).With(limit);
        return CaseTables.All(rows);
    }

    public int LiveCountOf(string owner)
    {
        using var row = db.Ask($"SELECT count(*) FROM cases WHERE owner = ? AND {Live} AND owner IS NOT NULL").With(owner);
        return row.Read() ? row.Int(0) : 0;
    }

    public IReadOnlyList<Case> OpenAfter(long id, int limit)
    {
        var page = new Page<Case>(limit);
        while (page.GoesOn)
        {
            using var rows = db.Ask("SELECT body, id, due FROM cases WHERE id > ? AND state <> 2 ORDER BY id LIMIT ?").With(page.Last ?? id).With(limit);

            // The sweeper goes by the column: what it says is what is due.
            page.Take(rows, row => row.Long(1), row => CaseTables.Read(row) is { } @case ? @case with { Due = row.IsNull(2) ? null : row.Time(2) } : null);
        }
        return page.Items;
    }

    public IReadOnlyList<Case> Seen(string team, DateTimeOffset from, DateTimeOffset to)
    {
        using var rows = db.Ask("SELECT body, id FROM cases WHERE team = ? AND first_seen >= ? AND first_seen < ? ORDER BY first_seen").With(team).With(from).With(to);
        return CaseTables.All(rows);
    }

    public void SetDue(long caseId, DateTimeOffset? due, Step? step) =>
        db.Ask("""
            UPDATE cases SET due = ?2, body = json_patch(body, json_object('due', ?2, 'dueStep', ?3)) WHERE id = ?1
            """, """
            UPDATE cases SET due = ?2, body = jsonb_strip_nulls(body::jsonb || jsonb_build_object('due', ?2, 'dueStep', ?3))::text WHERE id = ?1
            """).With(caseId).With(due).With(step?.ToString()).Run();
}
