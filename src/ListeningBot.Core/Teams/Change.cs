using NodaTime;

namespace ListeningBot.Core.Teams;

/// <summary>A dated change of the rota, by the team's clock, its end not included. They hold in the order in which they are written.</summary>
public abstract record Change(LocalDateTime From, LocalDateTime To)
{
    internal bool Covers(Instant at, DateTimeZone zone) => zone.At(From) <= at && at < zone.At(To);

    internal abstract IEnumerable<Member> Of(IEnumerable<Member> onCall);
}

/// <summary>Exactly these are on call, holiday or not.</summary>
public sealed record Instead(LocalDateTime From, LocalDateTime To, IReadOnlyList<Member> Members) : Change(From, To)
{
    /// <summary>Shorter than a day: longer than that nobody is there without a break.</summary>
    internal bool SaysHours => To < From.PlusDays(1);

    internal override IEnumerable<Member> Of(IEnumerable<Member> onCall) => Members;
}

/// <summary>Not on call, whatever the rota says.</summary>
public sealed record Away(LocalDateTime From, LocalDateTime To, Member Member) : Change(From, To)
{
    internal override IEnumerable<Member> Of(IEnumerable<Member> onCall) => onCall.Where(member => member.Id != Member.Id);
}

/// <summary>A swap: whenever the one would be on call, the other is.</summary>
public sealed record StandIn(LocalDateTime From, LocalDateTime To, Member Member, Member For) : Change(From, To)
{
    internal override IEnumerable<Member> Of(IEnumerable<Member> onCall) => onCall.Select(member => member.Id == For.Id ? Member : member);
}
