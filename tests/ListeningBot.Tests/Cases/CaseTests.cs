using System.Text.Json;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cases;

public sealed class CaseTests
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Responder Ana = new("discord:1", "Ana");
    private static readonly Responder Ben = new("discord:2", "Ben");

    [Fact]
    public void The_clock_runs_from_the_later_of_posted_and_seen_so_that_a_backlog_never_pings_at_once()
    {
        var late = Case.Open(new Opened(1, 1, Priority.Critical, ["care"], Now - TimeSpan.FromHours(5), Now));

        Assert.Equal(Now + TimeSpan.FromMinutes(3), late.Due);
        Assert.Equal(Now - TimeSpan.FromHours(5), late.Posted);
    }

    [Theory]
    [InlineData(Priority.Critical, 3)]
    [InlineData(Priority.High, 15)]
    [InlineData(Priority.Normal, 60)]
    [InlineData(Priority.Low, 24 * 60)]
    public void An_unclaimed_case_is_pinged_once(Priority priority, int minutes)
    {
        var @case = Open(priority);
        var due = Now + TimeSpan.FromMinutes(minutes);

        Assert.IsType<Transition.Unchanged>(@case.Apply(new NobodyClaimed(), due - TimeSpan.FromSeconds(1)));
        var pinged = Changed(@case, new NobodyClaimed(), due);

        Assert.NotNull(pinged.Ping);
        Assert.Null(pinged.Case.Due);
        Assert.IsType<Transition.Unchanged>(pinged.Case.Apply(new NobodyClaimed(), due + TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Two_claims_give_one_owner_and_a_kind_word_to_the_other()
    {
        var claimed = Changed(Open(), new Claimed(Ana));

        var second = Assert.IsType<Transition.Unchanged>(claimed.Case.Apply(new Claimed(Ben), Now));

        Assert.Equal(Ana, claimed.Case.Owner);
        Assert.True(claimed.WithdrawPings);
        Assert.Contains("Ana has it", second.Why, StringComparison.Ordinal);
        Assert.Equal("It is already yours.", Assert.IsType<Transition.Unchanged>(claimed.Case.Apply(new Claimed(Ana), Now)).Why);
    }

    [Fact]
    public void Nothing_closes_without_a_claim_and_an_outcome()
    {
        Assert.Contains("Claim", Assert.IsType<Transition.Unchanged>(Open().Apply(new Resolved(Ana, Outcome.Solved), Now)).Why, StringComparison.Ordinal);

        var closed = Changed(Changed(Open(), new Claimed(Ana)).Case, new Resolved(Ana, Outcome.WentBeyond)).Case;

        Assert.Equal((CaseState.Closed, Outcome.WentBeyond, Ana), (closed.State, closed.Outcome, closed.ClosedBy));
        Assert.Null(closed.Due);
    }

    [Fact]
    public void Not_a_complaint_closes_with_that_outcome_and_later_presses_are_told_who_closed_it()
    {
        var closed = Changed(Open(), new Dismissed(Ben)).Case;

        Assert.Equal(Outcome.NotAComplaint, closed.Outcome);
        Assert.Equal("This case was closed by Ben: not a complaint.", Assert.IsType<Transition.Unchanged>(closed.Apply(new Claimed(Ana), Now)).Why);
    }

    [Fact]
    public void An_answer_of_ours_counts_from_its_true_time_and_the_earliest_wins()
    {
        var answered = Changed(Open(), new AnsweredByUs("@care", Now - TimeSpan.FromMinutes(1))).Case;

        Assert.Null(answered.Due);
        Assert.IsType<Transition.Unchanged>(answered.Apply(new AnsweredByUs("@care2", Now), Now));
        var earlier = Changed(answered, new AnsweredByUs("@care3", Now - TimeSpan.FromMinutes(5))).Case;
        Assert.Equal((Now - TimeSpan.FromMinutes(5), "@care3"), (earlier.AnsweredAt, earlier.AnsweredBy));
    }

    [Fact]
    public void A_calm_second_post_neither_adds_a_voice_nor_lowers_the_priority()
    {
        var calm = Changed(Open(Priority.High), new MentionJoined(2, Priority.Low, Complains: false, [])).Case;
        var loud = Changed(calm, new MentionJoined(3, Priority.Critical, Complains: true, ["legal"])).Case;

        Assert.Equal((1, Priority.High), (calm.Voices, calm.Priority));
        Assert.Equal((2, Priority.Critical), (loud.Voices, loud.Priority));
        Assert.Equal(["care", "legal"], loud.Teams);
        Assert.Equal(Now + TimeSpan.FromMinutes(3), loud.Due);
    }

    [Fact]
    public void Whatever_happens_the_rules_of_a_case_hold()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var @case = Open((Priority)random.Next(4));
            var now = Now;
            for (var step = 0; step < 30; step++)
            {
                now += TimeSpan.FromMinutes(random.Next(0, 200));
                var happened = RandomEvent(random, now);
                var before = @case;
                var transition = before.Apply(happened, now);
                Assert.Equal(JsonSerializer.Serialize<object>(transition), JsonSerializer.Serialize<object>(before.Apply(happened, now)));
                if (transition is not Transition.Changed changed)
                {
                    continue;
                }
                @case = changed.Case;
                Assert.Equal(before.Version + 1, @case.Version);
                Assert.False(before.State > @case.State, $"seed {seed}: {before.State} -> {@case.State}");
                Assert.True(@case.Priority >= before.Priority);
                Assert.Equal(@case.State == CaseState.Closed, @case.Outcome is not null);
                Assert.True(@case.State != CaseState.Claimed || @case.Owner is not null);
                Assert.True(before.Owner is null || before.Owner == @case.Owner);
                Assert.True(@case.Due is null || (@case.State == CaseState.Unclaimed && !@case.Pinged));
                Assert.False(changed.Ping is not null && before.Pinged);
            }
        }
    }

    private static CaseEvent RandomEvent(Random random, DateTimeOffset now) => random.Next(8) switch
    {
        0 => new MentionJoined(random.Next(), (Priority)random.Next(4), random.Next(2) == 0, random.Next(2) == 0 ? [] : ["legal"]),
        1 => new PostEdited(1, (Priority)random.Next(4)),
        2 => new PostDeleted(1),
        3 => new AnsweredByUs("@care", now - TimeSpan.FromMinutes(random.Next(100))),
        4 => new Claimed(random.Next(2) == 0 ? Ana : Ben),
        5 => new Dismissed(Ben),
        6 => new Resolved(Ana, (Outcome)random.Next(6)),
        _ => new NobodyClaimed(),
    };

    private static Case Open(Priority priority = Priority.Normal) => Case.Open(new Opened(1, 1, priority, ["care"], Now, Now));

    private static Transition.Changed Changed(Case @case, CaseEvent happened, DateTimeOffset? at = null) =>
        Assert.IsType<Transition.Changed>(@case.Apply(happened, at ?? Now));
}
