using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Storage;

/// <summary>Cases, what happened to them, and the unique keys that decide which case a mention belongs to.</summary>
internal sealed class CaseTables(Db db)
{
    public Case? Of(long id)
    {
        using var row = db.Ask("SELECT body, id FROM cases WHERE id = ?").With(id);
        return row.Read() ? Read(row) : null;
    }

    public IReadOnlyList<Case> Due(DateTimeOffset now, int limit)
    {
        var cases = new List<Case>();
        for (var priority = Priority.Critical; priority >= Priority.Low && cases.Count < limit; priority--)
        {
            using var rows = db.Ask("SELECT body, id FROM cases WHERE priority = ? AND due <= ? ORDER BY due, id LIMIT ?").With((long)priority).With(now).With(limit - cases.Count);
            cases.AddRange(All(rows));
        }
        return cases;
    }

    public long NextId() => db.Next("case");

    public void Save(Case @case, CaseEvent @event, DateTimeOffset now)
    {
        db.Ask("""
            INSERT INTO cases (id, version, state, posted, first_seen, due, body, priority, team, aspect, owner, customer, in_group, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                version = excluded.version, state = excluded.state, posted = excluded.posted, first_seen = excluded.first_seen, due = excluded.due, body = excluded.body,
                priority = excluded.priority, team = excluded.team, aspect = excluded.aspect, owner = excluded.owner, customer = excluded.customer, in_group = excluded.in_group,
                changed = excluded.changed
            WHERE cases.version = excluded.version - 1
            """).With(@case.Id).With(@case.Version).With((long)@case.State).With(@case.Posted).With(@case.FirstSeen).With(@case.Due)
            .WithJson(@case, StoreJson.Default.Case).With((long)@case.Priority).With(@case.Teams[0]).With(@case.Aspect).With(@case.Owner?.Id).With(@case.Customer).With(@case.Group).With(now)
            .RunOr(() => new InvalidOperationException($"Case {@case.Id} can't be saved as version {@case.Version}: the stored one is version {Of(@case.Id)?.Version}."));
        db.Ask("INSERT INTO case_events (case_id, version, at, event) VALUES (?, ?, ?, ?)")
            .With(@case.Id).With(@case.Version).With(now).WithJson(@event, StoreJson.Default.CaseEvent).Run();
    }

    /// <summary>It can't be read, so no step of it can be taken.</summary>
    public void NothingDue(long id) => db.Ask("UPDATE cases SET due = NULL WHERE id = ?").With(id).Run();

    public long? Holding(string key)
    {
        using var row = db.Ask("SELECT case_id FROM case_keys WHERE key = ?").With(key);
        return row.Read() ? row.Long(0) : null;
    }

    public IReadOnlyList<ulong> ThreadHashes()
    {
        using var rows = db.Ask("SELECT thread_hash FROM case_keys WHERE thread_hash <> 0");
        var hashes = new List<ulong>();
        while (rows.Read())
        {
            hashes.Add(unchecked((ulong)rows.Long(0)));
        }
        return hashes;
    }

    /// <summary>On SQLite in this order, cases first: most posts are older, or of no case. PostgreSQL knows that by its statistics.</summary>
    public IReadOnlyList<ulong> ThreadHashesClosed(DateTimeOffset since)
    {
        using var rows = db.Ask("SELECT m.ns, m.post_id FROM cases c CROSS JOIN mentions m WHERE c.state = 2 AND c.changed >= ? AND m.case_id = c.id").With(since);
        var hashes = new List<ulong>();
        while (rows.Read())
        {
            hashes.Add(ThreadHash.Of(new PostKey(rows.Text(0), rows.Text(1))));
        }
        return hashes;
    }

    public void TakeKey(string key, long caseId, ulong threadHash) =>
        db.Ask("""
            INSERT INTO case_keys (key, case_id, thread_hash) VALUES (?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET thread_hash = CASE WHEN excluded.thread_hash = 0 THEN case_keys.thread_hash ELSE excluded.thread_hash END WHERE case_keys.case_id = excluded.case_id
            """).With(key).With(caseId).With(unchecked((long)threadHash)).Run();

    public void MoveKey(string key, long caseId, ulong threadHash) =>
        db.Ask("""
            INSERT INTO case_keys (key, case_id, thread_hash) VALUES (?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET case_id = excluded.case_id, thread_hash = CASE WHEN excluded.thread_hash = 0 THEN case_keys.thread_hash ELSE excluded.thread_hash END
            """).With(key).With(caseId).With(unchecked((long)threadHash)).Run();

    public void FreeKeys(long caseId) => db.Ask("DELETE FROM case_keys WHERE case_id = ?").With(caseId).Run();

    /// <summary>Rows of "body, id". Null for one that can't be read, which is noted.</summary>
    internal static Case? Read(Statement row) => row.TryJson(0, StoreJson.Default.Case, "case", row.Long(1));

    /// <summary>Those that can be read.</summary>
    internal static List<Case> All(Statement rows)
    {
        var cases = new List<Case>();
        while (rows.Read())
        {
            if (Read(rows) is { } @case)
            {
                cases.Add(@case);
            }
        }
        return cases;
    }
}
