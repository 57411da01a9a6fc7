using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Pipeline;

/// <summary>What rooms show of somebody who was erased.</summary>
public sealed partial class CardKeeperTests
{
    private static readonly Responder Ana = new("discord:1", "Ana");

    /// <summary>A team without an entry of its own below Rooms has its room on the console.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_card_in_a_room_that_is_configured_no_more_keeps_its_place_and_is_changed_there_when_the_room_is_back(bool teamIsLeft)
    {
        var console = new ScriptedNotifier();
        var rooms = new RoomDirectory(new Room("console", "console", ""), console);
        var configured = new Dictionary<string, (Room Room, INotifier Notifier)> { ["care"] = (new Room("care", "chat", ""), _chat) };
        rooms.Swap(configured);
        _keeper = new CardKeeper(_temp.Store, rooms, new PolicyBook(), _clock, NullLogger<CardKeeper>.Instance);
        await OpenAsync("1");
        await KeepAsync();

        rooms.Swap(teamIsLeft ? new() { ["care"] = (new Room("care", "console", ""), console) } : new Dictionary<string, (Room Room, INotifier Notifier)>());
        console.Answers.Enqueue(new Delivery.Delivered(new MessageRef("printed")));
        await EraseAsync("replay:posts 1");
        await KeepAsync();

        var (message, left, told) = await _temp.ReadAsync(view => (view.MessageOf(new CardKey("case:1", "care"))!.Value, view.DeadLetters(0, 9), view.NoticeOf(1)!.Text));
        Assert.Equal(("m1", 1), (message, console.Put.Count));
        Assert.Equal(("care", "case:1"), left.Select(letter => (letter.Place, letter.What)).Single());
        Assert.StartsWith("Cards of the room \"care\", and their threads, change on the console only", told, StringComparison.Ordinal);
        Assert.Equal(0, await KeepAsync());

        await _temp.WriteAsync(tx => CardKeeper.ShowWhatWasLeft(tx, room => rooms.Reaches(room) || room == "another"));
        Assert.Equal(0, await KeepAsync());
        rooms.Swap(configured);
        await _temp.WriteAsync(tx => CardKeeper.ShowWhatWasLeft(tx, rooms.Reaches));
        await KeepAsync();

        Assert.Equal("m1", _chat.Put[^1].Known?.Value);
        Assert.True(((CaseCard)_chat.Put[^1].Card).Erased);
        Assert.Empty(await _temp.ReadAsync(view => view.DeadLetters(0, 9)));
        Assert.Equal(0, await KeepAsync());
    }

    [Fact]
    public async Task A_room_that_is_configured_no_more_is_told_of_though_its_transaction_ran_twice()
    {
        var console = new ScriptedNotifier();
        var rooms = new RoomDirectory(new Room("console", "console", ""), console);
        rooms.Swap(new Dictionary<string, (Room Room, INotifier Notifier)> { ["care"] = (new Room("care", "chat", ""), _chat) });
        _keeper = new CardKeeper(new TwiceStore(_temp.Store), rooms, new PolicyBook(), _clock, NullLogger<CardKeeper>.Instance);
        await OpenAsync("1");
        await KeepAsync();

        rooms.Swap(new Dictionary<string, (Room Room, INotifier Notifier)>());
        console.Answers.Enqueue(new Delivery.Delivered(new MessageRef("printed")));
        await EraseAsync("replay:posts 1");
        await KeepAsync();

        // PostgreSQL gives no number a second time, also where the transaction that took it was undone.
        var told = await _temp.ReadAsync(view => Enumerable.Range(1, 9).Select(id => view.NoticeOf(id)?.Text).OfType<string>().ToList());
        Assert.StartsWith("Cards of the room \"care\"", Assert.Single(told), StringComparison.Ordinal);
    }

    /// <summary>All work shared its transaction with some that failed.</summary>
    private sealed class TwiceStore(IStore store) : IStore
    {
        public async Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default)
        {
            await Assert.ThrowsAsync<DivideByZeroException>(() => store.WriteAsync<T>(
                tx =>
                {
                    work(tx);
                    throw new DivideByZeroException();
                },
                ct));
            return await store.WriteAsync(work, ct);
        }

        public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default) => store.ReadAsync(work, ct);
    }

    [Fact]
    public async Task A_room_that_is_configured_no_more_is_shown_where_teams_without_one_are()
    {
        var console = new ScriptedNotifier();
        var rooms = new RoomDirectory(new Room("console", "console", ""), console);
        rooms.Swap(new Dictionary<string, (Room Room, INotifier Notifier)> { ["default"] = (new Room("default", "chat", ""), _chat) });
        _keeper = new CardKeeper(_temp.Store, rooms, new PolicyBook(), _clock, NullLogger<CardKeeper>.Instance);
        await OpenAsync("1");

        await KeepAsync();

        Assert.Equal("care", Assert.Single(_chat.Put).Card.Key.Room);
        Assert.Empty(console.Put);
        Assert.Equal((true, true), (rooms.Has("care"), rooms.Reaches("care")));
    }

    /// <summary>That a chat is dead is said there.</summary>
    [Fact]
    public void Nothing_stands_in_for_the_console_itself()
    {
        var rooms = new RoomDirectory(new Room("console", "console", ""), new ScriptedNotifier());
        rooms.Swap(new Dictionary<string, (Room Room, INotifier Notifier)> { ["default"] = (new Room("default", "chat", ""), _chat) });

        Assert.Equal("console", rooms.Of("console").Room.Notifier);
        Assert.Equal((false, false), (rooms.Has("console"), rooms.Reaches("console")));
    }

    [Fact]
    public async Task What_was_printed_on_the_console_is_left_nowhere()
    {
        var console = new ScriptedNotifier();
        console.Answers.Enqueue(new Delivery.Delivered(new MessageRef("case:1")));
        console.Answers.Enqueue(new Delivery.Delivered(new MessageRef("case:1")));
        var rooms = new RoomDirectory(new Room("console", "console", ""), console);
        rooms.Swap(new Dictionary<string, (Room Room, INotifier Notifier)> { ["care"] = (new Room("care", "console", ""), console) });
        _keeper = new CardKeeper(_temp.Store, rooms, new PolicyBook(), _clock, NullLogger<CardKeeper>.Instance);
        await OpenAsync("1");
        await KeepAsync();

        await EraseAsync("replay:posts 1");
        await KeepAsync();

        Assert.Equal(2, console.Put.Count);
        Assert.Empty(await _temp.ReadAsync(view => view.DeadLetters(0, 9)));
    }

    /// <summary>Its case did not change, so its version is the one that was wanted before.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_thread_on_its_way_that_tells_how_an_erased_persons_case_ended_is_put_again_without_that(bool isEdit)
    {
        await OpenAsync("1");
        await HappenAsync(1, new Claimed(Ana));
        await HappenAsync(1, new Resolved(Ana, Outcome.Solved, "sent another one"));
        await OpenAsync("2");
        await KeepAsync();
        await PressAsync(PressAction.Claim, of: 2);
        if (isEdit)
        {
            await KeepAsync();
            await HappenAsync(2, new WantsKnown(Ana, "the money back"));
        }
        var before = _chat.Put.Count;
        var erased = false;
        _chat.BeforeAnswer = async () =>
        {
            if (!erased && _chat.Put[^1].Card.Key.Subject == "thread:2")
            {
                erased = true;
                await EraseAsync("replay:posts 1");
            }
        };

        await KeepAsync();
        await KeepAsync();

        var threads = _chat.Put.Skip(before).Where(put => put.Card.Key.Subject == "thread:2").ToList();
        Assert.Equal([isEdit, true], threads.Select(put => put.Known is not null));
        Assert.Equal([true, false], threads.Select(put => JsonSerializer.Serialize<object>(put.Card).Contains("trouble number 1", StringComparison.Ordinal)));
        Assert.Equal(0, await KeepAsync());
    }

    private async Task EraseAsync(string who)
    {
        var person = Assert.Single(await _temp.ReadAsync(view => PersonFile.Find(view, who)));
        await Erasure.EraseAsync(_temp.Store, person, _clock.GetUtcNow(), CancellationToken.None);
    }

    private Task HappenAsync(long id, CaseEvent happened) =>
        _temp.WriteAsync(tx => { Assert.IsType<Transition.Changed>(new CaseWriter(tx, _clock.GetUtcNow(), Policy.Default).Happen(tx.CaseOf(id)!, happened)); });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_card_that_was_on_its_way_while_its_customer_was_erased_is_put_again_without_the_words(bool asList)
    {
        await OpenAsync("1");
        var subject = asList ? "tray:1" : "case:1";
        if (asList)
        {
            await _temp.WriteAsync(tx =>
            {
                tx.AddToTray(1, ["care"], 0.3, _clock.GetUtcNow());
                new CaseWriter(tx, _clock.GetUtcNow(), Policy.Default).WantTrayPage(tx.AddTrayPage("care", new DateOnly(2026, 11, 2), 1, 1, [1]));
            });
        }
        _chat.BeforeAnswer = async () =>
        {
            if (_chat.Put is [.., ({ } card, null)] && card.Key.Subject == subject)
            {
                var person = Assert.Single(await _temp.ReadAsync(view => PersonFile.Find(view, "replay:posts 1")));
                await Erasure.EraseAsync(_temp.Store, person, _clock.GetUtcNow(), CancellationToken.None);
            }
        };

        await KeepAsync();
        await KeepAsync();

        var puts = _chat.Put.Where(put => put.Card.Key.Subject == subject).ToList();
        Assert.Equal([false, true], puts.Select(put => put.Known is not null));
        Assert.Equal([true, false], puts.Select(put => JsonSerializer.Serialize<object>(put.Card).Contains("trouble number 1", StringComparison.Ordinal)));
        Assert.Equal(0, await KeepAsync());
    }

    /// <summary>Words of somebody who was erased may stand there.</summary>
    [Fact]
    public async Task Of_cards_that_stay_where_a_room_was_before_the_operators_hear_once()
    {
        await OpenAsync("1");
        await OpenAsync("2");
        await KeepAsync();
        await PressAsync(PressAction.Claim);
        await PressAsync(PressAction.Claim, of: 2);
        _chat.Answers.Enqueue(new Delivery.Gone { Remains = "the channel 7" });
        _chat.Answers.Enqueue(new Delivery.Gone { Remains = "the channel 7" });

        await KeepAsync();
        await KeepAsync();

        Assert.StartsWith("Cards of the room \"care\", and their threads, still stand in the channel 7", (await _temp.ReadAsync(view => view.NoticeOf(1)))!.Text, StringComparison.Ordinal);
        Assert.Null(await _temp.ReadAsync(view => view.NoticeOf(2)));
        Assert.Equal(4, _chat.Put.Count(put => put is { Card: CaseCard, Known: null }));
    }
}
