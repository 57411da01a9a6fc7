using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cases;

/// <summary>What we write in public to a customer who has our answer already.</summary>
public sealed class SecondAnswersTests
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Responder Ana = new("discord:1", "Ana");
    private static readonly Case Answered = After(Case.Open(new Opened(1, 1, Priority.Normal, ["care"], Now, Now)), (new Claimed(Ana), 0), (new OwnerAnswered(Ana), 0));

    [Theory]
    [InlineData(5, true)]
    [InlineData(7, false)]
    public void It_keeps_the_promise_when_it_comes_in_time(int hour, bool kept)
    {
        var promised = After(Answered, (new Promised(Ana, Now.AddHours(6), "call"), 1));

        var again = After(promised, (new AnsweredByUs("@care", Now.AddHours(hour)), 8));

        Assert.Equal((kept, Now.AddHours(hour)), (Assert.Single(again.Promises).Kept, again.Promises[0].EndedAt));
        Assert.Equal((CaseState.Answered, Now), (again.State, again.AnsweredAt));
    }

    [Fact]
    public void One_from_before_the_promise_or_before_their_last_words_keeps_none()
    {
        var promised = After(Answered, (new Promised(Ana, Now.AddHours(6), "call"), 2));
        var spoke = After(promised, (new MentionJoined(2, Priority.Normal, Complains: false, []) { TheirWordsAt = Now.AddHours(4) }, 4));

        Assert.NotNull(After(promised, (new AnsweredByUs("@care", Now.AddHours(1)), 3)).OpenPromise);
        Assert.NotNull(After(spoke, (new AnsweredByUs("@care", Now.AddHours(3)), 5)).OpenPromise);
    }

    /// <summary>"1/2: we are so sorry", "2/2: you hear from me by Friday".</summary>
    [Fact]
    public void The_rest_of_the_first_answer_in_which_a_promise_was_given_leaves_it_open()
    {
        var promised = After(Case.Open(new Opened(1, 1, Priority.Normal, ["care"], Now, Now)), (new Claimed(Ana), 0), (new Promised(Ana, Now.AddHours(9), "call"), 0), (new AnsweredByUs("@care", Now.AddHours(1)), 1));

        Assert.NotNull(After(promised, (new AnsweredByUs("@care", Now.AddHours(1).AddMinutes(2)), 2)).OpenPromise);
        Assert.Null(After(promised, (new AnsweredByUs("@care", Now.AddHours(3)), 3)).OpenPromise);
    }

    /// <summary>"1/2: we are so sorry", then Promise is pressed, then "2/2: you hear from me by Friday"; and so in what answers their next words.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_we_post_shortly_after_a_promise_was_noted_gives_it_and_leaves_it_open(bool wroteBetween)
    {
        var begun = wroteBetween ? After(Answered, (new SpokeAgain(2, Happiness.Silent, Now.AddHours(1)), 1)) : Answered;
        var promised = After(begun, (new Promised(Ana, Now.AddHours(9), "call"), 2));

        var rest = After(promised, (new AnsweredByUs("@care", Now.AddHours(2).AddMinutes(2)), 3));
        var later = After(rest, (new AnsweredByUs("@care", Now.AddHours(4)), 4));

        Assert.Equal((CaseState.Answered, Now.AddHours(2).AddMinutes(2)), (rest.State, rest.AnsweredUntil));
        Assert.NotNull(rest.OpenPromise);
        Assert.True(Assert.Single(later.Promises).Kept);
    }

    /// <summary>Answered at 10:01, promised at 10:03, the rest of the answer at 10:05.</summary>
    [Fact]
    public void A_promise_noted_between_two_parts_of_the_first_answer_stays_open()
    {
        var answered = After(Case.Open(new Opened(1, 1, Priority.Normal, ["care"], Now, Now)), (new Claimed(Ana), 0), (new AnsweredByUs("@care", Now.AddMinutes(-4)), 0));
        var promised = After(answered, (new Promised(Ana, Now.AddHours(9), "call"), 0));

        Assert.NotNull(After(promised, (new AnsweredByUs("@care", Now.AddMinutes(2)), 1)).OpenPromise);
    }

    [Fact]
    public void Whoever_answered_again_is_asked_anew_whether_they_are_still_on_it()
    {
        var asked = After(Answered, (new TimeCame(Step.AskOwner), 48));

        var again = Assert.IsType<Transition.Changed>(asked.Apply(new AnsweredByUs("@care", Now.AddHours(50)), Now.AddHours(51)));

        Assert.True(again.WithdrawPings);
        Assert.Equal(new DueStep(Now.AddHours(98), Step.AskOwner), Agenda.Next(again.Case, new Team { Name = "care" }));
    }

    private static Case After(Case @case, params (CaseEvent Event, int Hour)[] events) =>
        events.Aggregate(@case, (one, next) => one.Apply(next.Event, Now.AddHours(next.Hour)) is Transition.Changed changed ? changed.Case : one);
}
