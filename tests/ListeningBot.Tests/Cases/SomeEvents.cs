using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;

namespace ListeningBot.Tests.Cases;

/// <summary>Random lives of cases.</summary>
internal static class SomeEvents
{
    private static readonly Responder[] People = [new("member:ana", "Ana"), new("member:bo", "Bo"), new("discord:7", "Cy")];

    private static readonly Team Team = new() { Name = "care" };

    public static Opened Opened(Random random, DateTimeOffset now) => new(1, 1, Any<Priority>(random), ["care"], now.AddMinutes(-random.Next(0, 3000)), now);

    /// <summary>Mostly minutes, sometimes days, now and then the clock is set back.</summary>
    public static TimeSpan Pause(Random random) => random.Next(10) switch
    {
        0 => TimeSpan.FromHours(random.Next(1, 200)),
        1 => TimeSpan.FromMinutes(-random.Next(0, 1440)),
        _ => TimeSpan.FromSeconds(random.Next(0, 7200)),
    };

    public static CaseEvent Next(Random random, Case @case, DateTimeOffset now)
    {
        var by = random.Next(3) > 0 && @case.Owner is { } owner ? owner : People[random.Next(People.Length)];
        var other = People[random.Next(People.Length)];
        return random.Next(39) switch
        {
            0 or 1 or 2 or 3 => new Claimed(by),
            4 => random.Next(4) == 0 ? new Dismissed(by) : new StillOnIt(by),
            5 or 6 => new OwnerAnswered(by),
            7 => new WaitsForCustomer(by),
            8 => new WantsKnown(by, "a refund"),
            9 or 10 => new Promised(by, now.AddMinutes(random.Next(-60, 5000)), "call"),
            11 => new PromiseKept(by),
            12 => new HandedOver(by, other, "in short"),
            13 => new Released(by),
            14 => new Snoozed(by, now.AddHours(random.Next(1, 100))),
            15 => new Escalated(by, "a doctor"),
            16 => new LeaderBrought(by, other, "Dear customer"),
            17 or 18 => new Resolved(by, Any<Outcome>(random), "note"),
            19 => new FollowedUp(by),
            20 => new Reopened(by),
            21 or 22 => new Undone(by),
            23 => random.Next(30) == 0 ? new Merged(by, 99) : new Noted(by, "spoke to them", now),
            24 => new Absorbed(by, 98, 2, Any<Priority>(random), ["billing"], now.AddDays(-1)) { Owner = random.Next(2) == 0 ? null : by, WaitsSince = random.Next(2) == 0 ? null : now.AddMinutes(-random.Next(0, 600)) },
            25 => new MentionJoined(random.Next(2, 50), Any<Priority>(random), random.Next(2) == 0, random.Next(3) == 0 ? ["lab"] : ["care"]) { TheirWordsAt = random.Next(2) == 0 ? null : now.AddMinutes(-random.Next(0, 600)) },
            26 => new PostEdited(1, Any<Priority>(random)) { TheirWordsAt = random.Next(2) == 0 ? null : now },
            27 => new PostDeleted(1, random.Next(2) == 0 ? 5 : null),
            28 => new AnsweredByUs("@acme", now.AddMinutes(-random.Next(0, 600))),
            29 or 30 => new SpokeAgain(random.Next(2, 50), Any<Happiness>(random), now.AddMinutes(-random.Next(0, 600))),
            31 => new CardShown("care"),
            32 => new SplitOff(random.Next(2) == 0 ? by : null, 3, 97, @case.FirstMention),
            33 => new AuthorKnown(1),
            34 => new CustomerUnited(3, 2),
            35 => new PrioritySet(by, Any<Priority>(random)),
            _ => Agenda.Next(@case, Team) is { } next ? new TimeCame(next.Step) : new AuthorKnown(1),
        };
    }

    private static T Any<T>(Random random)
        where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
}
