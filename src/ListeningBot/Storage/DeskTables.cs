using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>What humans said by pressing, what the bot said to operators, and named documents.</summary>
internal sealed class DeskTables(Db db)
{
    public NoticeCard? NoticeOf(long id)
    {
        using var row = db.Ask("SELECT text, good, at FROM notices WHERE id = ?").With(id);
        return row.Read() ? new NoticeCard { Key = new CardKey($"notice:{id}", Notices.OpsRoom), Version = 1, Text = row.Text(0), Good = row.Int(1) != 0, At = row.Time(2) } : null;
    }

    public long AddNotice(string text, bool good, DateTimeOffset now) =>
        db.Ask("INSERT INTO notices (text, good, at) VALUES (?, ?, ?) RETURNING id").With(text).With(good).With(now).NewId();

    public PressAnswer? AnswerTo(string pressId)
    {
        using var row = db.Ask("SELECT answer FROM presses WHERE id = ?").With(pressId);
        // It was pressed, whatever can still be read of the answer: nothing is done twice.
        return row.Read() ? row.JsonOr(0, StoreJson.Default.PressAnswer, PressAnswer.Done) : null;
    }

    /// <summary>The first answer to a press stands.</summary>
    public void RecordPress(Press press, PressAnswer answer, DateTimeOffset now) =>
        db.Ask("INSERT INTO presses (id, by_id, by_name, target, answer, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")
            .With(press.Id).With(press.By.Id).With(press.By.Name).With(press.Target.ToString()).WithJson(answer, StoreJson.Default.PressAnswer).With(now).Run();

    public void RecordCommand(Command command, PressAnswer answer, DateTimeOffset now) =>
        db.Ask("INSERT INTO presses (id, by_id, by_name, target, answer, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")
            .With(command.Id).With(command.By.Id).With(command.By.Name).With($"/{command.Name} {command.Sub}".TrimEnd()).WithJson(answer, StoreJson.Default.PressAnswer).With(now).Run();

    /// <summary>What "More" told about a case quotes its customer.</summary>
    public void BlankMoreAbout(long caseId) =>
        db.Ask("UPDATE presses SET answer = ? WHERE target IN (?, ?)").WithJson(PressAnswer.Done, StoreJson.Default.PressAnswer)
            .With(new PressTarget(PressAction.More, caseId).ToString()).With(new PressTarget(PressAction.Show, caseId).ToString()).Run();

    public bool HearNote(string id, DateTimeOffset now) =>
        db.Ask("INSERT INTO notes_heard (id, at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING").With(id).With(now).Changed() > 0;

    public void RecordVerdict(long mention, string verdict, Responder by, DateTimeOffset now) =>
        db.Ask("INSERT INTO verdicts (mention, verdict, by_id, by_name, at) VALUES (?, ?, ?, ?, ?)")
            .With(mention).With(verdict).With(by.Id).With(by.Name).With(now).Run();

    public string? Document(string name)
    {
        using var row = db.Ask("SELECT text FROM documents WHERE name = ?").With(name);
        return row.Read() ? row.Text(0) : null;
    }

    public void KeepDocument(string name, string text, DateTimeOffset now) =>
        db.Ask("""
            INSERT INTO documents (name, text, kept_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text, kept_at = excluded.kept_at
            """).With(name).With(text).With(now).Run();
}
