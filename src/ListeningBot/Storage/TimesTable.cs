using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

/// <summary>The clock of each mention; when a room showed it stands with its card.</summary>
internal sealed class TimesTable(Db db)
{
    // The case that this mention opened when it was recorded: it is its first mention, and none that lay in the maybe list before.
    private const string OpenedBy = "c.id = m.case_id AND c.first_seen = m.first_seen AND m.id = (SELECT min(o.id) FROM mentions o WHERE o.case_id = c.id)";

    // When a card first named it to readers, also one that many cases share.
    private const string NamedAt = """(SELECT min(e.at) FROM case_events e WHERE e.case_id = c.id AND e.event LIKE '{"event":"card-shown"%')""";

    public void Keep(long mention, MentionTimes times) =>
        db.Ask("INSERT INTO mention_times (mention, channel, posted, seen, fetched, scored_us, recorded_us, first_contact) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .With(mention).With(times.Channel).With(times.Posted).With(times.Seen).With(times.Fetched)
            .With(Micros(times.Scored)).With(Micros(times.Recorded)).With(times.FirstContact).Run();

    /// <summary>Whether it was read at the first contact with its source; false too where nobody noted it.</summary>
    public bool AtFirstContact(long mention)
    {
        using var row = db.Ask("SELECT first_contact FROM mention_times WHERE mention = ?").With(mention);
        return row.Read() && row.Int(0) != 0;
    }

    public IReadOnlyList<MentionTimes> Since(DateTimeOffset since)
    {
        using var rows = db.Ask($"""
            SELECT t.channel, t.posted, t.seen, t.fetched, t.scored_us, t.recorded_us, t.first_contact,
                (SELECT min(k.first_shown_at) FROM cards k WHERE k.subject = 'case:' || c.id), {NamedAt}
            FROM mention_times t CROSS JOIN mentions m ON m.id = t.mention LEFT JOIN cases c ON {OpenedBy}
            WHERE t.fetched >= ? ORDER BY t.fetched
            """, $"""
            SELECT t.channel, t.posted, t.seen, t.fetched, t.scored_us, t.recorded_us, t.first_contact,
                (SELECT min(k.first_shown_at) FROM cards k WHERE k.subject = 'case:' || c.id), {NamedAt}
            FROM mention_times t JOIN mentions m ON m.id = t.mention LEFT JOIN cases c ON {OpenedBy}
            WHERE t.fetched >= ? ORDER BY t.fetched
            """).With(since);
        var all = new List<MentionTimes>();
        while (rows.Read())
        {
            all.Add(new MentionTimes(
                string.Intern(rows.Text(0)), rows.IsNull(1) ? null : rows.Time(1), rows.Time(2), rows.Time(3), TimeSpan.FromMicroseconds(rows.Long(4)), TimeSpan.FromMicroseconds(rows.Long(5)), rows.Int(6) != 0)
            {
                Shown = Earlier(Time(rows, 7), Time(rows, 8)),
            });
        }
        return all;
    }

    public IReadOnlyList<long> CasesLateBy(string channel, Gap gap) =>
        db.Ask($"""
            SELECT c.id FROM mention_times t CROSS JOIN mentions m ON m.id = t.mention JOIN cases c ON {OpenedBy}
            WHERE t.channel = ?1 AND t.posted >= ?2 AND t.posted < ?3 AND t.fetched >= ?3 AND t.fetched - t.posted > ?4 ORDER BY t.posted
            """, $"""
            SELECT c.id FROM mention_times t JOIN mentions m ON m.id = t.mention JOIN cases c ON {OpenedBy}
            WHERE t.channel = ?1 AND t.posted >= ?2 AND t.posted < ?3 AND t.fetched >= ?3 AND t.fetched - t.posted > ?4 ORDER BY t.posted
            """).With(channel).With(gap.From).With(gap.To).With((long)LateWriter.LateAfter.TotalMilliseconds).Numbers();

    private static DateTimeOffset? Time(Statement row, int column) => row.IsNull(column) ? null : row.Time(column);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other ? one : other ?? one;

    private static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}
