using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Storage;

/// <summary>How much work there is, counted by the indexes of what is open, due and waiting: asked for every few seconds, also in a store of millions.</summary>
internal sealed class StandingTable(Db db)
{
    public IReadOnlyList<OpenCases> Cases()
    {
        using var rows = db.Ask($"""
            SELECT priority, CASE WHEN owner IS NULL THEN 0 ELSE 1 END AS claimed, count(*), min(CASE WHEN posted > first_seen THEN posted ELSE first_seen END)
            FROM cases WHERE state IN (0, 1, 3, 4, 5) AND team <> '{CaseWriter.ShadowRoom}' GROUP BY priority, CASE WHEN owner IS NULL THEN 0 ELSE 1 END ORDER BY 1 DESC, 2
            """);
        var cases = new List<OpenCases>();
        while (rows.Read())
        {
            cases.Add(new OpenCases((Priority)rows.Int(0), rows.Int(1) != 0, rows.Long(2), rows.Time(3)));
        }
        return cases;
    }

    public IReadOnlyList<WaitingCards> Cards()
    {
        using var rows = db.Ask("""
            SELECT room, priority, count(*), min(wanted_since) FROM cards WHERE shown < wanted AND gave_up < wanted GROUP BY room, priority ORDER BY room, priority DESC
            """);
        var cards = new List<WaitingCards>();
        while (rows.Read())
        {
            cards.Add(new WaitingCards(rows.Text(0), (Priority)rows.Int(1), rows.Long(2), rows.Time(3)));
        }
        return cards;
    }

    public long DeadLetters() => db.Number("SELECT count(*) FROM dead_letters WHERE away = 0");

    public DateTimeOffset? DueSince(DateTimeOffset now)
    {
        using var row = db.Ask("SELECT min(due) FROM cases WHERE due IS NOT NULL AND due <= ? AND priority IN (0, 1, 2, 3)").With(now);
        return row.Read() && !row.IsNull(0) ? row.Time(0) : null;
    }

    /// <summary>On PostgreSQL our own tables with all that belongs to them: the database may hold other programs' too.</summary>
    public long Bytes()
    {
        using var row = db.Ask(
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class WHERE relnamespace = to_regnamespace(current_schema()) AND relkind = 'r'");
        return row.Read() ? row.Long(0) : 0;
    }
}
