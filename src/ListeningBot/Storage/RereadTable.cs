namespace ListeningBot.Storage;

/// <summary>Open cases whose posts are asked for again, for each of their channels.</summary>
internal sealed class RereadTable(Db db)
{
    public IReadOnlyList<long> Due(string channel, DateTimeOffset now, int limit) =>
        db.Ask("""
            SELECT r.case_id FROM rereads r JOIN cases c ON c.id = r.case_id
            WHERE r.channel = ?1 AND (r.due <= ?2 OR r.asked_at > ?2) ORDER BY c.priority DESC, r.due LIMIT ?3
            """).With(channel).With(now).With(limit).Numbers();

    public void Want(long caseId, string channel, DateTimeOffset due, DateTimeOffset now) =>
        db.Ask("INSERT INTO rereads (case_id, channel, due, asked_at) VALUES (?, ?, ?, ?) ON CONFLICT (case_id, channel) DO NOTHING").With(caseId).With(channel).With(due).With(now).Run();

    public void Asked(long caseId, string channel, DateTimeOffset due, DateTimeOffset now) =>
        db.Ask("UPDATE rereads SET due = ?, asked_at = ? WHERE case_id = ? AND channel = ?").With(due).With(now).With(caseId).With(channel).Run();

    public void End(long caseId) => db.Ask("DELETE FROM rereads WHERE case_id = ?").With(caseId).Run();
}
