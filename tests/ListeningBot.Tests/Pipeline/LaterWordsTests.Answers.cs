using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>In which order our answers and their words count, and who is told of them.</summary>
public sealed partial class LaterWordsTests
{
    /// <summary>On services that are asked in turns our answers are heard up to an hour late.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Our_answer_heard_after_the_customers_next_words_leaves_them_waiting_until_we_answer_those(bool claimed)
    {
        await HearAsync(Said("1", Anger));
        await HappenAsync(claimed ? new Claimed(Anna) : new TimeCame(Step.Ping));
        var before = await CaseAsync(1);
        _now += TimeSpan.FromMinutes(10);
        await HearAsync(Said("2", "still broken") with { InReplyTo = First }, watched: false);

        await HearOursAsync("3", _now += TimeSpan.FromMinutes(30), _now.AddMinutes(-35));

        var @case = await CaseAsync(1);
        Assert.Equal((before.State, _now.AddMinutes(-35)), (@case.State, @case.AnsweredAt));
        Assert.Equal(claimed ? 0 : 1, (await SaidAsync()).Count);
        Assert.Equal("They wrote again, neither thanks nor anger", (await CardAsync()).TheirWords);
        Assert.DoesNotContain("see that the answer helps", (await CardAsync()).NextStep, StringComparison.Ordinal);

        await HearOursAsync("4", _now += TimeSpan.FromMinutes(1), _now);

        Assert.Equal((CaseState.Answered, @case.AnsweredAt), ((await CaseAsync(1)).State, (await CaseAsync(1)).AnsweredAt));
    }

    /// <summary>Some services give the newest first.</summary>
    [Fact]
    public async Task Our_answer_to_what_they_wrote_first_leaves_them_waiting_when_their_later_words_opened_the_case()
    {
        await HearAsync(Said("2", Anger), posted: _now.AddMinutes(-10));
        await HearAsync(Said("1", "acme lamp does not light up"), posted: _now.AddMinutes(-30));

        await HearOursAsync("3", _now, _now.AddMinutes(-20));

        Assert.Equal((CaseState.Unclaimed, Step.Ping), ((await CaseAsync(1)).State, (await CaseAsync(1)).DueStep));
    }

    [Fact]
    public async Task Thanks_heard_before_the_answer_that_they_are_for_leave_it_an_answer()
    {
        await HearAsync(Said("1", Anger));
        _now += TimeSpan.FromMinutes(30);
        await HearAsync(Said("2", Thanks) with { InReplyTo = First });

        await HearOursAsync("3", _now, _now.AddMinutes(-5));

        Assert.Equal(CaseState.Answered, (await CaseAsync(1)).State);
    }

    [Fact]
    public async Task Thanks_for_our_answer_ask_for_no_other_one()
    {
        await HearAsync(Said("1", Anger));
        await HearOursAsync("2", _now += TimeSpan.FromMinutes(5), _now);
        _now += TimeSpan.FromMinutes(30);

        await HearAsync(Said("3", Thanks) with { InReplyTo = First });

        Assert.Equal(CaseState.Answered, (await CaseAsync(1)).State);
        Assert.Contains("see that the answer helps", (await CardAsync()).NextStep, StringComparison.Ordinal);
        await HappenAsync(new Claimed(Anna));
        await HappenAsync(new Released(Anna));
        await HappenAsync(new Claimed(Anna));
        Assert.Equal(CaseState.Answered, (await CaseAsync(1)).State);

        _now += TimeSpan.FromMinutes(1);
        await HearAsync(Said("4", "and when does the new one come?") with { InReplyTo = First });
        await HappenAsync(new Released(Anna));
        await HappenAsync(new Claimed(Anna));
        Assert.Equal(CaseState.Claimed, (await CaseAsync(1)).State);
    }

    [Fact]
    public async Task What_they_add_before_our_answer_is_one_event_calls_nobody_and_is_no_word_about_the_answer()
    {
        await HearAsync(Said("1", Anger));
        await HearAsync(Said("2", "still broken") with { InReplyTo = First }, watched: false);

        Assert.Equal(["Opened", "MentionJoined"], (await _temp.ReadAsync(view => view.EventsOf(1))).Select(entry => entry.Event.GetType().Name));
        Assert.Empty(await SaidAsync());
        await HearOursAsync("3", _now += TimeSpan.FromMinutes(1), _now);
        Assert.Equal((CaseState.Answered, "No word from them yet"), ((await CaseAsync(1)).State, (await CardAsync()).TheirWords));
    }

    [Fact]
    public async Task Anger_written_over_their_words_is_not_answered_by_what_we_wrote_before()
    {
        await HearAsync(Said("1", "acme lamp does not light up, please help"), said: Some.Assessment());
        _now += TimeSpan.FromMinutes(10);
        await HearAsync(Said("1", Anger), kind: ChangeKind.Edited, said: Some.Assessment(0.9, Priority.High));

        await HearOursAsync("2", _now, _now.AddMinutes(-5));

        Assert.Equal((CaseState.Unclaimed, Happiness.Silent), ((await CaseAsync(1)).State, (await CaseAsync(1)).Happiness));
    }

    /// <summary>They were called, or written to where the bot sees nothing, and nobody pressed Answered.</summary>
    [Theory]
    [InlineData("waits", false)]
    [InlineData("waits", true)]
    [InlineData("put off", false)]
    [InlineData("put off", true)]
    [InlineData("put off, free", false)]
    [InlineData("put off, free", true)]
    public async Task Who_waits_for_a_customer_or_put_them_off_before_any_answer_is_told_once_when_they_write(string how, bool edited)
    {
        var free = how.EndsWith("free", StringComparison.Ordinal);
        await HearAsync(Said("1", "acme lamp does not light up, please help"), said: Some.Assessment());
        if (!free)
        {
            await HappenAsync(new Claimed(Anna));
        }
        await HappenAsync(how == "waits" ? new WaitsForCustomer(Anna) : new Snoozed(Anna, _now.AddDays(7)));
        _now += TimeSpan.FromHours(1);

        await (edited ? HearAsync(Said("1", Anger), kind: ChangeKind.Edited, said: Some.Assessment(0.9, Priority.High))
            : HearAsync(Said("2", "any news?") with { InReplyTo = First }, watched: false, said: Some.Assessment(0.1)));

        var @case = await CaseAsync(1);
        Assert.Equal((free ? CaseState.Shown : CaseState.Claimed, null), (@case.State, @case.SnoozedUntil));
        Assert.Equal(["The customer has written again."], await SaidAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Graver_words_of_theirs_wake_what_was_put_off_with_a_word(bool answered)
    {
        await HearAsync(Said("1", "acme lamp does not light up, please help"), said: Some.Assessment());
        await HappenAsync(new Claimed(Anna));
        if (answered)
        {
            await HappenAsync(new OwnerAnswered(Anna));
        }
        await HappenAsync(new Snoozed(Anna, _now.AddDays(7)));

        await HearAsync(Said("2", Anger), said: Some.Assessment(0.9, Priority.Critical));

        Assert.Equal((CaseState.Claimed, null, Priority.Critical), ((await CaseAsync(1)).State, (await CaseAsync(1)).SnoozedUntil, (await CaseAsync(1)).Priority));
        Assert.Equal(["The customer has written again."], await SaidAsync());
    }

    [Fact]
    public async Task Thanks_to_an_owner_who_waits_for_them_are_told_also_when_nobody_pressed_Answered()
    {
        await HearAsync(Said("1", Anger));
        await HappenAsync(new Claimed(Anna));
        await HappenAsync(new WaitsForCustomer(Anna));

        await HearAsync(Said("2", Thanks) with { InReplyTo = First });

        Assert.Equal((CaseState.Waiting, Happiness.Happy), ((await CaseAsync(1)).State, (await CaseAsync(1)).Happiness));
        Assert.Equal(["The customer thanks. Is it solved?"], await SaidAsync());
    }
}
