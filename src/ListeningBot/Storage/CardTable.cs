using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Storage;

/// <summary>For each subject and room the version that is wanted and the one that is shown. Waiting: neither shown nor given up.</summary>
internal sealed class CardTable(Db db)
{
    // Word for word the condition of the index cards_waiting.
    private const string Waiting = "shown < wanted AND gave_up < wanted";

    private const string Work = "subject, wanted, message, look_first, wanted_since, tries, priority, shown";

    private readonly Lazy<StorePutBack?> _putBack = new(() => StorePutBack.Of(db), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The store was opened: a card that has no message may have been sent just before the end of the last run.</summary>
    public void LookFirstForUnmarked() => db.Ask($"UPDATE cards SET look_first = 1 WHERE {Waiting} AND message IS NULL").Run();

    /// <summary>Another machine may have sent it just before it lost the room.</summary>
    public void LookFirstForUnmarked(string room) => db.Ask($"UPDATE cards SET look_first = 1 WHERE room = ? AND {Waiting} AND message IS NULL").With(room).Run();

    /// <param name="over">Of the cards that were shown before only what is more urgent; null: all.</param>
    public IReadOnlyList<CardWork> ToShow(string room, DateTimeOffset now, int limit, Priority? over)
    {
        // Each walks along the index and needs no sorting.
        var unseen = WorkIn(room, db.Ask($"""
            SELECT {Work} FROM cards
            WHERE room = ? AND {Waiting} AND try_at <= ? AND first_shown_at IS NULL ORDER BY priority DESC, posted LIMIT ?
            """).With(room).With(now).With(limit));
        var least = Math.Max((int?)over ?? -1, unseen.Count == limit ? (int)unseen[^1].Priority : -1);
        var seen = WorkIn(room, db.Ask($"""
            SELECT {Work} FROM cards
            WHERE room = ? AND priority > ? AND {Waiting} AND try_at <= ? AND first_shown_at IS NOT NULL ORDER BY priority DESC, posted LIMIT ?
            """).With(room).With(least).With(now).With(limit));

        // A stable sort: of one priority those come first that nobody has seen.
        return [.. unseen.Concat(seen).OrderByDescending(work => work.Priority).Take(limit)];
    }

    private static List<CardWork> WorkIn(string room, Statement asked)
    {
        using var rows = asked;
        var work = new List<CardWork>();
        while (rows.Read())
        {
            var message = rows.TextOrNull(2);
            work.Add(new CardWork(new CardKey(rows.Text(0), room), rows.Int(1), message is null ? null : new MessageRef(message), rows.Int(3) != 0, rows.Time(4), rows.Int(5)) { Priority = (Priority)rows.Int(6), Shown = rows.Int(7) });
        }
        return work;
    }

    public CardKey? ShownAs(MessageRef message)
    {
        using var row = db.Ask("SELECT subject, room FROM cards WHERE message = ?").With(message.Value);
        return row.Read() ? new CardKey(row.Text(0), row.Text(1)) : null;
    }

    /// <summary>No reference holds the character with which the stretch of those that begin so ends.</summary>
    public CardKey? DossierIn(string thread)
    {
        using var row = db.Ask("SELECT subject, room FROM cards WHERE message >= ? AND message < ? AND subject LIKE 'thread:%' LIMIT 1").With(thread).With(thread + '\uFFFD');
        return row.Read() ? new CardKey(row.Text(0), row.Text(1)) : null;
    }

    public MessageRef? MessageOf(CardKey key)
    {
        using var row = db.Ask("SELECT message FROM cards WHERE subject = ? AND room = ?").With(key.Subject).With(key.Room);
        return row.Read() && row.TextOrNull(0) is { } message ? new MessageRef(message) : null;
    }

    public IReadOnlyList<string> RoomsOf(string subject)
    {
        using var rows = db.Ask("SELECT room FROM cards WHERE subject = ?").With(subject);
        var rooms = new List<string>();
        while (rows.Read())
        {
            rooms.Add(rows.Text(0));
        }
        return rooms;
    }

    public DateTimeOffset? FirstShownAt(CardKey key)
    {
        using var row = db.Ask("SELECT first_shown_at FROM cards WHERE subject = ? AND room = ? AND first_shown_at IS NOT NULL").With(key.Subject).With(key.Room);
        return row.Read() ? row.Time(0) : null;
    }

    public void AddRooms(SortedSet<string> rooms)
    {
        using var rows = db.Ask($"SELECT DISTINCT room FROM cards WHERE {Waiting}");
        while (rows.Read())
        {
            rooms.Add(rows.Text(0));
        }
    }

    public DateTimeOffset? NextTry(string room, DateTimeOffset now)
    {
        using var row = db.Ask($"SELECT min(try_at) FROM cards WHERE room = ? AND {Waiting} AND try_at > ?").With(room).With(now);
        return row.Read() && !row.IsNull(0) ? row.Time(0) : null;
    }

    /// <summary>Cases that were shown. The pages of the maybe list and the words to the ops room are no cards to a reader.</summary>
    public long Shown() => db.Number("SELECT count(DISTINCT subject) FROM cards WHERE first_shown_at IS NOT NULL AND subject >= 'case:' AND subject < 'case;'");

    public long WaitingCount() => db.Number($"SELECT count(*) FROM cards WHERE {Waiting}");

    public IReadOnlyList<(DateTimeOffset Posted, DateTimeOffset FirstSeen, DateTimeOffset Shown)> Times(int limit)
    {
        // CROSS JOIN and the plus signs keep to the order of cards_shown: the latest first, no further than the limit.
        using var rows = db.Ask("""
            SELECT cases.posted, cases.first_seen, k.first_shown_at FROM cards k CROSS JOIN cases ON cases.id = CAST(substr(k.subject, 6) AS INTEGER)
            WHERE k.first_shown_at IS NOT NULL AND +k.subject >= 'case:' AND +k.subject < 'case;'
            AND NOT EXISTS (SELECT 1 FROM cards other WHERE other.subject = k.subject AND (other.first_shown_at, other.room) < (k.first_shown_at, k.room))
            ORDER BY k.first_shown_at DESC LIMIT ?
            """, """
            SELECT cases.posted, cases.first_seen, k.first_shown_at FROM cards k JOIN cases ON cases.id = CASE WHEN k.subject >= 'case:' AND k.subject < 'case;' THEN CAST(substr(k.subject, 6) AS bigint) END
            WHERE k.first_shown_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM cards other WHERE other.subject = k.subject AND (other.first_shown_at, other.room) < (k.first_shown_at, k.room))
            ORDER BY k.first_shown_at DESC LIMIT ?
            """).With(limit);
        var times = new List<(DateTimeOffset, DateTimeOffset, DateTimeOffset)>();
        while (rows.Read())
        {
            times.Add((rows.Time(0), rows.Time(1), rows.Time(2)));
        }
        return times;
    }

    public void Want(CardKey key, int? version, Priority priority, DateTimeOffset posted, DateTimeOffset now) =>
        db.Ask("""
            INSERT INTO cards (subject, room, wanted, priority, posted, wanted_since, look_first) VALUES (?1, ?2, coalesce(?3, 1), ?4, ?5, ?6, ?7)
            ON CONFLICT (subject, room) DO UPDATE SET wanted = coalesce(?3, cards.wanted + 1), priority = excluded.priority, posted = excluded.posted, try_at = 0,
                wanted_since = CASE WHEN cards.message IS NOT NULL AND cards.shown >= cards.wanted THEN excluded.wanted_since ELSE cards.wanted_since END
            WHERE ?3 IS NULL OR cards.wanted < ?3
            """).With(key.Subject).With(key.Room).With((long?)version).With((long)priority).With(posted).With(ShownSince(key, posted, now) ?? now).With(ShownSince(key, posted, now) is not null).Run();

    public void WantCalmly(CardKey key, int? version, Priority priority, DateTimeOffset posted, DateTimeOffset now, DateTimeOffset notBefore) =>
        db.Ask("""
            INSERT INTO cards (subject, room, wanted, priority, posted, wanted_since, look_first) VALUES (?1, ?2, coalesce(?7, 1), ?3, ?4, ?5, ?8)
            ON CONFLICT (subject, room) DO UPDATE SET wanted = CASE WHEN cards.wanted >= ?7 THEN cards.wanted ELSE coalesce(?7, cards.wanted + 1) END, priority = excluded.priority,
                try_at = CASE WHEN cards.shown < cards.wanted AND cards.gave_up < cards.wanted THEN cards.try_at ELSE ?6 END,
                wanted_since = CASE WHEN cards.message IS NOT NULL AND cards.shown >= cards.wanted THEN excluded.wanted_since ELSE cards.wanted_since END
            """).With(key.Subject).With(key.Room).With((long)priority).With(posted).With(ShownSince(key, posted, now) ?? now).With(notBefore).With((long?)version)
            .With(ShownSince(key, posted, now) is not null).Run();

    public void MarkShown(CardKey key, int version, MessageRef message, DateTimeOffset now, int? before) =>
        db.Ask("""
            UPDATE cards SET shown = CASE WHEN shown > ?3 OR shown <> coalesce(?6, shown) THEN shown ELSE ?3 END, message = ?4, first_shown_at = coalesce(first_shown_at, ?5), try_at = 0, tries = 0, look_first = 0, reason = NULL
            WHERE subject = ?1 AND room = ?2
            """).With(key.Subject).With(key.Room).With(version).With(message.Value).With(now).With((long?)before).RunOr(() => NeverWanted(key));

    public void PutOff(CardKey key, DateTimeOffset until, bool lookFirst, string reason) =>
        db.Ask("""
            UPDATE cards SET try_at = ?3, tries = tries + 1, look_first = CASE WHEN look_first > ?4 THEN look_first ELSE ?4 END, reason = ?5 WHERE subject = ?1 AND room = ?2
            """).With(key.Subject).With(key.Room).With(until).With(lookFirst).With(reason).RunOr(() => NeverWanted(key));

    /// <summary>The next message is another one: it is looked for since now, not through all that was said since the first.</summary>
    public void ForgetMessage(CardKey key, DateTimeOffset now) =>
        db.Ask("UPDATE cards SET message = NULL, shown = 0, look_first = 0, wanted_since = ? WHERE subject = ? AND room = ?")
            .With(now).With(key.Subject).With(key.Room).RunOr(() => NeverWanted(key));

    public void GiveUp(CardKey key, int version, string reason) =>
        db.Ask("""
            UPDATE cards SET gave_up = CASE WHEN gave_up > ?3 THEN gave_up ELSE ?3 END, try_at = 0, tries = 0, reason = ?4 WHERE subject = ?1 AND room = ?2
            """).With(key.Subject).With(key.Room).With(version).With(reason).RunOr(() => NeverWanted(key));

    /// <summary>The store was opened: what a clock put off that ran ahead and was set right meanwhile would wait for that time.</summary>
    public void TryPutOffAgain() => db.Ask($"UPDATE cards SET try_at = 0 WHERE {Waiting} AND try_at > 0").Run();

    public void TryPutOffAgain(string room) => db.Ask($"UPDATE cards SET try_at = 0 WHERE room = ? AND {Waiting} AND try_at > 0").With(room).Run();

    public bool TryAgain(CardKey key) =>
        db.Ask("UPDATE cards SET gave_up = 0, try_at = 0, tries = 0 WHERE subject = ? AND room = ?").With(key.Subject).With(key.Room).Changed() > 0;

    private DateTimeOffset? ShownSince(CardKey key, DateTimeOffset posted, DateTimeOffset now) => _putBack.Value?.MayBeShownSince(key, posted, now);

    private static InvalidOperationException NeverWanted(CardKey key) => new($"No card of {key.Subject} was ever wanted in the room {key.Room}.");
}
