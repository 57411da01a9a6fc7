using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Pipeline;

/// <summary>How many cards go at once, and in which pages they are read.</summary>
public sealed partial class CardKeeperTests
{
    [Fact]
    public async Task While_a_service_does_not_answer_waiting_cards_are_one_try_at_a_time_and_all_are_shown_when_it_does()
    {
        for (var i = 1; i <= 15; i++)
        {
            await OpenAsync(i.ToString());
        }
        Enumerable.Range(0, 8).ToList().ForEach(_ => _chat.Answers.Enqueue(new Delivery.Retry("can't reach it")));

        for (var second = 0; second < 20; second++)
        {
            await KeepAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.InRange(_chat.Put.Count, 6, 8);
        Assert.Equal("can't reach it", _keeper!.WhyInTrouble("care"));
        for (var second = 0; second < 10; second++)
        {
            await KeepAsync();
            await KeepAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(_keeper.WhyInTrouble("care"));
        Assert.Equal(15, _chat.Put.Skip(8).Select(put => put.Card.Key).Distinct().Count());
    }

    [Fact]
    public async Task A_card_costs_two_looks_and_the_second_says_how_long_the_room_may_rest()
    {
        await OpenAsync("1");
        await OpenAsync("2");
        var putOff = _clock.GetUtcNow() + TimeSpan.FromMinutes(3);
        await _temp.WriteAsync(tx => tx.PutOffCard(new CardKey("case:2", "care"), putOff, lookFirst: false, "rate limit"));
        var store = new FailingStore(_temp.Store) { Room = 1000 };

        var round = await KeeperOn(store).KeepAsync("care", CancellationToken.None);

        Assert.Equal(RoomRound.Rest(1, putOff), round);
        Assert.Equal(2, store.Reads);
    }

    [Fact]
    public async Task Where_a_room_takes_cards_at_once_they_are_read_in_pages_that_grow()
    {
        await OpenManyAsync(20);
        var store = new FailingStore(_temp.Store) { Room = 1000 };
        var keeper = KeeperOn(store);

        while ((await keeper.KeepAsync("care", CancellationToken.None)).Tried > 0)
        {
        }

        // 1, 2, 4, 8, the 5 that are left, nothing more in this round, and nothing in the next.
        Assert.Equal(7, store.Reads);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"case:{i}"), _chat.Put.Select(put => put.Card.Key.Subject));
        Assert.Equal(20, await _temp.ReadAsync(view => Enumerable.Range(1, 20).Count(i => view.MessageOf(new CardKey($"case:{i}", "care")) is not null)));
    }

    [Fact]
    public async Task Where_a_room_takes_its_time_what_is_urgent_and_comes_meanwhile_goes_next()
    {
        await OpenManyAsync(7);
        await KeepAsync();
        await OpenManyAsync(6, from: 8);
        _chat.BeforeAnswer = async () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(300));
            if (_chat.Put.Count == 8)
            {
                await OpenAsync("urgent", Priority.Critical);
            }
        };

        await KeepAsync();

        Assert.Equal(["case:8", "case:14", "case:9"], _chat.Put.Skip(7).Take(3).Select(put => put.Card.Key.Subject));
    }

    [Fact]
    public async Task Cards_whose_outcomes_the_store_could_not_take_are_all_noted_before_anything_else_is_sent()
    {
        await OpenManyAsync(20);
        var store = new FailingStore(_temp.Store) { Room = 3 };
        var keeper = KeeperOn(store);

        await Assert.ThrowsAsync<StoreException>(() => keeper.KeepAsync("care", CancellationToken.None));
        var sent = _chat.Put.Count;
        await Assert.ThrowsAsync<StoreException>(() => keeper.KeepAsync("care", CancellationToken.None));
        Assert.Equal((7, 7), (sent, _chat.Put.Count));
        store.Room = 1000;
        while ((await keeper.KeepAsync("care", CancellationToken.None)).Tried > 0)
        {
        }

        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"case:{i}"), _chat.Put.Select(put => put.Card.Key.Subject));
    }

    [Fact]
    public async Task Killed_between_several_cards_and_the_noting_of_their_outcomes_each_is_looked_for()
    {
        await OpenManyAsync(7);
        await Assert.ThrowsAsync<StoreException>(() => KeeperOn(new FailingStore(_temp.Store) { Room = 3 }).KeepAsync("care", CancellationToken.None));
        Assert.Equal(7, _chat.Put.Count);
        await RestartAsync();
        _chat.Found = new MessageRef("m-lost");

        await KeepAsync();

        Assert.Equal(["case:4", "case:5", "case:6", "case:7"], _chat.Put.Skip(7).Select(put => put.Card.Key.Subject));
        Assert.All(_chat.Put.Skip(7), put => Assert.Equal("m-lost", put.Known?.Value));
    }

    [Fact]
    public async Task What_changed_waits_for_what_nobody_has_seen()
    {
        await OpenAsync("1", Priority.High, postedAgo: 90);
        await KeepAsync();
        await PressAsync(PressAction.Claim);
        await OpenAsync("2", Priority.High);

        await KeepAsync();

        Assert.Equal(["case:1", "case:2", "case:1", "thread:1"], _chat.Put.Select(put => put.Card.Key.Subject));
    }

    [Fact]
    public async Task The_limit_of_edits_holds_back_no_new_card()
    {
        await OpenAsync("1", Priority.High);
        await KeepAsync();
        await PressAsync(PressAction.Claim);
        _chat.Answers.Enqueue(new Delivery.Retry("limit", TimeSpan.FromSeconds(60)));
        await KeepAsync();
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromSeconds(60), _keeper!.PausedUntil("care"));

        await OpenAsync("2", Priority.High);
        await OpenAsync("3");
        await KeepAsync();
        Assert.Equal(0, await KeepAsync());
        Assert.Equal([("case:1", null), ("case:1", "m1"), ("case:2", null), ("case:3", null)], _chat.Put.Where(put => put.Card is CaseCard).Select(put => (put.Card.Key.Subject, put.Known?.Value)));
        _clock.Advance(TimeSpan.FromSeconds(60));
        await KeepAsync();

        Assert.Equal(("case:1", "m1"), (_chat.Put[^1].Card.Key.Subject, _chat.Put[^1].Known?.Value));
    }

    [Fact]
    public async Task A_change_that_is_more_urgent_is_not_held_back_by_the_limit_of_edits()
    {
        await OpenAsync("1", Priority.Critical);
        await OpenAsync("2", Priority.High);
        await KeepAsync();
        await ClaimAsync(2);
        _chat.Answers.Enqueue(new Delivery.Retry("limit", TimeSpan.FromSeconds(60)));
        await KeepAsync();

        await ClaimAsync(1);
        await KeepAsync();

        Assert.Equal(["case:1", "case:2", "case:2", "case:1"], _chat.Put.Where(put => put.Card is CaseCard).Select(put => put.Card.Key.Subject));
    }

    [Fact]
    public async Task The_end_of_a_case_is_shown_after_what_still_waits()
    {
        await OpenAsync("1", Priority.Critical);
        await KeepAsync();
        await PressAsync(PressAction.NotAComplaint);
        await OpenAsync("2");

        await KeepAsync();

        Assert.Equal(["case:1", "case:2", "case:1"], _chat.Put.Select(put => put.Card.Key.Subject));
    }

    private Task ClaimAsync(long id) => _temp.WriteAsync(tx => new CaseWriter(tx, _clock.GetUtcNow(), Policy.Default).Happen(tx.CaseOf(id)!, new Claimed(new Responder("discord:1", "Ana"))));

    private CardKeeper KeeperOn(IStore store) => new(store, new RoomDirectory(new Room("x", "chat", ""), _chat), new PolicyBook(), _clock, NullLogger<CardKeeper>.Instance);

    /// <summary>The oldest first.</summary>
    private async Task OpenManyAsync(int count, int from = 1)
    {
        for (var i = from; i < from + count; i++)
        {
            await OpenAsync($"{i}", postedAgo: 100 - i);
        }
    }
}
