using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

public sealed class DiscordPingTests
{
    [Fact]
    public async Task A_ping_mentions_those_it_means_and_nobody_else()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var sent = await PingAsync(house, "Case 12 waits. <@700000000000000005> @everyone <@&600000000000000001>", ["discord:700000000000000002", "slack:U1", "discord:700000000000000002", "discord:x", "discord:@everyone"]);

        Assert.StartsWith("<@700000000000000002> Case 12 waits.", (string)sent["content"]!);
        Assert.DoesNotContain("<@700000000000000005>", (string)sent["content"]!);
        Assert.Equal("""{"parse":[],"users":["700000000000000002"]}""", sent["allowed_mentions"]!.ToJsonString());
    }

    [Fact]
    public async Task A_ping_for_the_room_mentions_nobody()
    {
        await using var house = await DiscordHouse.OpenAsync();

        var sent = await PingAsync(house, "Case 12 waits.", []);

        Assert.Equal("Case 12 waits.", (string)sent["content"]!);
        Assert.Equal("""{"parse":[],"users":[]}""", sent["allowed_mentions"]!.ToJsonString());
    }

    [Fact]
    public async Task A_ping_has_buttons_that_can_be_pressed()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var desk = new DeskHeard();
        await house.HearAsync(desk);

        var sent = await PingAsync(house, "Are you still on it?", ["discord:700000000000000002"], new CardButton("Still on it", new PressTarget(PressAction.StillOnIt, 12)));
        await house.Discord.PressAsync(sent, "Still on it");

        Assert.Equal(new PressTarget(PressAction.StillOnIt, 12), Assert.Single(desk.Presses).Target);
    }

    [Fact]
    public async Task Two_buttons_that_do_the_same_are_one()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var same = new PressTarget(PressAction.StillOnIt, 12);

        var sent = await PingAsync(house, "Are you still on it?", [], new CardButton("Still on it", same), new CardButton("Yes", same));

        Assert.Equal("Still on it", (string?)Assert.Single(LocalDiscord.Parts(sent))["label"]);
    }

    [Fact]
    public async Task A_ping_to_a_whole_company_with_endless_words_is_still_taken()
    {
        await using var house = await DiscordHouse.OpenAsync();

        var sent = await PingAsync(house, string.Concat(Enumerable.Repeat("@everyone **x** ", 500)), [.. Enumerable.Range(1, 300).Select(i => $"discord:7000000000000{i:00000}")]);

        Assert.Equal(20, sent["allowed_mentions"]!["users"]!.AsArray().Count);
    }

    [Fact]
    public async Task Where_the_bot_may_read_no_history_its_cards_are_taken_and_a_ping_is_refused_with_the_cure()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.BotPermissions &= ~(1UL << 16);
        var card = Assert.IsType<Delivery.Delivered>(await house.Notifier.PutAsync(house.Room, house.Card(), null, default)).Message;

        var ping = await house.Notifier.PingAsync(house.Room, new Ping(5, house.Card().Key, card, "Case 12 waits.", "ping-5"), default);

        Assert.Contains("\"Read Message History\"", Assert.IsType<Delivery.Blocked>(ping).Reason, StringComparison.Ordinal);
    }

    /// <summary>Its answer was cut off, so that it is looked for where nothing is listed any more.</summary>
    [Fact]
    public async Task After_a_restart_of_a_room_that_may_not_be_read_back_the_operators_hear_that_its_pings_wait_and_none_is_sent_twice()
    {
        var clock = new ManualClock { Ahead = TimeProvider.System.GetUtcNow() - ManualClock.Start };
        await using var house = await DiscordHouse.OpenAsync(clock);
        await using var temp = new TempStore();
        await ComplainAsync(temp, clock);
        await KeepAsync(house, temp);
        await temp.WriteAsync(tx => tx.WantPing(new CardKey("case:1", "care"), "unclaimed", "Case 1 waits.", [], [], clock.GetUtcNow()));
        house.Discord.Fail(LocalFault.CutAfter, "POST");
        await KeepAsync(house, temp);

        house.Discord.BotPermissions &= ~(1UL << 16);
        house.NewNotifier();
        await temp.ReopenAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        await KeepAsync(house, temp);
        var notice = await temp.ReadAsync(view => view.NoticeOf(1));
        house.Discord.BotPermissions |= 1UL << 16;
        clock.Advance(TimeSpan.FromMinutes(5));
        await KeepAsync(house, temp);

        Assert.StartsWith("The room \"care\" shows its cards, but takes no pings", notice?.Text, StringComparison.Ordinal);
        Assert.Contains("\"Read Message History\"", notice!.Text, StringComparison.Ordinal);
        Assert.Single(house.Messages, message => message["message_reference"] is not null);
        Assert.Empty(await temp.ReadAsync(view => view.PingsToDo("care", clock.GetUtcNow().AddDays(1), 10)));
    }

    private static Task ComplainAsync(TempStore temp, TimeProvider clock)
    {
        var heard = new Heard(ChangeKind.Added, Some.Post() with { Posted = clock.GetUtcNow() }, [Some.Watch()], Some.Assessment(0.9), ByUs: false);
        return temp.WriteAsync(tx => { Recorder.Record(tx, new Harvest("posts", new Cursor("1"), false, null, [heard], [], [], 1), Policy.Default, clock.GetUtcNow()); });
    }

    /// <summary>By a keeper that remembers nothing.</summary>
    private static Task KeepAsync(DiscordHouse house, TempStore temp)
    {
        var rooms = new RoomDirectory(house.Room, house.Notifier);
        return new CardKeeper(temp.Store, rooms, new PolicyBook(), house.Time, NullLogger<CardKeeper>.Instance).KeepAsync("care", CancellationToken.None);
    }

    private static async Task<JsonObject> PingAsync(DiscordHouse house, string text, IReadOnlyList<string> to, params CardButton[] buttons)
    {
        var card = Assert.IsType<Delivery.Delivered>(await house.Notifier.PutAsync(house.Room, house.Card(), null, default)).Message;
        var ping = new Ping(5, house.Card().Key, card, text, "ping-5") { To = to, Buttons = buttons };
        var id = Assert.IsType<Delivery.Delivered>(await house.Notifier.PingAsync(house.Room, ping, default)).Message.Value.Split('/')[1];
        return house.Messages.Single(message => (string?)message["id"] == id);
    }
}
