using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>What becomes due with time: unclaimed cases and the daily maybe list. Woken from outside; each call does all that is due.</summary>
public sealed class DueWork(IStore store, TimeProvider time, Action<IReadOnlySet<string>> ring)
{
    private const int AtOnce = 100;
    private const int LongestList = 500;

    /// <summary>Pings the rooms of cases that nobody claimed in time. Returns how many cases were looked at.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var swept = 0;
        int found;
        do
        {
            (found, var rooms) = await store.WriteAsync(tx => Sweep(tx, time.GetUtcNow()), ct);
            ring(rooms);
            swept += found;
        }
        while (found == AtOnce);
        return swept;
    }

    /// <summary>Puts all mentions that no list has shown yet on today's pages, one list a team.</summary>
    public async Task ListMaybesAsync(CancellationToken ct)
    {
        var rooms = await store.WriteAsync(tx => ListMaybes(tx, time.GetUtcNow()), ct);
        ring(rooms);
    }

    private static (int Found, IReadOnlySet<string> Rooms) Sweep(IStoreTx tx, DateTimeOffset now)
    {
        var cases = new CaseWriter(tx, now);
        var due = tx.CasesDue(now, AtOnce);
        foreach (var @case in due)
        {
            cases.Happen(@case, new NobodyClaimed());
        }
        return (due.Count, cases.Rooms);
    }

    private static IReadOnlySet<string> ListMaybes(IStoreTx tx, DateTimeOffset now)
    {
        var cases = new CaseWriter(tx, now);
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        foreach (var team in tx.TeamsWithUnlistedTray())
        {
            var pages = tx.UnlistedTray(team, LongestList).Chunk(TrayPages.EntriesAPage).ToList();
            for (var i = 0; i < pages.Count; i++)
            {
                cases.WantTrayPage(tx.AddTrayPage(team, day, i + 1, pages.Count, pages[i]));
            }
        }
        return cases.Rooms;
    }
}
