using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Storage;

/// <summary>One-shot short replies to cards. State: 1 to send, 0 sent, 2 to take back, -1 nothing left to do.</summary>
internal sealed class PingTable(Db db)
{
    public IReadOnlyList<PingWork> ToDo(string room, DateTimeOffset now, int limit)
    {
        using var rows = db.Ask("""
            SELECT p.id, p.subject, p.text, p.message, p.state, p.tries, cards.message, p.to_accounts, p.buttons, coalesce(cards.priority, 0), p.look_first, p.wanted_at
            FROM pings p LEFT JOIN cards ON cards.subject = p.subject AND cards.room = p.room
            WHERE p.room = ? AND p.state > 0 AND p.try_at <= ? AND (p.state = 2 OR cards.message IS NOT NULL) ORDER BY coalesce(cards.priority, -1) DESC, p.id LIMIT ?
            """).With(room).With(now).With(limit);
        var work = new List<PingWork>();
        while (rows.Read())
        {
            var message = rows.TextOrNull(3);
            work.Add(new PingWork(rows.Long(0), new CardKey(rows.Text(1), room), new MessageRef(rows.TextOrNull(6) ?? ""), rows.Text(2),
                message is null ? null : new MessageRef(message), Withdraw: rows.Int(4) == 2, rows.Int(5))
            {
                // A damaged list costs the ping its people or its buttons, and never its room all that comes after it.
                To = rows.JsonOr(7, StoreJson.Default.IReadOnlyListString, []),
                Buttons = rows.JsonOr(8, StoreJson.Default.IReadOnlyListCardButton, []),
                Priority = (Priority)rows.Int(9),
                LookFirst = rows.Int(10) == 1,
                WantedSince = rows.Time(11),
            });
        }
        return work;
    }

    /// <summary>The messages of the other pings beside the same card.</summary>
    public IReadOnlyList<MessageRef> OthersThan(PingWork work)
    {
        using var rows = db.Ask("SELECT message FROM pings WHERE subject = ? AND room = ? AND id <> ? AND message IS NOT NULL").With(work.Key.Subject).With(work.Key.Room).With(work.Id);
        var others = new List<MessageRef>();
        while (rows.Read())
        {
            others.Add(new MessageRef(rows.Text(0)));
        }
        return others;
    }

    /// <summary>Killed before the answer came: what is not known to be sent may have been.</summary>
    public void LookFirstForUnmarked() => db.Ask("UPDATE pings SET look_first = 1 WHERE state > 0 AND state < 2 AND message IS NULL").Run();

    /// <summary>The same in one room, that another machine kept until now.</summary>
    public void LookFirstForUnmarked(string room) => db.Ask("UPDATE pings SET look_first = 1 WHERE room = ? AND state > 0 AND state < 2 AND message IS NULL").With(room).Run();

    /// <summary>A ping beside a card that has no message can't be worked on: the card is the work then, unless it was given up.</summary>
    public void AddRooms(SortedSet<string> rooms)
    {
        using var rows = db.Ask("""
            SELECT DISTINCT p.room FROM pings p LEFT JOIN cards ON cards.subject = p.subject AND cards.room = p.room
            WHERE p.state > 0 AND (p.state = 2 OR cards.message IS NOT NULL)
            """);
        while (rows.Read())
        {
            rooms.Add(rows.Text(0));
        }
    }

    public DateTimeOffset? NextTry(string room, DateTimeOffset now)
    {
        using var row = db.Ask("SELECT min(try_at) FROM pings WHERE room = ? AND state > 0 AND try_at > ?").With(room).With(now);
        return row.Read() && !row.IsNull(0) ? row.Time(0) : null;
    }

    public long Waiting() => db.Number("SELECT count(*) FROM pings WHERE state > 0");

    public void Want(CardKey key, string step, string text, IReadOnlyList<string> to, IReadOnlyList<CardButton> buttons, DateTimeOffset now, DateTimeOffset? notBefore) =>
        db.Ask("INSERT INTO pings (subject, room, step, text, wanted_at, try_at, to_accounts, buttons) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subject, room, step) DO NOTHING")
            .With(key.Subject).With(key.Room).With(step).With(text).With(now).With(notBefore > now ? notBefore.Value : DateTimeOffset.UnixEpoch)
            .WithJson(to, StoreJson.Default.IReadOnlyListString).WithJson(buttons, StoreJson.Default.IReadOnlyListCardButton).Run();

    /// <summary>A ping that was dropped while it was being sent is taken back.</summary>
    public void MarkSent(long id, MessageRef message, DateTimeOffset now) =>
        db.Ask("UPDATE pings SET state = CASE WHEN state IN (0, 1) THEN 0 ELSE 2 END, message = ?, sent_at = ?, try_at = 0, tries = 0, look_first = 0, reason = NULL WHERE id = ?")
            .With(message.Value).With(now).With(id).Run();

    public void PutOff(long id, DateTimeOffset until, bool lookFirst, string reason) =>
        db.Ask("UPDATE pings SET try_at = ?1, tries = tries + 1, look_first = CASE WHEN look_first > ?2 THEN look_first ELSE ?2 END, reason = ?3 WHERE id = ?4").With(until).With(lookFirst ? 1 : 0).With(reason).With(id).Run();

    /// <summary>A leader's draft stays, whatever the owner does meanwhile: it stands nowhere else.</summary>
    public void Withdraw(string subject, bool keepCalls)
    {
        db.Ask("UPDATE pings SET state = CASE WHEN state = 1 THEN -1 ELSE 2 END, try_at = 0, tries = 0 WHERE subject = ? AND state IN (0, 1) AND step NOT LIKE 'leader-%' AND (? = 0 OR step NOT LIKE 'escalated-%')").With(subject).With(keepCalls).Run();
        db.Ask("""
            DELETE FROM dead_letters WHERE ref IN (SELECT 'ping ' || id FROM pings WHERE subject = ? AND state = -1 AND sent_at IS NULL AND step NOT LIKE 'leader-%' AND (? = 0 OR step NOT LIKE 'escalated-%'))
            """).With(subject).With(keepCalls).Run();
    }

    /// <summary>As of cards. What was not tried yet waits for its hour.</summary>
    public void TryPutOffAgain() => db.Ask("UPDATE pings SET try_at = 0 WHERE state > 0 AND try_at > 0 AND tries > 0").Run();

    public void TryPutOffAgain(string room) => db.Ask("UPDATE pings SET try_at = 0 WHERE room = ? AND state > 0 AND try_at > 0 AND tries > 0").With(room).Run();

    public void SayNow(string subject) => db.Ask("UPDATE pings SET try_at = 0 WHERE subject = ? AND state = 1 AND tries = 0").With(subject).Run();

    public bool TryAgain(long id) => db.Ask("UPDATE pings SET state = 1, try_at = 0, tries = 0 WHERE id = ? AND state = -1 AND sent_at IS NULL").With(id).Changed() > 0;

    public void Done(long id) => db.Ask("UPDATE pings SET state = -1 WHERE id = ?").With(id).Run();
}
