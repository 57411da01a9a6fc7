using NodaTime;

namespace ListeningBot.Core.Teams;

/// <summary>One layer of a rota.</summary>
/// <param name="When">Null: always, holidays too. A weekly shift rests on holidays.</param>
/// <param name="Turns">Null: all of them. Else one after the other.</param>
public sealed record Shift(Weekly? When, IReadOnlyList<Member> Members, Turns? Turns = null)
{
    internal IReadOnlyList<Member> OnCall(Instant at, DateTimeZone zone, Closings closed) =>
        When is { } when && (!when.Covers(at, zone) || closed.Cover(at)) ? []
        : Turns is null ? Members
        : Turns.At(at, zone) is { } turn ? [Members[turn % Members.Count]]
        : [];
}

/// <summary>Hand-over after each so many days, by the team's clock.</summary>
/// <param name="From">The first one's turn begins; before that it is nobody's.</param>
public sealed record Turns(int Days, LocalDateTime From)
{
    /// <summary>Counted from 0; null before the first.</summary>
    internal int? At(Instant at, DateTimeZone zone)
    {
        var days = Period.DaysBetween(From.Date, zone.DayOf(at));
        var turn = (int)Math.Floor((double)days / Days) + 1;
        while (turn >= 0 && zone.At(From.PlusDays(turn * Days)) > at)
        {
            turn--;
        }
        return turn < 0 ? null : turn;
    }
}
