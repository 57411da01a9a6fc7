using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>Made-up complaints, and what became of them.</summary>
internal sealed class CanaryTable(Db db)
{
    /// <summary>So many runs are kept.</summary>
    public const int Kept = 200;

    public CanaryRun? Of(long id)
    {
        using var row = db.Ask("SELECT id, body FROM canary_runs WHERE id = ?").With(id);
        return row.Read() ? Read(row) : null;
    }

    public CanaryRun? With(string token)
    {
        using var row = db.Ask("SELECT r.id, r.body FROM canaries c JOIN canary_runs r ON r.id = c.run WHERE c.token = ?").With(token);

        // Null would make a case of a made-up complaint: what belongs to a run that can't be read is better kept aside.
        return row.Read() ? row.Json(1, StoreJson.Default.CanaryRun) with { Id = row.Long(0) } : null;
    }

    public CanaryRun? Latest()
    {
        using var row = db.Ask("SELECT id, body FROM canary_runs WHERE id = (SELECT max(id) FROM canary_runs)");
        return row.Read() ? Read(row) : null;
    }

    public IReadOnlyList<CanaryRun> Open()
    {
        using var rows = db.Ask("SELECT id, body FROM canary_runs WHERE judged = 0 ORDER BY id");
        var runs = new List<CanaryRun>();
        while (rows.Read())
        {
            if (Read(rows) is { } run)
            {
                runs.Add(run);
            }
        }
        return runs;
    }

    public long Add(CanaryRun run)
    {
        var id = db.Ask("INSERT INTO canary_runs (judged, body) VALUES (?, ?) RETURNING id").With(run.Verdict is not null).WithJson(run, StoreJson.Default.CanaryRun).NewId();
        foreach (var sent in run.Sent)
        {
            db.Ask("INSERT INTO canaries (token, run) VALUES (?, ?)").With(sent.Token).With(id).Run();
        }
        db.Ask("DELETE FROM canaries WHERE run <= ?").With(id - Kept).Run();
        db.Ask("DELETE FROM canary_runs WHERE id <= ?").With(id - Kept).Run();
        return id;
    }

    public void Update(CanaryRun run) =>
        db.Ask("UPDATE canary_runs SET judged = ?, body = ? WHERE id = ?").With(run.Verdict is not null).WithJson(run, StoreJson.Default.CanaryRun).With(run.Id).Run();

    /// <summary>Null for one that can't be read, which is noted.</summary>
    private static CanaryRun? Read(Statement row) => row.TryJson(1, StoreJson.Default.CanaryRun, DeadRow.Canary, row.Long(0)) is { } run ? run with { Id = row.Long(0) } : null;
}
