using ListeningBot.IntegrationTests.LocalServices;
using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Cases;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Notifiers.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

public sealed class DiscordNotifierTests
{
    [Fact]
    public async Task A_card_becomes_one_message_and_is_edited_in_place()
    {
        await using var house = await DiscordHouse.OpenAsync();

        var first = Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
        var second = Delivered(await house.Notifier.PutAsync(house.Room, house.Card(2, state: CaseState.Claimed), first, default));

        var message = Assert.Single(house.Messages);
        Assert.Equal(first, second);
        Assert.Equal(["Open post", "Resolve"], LocalDiscord.Parts(message).Select(part => (string)part["label"]!));
        Assert.Contains("Jo", LocalPress.Words(message));
    }

    [Fact]
    public async Task Every_request_names_the_bot_and_mentions_nobody()
    {
        await using var house = await DiscordHouse.OpenAsync();

        var card = Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
        Delivered(await house.Notifier.PingAsync(house.Room, new Ping(1, house.Card().Key, card, "@everyone nobody has claimed this", "ping-1"), default));
        Delivered(await house.Notifier.PutAsync(house.Room, house.Card(2), card, default));

        Assert.Equal(3, house.Discord.Requests.Count);
        Assert.All(house.Discord.Requests, request => Assert.StartsWith("DiscordBot (http", request.UserAgent));
        Assert.All(house.Discord.Requests, request => Assert.Empty(request.Body!["allowed_mentions"]!["parse"]!.AsArray()));
    }

    [Fact]
    public async Task A_try_repeated_after_a_crash_doubles_nothing_and_shows_the_newest_version()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.Fail(LocalFault.CutAfter, "POST");

        Assert.IsType<Delivery.Unknown>(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
        house.NewNotifier();
        Delivered(await house.Notifier.PutAsync(house.Room, house.Card(2, state: CaseState.Claimed), null, default));

        Assert.Contains("Jo", LocalPress.Words(Assert.Single(house.Messages)));
    }

    [Fact]
    public async Task A_card_that_may_have_been_sent_is_found_again()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var since = house.Time.GetUtcNow();
        for (var i = 0; i < 130; i++)
        {
            house.Discord.Say(DiscordHouse.Channel, "chatter");
        }
        house.Discord.Fail(LocalFault.CutAfter, "POST");
        await house.Notifier.PutAsync(house.Room, house.Card(), null, default);
        await house.Notifier.PutAsync(house.Room, house.Card(id: 13), null, default);
        house.NewNotifier();

        var found = await house.Notifier.FindAsync(house.Room, house.Card(), since, default);
        var other = await house.Notifier.FindAsync(house.Room, house.Card() with { Key = new CardKey("case:12", "other room") }, since, default);

        Assert.Equal($"{DiscordHouse.Channel}/{house.Messages[130]["id"]}", found?.Value);
        Assert.Null(other);
    }

    [Fact]
    public async Task One_reading_of_a_room_finds_all_cards_that_wait_after_a_start()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var since = house.Time.GetUtcNow();
        for (var id = 1; id <= 10; id++)
        {
            Delivered(await house.Notifier.PutAsync(house.Room, house.Card(id: id), null, default));
        }
        house.NewNotifier();

        for (var id = 1; id <= 20; id++)
        {
            var found = await house.Notifier.FindAsync(house.Room, house.Card(id: id), since, default);
            Assert.Equal(id <= 10, found is not null);
        }

        Assert.Equal(2, house.Discord.Requests.Count(request => request.Method == "GET" && request.Path.EndsWith("/messages", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_room_longer_than_a_limit_lets_be_read_in_one_go_is_looked_through_in_some()
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        var since = clock.GetUtcNow();
        for (var i = 0; i < 700; i++)
        {
            house.Discord.Say(DiscordHouse.Channel, "chatter");
        }
        var put = Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
        var ping = new Ping(1, house.Card().Key, put, "Nobody has claimed this", "ping-1");
        var pinged = Delivered(await house.Notifier.PingAsync(house.Room, ping, default));
        house.Discord.Limits.Messages = 5;
        house.NewNotifier();

        Assert.Equal(put, await FoundInTheEndAsync(clock, () => house.Notifier.FindAsync(house.Room, house.Card(), since, default)));
        Assert.Equal(pinged, await house.Notifier.FindPingAsync(house.Room, ping, [], since, default));

        Assert.Equal(9, house.Discord.Requests.Count(request => request.Method == "GET" && request.Path.EndsWith("/messages", StringComparison.Ordinal)));
        Assert.Equal(0, house.Discord.Limits.Exceeded);
    }

    [Fact]
    public async Task A_room_is_read_anew_after_a_try_whose_outcome_is_unknown()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var since = house.Time.GetUtcNow();
        Assert.Null(await house.Notifier.FindAsync(house.Room, house.Card(), since, default));
        house.Discord.Fail(LocalFault.CutAfter, "POST");
        Assert.IsType<Delivery.Unknown>(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));

        Assert.NotNull(await house.Notifier.FindAsync(house.Room, house.Card(), since, default));
    }

    [Fact]
    public async Task A_mark_in_a_message_of_someone_else_is_not_believed()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var since = house.Time.GetUtcNow();
        Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
        var forged = house.Discord.Say(DiscordHouse.Channel, "me too");
        forged["embeds"] = house.Messages[0]["embeds"]!.DeepClone();
        house.Discord.DeleteByHand(DiscordHouse.Channel, (string)house.Messages[0]["id"]!);

        Assert.Null(await house.Notifier.FindAsync(house.Room, house.Card(), since, default));
    }

    [Fact]
    public async Task A_room_that_cannot_be_read_back_is_not_taken_for_empty()
    {
        await using var house = await DiscordHouse.OpenAsync();
        Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
        house.Discord.BotPermissions &= ~(1UL << 16);

        var thrown = await Assert.ThrowsAsync<RoomClosedException>(() => house.Notifier.FindAsync(house.Room, house.Card(), house.Time.GetUtcNow(), default));

        Assert.Contains("Read Message History", thrown.Message);
    }

    [Fact]
    public async Task A_card_deleted_by_hand_is_gone_and_can_be_put_anew_at_once()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var first = Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
        house.Discord.DeleteByHand(DiscordHouse.Channel, first.Value.Split('/')[1]);

        Assert.IsType<Delivery.Gone>(await house.Notifier.PutAsync(house.Room, house.Card(2), first, default));
        var second = Delivered(await house.Notifier.PutAsync(house.Room, house.Card(2), null, default));

        Assert.NotEqual(first, second);
        var nonces = house.Discord.Requests.Where(request => request.Method == "POST").Select(request => (string?)request.Body!["nonce"]);
        Assert.Equal(2, nonces.Distinct().Count());
    }

    [Fact]
    public async Task A_ping_is_a_reply_that_is_sent_once_and_taken_back()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var card = Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
        var ping = new Ping(1, house.Card().Key, card, "Nobody has claimed this", "ping-1");

        Delivered(await house.Notifier.PingAsync(house.Room, ping, default));
        var sent = Delivered(await house.Notifier.PingAsync(house.Room, ping, default));

        Assert.Equal(2, house.Messages.Count);
        Assert.Equal(card.Value.Split('/')[1], (string?)house.Messages[1]["message_reference"]!["message_id"]);
        Assert.False((bool)house.Messages[1]["message_reference"]!["fail_if_not_exists"]!);

        Delivered(await house.Notifier.WithdrawAsync(house.Room, sent, default));
        Delivered(await house.Notifier.WithdrawAsync(house.Room, sent, default));
        Assert.Single(house.Messages);
    }

    [Fact]
    public async Task A_ping_is_found_by_its_card_and_words_and_no_other_is_taken_for_it()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var card = Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
        var since = TimeProvider.System.GetUtcNow();
        var ping = new Ping(1, house.Card().Key, card, "Nobody has claimed *this*", "ping-1") { To = ["discord:700000000000000002"] };
        Assert.Null(await house.Notifier.FindPingAsync(house.Room, ping, [], since, default));

        house.Discord.Fail(LocalFault.CutAfter, "POST");
        Assert.IsType<Delivery.Unknown>(await house.Notifier.PingAsync(house.Room, ping, default));
        var sent = new MessageRef($"{DiscordHouse.Channel}/{house.Messages[1]["id"]}");
        Assert.Equal(sent, await house.Notifier.FindPingAsync(house.Room, ping, [], since, default));
        var later = house.NewNotifier();
        Assert.Equal(sent, await later.FindPingAsync(house.Room, ping, [], since, default));
        Assert.Null(await later.FindPingAsync(house.Room, ping, [sent], since, default));
        Assert.Null(await later.FindPingAsync(house.Room, ping with { Text = "Nobody answers" }, [], since, default));
        Assert.Null(await later.FindPingAsync(house.Room, ping with { Card = sent }, [], since, default));
    }

    public static TheoryData<string, LocalFault.Way, Type> Faults => new()
    {
        { "POST", LocalFault.Status(500), typeof(Delivery.Unknown) },
        { "POST", LocalFault.Status(503), typeof(Delivery.Unknown) },
        { "POST", LocalFault.CutBefore, typeof(Delivery.Unknown) },
        { "POST", LocalFault.Garbage, typeof(Delivery.Unknown) },
        { "POST", LocalFault.TooMany(30), typeof(Delivery.Retry) },
        { "POST", LocalFault.TooMany(30, global: true), typeof(Delivery.Retry) },
        { "POST", LocalFault.Status(401), typeof(Delivery.Blocked) },
        { "POST", LocalFault.Status(403, 50013), typeof(Delivery.Blocked) },
        { "POST", LocalFault.Status(404, 10003), typeof(Delivery.Blocked) },
        { "POST", LocalFault.Status(400, 50008), typeof(Delivery.Blocked) },
        { "POST", LocalFault.Status(400, 50024), typeof(Delivery.Blocked) },
        { "POST", LocalFault.Status(400, 40058), typeof(Delivery.Blocked) },
        { "POST", LocalFault.Status(404), typeof(Delivery.Unknown) },
        { "POST", LocalFault.Status(400, 50035), typeof(Delivery.Rejected) },
        { "PATCH", LocalFault.Status(502), typeof(Delivery.Retry) },
        { "PATCH", LocalFault.CutAfter, typeof(Delivery.Retry) },
        { "PATCH", LocalFault.Status(404, 10008), typeof(Delivery.Gone) },
        { "PATCH", LocalFault.Status(404), typeof(Delivery.Retry) },
        { "PATCH", LocalFault.Status(404, 10003), typeof(Delivery.Blocked) },
        { "PATCH", LocalFault.Status(403, 50001), typeof(Delivery.Blocked) },
        { "PATCH", LocalFault.Status(403, 50005), typeof(Delivery.Gone) },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Each_failure_is_told_as_what_it_is(string method, LocalFault.Way way, Type expected)
    {
        await using var house = await DiscordHouse.OpenAsync();
        var known = method == "PATCH" ? Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default)) : null;
        house.Discord.Fail(way, method);

        var delivery = await house.Notifier.PutAsync(house.Room, house.Card(2), known, default);

        Assert.IsType(expected, delivery);
        Assert.DoesNotContain("local-token", delivery.ToString());
    }

    [Fact]
    public async Task A_card_whose_addresses_Discord_s_filter_refuses_is_shown_without_them()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.HarmfulHost = "bad.example";
        var free = house.Card() with { Quote = "https://bad.example/a_b www.bad.example bad.example/x", Wants = "a.mia@shop.example at 9.30", Url = "https://bad.example/1" };

        var put = Delivered(await house.Notifier.PutAsync(house.Room, free, null, default));
        Assert.Equal("> (…) (…) (…)", Quoted(house.Messages[0]));
        Delivered(await house.Notifier.PutAsync(house.Room, free with { Version = 2, State = CaseState.Claimed, Owner = "Jo", Buttons = [new("Open post", null, "https://bad.example/1"), new("Resolve", new PressTarget(PressAction.Resolve, 12))] }, put, default));

        var message = Assert.Single(house.Messages);
        Assert.Contains("Addresses are withheld: Discord's filter refuses them", LocalPress.Words(message));
        Assert.Contains("(…) at 9.30", LocalPress.Words(message));
        Assert.Contains("Jo", LocalPress.Words(message));
        Assert.Equal(["Resolve"], LocalDiscord.Parts(message).Select(part => (string)part["label"]!));
        Assert.Equal(put, await house.NewNotifier().FindAsync(house.Room, free, house.Time.GetUtcNow(), default));
    }

    [Theory]
    [InlineData("bad_shop.example/x")]
    [InlineData("_bad.example_")]
    [InlineData("...bad.example")]
    [InlineData("wait...bad.example:8080")]
    [InlineData("1.bad.example")]
    [InlineData("@bad.example")]
    [InlineData("@jo@bad.example")]
    [InlineData("info@bad.example")]
    [InlineData("in_fo+a@mail.bad.example")]
    [InlineData("(bad.example)")]
    [InlineData("bad.example.")]
    public async Task An_address_is_withheld_in_every_form_in_which_people_write_it(string address)
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.HarmfulHost = address.Contains("bad_shop", StringComparison.Ordinal) ? "bad_shop.example" : "bad.example";

        Delivered(await house.Notifier.PutAsync(house.Room, house.Card() with { Quote = $"{address} took 9.30 from me... twice" }, null, default));
        Delivered(await house.Notifier.PutAsync(house.Room, Group($"{address} took 9.30 from me... twice"), null, default));

        Assert.EndsWith(" took 9.30 from me... twice", Quoted(house.Messages[0]));
        Assert.EndsWith(" took 9.30 from me... twice", (string)LocalDiscord.Parts(house.Messages[1]).First()["options"]![0]!["label"]!);
    }

    [Fact]
    public async Task A_group_s_card_is_shown_without_the_addresses_in_its_choices()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.HarmfulHost = "bad.example";
        var group = Group("see https://bad.example/1 now") with { Buttons = [new("Take https://bad.example/1", new PressTarget(PressAction.Take, 4))] };

        Delivered(await house.Notifier.PutAsync(house.Room, group, null, default));

        var parts = LocalDiscord.Parts(Assert.Single(house.Messages)).ToList();
        Assert.Equal("101 · Mia: see (…) now", (string)parts[0]["options"]![0]!["label"]!);
        Assert.Equal(group.Choices[0].Target!.ToString(), (string)parts[0]["options"]![0]!["value"]!);
        Assert.Equal("Take (…)", (string)parts[1]["label"]!);
    }

    [Fact]
    public async Task Addresses_that_a_rule_of_the_server_refuses_are_not_said_to_be_refused_by_Discord()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.BlockedWord = "bad.example";

        Delivered(await house.Notifier.PutAsync(house.Room, house.Card() with { Quote = "see https://bad.example/1" }, null, default));

        var words = LocalPress.Words(Assert.Single(house.Messages));
        Assert.Contains("Addresses are withheld: a rule of this server's AutoMod refuses them", words);
        Assert.DoesNotContain("Discord's filter", words);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ping_that_was_sent_without_its_address_is_found_again(bool byServer)
    {
        await using var house = await DiscordHouse.OpenAsync();
        var since = house.Time.GetUtcNow();
        (house.Discord.HarmfulHost, house.Discord.BlockedWord) = byServer ? (null as string, "bad.example") : ("bad.example", null);
        var card = Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
        var ping = new Ping(1, house.Card().Key, card, "They wrote: see https://bad.example/1", "ping-1");

        var sent = Delivered(await house.Notifier.PingAsync(house.Room, ping, default));

        var later = house.NewNotifier();
        Assert.Equal(sent, await later.FindPingAsync(house.Room, ping, [], since, default));
        Assert.Null(await later.FindPingAsync(house.Room, ping with { Text = "They wrote again: see https://bad.example/1" }, [], since, default));
    }

    [Fact]
    public async Task A_ping_whose_address_Discord_s_filter_refuses_calls_without_it()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.HarmfulHost = "bad.example";
        var card = Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));

        Delivered(await house.Notifier.PingAsync(house.Room, new Ping(1, house.Card().Key, card, "They wrote: see https://bad.example/1", "ping-1"), default));

        Assert.Contains("They wrote: see (…)", LocalPress.Words(house.Messages[1]));
    }

    public static TheoryData<string, string> Refused => new() { { "laptop", "AutoMod" }, { "", "harmful links" } };

    /// <param name="blocked">A word of the customer; empty: whatever it says, the filter refuses it.</param>
    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task A_card_that_is_refused_for_its_words_is_told_with_the_true_cure(string blocked, string told)
    {
        await using var house = await DiscordHouse.OpenAsync();
        (house.Discord.BlockedWord, house.Discord.HarmfulHost) = blocked.Length > 0 ? (blocked, null as string) : (null, "laptop");

        var rejected = Assert.IsType<Delivery.Rejected>(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));

        Assert.Contains(told, rejected.Reason, StringComparison.Ordinal);
        Assert.Contains("listeningbot cases show", rejected.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of this program", rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_tried_again()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var port = house.Discord.Port;
        await house.Discord.StopAsync();

        Assert.IsType<Delivery.Retry>(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));

        await house.Discord.StartAsync(port);
        Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
    }

    [Fact]
    public async Task A_service_that_hangs_leaves_the_outcome_unknown()
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        house.Discord.Fail(LocalFault.Hang, "POST");

        var put = house.Notifier.PutAsync(house.Room, house.Card(), null, default);
        await Until.TrueAsync(() => put.IsCompleted, clock);

        Assert.IsType<Delivery.Unknown>(await put);
    }

    [Fact]
    public async Task Missing_permissions_are_told_with_room_and_cure()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.BotPermissions = 1UL << 10;

        var delivery = Assert.IsType<Delivery.Blocked>(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));

        Assert.Contains("\"care\"", delivery.Reason);
        Assert.Contains("Send Messages", delivery.Reason);
    }

    [Fact]
    public async Task A_refused_token_is_not_sent_again_and_again()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.Token = "another";

        for (var i = 0; i < 5; i++)
        {
            var delivery = Assert.IsType<Delivery.Blocked>(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
            Assert.Contains("token", delivery.Reason);
        }

        Assert.Single(house.Discord.Requests);
    }

    [Fact]
    public async Task A_narrow_limit_is_never_exceeded_and_its_last_request_kept_for_what_is_critical()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.Limits.Messages = 3;
        house.Discord.Limits.Window = TimeSpan.FromSeconds(60);

        var deliveries = await Task.WhenAll(Enumerable.Range(1, 8).Select(id => house.Notifier.PutAsync(house.Room, house.Card(id: id), null, default)));

        Assert.Equal(2, deliveries.OfType<Delivery.Delivered>().Count());
        Assert.IsType<Delivery.Delivered>(await house.Notifier.PutAsync(house.Room, house.Card(id: 9) with { Priority = Priority.Critical }, null, default));
        Assert.All(deliveries.OfType<Delivery.Retry>(), retry => Assert.InRange(retry.After!.Value.TotalSeconds, 1, 60));
        Assert.Equal(0, house.Discord.Limits.Exceeded);
    }

    [Fact]
    public async Task While_edits_are_limited_a_new_card_is_taken()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var first = Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
        house.Discord.Fail(LocalFault.TooMany(60), "PATCH");

        Assert.IsType<Delivery.Retry>(await house.Notifier.PutAsync(house.Room, house.Card(2), first, default));
        Assert.IsType<Delivery.Retry>(await house.Notifier.PutAsync(house.Room, house.Card(2), first, default));
        Delivered(await house.Notifier.PutAsync(house.Room, house.Card(id: 13), null, default));

        Assert.Single(house.Discord.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task A_message_moved_to_another_program_is_put_anew()
    {
        await using var house = await DiscordHouse.OpenAsync();

        Assert.IsType<Delivery.Gone>(await house.Notifier.PutAsync(house.Room, house.Card(), new MessageRef("console:1"), default));
    }

    public static TheoryData<LocalFault.Way?, Type> WhereARoomWas => new()
    {
        { null, typeof(Delivery.Gone) },
        { LocalFault.Status(403, 50001), typeof(Delivery.Gone) },
        { LocalFault.Status(403, 50013), typeof(Delivery.Gone) },
        { LocalFault.Status(401), typeof(Delivery.Blocked) },
        { LocalFault.Status(403), typeof(Delivery.Blocked) },
        { LocalFault.TooMany(30), typeof(Delivery.Retry) },
    };

    /// <param name="way">How the channel is answered for where the room was; null: it was deleted.</param>
    [Theory]
    [MemberData(nameof(WhereARoomWas), DisableDiscoveryEnumeration = true)]
    public async Task What_stands_where_a_room_was_before_and_is_out_of_reach_comes_anew_where_it_is(LocalFault.Way? way, Type expected)
    {
        await using var house = await DiscordHouse.OpenAsync();
        var before = Delivered(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));
        var room = house.Room with { Address = house.Discord.AddChannel("100000000000000002").Id };
        if (way is null)
        {
            house.Discord.RemoveChannel(DiscordHouse.Channel);
        }
        else
        {
            house.Discord.Fail(way, path: $"/channels/{DiscordHouse.Channel}", times: 9);
        }

        Assert.IsType(expected, await house.Notifier.PutAsync(room, house.Card(2), before, default));
        Assert.IsType(expected, await house.NewNotifier().PingAsync(room, new Ping(1, house.Card().Key, before, "Nobody has claimed this", "ping-1"), default));

        if (expected == typeof(Delivery.Gone))
        {
            Assert.Null(await house.Notifier.FindPingAsync(room, new Ping(1, house.Card().Key, before, "Nobody has claimed this", "ping-1"), [], house.Time.GetUtcNow(), default));
            Delivered(await house.Notifier.PutAsync(room, house.Card(2), null, default));
            Assert.Single(house.Discord.Messages(room.Address));
        }
    }

    private static GroupCard Group(string quote) => new()
    {
        Key = new CardKey("group:4", "care"),
        Version = 1,
        Team = "care",
        Aspect = "delivery",
        Since = TimeProvider.System.GetUtcNow(),
        Cases = 1,
        Unclaimed = 1,
        Highest = Priority.High,
        Top = [new GroupEntry(101, Priority.High, "Mia", quote, TimeProvider.System.GetUtcNow())],
        Choices = [new CardButton($"101 · Mia: {quote}", new PressTarget(PressAction.Take, 4, "101"))],
    };

    private static string Quoted(JsonObject message) => ((string)message["embeds"]![0]!["description"]!).Split('\n').Single(line => line.StartsWith('>')).Replace("\\", "", StringComparison.Ordinal);

    private static async Task<MessageRef?> FoundInTheEndAsync(ManualClock clock, Func<Task<MessageRef?>> find)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await find();
            }
            catch (RoomBusyException busy) when (tries < 9)
            {
                clock.Advance(busy.After);
            }
        }
    }

    private static MessageRef Delivered(Delivery delivery) => Assert.IsType<Delivery.Delivered>(delivery).Message;
}
