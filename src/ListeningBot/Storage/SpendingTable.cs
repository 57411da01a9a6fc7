using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>What channels have spent on which day; a few months of it are kept.</summary>
internal sealed class SpendingTable(Db db)
{
    private const int KeptDays = 100;

    public long On(string channel, DateOnly day)
    {
        using var row = db.Ask("SELECT spent FROM spending WHERE channel = ? AND day = ?").With(channel).With(day.DayNumber);
        return row.Read() ? row.Long(0) : 0;
    }

    public long Add(string channel, DateOnly day, long amount)
    {
        var spent = Math.Max(0, On(channel, day) + amount);
        db.Ask("""
            INSERT INTO spending (channel, day, spent) VALUES (?, ?, ?)
            ON CONFLICT (channel, day) DO UPDATE SET spent = excluded.spent
            """).With(channel).With(day.DayNumber).With(spent).Run();
        db.Ask("DELETE FROM spending WHERE channel = ? AND day < ?").With(channel).With(day.DayNumber - KeptDays).Run();
        return spent;
    }

    public bool Tell(string channel, DateOnly day, SpendNotice notice) =>
        db.Ask("""
            INSERT INTO spending (channel, day, told) VALUES (?1, ?2, ?3)
            ON CONFLICT (channel, day) DO UPDATE SET told = spending.told | excluded.told WHERE (spending.told & excluded.told) = 0
            """).With(channel).With(day.DayNumber).With((long)notice).Changed() > 0;
}
