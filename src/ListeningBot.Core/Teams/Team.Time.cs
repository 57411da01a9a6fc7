using ListeningBot.Core.Scoring;
using NodaTime;

namespace ListeningBot.Core.Teams;

/// <summary>Working time. It follows from the rules alone, so that an edit, or new zone data, moves what is to come and nothing else.</summary>
public sealed partial record Team
{
    /// <summary>Who has not worked for so long never will; the fairness floor is there before.</summary>
    private const int FarthestDays = 366;
    private const int NextDays = 14;

    private readonly PlanKeeper _plan = new();

    /// <summary>Any time is as good as any other.</summary>
    private bool HasNoHours => Rota.Count == 0 && Changes.Count == 0 && Hours.Count == 0 && Quiet.Count == 0 && Closed.Holidays.Count == 0;

    /// <summary>The moment that lies <paramref name="span"/> of working time later. Critical cases know no working hours.</summary>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan span, Priority priority)
    {
        if (priority == Priority.Critical || span <= TimeSpan.Zero || HasNoHours)
        {
            return from + span;
        }
        var (at, left) = (Instant.FromDateTimeOffset(from), Duration.FromTimeSpan(span));
        var farthest = at + left + Duration.FromDays(FarthestDays);
        foreach (var work in _plan.Of(this).Between(at, farthest).Where(stretch => stretch.Works))
        {
            var start = Instant.Max(at, work.From);
            if (work.To - start >= left)
            {
                return Instant.Min(start + left, farthest).ToDateTimeOffset();
            }
            (at, left) = (work.To, left - (work.To - start));
        }
        return farthest.ToDateTimeOffset();
    }

    /// <summary>This moment, or the next at which somebody may be pinged: outside the rota and in quiet hours only critical cases ping. This moment as well when that is never.</summary>
    public DateTimeOffset Awake(DateTimeOffset at, Priority priority)
    {
        if (priority == Priority.Critical || HasNoHours)
        {
            return at;
        }
        var now = Instant.FromDateTimeOffset(at);
        var next = _plan.Of(this).Between(now, now + Duration.FromDays(FarthestDays)).Where(stretch => stretch.Awake).Select(stretch => (Instant?)stretch.From).FirstOrDefault();
        return next > now ? next.Value.ToDateTimeOffset() : at;
    }

    /// <summary>When others are on call than at this moment; null when that is not within two weeks.</summary>
    public DateTimeOffset? NextOnCall(DateTimeOffset at)
    {
        var now = Instant.FromDateTimeOffset(at);
        var those = OnCall(now);
        return _plan.Of(this).Between(now, now + Duration.FromDays(NextDays)).Where(stretch => stretch.From > now && !OnCall(stretch.From).SequenceEqual(those))
            .Select(stretch => (DateTimeOffset?)stretch.From.ToDateTimeOffset()).FirstOrDefault();
    }

    internal bool IsAwake(Instant at, DateTimeZone clock) =>
        !IsQuiet(at, clock)
        && ((Members.Count == 0 && Rota.Count == 0) || OnCall(at).Length > 0)
        && (Rota.Count > 0 ? IsOnRota(at, clock) || IsNamed(at, clock) : IsOpen(at, clock) || (Hours.Count == 0 && IsNamed(at, clock)));

    internal bool IsWorking(Instant at, DateTimeZone clock) =>
        !IsQuiet(at, clock)
        && (Hours.Count > 0 ? IsOpen(at, clock)
            : IsNamed(at, clock) || Rota.Any(shift => shift.When is null) || (IsOnRota(at, clock) && !Closed.Cover(at)));

    /// <summary>The moments of this day at which any of it may change.</summary>
    internal IEnumerable<Instant> TurningPoints(LocalDate day, DateTimeZone clock)
    {
        var hours = Rota.Select(shift => shift.When).OfType<Weekly>().Concat(Hours).Concat(Quiet);
        return Weekly.Around(day).SelectMany(near => hours.Select(weekly => weekly.On(near, clock)).OfType<Interval>().Concat(Closed.On(near, clock))).SelectMany(span => new[] { span.Start, span.End })
            .Concat(Changes.SelectMany(change => new[] { clock.At(change.From), clock.At(change.To) }))
            .Concat(Rota.Select(shift => shift.Turns).OfType<Turns>().Select(turns => clock.At(day + turns.From.TimeOfDay)));
    }

    /// <summary>A change says who is there, holiday or not. When, it says itself where it is shorter than a day; else the rota does.</summary>
    private bool IsNamed(Instant at, DateTimeZone clock) => Changes.OfType<Instead>().Any(change => change.Covers(at, clock) && (change.SaysHours || IsOnRota(at, clock)));

    /// <summary>At these hours somebody is there on a day that is no holiday.</summary>
    private bool IsOnRota(Instant at, DateTimeZone clock) => Rota.Count == 0 || Rota.Any(shift => shift.When is not { } when || when.Covers(at, clock));

    private bool IsQuiet(Instant at, DateTimeZone clock) => Quiet.Any(quiet => quiet.Covers(at, clock));

    private bool IsOpen(Instant at, DateTimeZone clock) => (Hours.Count == 0 || Hours.Any(hours => hours.Covers(at, clock))) && !Closed.Cover(at);
}
