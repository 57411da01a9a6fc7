using ListeningBot.Core.Scoring;
using NodaTime;

namespace ListeningBot.Core.Teams;

/// <summary>Working time. Times are reckoned anew from the rules each time, so that an edit, or new zone data, moves what is to come and nothing else.</summary>
public sealed partial record Team
{
    /// <summary>Who has not worked for so long never will; the fairness floor is there before.</summary>
    private const int FarthestDays = 366;

    private bool WorksAlways =>
        Quiet.Count == 0 && Hours.Count == 0 && (Rota.Count == 0 ? Closed.AreNone : Rota.Any(shift => shift.When is null));

    /// <summary>The moment that lies <paramref name="span"/> of working time later. Critical cases know no working hours.</summary>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan span, Priority priority)
    {
        if (priority == Priority.Critical || span <= TimeSpan.Zero || WorksAlways)
        {
            return from + span;
        }
        var (at, left) = (Instant.FromDateTimeOffset(from), Duration.FromTimeSpan(span));
        var farthest = at + left + Duration.FromDays(FarthestDays);
        foreach (var work in WorkBetween(at, farthest))
        {
            var start = Instant.Max(at, work.Start);
            if (work.End - start >= left)
            {
                return Instant.Min(start + left, farthest).ToDateTimeOffset();
            }
            if (work.End > start)
            {
                (at, left) = (work.End, left - (work.End - start));
            }
        }
        return farthest.ToDateTimeOffset();
    }

    /// <summary>This moment, or the next at which somebody may be pinged: outside the rota and in quiet hours only critical cases ping. This moment as well when that is never.</summary>
    public DateTimeOffset Awake(DateTimeOffset at, Priority priority)
    {
        var now = Instant.FromDateTimeOffset(at);
        if (priority == Priority.Critical || IsAwake(now))
        {
            return at;
        }
        var today = Clock.DayOf(now).PlusDays(-1);
        var next = Enumerable.Range(0, FarthestDays).SelectMany(day => TurningPoints(today.PlusDays(day))).Where(point => point > now).Select(point => (Instant?)point).FirstOrDefault(point => IsAwake(point!.Value));
        return next is { } awake ? awake.ToDateTimeOffset() : at;
    }

    private bool IsAwake(Instant at) =>
        !Quiet.Any(quiet => quiet.Covers(at, Clock))
        && (Members.Count == 0 && Rota.Count == 0 || OnCall(at).Length > 0)
        && (Rota.Count > 0 || IsWorking(at));

    private bool IsWorking(Instant at) => (Hours.Count == 0 || Hours.Any(hours => hours.Covers(at, Clock))) && !Closed.Cover(at);

    /// <summary>In order; they may overlap.</summary>
    private IEnumerable<Interval> WorkBetween(Instant from, Instant to)
    {
        var first = Clock.DayOf(from).PlusDays(-1);
        return Enumerable.Range(0, Period.DaysBetween(first, Clock.DayOf(to)) + 1).SelectMany(day => Work(first.PlusDays(day)));
    }

    /// <summary>The working time that begins on this day.</summary>
    private IEnumerable<Interval> Work(LocalDate day)
    {
        var always = Hours.Count == 0 && (Rota.Count == 0 || Rota.Any(shift => shift.When is null));
        var planned = always ? [new Interval(Clock.Midnight(day), Clock.Midnight(day.PlusDays(1)))]
            : Hours.Count > 0 ? Spans(Hours, day)
            : Spans(Rota.Select(shift => shift.When!), day);
        var quiet = Weekly.Around(day).SelectMany(near => Spans(Quiet, near));
        var rest = always && Rota.Count > 0 ? quiet : quiet.Concat(Weekly.Around(day).Append(day.PlusDays(2)).SelectMany(near => Closed.On(near, Clock)));
        return planned.SelectMany(span => Without(span, rest)).OrderBy(span => span.Start);
    }

    private IEnumerable<Interval> Spans(IEnumerable<Weekly> hours, LocalDate day) => hours.Select(weekly => weekly.On(day, Clock)).OfType<Interval>();

    private static IEnumerable<Interval> Without(Interval span, IEnumerable<Interval> rest)
    {
        var at = span.Start;
        foreach (var pause in rest.Where(pause => pause.Start < span.End && pause.End > span.Start).OrderBy(pause => pause.Start))
        {
            if (pause.Start > at)
            {
                yield return new Interval(at, pause.Start);
            }
            at = Instant.Max(at, pause.End);
        }
        if (at < span.End)
        {
            yield return new Interval(at, span.End);
        }
    }

    /// <summary>The moments of this day, in order, at which somebody may come on call or quiet may end.</summary>
    private IEnumerable<Instant> TurningPoints(LocalDate day)
    {
        var (from, to) = (Clock.Midnight(day), Clock.Midnight(day.PlusDays(1)));
        var hours = Rota.Select(shift => shift.When).OfType<Weekly>().Concat(Hours).Concat(Quiet);
        return Weekly.Around(day).SelectMany(near => Spans(hours, near).Concat(Closed.On(near, Clock))).SelectMany(span => new[] { span.Start, span.End })
            .Concat(Changes.SelectMany(change => new[] { Clock.At(change.From), Clock.At(change.To) }))
            .Concat(Rota.Select(shift => shift.Turns).OfType<Turns>().Select(turns => Clock.At(day + turns.From.TimeOfDay)))
            .Append(from)
            .Where(point => point >= from && point < to)
            .Order();
    }
}
