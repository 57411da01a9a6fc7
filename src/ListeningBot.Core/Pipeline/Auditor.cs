using ListeningBot.Core.Cases;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// Proves that each open case has a next step and a card in front of people. One without is told to the operators, once, with the cure, and mended where that can be.
/// </summary>
public sealed class Auditor(IStore store, DueWork due, PolicyBook policies, WatchBook watches, RoomDirectory rooms, TimeProvider time, Action<IReadOnlySet<string>> ring)
{
    private const int APage = 500;
    private const int MostNamed = 20;

    /// <summary>The sweeper takes a step within seconds; one that waits for so long is not taken.</summary>
    private static readonly TimeSpan LongPast = TimeSpan.FromMinutes(10);

    private enum Fault
    {
        NoStep,
        WrongStep,
        StepNotTaken,
        NoCard,
        CardRefused,
        NoRoom,
        NoTeam,
    }

    /// <summary>Looks at all open cases, and at all of each. Returns how many faults are told now that were not before.</summary>
    public async Task<int> AuditAsync(CancellationToken ct)
    {
        await due.ReckonIfChangedAsync(ct);
        await due.SweepAsync(ct);
        return await AuditAsync((view, @case) => [.. StepFaults(@case), .. CardFaults(view, @case), .. TeamFaults(@case)], Enum.GetValues<Fault>(), ct);
    }

    /// <summary>Looks only for open cases of teams that a change of the configuration took away.</summary>
    public Task<int> AuditTeamsAsync(CancellationToken ct) => AuditAsync((_, @case) => TeamFaults(@case), [Fault.NoTeam], ct);

    /// <summary>What was told of teams that are not there any more, and is not well again.</summary>
    public static IReadOnlyList<LostTeam> LostTeams(IStoreView view) =>
        LostTeam.Of(view.Alarms().Where(alarm => alarm.Fault == nameof(Fault.NoTeam)).Select(alarm => view.CaseOf(alarm.Case)).OfType<Case>().Where(@case => @case.IsOpen));

    private async Task<int> AuditAsync(Func<IStoreView, Case, IEnumerable<Fault>> faultsOf, IReadOnlyList<Fault> kinds, CancellationToken ct)
    {
        var names = kinds.Select(kind => kind.ToString()).ToHashSet(StringComparer.Ordinal);
        var known = (await store.ReadAsync(view => view.Alarms(), ct)).Where(alarm => names.Contains(alarm.Fault)).ToHashSet();
        var found = new HashSet<Alarm>();
        var told = 0;
        for (var last = 0L; ;)
        {
            var (page, faults) = await store.ReadAsync(view => Look(view, last, faultsOf), ct);
            if (page.Count == 0)
            {
                break;
            }
            found.UnionWith(faults.Select(fault => new Alarm(fault.Case, fault.Fault.ToString())));
            if (faults.Count > 0)
            {
                var (count, changed) = await store.WriteAsync(tx => MendAndTell(tx, faults), ct);
                told += count;
                ring(changed);
            }
            last = page[^1].Id;
        }
        foreach (var alarm in known.Except(found))
        {
            await store.WriteAsync(tx => End(tx, alarm), ct);
        }
        return told;
    }

    private static (IReadOnlyList<Case> Page, IReadOnlyList<(long Case, Fault Fault)> Faults) Look(IStoreView view, long last, Func<IStoreView, Case, IEnumerable<Fault>> faultsOf)
    {
        var page = view.OpenCasesAfter(last, APage);
        return (page, [.. page.SelectMany(@case => faultsOf(view, @case).Distinct().Select(fault => (@case.Id, fault)))]);
    }

    private IEnumerable<Fault> StepFaults(Case @case)
    {
        var (team, now) = (policies.Current.TeamOf(@case), time.GetUtcNow());

        // What waits for the morning is not taken late because the morning has just come.
        var (next, lately) = (Agenda.Next(@case, team, now), Agenda.Next(@case, team, now - LongPast));
        if (next is null && !@case.Shadow)
        {
            yield return Fault.NoStep;
        }
        else if (next?.At < now - LongPast && lately?.At < now - LongPast && @case.Due is not null)
        {
            yield return Fault.StepNotTaken;
        }
        else if (DueWork.IsOff(@case, next) && DueWork.IsOff(@case, lately))
        {
            yield return Fault.WrongStep;
        }
    }

    private IEnumerable<Fault> CardFaults(IStoreView view, Case @case)
    {
        foreach (var key in CaseWriter.CardsOf(@case))
        {
            if (!rooms.Has(key.Room))
            {
                yield return Fault.NoRoom;
            }
            if (view.StandingOf(key) is not { } standing)
            {
                yield return Fault.NoCard;
            }
            else if (standing.GivenUp && !standing.Shown && rooms.Has(key.Room))
            {
                yield return Fault.CardRefused;
            }
        }
    }

    private IEnumerable<Fault> TeamFaults(Case @case) =>
        LostTeam.Of(@case, team => LostTeam.Is(team, policies.Current.Responders, watches.Current.Watches, rooms.HasOwn)) ? [Fault.NoTeam] : [];

    /// <summary>The word to the operators, the mending and the note that it was told stand or fall together.</summary>
    private (int Told, IReadOnlySet<string> Rooms) MendAndTell(IStoreTx tx, IReadOnlyList<(long Case, Fault Fault)> faults)
    {
        var now = time.GetUtcNow();
        var cases = new CaseWriter(tx, now, policies.Current);
        var fresh = faults.Where(fault => tx.AddAlarm(new Alarm(fault.Case, fault.Fault.ToString()), now)).ToList();
        foreach (var @case in faults.Select(fault => fault.Case).Distinct().Select(tx.CaseOf).OfType<Case>().Where(@case => @case.IsOpen))
        {
            cases.Mend(@case);
        }
        foreach (var kind in fresh.GroupBy(fault => fault.Fault, fault => fault.Case))
        {
            foreach (var text in kind.Key == Fault.NoTeam ? LostTeam.Of(kind.Select(tx.CaseOf).OfType<Case>()).Select(team => team.InWords()) : [TextOf(kind.Key, [.. kind])])
            {
                Notices.Add(tx, text, good: false, now);
            }
        }
        return (fresh.Count, fresh.Count == 0 ? cases.Rooms : new HashSet<string>(cases.Rooms) { Notices.OpsRoom });
    }

    private static bool End(IStoreTx tx, Alarm alarm)
    {
        tx.EndAlarm(alarm);
        return true;
    }

    /// <summary>"Case 12 is open and", "2 cases (12, 15) are open and".</summary>
    internal static string Open(IReadOnlyList<long> cases)
    {
        var more = cases.Count > MostNamed ? $" and {cases.Count - MostNamed} more" : "";
        return cases.Count == 1 ? $"Case {cases[0]} is open and" : $"{cases.Count} cases ({string.Join(", ", cases.Take(MostNamed))}{more}) are open and";
    }

    private static string TextOf(Fault fault, IReadOnlyList<long> cases)
    {
        var which = Open(cases);
        return fault switch
        {
            Fault.NoStep => $"{which} nothing will ever be due in it. Claim or close it, and report this as a fault of this program.",
            Fault.WrongStep => $"{which} another step was noted as due than the one that is. It was reckoned anew; nothing needs to be done.",
            Fault.StepNotTaken => $"{which} a step was due long ago and was not taken. It is tried again now. Look into the log for \"due work\"; claim the case if nobody has it.",
            Fault.NoCard => $"{which} no card was wanted for it. It is wanted now; nothing needs to be done.",
            Fault.CardRefused => $"{which} the room does not take its card. An earlier word here says why; mend the room, then press a button of the case or use /case to show it.",
            _ => $"{which} its room is not configured any more: the card is on the console only. Give the room an entry below Rooms in appsettings.json, or add a \"default\" there.",
        };
    }
}
