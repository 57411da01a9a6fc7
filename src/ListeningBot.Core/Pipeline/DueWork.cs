using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>What becomes due with time: unclaimed cases and the daily maybe list. Woken from outside; each call does all that is due.</summary>
public sealed class DueWork(IStore store, PolicyBook policies, TimeProvider time, Action<IReadOnlySet<string>> ring)
{
    private const int AtOnce = 100;
    private const int LongestList = 500;
    private const string LastList = "last maybe list";

    /// <summary>
    /// Takes the steps that are due in cases, each in its own transaction, so that one that defeats us keeps no other from its step.
    /// Returns how many were due; throws when any could not be done, after all were tried.
    /// </summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var due = await store.ReadAsync(view => view.CasesDue(now, AtOnce), ct);
        var faults = new List<Exception>();
        foreach (var @case in due)
        {
            try
            {
                ring(await store.WriteAsync(tx => TakeStep(tx, @case.Id, policies.Current, now), ct));
            }
            catch (Exception e) when (e is not (StoreException or OperationCanceledException))
            {
                faults.Add(e);
            }
        }
        return faults.Count == 0 ? due.Count : throw new AggregateException(faults);
    }

    /// <summary>Puts all mentions that no list has shown yet on today's pages, one list a team.</summary>
    public async Task ListMaybesAsync(CancellationToken ct)
    {
        var rooms = await store.WriteAsync(tx => ListMaybes(tx, policies.Current, time.GetUtcNow()), ct);
        ring(rooms);
    }

    /// <summary>The list that came due while the program was not running is put up now.</summary>
    /// <param name="at">When the list comes each day, UTC.</param>
    public async Task ListMissedMaybesAsync(TimeOnly at, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var today = new DateTimeOffset(now.UtcDateTime.Date + at.ToTimeSpan(), TimeSpan.Zero);
        var due = today <= now ? today : today.AddDays(-1);
        var last = await store.ReadAsync(view => view.Document(LastList), ct);
        if (last is not null && DateTimeOffset.TryParse(last, CultureInfo.InvariantCulture, out var listed) && listed < due)
        {
            await ListMaybesAsync(ct);
        }
    }

    /// <summary>Looks again at what is due: a press may have come in between, or the hours may have changed.</summary>
    private static IReadOnlySet<string> TakeStep(IStoreTx tx, long id, Policy policy, DateTimeOffset now)
    {
        var cases = new CaseWriter(tx, now, policy);
        if (tx.CaseOf(id) is { } @case)
        {
            cases.TakeStepDue(@case);
        }
        return cases.Rooms;
    }

    private static IReadOnlySet<string> ListMaybes(IStoreTx tx, Policy policy, DateTimeOffset now)
    {
        var cases = new CaseWriter(tx, now, policy);
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var notes = NotesOfSilences(tx, now);
        foreach (var team in tx.TeamsWithUnlistedTray().Union(notes.Keys))
        {
            var pages = tx.UnlistedTray(team, LongestList).Chunk(TrayPages.EntriesAPage).DefaultIfEmpty([]).ToList();
            for (var i = 0; i < pages.Count; i++)
            {
                var page = tx.AddTrayPage(team, day, i + 1, pages.Count, pages[i]);
                if (i == 0 && notes.TryGetValue(team, out var note))
                {
                    tx.NoteOnTrayPage(page.Id, note);
                }
                cases.WantTrayPage(page);
            }
        }
        tx.KeepDocument(LastList, now.ToString("O", CultureInfo.InvariantCulture), now);
        return cases.Rooms;
    }

    /// <summary>Of silences that ended since the last list: how many mentions each held back from which team.</summary>
    private static Dictionary<string, string> NotesOfSilences(IStoreTx tx, DateTimeOffset now)
    {
        var since = DateTimeOffset.TryParse(tx.Document(LastList), CultureInfo.InvariantCulture, out var last) ? last : now - TimeSpan.FromDays(1);
        return tx.SilencesEnded(since, now)
            .SelectMany(silence => tx.HeldBackOfTeams(silence.Id), (silence, held) => (held.Team, Text: $"Ended: {silence.InWords}. It held back {held.Mentions}."))
            .GroupBy(note => note.Team, StringComparer.Ordinal)
            .ToDictionary(team => team.Key, team => string.Join('\n', team.Select(note => note.Text)), StringComparer.Ordinal);
    }
}
