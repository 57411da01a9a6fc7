using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Pings: sent once, looked for when it is not known whether they are out, taken back on a claim.</summary>
public sealed partial class CardKeeperTests
{
    [Fact]
    public async Task A_ping_answers_the_card_and_is_taken_back_on_claim()
    {
        await OpenAsync("1");
        await KeepAsync();
        _clock.Advance(TimeSpan.FromHours(2));
        await new DueWork(_temp.Store, new PolicyBook(), _clock, _ => { }).SweepAsync(CancellationToken.None);
        await KeepAsync();
        await PressAsync(PressAction.Claim);
        await KeepAsync();

        Assert.Equal("m1", Assert.Single(_chat.Pings).Card.Value);
        Assert.Equal(["p1"], _chat.Withdrawn);
        Assert.Equal(0, await KeepAsync());
    }

    [Fact]
    public async Task A_ping_sent_while_the_store_takes_nothing_is_not_sent_again()
    {
        await PingDueAsync();
        var store = new FailingStore(_temp.Store);
        var keeper = new CardKeeper(store, new RoomDirectory(new Room("x", "chat", ""), _chat), new PolicyBook(), _clock, NullLogger<CardKeeper>.Instance);
        store.Room = 1;

        await Assert.ThrowsAsync<StoreException>(() => keeper.KeepAsync("care", CancellationToken.None));
        store.Room = 9;
        await keeper.KeepAsync("care", CancellationToken.None);
        await keeper.KeepAsync("care", CancellationToken.None);

        Assert.Single(_chat.Pings);
    }

    [Fact]
    public async Task A_ping_that_may_have_been_sent_is_looked_for_before_it_is_sent_again()
    {
        await PingDueAsync();
        _chat.PingAnswers.Enqueue(new Delivery.Unknown("cut off"));
        await KeepAsync();
        _chat.FindFails = true;
        _clock.Advance(TimeSpan.FromMinutes(10));
        await KeepAsync();
        Assert.Single(_chat.Pings);

        (_chat.FindFails, _chat.Found) = (false, new MessageRef("p-lost"));
        _clock.Advance(TimeSpan.FromMinutes(10));
        await KeepAsync();
        await PressAsync(PressAction.Claim);
        await KeepAsync();

        Assert.Single(_chat.Pings);
        Assert.Equal(["p-lost"], _chat.Withdrawn);
    }

    [Fact]
    public async Task After_a_restart_a_ping_is_looked_for_and_sent_when_it_is_not_there()
    {
        await PingDueAsync();
        await RestartAsync();
        _chat.FindFails = true;
        await KeepAsync();
        Assert.Empty(_chat.Pings);

        _chat.FindFails = false;
        _clock.Advance(TimeSpan.FromMinutes(10));
        await KeepAsync();
        Assert.Single(_chat.Pings);
    }

    [Fact]
    public async Task A_ping_whose_room_is_still_looked_through_holds_up_no_card_and_is_looked_for_again()
    {
        await PingDueAsync();
        await RestartAsync();
        _chat.FindBusy = TimeSpan.FromSeconds(5);
        await KeepAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));
        await KeepAsync();
        await OpenAsync("2");
        await KeepAsync();
        Assert.Empty(_chat.Pings);
        Assert.Equal("case:2", _chat.Put[^1].Card.Key.Subject);
        Assert.Null(_keeper!.WhyInTrouble("care"));

        _chat.FindBusy = null;
        _clock.Advance(TimeSpan.FromSeconds(5));
        await KeepAsync();
        Assert.Single(_chat.Pings);
    }

    [Fact]
    public async Task A_ping_to_a_card_that_somebody_removed_waits_for_the_card_to_be_put_anew()
    {
        await PingDueAsync();
        _chat.PingAnswers.Enqueue(new Delivery.Gone());

        await KeepAsync();
        await KeepAsync();
        await KeepAsync();

        Assert.Equal(["m1", "m3"], _chat.Pings.Select(p => p.Card.Value));
        Assert.Equal(0, await KeepAsync());
    }

    [Fact]
    public async Task Of_a_room_that_shows_cards_and_takes_no_pings_the_operators_hear_once_and_once_more_when_one_is_taken()
    {
        await PingDueAsync();
        Enumerable.Range(0, 2).ToList().ForEach(_ => _chat.PingAnswers.Enqueue(new Delivery.Blocked("no replies without history")));

        await KeepAsync();
        Assert.Equal("no replies without history", _keeper!.WhyPingless("care"));
        _clock.Advance(TimeSpan.FromMinutes(5));
        await KeepAsync();
        Assert.Equal("no replies without history", _keeper.WhyPingless("care"));
        Assert.Null(_keeper.WhyBlocked("care"));
        _clock.Advance(TimeSpan.FromMinutes(5));
        await KeepAsync();

        Assert.Null(_keeper.WhyPingless("care"));
        Assert.Equal(3, _chat.Pings.Count);
        Assert.Equal("The room \"care\" shows its cards, but takes no pings, so that nobody is called there; they wait: no replies without history", (await _temp.ReadAsync(view => view.NoticeOf(1)))!.Text);
        var again = (await _temp.ReadAsync(view => view.NoticeOf(2)))!;
        Assert.Equal((true, "The room \"care\" takes pings again."), (again.Good, again.Text));
        Assert.Null(await _temp.ReadAsync(view => view.NoticeOf(3)));
    }

    /// <summary>The one who had to be called claimed it by himself.</summary>
    [Fact]
    public async Task A_room_in_which_no_ping_waits_any_more_is_not_held_to_take_none()
    {
        await PingDueAsync();
        _chat.PingAnswers.Enqueue(new Delivery.Blocked("no replies without history"));
        await KeepAsync();

        await PressAsync(PressAction.Claim);
        _clock.Advance(TimeSpan.FromMinutes(11));
        await KeepAsync();

        Assert.Null(_keeper!.WhyPingless("care"));
    }

    [Fact]
    public async Task A_card_that_only_its_ping_finds_out_of_reach_is_told_to_stay_where_it_is()
    {
        await PingDueAsync();
        _chat.PingAnswers.Enqueue(new Delivery.Gone { Remains = "the channel 7" });

        await KeepAsync();

        Assert.StartsWith("Cards of the room \"care\", and their threads, still stand in the channel 7", (await _temp.ReadAsync(view => view.NoticeOf(1)))!.Text, StringComparison.Ordinal);
    }

    private async Task PingDueAsync()
    {
        await OpenAsync("1");
        await KeepAsync();
        _clock.Advance(TimeSpan.FromHours(2));
        await new DueWork(_temp.Store, new PolicyBook(), _clock, _ => { }).SweepAsync(CancellationToken.None);
    }
}
