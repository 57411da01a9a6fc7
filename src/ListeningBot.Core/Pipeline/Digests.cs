using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Alerting.Charts;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using NodaTime;

namespace ListeningBot.Core.Pipeline;

/// <summary>The daily and weekly digest of each team, in the team's own time. Woken from outside; what came due meanwhile is put up once.</summary>
public sealed class Digests(IStore store, PolicyBook policies, TimeProvider time, Action<IReadOnlySet<string>> ring)
{
    /// <summary>In the team's zone, on the day after.</summary>
    private static readonly LocalTime DueAt = new(8, 0);

    /// <summary>What is forgotten sooner is put up again: the digest of a week is due until eight on the Monday after, in any zone, and the clock may have been set back.</summary>
    internal static readonly TimeSpan PutUpOnceFor = TimeSpan.FromDays(15);

    public async Task PutUpAsync(CancellationToken ct) => ring(await store.WriteAsync(tx => PutUp(tx, policies.Current, time.GetUtcNow()), ct));

    internal static IReadOnlySet<string> PutUp(IStoreTx tx, Policy policy, DateTimeOffset now)
    {
        var rooms = new HashSet<string>();
        foreach (var team in tx.TeamsWithCases().Select(policy.Responders.TeamOf))
        {
            foreach (var (period, from, to) in Due(team, now))
            {
                // A digest of nothing is noise, and a team's first day began before we came.
                if (tx.AddDigest(team.Name, period, from, to) is { } digest && !FiguresOf(tx, digest, team).IsEmpty)
                {
                    var key = new CardKey($"digest:{digest.Id}", team.Name);
                    tx.WantCard(key, 1, Priority.Low, now, now);
                    rooms.Add(key.Room);
                }
            }
        }
        return rooms;
    }

    internal static DigestCard Write(IStoreView view, Digest digest, CardKey key, Policy policy)
    {
        var team = policy.Responders.TeamOf(digest.Team);
        return DigestWriter.Write(key, Title(digest, team), FiguresOf(view, digest, team), Bars(view, digest, team));
    }

    /// <summary>The running day or week, for the one who asks.</summary>
    internal static DigestCard SoFar(IStoreView view, string name, Period period, Policy policy, DateTimeOffset now)
    {
        var team = policy.Responders.TeamOf(name);
        var zone = LocalClock.Zone(team.Zone);
        var today = Instant.FromDateTimeOffset(now).InZone(zone).Date;
        var first = period == Period.Day ? today : today.PlusDays(1 - (int)today.DayOfWeek);
        var digest = new Digest(0, name, period, Start(first, zone), now);
        return Write(view, digest, new CardKey("digest:0", name), policy);
    }

    private static IEnumerable<(Period Period, DateTimeOffset From, DateTimeOffset To)> Due(Team team, DateTimeOffset now)
    {
        var zone = LocalClock.Zone(team.Zone);
        var local = Instant.FromDateTimeOffset(now).InZone(zone).LocalDateTime;
        var today = local.TimeOfDay >= DueAt ? local.Date : local.Date.PlusDays(-1);
        yield return (Period.Day, Start(today.PlusDays(-1), zone), Start(today, zone));
        var monday = today.PlusDays(1 - (int)today.DayOfWeek);
        yield return (Period.Week, Start(monday.PlusWeeks(-1), zone), Start(monday, zone));
    }

    private static DateTimeOffset Start(LocalDate day, DateTimeZone zone) => zone.AtStartOfDay(day).ToDateTimeOffset().ToUniversalTime();

    private static DigestFigures FiguresOf(IStoreView view, Digest digest, Team team) =>
        DigestFigures.Of(view.CasesChanged(digest.Team, digest.From), digest.From, digest.To,
            @case => team.Targets.FirstAnswer.Of(@case.Priority) is { } target ? team.After(@case.Posted, target, @case.Priority) : null);

    private static string Title(Digest digest, Team team)
    {
        var first = Instant.FromDateTimeOffset(digest.From).InZone(LocalClock.Zone(team.Zone)).Date;
        var day = first.ToString(digest.Period == Period.Day ? "dddd d MMM" : "d MMM", CultureInfo.InvariantCulture);
        return digest.Period == Period.Day ? $"{digest.Team}: {day}" : $"{digest.Team}: the week from {day}";
    }

    /// <summary>The day by its hours, the week by its days; a day with a change of clocks has an hour more or less.</summary>
    private static List<ChartBar> Bars(IStoreView view, Digest digest, Team team)
    {
        var zone = LocalClock.Zone(team.Zone);
        var cases = view.CasesSeen(digest.Team, digest.From, digest.To).Where(@case => !@case.Shadow && @case.MergedInto is null).ToList();
        var starts = Starts(digest, zone).ToList();
        return
        [
            .. starts.Select((start, i) =>
            {
                var end = i + 1 < starts.Count ? starts[i + 1].ToInstant().ToDateTimeOffset() : DateTimeOffset.MaxValue;
                return Bar(cases.Where(@case => @case.FirstSeen >= start.ToDateTimeOffset() && @case.FirstSeen < end), Label(start, digest.Period));
            }),
        ];
    }

    private static IEnumerable<ZonedDateTime> Starts(Digest digest, DateTimeZone zone)
    {
        var end = Instant.FromDateTimeOffset(digest.To);
        for (var start = Instant.FromDateTimeOffset(digest.From).InZone(zone); start.ToInstant() < end; start = digest.Period == Period.Day ? start.PlusHours(1) : zone.AtStartOfDay(start.Date.PlusDays(1)))
        {
            yield return start;
        }
    }

    private static string Label(ZonedDateTime start, Period period) =>
        period == Period.Week ? start.Date.ToString("ddd", CultureInfo.InvariantCulture)
        : start.Hour % 4 == 0 ? start.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture)
        : "";

    private static ChartBar Bar(IEnumerable<Case> cases, string label)
    {
        var count = cases.CountBy(@case => @case.Priority).ToDictionary();
        int Of(Priority priority) => count.GetValueOrDefault(priority);
        return new ChartBar(label, Of(Priority.Critical), Of(Priority.High), Of(Priority.Normal) + Of(Priority.Low));
    }
}
