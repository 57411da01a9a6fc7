using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Cards that their service puts off, refuses or breaks at, and rooms that are blocked.</summary>
public sealed partial class CardKeeperTests
{
    [Fact]
    public async Task What_the_service_puts_off_is_tried_again_when_it_said_and_not_before()
    {
        await OpenAsync("1");
        _chat.Answers.Enqueue(new Delivery.Retry("rate limit", TimeSpan.FromSeconds(7)));

        await KeepAsync();
        Assert.Equal(0, await KeepAsync());
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(1, await KeepAsync());

        Assert.Equal(2, _chat.Put.Count);
    }

    [Fact]
    public async Task A_refused_card_is_told_to_the_operators_and_tried_again_when_it_changes()
    {
        await OpenAsync("1");
        _chat.Answers.Enqueue(new Delivery.Rejected("no permission to write here"));

        await KeepAsync();
        Assert.Equal(0, await KeepAsync());
        Assert.Equal(("care", "case:1", "no permission to write here"), (await _temp.ReadAsync(view => view.DeadLetters(0, 9))).Select(letter => (letter.Place, letter.What, letter.Why)).Single());
        await new DeadLettersRig(_temp.Store, _clock).Letters.TendAsync(CancellationToken.None);
        Assert.Equal(1, await KeepAsync("ops"));
        await PressAsync(PressAction.Claim);
        await KeepAsync();
        Assert.Empty(await _temp.ReadAsync(view => view.DeadLetters(0, 9)));

        Assert.Contains("no permission", Assert.IsType<NoticeCard>(_chat.Put[1].Card).Text, StringComparison.Ordinal);
        Assert.Equal("case:1", _chat.Put[2].Card.Key.Subject);
    }

    [Fact]
    public async Task What_another_machine_has_shown_meanwhile_leaves_no_trouble_of_before()
    {
        await OpenAsync("1");
        Enumerable.Range(0, 2).ToList().ForEach(_ => _chat.Answers.Enqueue(new Delivery.Retry("can't reach it")));
        await KeepAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await KeepAsync();
        Assert.Equal("can't reach it", _keeper!.WhyInTrouble("care"));
        var other = new CardKeeper(_temp.Store, new RoomDirectory(new Room("x", "chat", ""), _chat), new PolicyBook(), _clock, NullLogger<CardKeeper>.Instance);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, (await other.KeepAsync("care", CancellationToken.None)).Tried);

        _keeper.Forget("care");

        Assert.Equal(0, await KeepAsync());
        Assert.Null(_keeper.WhyInTrouble("care"));
    }

    [Fact]
    public async Task One_card_at_which_a_service_breaks_each_time_holds_up_no_other()
    {
        await OpenAsync("1", Priority.Critical);
        _chat.Answers.Enqueue(new Delivery.Retry("HTTP 500"));
        await KeepAsync();
        await OpenAsync("2");
        await OpenAsync("3");

        await KeepAsync();

        Assert.Equal(["case:1", "case:2", "case:3"], _chat.Put.Select(put => put.Card.Key.Subject));
        Assert.Null(_keeper!.WhyInTrouble("care"));
    }

    [Fact]
    public async Task A_card_that_meets_a_fault_of_this_program_each_time_is_given_up_and_told()
    {
        await OpenAsync("1");
        Enumerable.Range(0, 40).ToList().ForEach(_ => _chat.Defeats.Enqueue(new InvalidOperationException()));

        for (var i = 0; i < 40; i++)
        {
            await KeepAsync();
            _clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(10, _chat.Put.Count);
        Assert.Equal(("case:1", "an unexpected fault (InvalidOperationException)"), (await _temp.ReadAsync(view => view.DeadLetters(0, 9))).Select(letter => (letter.What, letter.Why)).Single());
    }

    [Fact]
    public async Task A_card_that_defeats_its_notifier_does_not_keep_the_others_from_being_shown()
    {
        await OpenAsync("1", Priority.Critical);
        await OpenAsync("2");
        _chat.Defeats.Enqueue(new InvalidOperationException("a bug"));
        _chat.Found = new MessageRef("m-lost");

        await KeepAsync();
        Assert.Equal(["case:1", "case:2"], _chat.Put.Select(p => p.Card.Key.Subject));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await KeepAsync();

        Assert.Equal("m-lost", _chat.Put[2].Known?.Value);
    }

    [Fact]
    public async Task While_a_room_is_blocked_its_cards_wait_and_the_operators_hear_of_it_once_and_once_when_it_is_open()
    {
        await OpenAsync("1");
        await OpenAsync("2");
        _chat.Answers.Enqueue(new Delivery.Blocked("the token is refused"));
        _chat.Answers.Enqueue(new Delivery.Blocked("the token is refused"));

        await KeepAsync();
        Assert.Single(_chat.Put);
        Assert.Equal(0, await KeepAsync());
        _clock.Advance(TimeSpan.FromMinutes(5));
        await KeepAsync();
        Assert.Equal(2, _chat.Put.Count);
        _keeper!.TryBlockedAgain();
        await KeepAsync();

        Assert.Equal(["case:1", "case:2"], _chat.Put.Skip(2).Select(p => p.Card.Key.Subject));
        await KeepAsync("ops");
        Assert.Equal([false, true], _chat.Put.Select(p => p.Card).OfType<NoticeCard>().Select(n => n.Good));
    }

    [Fact]
    public async Task A_room_that_takes_edits_and_no_new_card_is_not_told_to_be_open()
    {
        await OpenAsync("1", Priority.Critical);
        await KeepAsync();
        await OpenAsync("2");
        _chat.Answers.Enqueue(new Delivery.Blocked("no right to send"));
        await KeepAsync();
        _clock.Advance(TimeSpan.FromMinutes(5));
        await PressAsync(PressAction.Claim);
        _chat.DossierAnswers = new Delivery.Delivered(new MessageRef("thread"));
        _chat.Answers.Enqueue(new Delivery.Delivered(new MessageRef("m1")));
        _chat.Answers.Enqueue(new Delivery.Blocked("no right to send"));

        await KeepAsync();
        Assert.Equal(["case:1", "case:2", "case:1", "case:2"], _chat.Put.Select(put => put.Card).OfType<CaseCard>().Select(card => card.Key.Subject));
        Assert.Null(await _temp.ReadAsync(view => view.NoticeOf(2)));
        Assert.Equal("no right to send", _keeper!.WhyBlocked("care"));
        _clock.Advance(TimeSpan.FromMinutes(5));
        await KeepAsync();

        Assert.False((await _temp.ReadAsync(view => view.NoticeOf(1)))!.Good);
        Assert.True((await _temp.ReadAsync(view => view.NoticeOf(2)))!.Good);
        Assert.Null(_keeper.WhyBlocked("care"));
    }

    [Fact]
    public async Task A_blocked_room_is_told_of_even_when_the_store_could_not_take_the_word_at_first()
    {
        await OpenAsync("1");
        var store = new FailingStore(_temp.Store) { Room = 1 };
        var keeper = new CardKeeper(store, new RoomDirectory(new Room("x", "chat", ""), _chat), new PolicyBook(), _clock, NullLogger<CardKeeper>.Instance);
        _chat.Answers.Enqueue(new Delivery.Blocked("the token is refused"));
        _chat.Answers.Enqueue(new Delivery.Blocked("the token is refused"));

        await Assert.ThrowsAsync<StoreException>(() => keeper.KeepAsync("care", CancellationToken.None));
        store.Room = 9;
        await keeper.KeepAsync("care", CancellationToken.None);

        Assert.NotNull(await _temp.ReadAsync(view => view.NoticeOf(1)));
    }
}
