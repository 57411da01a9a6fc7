namespace ListeningBot.Storage;

/// <summary>Forgets by its age what was put up to be read, and what the bot noted of itself.</summary>
internal sealed class RetentionOfLists(Db db)
{
    public int Presses(DateTimeOffset before, int limit) =>
        db.Ask("DELETE FROM presses WHERE id IN (SELECT id FROM presses WHERE at < ? ORDER BY at LIMIT ?)").With(before).With(limit).Changed()
        + db.Ask("DELETE FROM notes_heard WHERE id IN (SELECT id FROM notes_heard WHERE at < ? ORDER BY at LIMIT ?)").With(before).With(limit).Changed();

    public int Ledger(DateTimeOffset before, int limit) =>
        db.Ask("DELETE FROM gaps WHERE id IN (SELECT g.id FROM gaps g WHERE g.to_at < ? ORDER BY g.to_at LIMIT ?)").With(before).With(limit).Changed()
        + db.Ask("DELETE FROM mention_times WHERE mention IN (SELECT mention FROM mention_times WHERE fetched < ? ORDER BY fetched LIMIT ?)").With(before).With(limit).Changed();

    public int Lists(DateTimeOffset before, int limit) =>
        Shown("notice", db.Ask("SELECT id FROM notices WHERE at < ? ORDER BY at LIMIT ?").With(before).With(limit), id => db.Ask("DELETE FROM notices WHERE id = ?").With(id).Run())
        + Shown("tray", Pages(before, limit), id => db.Ask("DELETE FROM tray_pages WHERE id = ?").With(id).Run())
        + Shown("group", Groups(before, limit), id => db.Ask("DELETE FROM case_groups WHERE id = ?").With(id).Run())
        + Silences(before, limit)
        + Runs(before, limit);

    public int Digests(DateTimeOffset before, int limit) =>
        Shown("digest", db.Ask("SELECT id FROM digests WHERE to_at < ? ORDER BY to_at LIMIT ?").With(before).With(limit), id => db.Ask("DELETE FROM digests WHERE id = ?").With(id).Run());

    public int Calendars(DateTimeOffset before, int limit) =>
        db.Ask("DELETE FROM documents WHERE name IN (SELECT name FROM documents WHERE name >= 'holidays ' AND name < 'holidays!' AND kept_at < ? LIMIT ?)").With(before).With(limit).Changed();

    /// <summary>A page stays while something on it does.</summary>
    private Statement Pages(DateTimeOffset before, int limit) =>
        db.Ask("SELECT id FROM tray_pages WHERE day < ? AND NOT EXISTS (SELECT 1 FROM tray WHERE tray.page = tray_pages.id) ORDER BY day LIMIT ?")
            .With((long)DateOnly.FromDateTime(before.UtcDateTime).DayNumber).With(limit);

    /// <summary>A case that somebody took or that has ended needs its group no more.</summary>
    private Statement Groups(DateTimeOffset before, int limit) =>
        db.Ask("""
            SELECT id FROM case_groups WHERE last_at < ? AND NOT EXISTS
                (SELECT 1 FROM cases WHERE cases.in_group = case_groups.id AND in_group IS NOT NULL AND state IN (0, 3, 4) AND owner IS NULL) ORDER BY last_at LIMIT ?
            """).With(before).With(limit);

    private int Silences(DateTimeOffset before, int limit) =>
        db.Ask("""
            DELETE FROM silences WHERE id IN
                (SELECT id FROM silences WHERE until_at < ? AND NOT EXISTS (SELECT 1 FROM tray WHERE tray.silence = silences.id) ORDER BY until_at LIMIT ?)
            """).With(before).With(limit).Changed();

    /// <summary>The latest runs of canaries are kept by their number; of older ones only cards are left.</summary>
    private int Runs(DateTimeOffset before, int limit)
    {
        db.Ask("""
            DELETE FROM dead_letters WHERE ref IN
                (SELECT 'card ' || room || ' ' || subject FROM cards WHERE subject >= 'canary:' AND subject < 'canary;' AND wanted_since < ?)
            """).With(before).Run();
        return db.Ask("""
            DELETE FROM cards WHERE (subject, room) IN
                (SELECT subject, room FROM cards WHERE subject >= 'canary:' AND subject < 'canary;' AND wanted_since < ? LIMIT ?)
            """).With(before).With(limit).Changed();
    }

    /// <summary>With its cards, what could not be shown of them, and pings.</summary>
    private int Shown(string what, Statement rows, Action<long> remove)
    {
        var ids = rows.Numbers();
        foreach (var id in ids)
        {
            db.Ask("DELETE FROM dead_letters WHERE ref IN (SELECT 'card ' || room || ' ' || subject FROM cards WHERE subject = ?)").With($"{what}:{id}").Run();
            db.Ask("DELETE FROM cards WHERE subject = ?").With($"{what}:{id}").Run();
            db.Ask("DELETE FROM pings WHERE subject = ?").With($"{what}:{id}").Run();
            remove(id);
        }
        return ids.Count;
    }
}
