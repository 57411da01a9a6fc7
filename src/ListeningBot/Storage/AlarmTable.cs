using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>What the auditor looks at beside the cases, and what it has told of them.</summary>
internal sealed class AlarmTable(Db db)
{
    public CardStanding? StandingOf(CardKey key)
    {
        using var row = db.Ask("SELECT shown >= wanted, gave_up >= wanted FROM cards WHERE subject = ? AND room = ?").With(key.Subject).With(key.Room);
        return row.Read() ? new CardStanding(row.Int(0) != 0, row.Int(1) != 0) : null;
    }

    public IReadOnlyList<Alarm> All()
    {
        using var rows = db.Ask("SELECT case_id, fault FROM alarms WHERE case_id > 0 ORDER BY case_id, fault");
        var alarms = new List<Alarm>();
        while (rows.Read())
        {
            alarms.Add(new Alarm(rows.Long(0), rows.Text(1)));
        }
        return alarms;
    }

    public bool Add(Alarm alarm, DateTimeOffset now) =>
        db.Ask("INSERT INTO alarms (case_id, fault, told_at) VALUES (?, ?, ?) ON CONFLICT (case_id, fault) DO NOTHING").With(alarm.Case).With(alarm.Fault).With(now).Changed() > 0;

    public void End(Alarm alarm) => db.Ask("DELETE FROM alarms WHERE case_id = ? AND fault = ?").With(alarm.Case).With(alarm.Fault).Run();
}
