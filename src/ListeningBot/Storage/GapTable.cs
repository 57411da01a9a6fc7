using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

/// <summary>The ledger of blind spots. What has not ended stands with its end far ahead, so that one comparison finds it.</summary>
internal sealed class GapTable(Db db)
{
    private const string Columns = "SELECT id, channel, from_at, to_at, cause, fate, quiet, told FROM gaps";

    // Word for word the condition of the index gaps_unsettled.
    private const string Unsettled = "fate = 2";

    public long Add(string channel, Gap gap, DateTimeOffset now, bool told) =>
        db.Ask("INSERT INTO gaps (channel, from_at, to_at, cause, added_at, fate, quiet, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id")
            .With(channel).With(gap.From).With(gap.To).With(gap.Cause).With(now).With((long)gap.Fate).With(gap.Quiet).With(told).NewId();

    public void Change(LedgerEntry entry) =>
        db.Ask("UPDATE gaps SET from_at = ?, to_at = ?, cause = ?, fate = ?, quiet = ?, told = ? WHERE id = ?")
            .With(entry.Gap.From).With(entry.Gap.To).With(entry.Gap.Cause).With((long)entry.Gap.Fate).With(entry.Gap.Quiet).With(entry.Told).With(entry.Id).Run();

    public void Remove(long id) => db.Ask("DELETE FROM gaps WHERE id = ?").With(id).Run();

    public IReadOnlyList<LedgerEntry> Of(string channel, DateTimeOffset from, DateTimeOffset to) =>
        All(db.Ask($"{Columns} WHERE channel = ? AND to_at > ? AND from_at < ? ORDER BY to_at").With(channel).With(from).With(to));

    public IReadOnlyList<LedgerEntry> Since(DateTimeOffset since) => All(db.Ask($"{Columns} WHERE to_at > ? ORDER BY to_at").With(since));

    public IReadOnlyList<LedgerEntry> UnsettledOf(string channel) => All(db.Ask($"{Columns} WHERE channel = ? AND {Unsettled}").With(channel));

    public IReadOnlyList<LedgerEntry> AllUnsettled() => All(db.Ask($"{Columns} WHERE {Unsettled}"));

    private static List<LedgerEntry> All(Statement rows)
    {
        using (rows)
        {
            var entries = new List<LedgerEntry>();
            while (rows.Read())
            {
                var gap = new Gap(rows.Time(2), rows.Time(3), rows.Text(4)) { Fate = (GapFate)rows.Int(5), Quiet = rows.Int(6) != 0 };
                entries.Add(new LedgerEntry(rows.Long(0), rows.Text(1), gap, rows.Int(7) != 0));
            }
            return entries;
        }
    }
}
