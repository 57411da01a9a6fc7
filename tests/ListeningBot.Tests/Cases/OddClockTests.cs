using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using NodaTime;

namespace ListeningBot.Tests.Cases;

/// <summary>Clocks that jump, days of 23 and 25 hours, teams with hours: each escalation once, none left out.</summary>
public sealed class OddClockTests
{
    private static readonly IReadOnlyList<IsoDayOfWeek> Week = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];
    private static readonly IReadOnlyList<IsoDayOfWeek> EveryDay = [.. Week, IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday];
    private static readonly Member Ana = new() { Id = "ana", Name = "Ana" };

    /// <summary>Berlin: 02:00 to 03:00 is missing on 29 March 2026, and there twice on 25 October 2026.</summary>
    private static readonly DateTimeOffset[] Days =
    [
        new(2026, 3, 27, 12, 0, 0, TimeSpan.Zero), new(2026, 3, 28, 22, 0, 0, TimeSpan.Zero), new(2026, 3, 29, 0, 30, 0, TimeSpan.Zero),
        new(2026, 10, 23, 12, 0, 0, TimeSpan.Zero), new(2026, 10, 24, 22, 0, 0, TimeSpan.Zero), new(2026, 10, 25, 0, 30, 0, TimeSpan.Zero), new(2026, 10, 25, 1, 30, 0, TimeSpan.Zero),
    ];

    private static readonly Team[] Teams =
    [
        new() { Name = "care" },
        new() { Name = "care", Zone = "Europe/Berlin", Members = [Ana], Hours = [new Weekly(Week, new LocalTime(9, 0), new LocalTime(17, 30))] },
        new() { Name = "care", Zone = "Europe/Berlin", Members = [Ana], Hours = [new Weekly(EveryDay, new LocalTime(22, 0), new LocalTime(6, 0))] },
        new() { Name = "care", Zone = "Europe/Berlin", Members = [Ana], Hours = [new Weekly(EveryDay, new LocalTime(2, 15), new LocalTime(2, 45)), new Weekly(EveryDay, new LocalTime(7, 0), new LocalTime(19, 0))] },
        new() { Name = "care", Zone = "America/New_York", Members = [Ana], Quiet = [new Weekly(EveryDay, new LocalTime(20, 0), new LocalTime(8, 0))] },
    ];

    public static TheoryData<int, int> Runs => [.. from team in Enumerable.Range(0, Teams.Length) from seed in Enumerable.Range(1, 5) select (team, seed)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void Unclaimed_each_escalation_comes_once_and_none_is_left_out(int team, int seed)
    {
        var random = new Random(seed);
        foreach (var start in Days)
        {
            var priority = (Priority)random.Next(4);
            var @case = Case.Open(new Opened(1, 1, priority, ["care"], start.AddMinutes(-random.Next(0, 10)), start));
            var steps = Live(random, Teams[team], ref @case, start, days: 30);

            var targets = Teams[team].Targets;
            Assert.Equal(targets.Ping.Of(priority) is null ? 0 : 1, steps.Count(step => step == Step.Ping));
            Assert.Equal(1, steps.Count(step => step == Step.Lead));
            Assert.Equal(1, steps.Count(step => step == Step.Manager));
            Assert.Equal(targets.Repeats, steps.Count(step => step == Step.Repeat));
            Assert.Equal((1, 1), (steps.Count(step => step == Step.WarnTarget), steps.Count(step => step == Step.TargetMissed)));
            Assert.True(steps.IndexOf(Step.WarnTarget) < steps.IndexOf(Step.TargetMissed));
            Assert.InRange(steps.Count(step => step == Step.Floor), 8, 31);
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void An_idle_claim_is_asked_about_once_and_freed_once_and_a_promise_is_nudged_and_missed_once(int team, int seed)
    {
        var random = new Random(seed);
        var by = new Responder("member:ana", "Ana");
        foreach (var start in Days)
        {
            var @case = Case.Open(new Opened(1, 1, (Priority)random.Next(4), ["care"], start, start));
            @case = ((Transition.Changed)@case.Apply(new Claimed(by), start)).Case;
            var idle = @case;
            var steps = Live(random, Teams[team], ref idle, start, days: 30);
            Assert.Equal((1, 1), (steps.Count(step => step == Step.AskOwner), steps.Count(step => step == Step.FreeClaim)));
            Assert.True(steps.IndexOf(Step.AskOwner) < steps.IndexOf(Step.FreeClaim));

            @case = ((Transition.Changed)@case.Apply(new Promised(by, start.AddHours(30), "call"), start)).Case;
            steps = Live(random, Teams[team], ref @case, start, days: 3);
            Assert.Equal((1, 1), (steps.Count(step => step == Step.NudgePromise), steps.Count(step => step == Step.PromiseMissed)));
        }
    }

    [Fact]
    public void Changed_zone_data_or_hours_repeat_nothing_and_leave_nothing_out()
    {
        var random = new Random(5);
        foreach (var start in Days)
        {
            var @case = Case.Open(new Opened(1, 1, Priority.High, ["care"], start, start));
            var steps = new List<Step>();
            for (var day = 0; day < 30; day++)
            {
                steps.AddRange(Live(random, Teams[day % Teams.Length], ref @case, start.AddDays(day), days: 1));
            }
            Assert.All([Step.Ping, Step.Lead, Step.Manager, Step.WarnTarget, Step.TargetMissed], step => Assert.Single(steps, step));
            Assert.Equal(Targets.Default.Repeats, steps.Count(step => step == Step.Repeat));
        }
    }

    /// <summary>Sweeps at odd moments; the clock also jumps a day, forward or back, and comes right again.</summary>
    private static List<Step> Live(Random random, Team team, ref Case @case, DateTimeOffset start, int days)
    {
        var steps = new List<Step>();
        for (var now = start; now < start.AddDays(days); now += TimeSpan.FromMinutes(random.Next(1, 300)))
        {
            Sweep(random.Next(20) switch { 0 => now.AddDays(-1), 1 => now.AddHours(-2), _ => now }, team, ref @case, steps);
            if (random.Next(60) == 0)
            {
                now = now.AddDays(1);
            }
        }
        return steps;
    }

    private static void Sweep(DateTimeOffset now, Team team, ref Case @case, List<Step> steps)
    {
        for (var taken = 0; Agenda.Next(@case, team) is { } next && next.At <= now; taken++)
        {
            Assert.True(taken < 40, $"{next.Step} does not end");
            @case = Assert.IsType<Transition.Changed>(@case.Apply(new TimeCame(next.Step), now)).Case;
            steps.Add(next.Step);
        }
    }
}
