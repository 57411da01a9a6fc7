using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>What becomes due with time: unclaimed cases and the daily maybe list. Woken from outside; each call does all that is due.</summary>
public sealed class DueWork(IStore store, PolicyBook policies, TimeProvider time, Action<IReadOnlySet<string>> ring)
{
    private const int AtOnce = 100;
    private const int APage = 500;
    private const int LongestList = 500;
    private const string LastList = "last maybe list";
    private readonly SemaphoreSlim _reckoning = new(1);
    private volatile Policy? _reckoned;

    /// <summary>
    /// Takes the steps that are due in cases, most urgent first, until none is. Each has its own transaction, so that one that defeats us keeps no other from its step:
    /// it is put off. Returns how many were due; throws when any could not be done, after all were tried.
    /// </summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var faults = new List<Exception>();
        for (var taken = 0; ;)
        {
            var now = time.GetUtcNow();
            var (due, unreadable) = await store.ReadAsync(view => (view.CasesDue(now, AtOnce), view.HasUnreadable), ct);
            if (unreadable)
            {
                // Else those that can't be read would stand before the others for ever.
                await store.WriteAsync(tx => { tx.KeepUnreadable(now); return true; }, ct);
            }
            if (due.Count == 0 && !unreadable)
            {
                return faults.Count == 0 ? taken : throw new AggregateException(faults);
            }

            // Handed in together and in order, they share the store's commits.
            var ends = await Task.WhenAll(due.Select(@case => TakeStepAsync(@case, now, ct)));
            faults.AddRange(ends.OfType<Exception>());
            taken += due.Count;
        }
    }

    /// <summary>What is due in each open case is reckoned anew: at the start, and when targets, hours or the rota may have changed. Returns in how many it was another.</summary>
    public async Task<int> ReckonAsync(CancellationToken ct)
    {
        await _reckoning.WaitAsync(ct);
        try
        {
            return await ReckonAsync(policies.Current, ct);
        }
        finally
        {
            _reckoning.Release();
        }
    }

    /// <summary>As <see cref="ReckonAsync(CancellationToken)"/>, unless that was done for the policy in force.</summary>
    public async Task ReckonIfChangedAsync(CancellationToken ct)
    {
        await _reckoning.WaitAsync(ct);
        try
        {
            if (!ReferenceEquals(_reckoned, policies.Current))
            {
                await ReckonAsync(policies.Current, ct);
            }
        }
        finally
        {
            _reckoning.Release();
        }
    }

    private async Task<int> ReckonAsync(Policy policy, CancellationToken ct)
    {
        var (changed, now) = (0, time.GetUtcNow());
        for (var last = 0L; ;)
        {
            var page = await store.ReadAsync(view => view.OpenCasesAfter(last, APage), ct);
            if (page.Count == 0)
            {
                _reckoned = policy;
                return changed;
            }
            var off = page.Where(@case => IsOff(@case, Agenda.Next(@case, policy.TeamOf(@case), now))).Select(@case => @case.Id).ToList();
            if (off.Count > 0)
            {
                await store.WriteAsync(tx => Reckon(tx, off, policy, now), ct);
            }
            changed += off.Count;
            last = page[^1].Id;
        }
    }

    private static bool Reckon(IStoreTx tx, IReadOnlyList<long> cases, Policy policy, DateTimeOffset now)
    {
        foreach (var @case in cases.Select(tx.CaseOf).OfType<Case>().Where(@case => @case.IsOpen))
        {
            var next = Agenda.Next(@case, policy.TeamOf(@case), now);
            tx.SetDue(@case.Id, next?.At, next?.Step);
        }
        return true;
    }

    /// <summary>Whether what is stored as due is not what is due.</summary>
    internal static bool IsOff(Case @case, DueStep? next) =>
        next is null ? @case.Due is not null : @case.Due is not { } due || @case.DueStep != next.Step || (due - next.At).Duration() >= TimeSpan.FromSeconds(1);

    /// <summary>Puts all mentions that no list has shown yet on today's pages, one list a team.</summary>
    public async Task ListMaybesAsync(CancellationToken ct)
    {
        var rooms = await store.WriteAsync(tx => ListMaybes(tx, policies.Current, time.GetUtcNow()), ct);
        ring(rooms);
    }

    /// <summary>The list that came due while the program was not running, or while the store took no change, or that an edit has made due, is put up now.</summary>
    /// <param name="at">When the list comes each day, UTC.</param>
    public async Task ListMissedMaybesAsync(TimeOnly at, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var today = new DateTimeOffset(now.UtcDateTime.Date + at.ToTimeSpan(), TimeSpan.Zero);
        var due = today <= now ? today : today.AddDays(-1);
        var last = await store.ReadAsync(view => view.Document(LastList), ct);
        if (last is null)
        {
            // A new store: the first list is missed when it does not come, not before.
            await store.WriteAsync(tx => { tx.KeepDocument(LastList, now.ToString("O", CultureInfo.InvariantCulture), now); return true; }, ct);
        }
        else if (DateTimeOffset.TryParse(last, CultureInfo.InvariantCulture, out var listed) && listed < due)
        {
            await ListMaybesAsync(ct);
        }
    }

    private async Task<Exception?> TakeStepAsync(Case @case, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            ring(await store.WriteAsync(tx => TakeStep(tx, @case.Id, policies.Current, now), ct));
            return null;
        }
        catch (Exception e) when (e is not (StoreException or OperationCanceledException))
        {
            await store.WriteAsync(tx => PutOff(tx, @case, now), ct);
            return e;
        }
    }

    private static bool PutOff(IStoreTx tx, Case @case, DateTimeOffset now)
    {
        tx.SetDue(@case.Id, now + CaseWriter.StuckPause, @case.DueStep);
        return true;
    }

    /// <summary>Looks again at what is due: a press may have come in between, or the hours may have changed.</summary>
    private static IReadOnlySet<string> TakeStep(IStoreTx tx, long id, Policy policy, DateTimeOffset now)
    {
        var cases = new CaseWriter(tx, now, policy) { Where = "clock" };
        if (tx.CaseOf(id) is { } @case)
        {
            cases.TakeStepDue(@case);
        }
        return cases.Rooms;
    }

    /// <summary>A list of people without names is hard to judge: those whom nobody has named are looked up.</summary>
    private static void WantNames(IStoreTx tx, IReadOnlyList<long> mentions, DateTimeOffset now)
    {
        foreach (var mention in mentions.Select(tx.MentionOf).OfType<Mention>().Where(mention => mention.Post is { Private: false, Author: { Id: not null, Name: null, Handle: null } }))
        {
            tx.WantLookup(mention.Id, now + KnownAuthors.LookAfter);
        }
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
                WantNames(tx, pages[i], now);
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
