using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>The maybe tray of each team, and the pages on which it was listed.</summary>
internal sealed class TrayTables(Db db)
{
    // Word for word the condition of the index tray_unlisted.
    private const string Unlisted = "page IS NULL AND verdict IS NULL";

    public IReadOnlyList<long> UnlistedOf(string team, int limit) =>
        db.Ask($"SELECT mention FROM tray WHERE team = ? AND {Unlisted} ORDER BY complaint DESC, mention LIMIT ?").With(team).With(limit).Numbers();

    public IReadOnlyList<long> UndecidedOf(string? team, int limit) => team is null
        ? db.Ask("SELECT mention FROM tray WHERE verdict IS NULL GROUP BY mention ORDER BY max(complaint) DESC, mention LIMIT ?").With(limit).Numbers()
        : db.Ask(
            "SELECT mention FROM tray WHERE +team = ? AND verdict IS NULL ORDER BY complaint DESC, mention LIMIT ?",
            "SELECT mention FROM tray WHERE team = ? AND verdict IS NULL ORDER BY complaint DESC, mention LIMIT ?").With(team).With(limit).Numbers();

    public IReadOnlyList<string> TeamsWithUnlisted()
    {
        using var rows = db.Ask($"SELECT DISTINCT team FROM tray WHERE {Unlisted} ORDER BY team");
        var teams = new List<string>();
        while (rows.Read())
        {
            teams.Add(rows.Text(0));
        }
        return teams;
    }

    public TrayPage? Page(long id)
    {
        using var row = db.Ask("SELECT team, day, page, pages, mentions, note FROM tray_pages WHERE id = ?").With(id);
        return row.Read() && row.TryJson(4, StoreJson.Default.IReadOnlyListInt64, DeadRow.MaybePage, id) is { } mentions
            ? new TrayPage(id, row.Text(0), DateOnly.FromDayNumber(row.Int(1)), row.Int(2), row.Int(3), mentions) { Note = row.TextOrNull(5) }
            : null;
    }

    public IReadOnlyList<long> PagesWith(long mention) => db.Ask("SELECT page FROM tray WHERE mention = ? AND page IS NOT NULL ORDER BY page").With(mention).Numbers();

    public string? VerdictOf(long mention)
    {
        using var row = db.Ask("SELECT verdict FROM tray WHERE mention = ? AND verdict IS NOT NULL LIMIT 1").With(mention);
        return row.Read() ? row.Text(0) : null;
    }

    public long Undecided() => db.Number("SELECT count(DISTINCT mention) FROM tray WHERE verdict IS NULL");

    public void Add(long mention, IReadOnlyList<string> teams, double complaint, DateTimeOffset now)
    {
        foreach (var team in teams)
        {
            db.Ask("INSERT INTO tray (mention, team, complaint, added_at) VALUES (?, ?, ?, ?) ON CONFLICT (mention, team) DO NOTHING")
                .With(mention).With(team).With(complaint).With(now).Run();
        }
    }

    public TrayPage AddPage(string team, DateOnly day, int page, int pages, IReadOnlyList<long> mentions)
    {
        var id = db.Ask("INSERT INTO tray_pages (team, day, page, pages, mentions) VALUES (?, ?, ?, ?, ?) RETURNING id")
            .With(team).With(day.DayNumber).With(page).With(pages).WithJson(mentions, StoreJson.Default.IReadOnlyListInt64).NewId();
        foreach (var mention in mentions)
        {
            db.Ask("UPDATE tray SET page = ? WHERE mention = ? AND team = ?").With(id).With(mention).With(team).Run();
        }
        return new TrayPage(id, team, day, page, pages, mentions);
    }

    public void Unlist(long mention)
    {
        foreach (var page in PagesWith(mention).Select(Page).OfType<TrayPage>())
        {
            IReadOnlyList<long> others = [.. page.Mentions.Where(one => one != mention)];
            db.Ask("UPDATE tray_pages SET mentions = ? WHERE id = ?").WithJson(others, StoreJson.Default.IReadOnlyListInt64).With(page.Id).Run();
        }
        db.Ask("DELETE FROM tray WHERE mention = ?").With(mention).Run();
    }

    public void Note(long page, string note) => db.Ask("UPDATE tray_pages SET note = ? WHERE id = ?").With(note).With(page).Run();

    public void Decide(long mention, string verdict, DateTimeOffset now) =>
        db.Ask("UPDATE tray SET verdict = ?, decided_at = ? WHERE mention = ?").With(verdict).With(now).With(mention).Run();

    /// <summary>Nothing is left of the mention that could be listed.</summary>
    public void DropUnlisted(long mention) => db.Ask($"DELETE FROM tray WHERE mention = ? AND {Unlisted}").With(mention).Run();
}
