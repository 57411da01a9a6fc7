using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.IntegrationTests.LocalServices.Discord;

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

    private static async Task<JsonObject> PingAsync(DiscordHouse house, string text, IReadOnlyList<string> to, params CardButton[] buttons)
    {
        var card = Assert.IsType<Delivery.Delivered>(await house.Notifier.PutAsync(house.Room, house.Card(), null, default)).Message;
        var ping = new Ping(5, house.Card().Key, card, text, "ping-5") { To = to, Buttons = buttons };
        var id = Assert.IsType<Delivery.Delivered>(await house.Notifier.PingAsync(house.Room, ping, default)).Message.Value.Split('/')[1];
        return house.Messages.Single(message => (string?)message["id"] == id);
    }
}
