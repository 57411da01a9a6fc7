using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>In an app store nobody can thank but by changing their review.</summary>
public sealed partial class LaterWordsTests
{
    private const string Solved = "Solved within a day, everybody was so kind";
    private static readonly Assessment Good = Some.Assessment(0.01) with { Sentiment = 0.8 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thanks_written_over_their_old_words_after_the_end_are_happy_by_them(bool closed)
    {
        await (closed ? ClosedCaseAsync() : ResolvedCaseAsync());
        var ended = (await CaseAsync(1)).State;
        _now += TimeSpan.FromDays(60);

        await HearAsync(Said("1", Solved), kind: ChangeKind.Edited, said: Good);

        Assert.Equal((ended, Happiness.Happy, _now), ((await CaseAsync(1)).State, (await CaseAsync(1)).Happiness, (await CaseAsync(1)).TheirWordsAt));
    }

    [Fact]
    public async Task Thanks_written_over_their_old_words_are_told_to_the_owner_who_answered_and_undo_what_they_were_angry_about()
    {
        await ResolvedCaseAsync();
        await HearAsync(Said("1", "The new kettle from acme broke after two days and burned my hand, I want my money back"), kind: ChangeKind.Edited);
        Assert.Equal(Happiness.AngryAgain, (await CaseAsync(1)).Happiness);
        await HappenAsync(new OwnerAnswered(Anna));
        var before = await SaidAsync();

        await HearAsync(Said("1", Solved), kind: ChangeKind.Edited, said: Good);

        Assert.Equal((CaseState.Answered, Happiness.Happy), ((await CaseAsync(1)).State, (await CaseAsync(1)).Happiness));
        Assert.Equal(["The customer thanks. Is it solved?"], (await SaidAsync()).Except(before));
    }

    [Fact]
    public async Task More_stars_over_kind_words_that_stayed_are_thanks()
    {
        var review = Said("1", Solved) with { Stars = 1 };
        await HearAsync(review, said: Some.Assessment());
        await HappenAsync(new Claimed(Anna));
        await HappenAsync(new OwnerAnswered(Anna));

        await HearAsync(review with { Stars = 5 }, kind: ChangeKind.Edited, said: Good);

        Assert.Equal(Happiness.Happy, (await CaseAsync(1)).Happiness);
    }

    [Theory]
    [InlineData("a comma")]
    [InlineData("a stranger's")]
    [InlineData("too late")]
    [InlineData("before our answer")]
    [InlineData("no complaint")]
    public async Task Kind_words_that_are_not_new_or_not_for_what_we_did_make_nobody_happy_by_an_edit(string why)
    {
        var stranger = By("zoe", Said("2", "which acme lamp was that?")) with { InReplyTo = First };
        await HearAsync(Said("1", Anger));
        await HearAsync(stranger);
        CaseEvent[] done = why switch
        {
            "before our answer" => [],
            "no complaint" => [new Dismissed(Anna)],
            "too late" => [new Claimed(Anna), new Resolved(Anna, Outcome.Solved), new TimeCame(Step.CloseInSilence)],
            _ => [new Claimed(Anna), new OwnerAnswered(Anna)],
        };
        foreach (var happened in done)
        {
            await HappenAsync(happened);
        }
        _now += TimeSpan.FromDays(why == "too late" ? 91 : 1);

        await HearAsync(why == "a stranger's" ? stranger with { Text = Solved } : Said("1", why == "a comma" ? Anger + "!" : Solved), kind: ChangeKind.Edited, said: Good);

        Assert.Equal(Happiness.Silent, (await CaseAsync(1)).Happiness);
    }
}
