using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

public sealed class DiscordCommandTests
{
    private const string Elsewhere = "100000000000000077";
    private readonly DeskHeard _desk = new();

    [Fact]
    public async Task The_commands_are_offered_in_the_server()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);
        await OfferedAsync(house);

        Assert.Equal(["case", "queue"], house.Discord.Commands().Select(command => (string)command["name"]!).Order());
        var parts = house.Discord.Commands().Single(command => (string?)command["name"] == "case")["options"]!.AsArray();
        Assert.Equal(["show", "new"], parts.Select(part => (string)part!["name"]!));
        Assert.Equal(4, (int)parts[0]!["options"]![0]!["type"]!);
        Assert.Equal(["text", "priority"], parts[1]!["options"]!.AsArray().Select(option => (string)option!["name"]!));
    }

    [Fact]
    public async Task They_are_offered_again_only_when_they_changed()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);
        await OfferedAsync(house);

        house.NewNotifier();
        var lists = Count(house, "GET");
        await house.HearAsync(_desk);
        await Until.TrueAsync(() => Count(house, "GET") > lists);
        Assert.Equal(1, Count(house, "PUT"));

        _desk.Commands = [.. _desk.Commands.Take(1)];
        house.NewNotifier();
        await house.HearAsync(_desk);
        await Until.TrueAsync(() => Count(house, "PUT") == 2);
        Assert.Equal("queue", (string?)Assert.Single(house.Discord.Commands())["name"]);
    }

    [Fact]
    public async Task A_command_comes_with_who_where_and_what_and_is_answered_to_its_sender_alone()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);

        var sent = await house.Discord.CommandAsync("case show", new() { ["number"] = 12 }, DiscordHouse.Channel, LocalUser.Jo with { Roles = ["600000000000000001", "600000000000000002"] });

        var command = Assert.Single(_desk.Typed);
        Assert.Equal((sent.Id, "case", "show"), (command.Id, command.Name, command.Sub));
        Assert.Equal(new Responder("discord:700000000000000002", "Jo (care)"), command.By);
        Assert.Equal(["discord:600000000000000001", "discord:600000000000000002"], command.Roles);
        Assert.Equal("12", command.Options["number"]);
        Assert.Equal("care", command.Room);
        Assert.Empty(command.Under);
        Assert.Equal((4, 64, "Here it is."), (sent.Type, (int)sent.Shown!["flags"]!, sent.Text));
    }

    [Fact]
    public async Task In_a_thread_it_knows_the_room_and_the_card()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);
        var card = Assert.IsType<Delivery.Delivered>(await house.Notifier.PutAsync(house.Room, house.Card(), null, default)).Message;
        await house.Notifier.PutAsync(house.Room, house.Dossier(card), null, default);

        await house.Discord.CommandAsync("case show", null, card.Value.Split('/')[1]);

        var command = Assert.Single(_desk.Typed);
        Assert.Equal("care", command.Room);
        Assert.Equal(card, Assert.Single(command.Under));
        Assert.Equal(card.Value.Split('/')[1] + "/", command.Thread);
        Assert.Empty(command.Options);
    }

    [Fact]
    public async Task Elsewhere_it_has_no_room()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.AddChannel(Elsewhere);
        await house.HearAsync(_desk);

        await house.Discord.CommandAsync("queue", null, Elsewhere);

        var command = Assert.Single(_desk.Typed);
        Assert.Null(command.Room);
        Assert.Null(command.Sub);
        Assert.Empty(command.Under);
    }

    [Fact]
    public async Task It_may_open_a_form_and_its_form_is_answered()
    {
        _desk.OnCommand = _ => Task.FromResult(PressAnswer.FillIn(new Form("New case", new PressTarget(PressAction.TrayComplaint, 0), [new FormField("text", "Words", Long: true)])));
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);

        var opened = await house.Discord.CommandAsync("case new", new() { ["text"] = "x" }, DiscordHouse.Channel);
        var sent = await house.Discord.SubmitAsync(opened, new() { ["Words"] = "my laptop died" });

        Assert.Equal(9, opened.Type);
        Assert.Equal("my laptop died", Assert.Single(_desk.Presses).Fields["text"]);
        Assert.Equal((4, "Saved."), (sent.Type, sent.Text));
    }

    [Fact]
    public async Task A_picture_comes_with_the_answer_also_when_it_is_late()
    {
        var clock = new ManualClock();
        var picture = new Picture("digest.png", "Cases by day", [137, 80, 78, 71]);
        var slow = new TaskCompletionSource<PressAnswer>();
        await using var house = await DiscordHouse.OpenAsync(clock);
        _desk.OnCommand = command => command.Name == "queue" ? Task.FromResult(PressAnswer.Tell("Your day") with { Picture = picture }) : slow.Task;
        await house.HearAsync(_desk);

        var atOnce = await house.Discord.CommandAsync("queue");
        var typing = house.Discord.CommandAsync("case show", within: TimeSpan.FromSeconds(20));
        await Until.TrueAsync(() => typing.IsCompleted, clock);
        slow.SetResult(PressAnswer.Tell("Your week") with { Picture = picture });
        var late = await typing;
        await late.WaitForEditAsync();

        Assert.Equal((4, 5), (atOnce.Type, late.Type));
        foreach (var (shown, text) in ((JsonObject, string)[])[(atOnce.Shown!, "Your day"), (late.Shown!, "Your week")])
        {
            Assert.Equal(text, LocalPress.Words(shown));
            Assert.Equal("digest.png", (string?)Assert.Single(shown["attachments"]!.AsArray())!["filename"]);
            Assert.Equal("attachment://digest.png", (string?)shown["embeds"]![0]!["image"]!["url"]);
        }
    }

    [Fact]
    public async Task A_command_that_fails_is_told_so()
    {
        _desk.OnCommand = _ => throw new IOException("disk full");
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);

        var sent = await house.Discord.CommandAsync("queue");

        Assert.Contains("nothing was saved", sent.Text);
        Assert.Contains("send the command again", sent.Text);
    }

    [Theory]
    [InlineData("retired")]
    [InlineData("case vanish")]
    [InlineData("case")]
    [InlineData("queue all")]
    public async Task A_command_that_is_no_longer_offered_is_answered_kindly(string words)
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);

        var sent = await house.Discord.CommandAsync(words);

        Assert.Contains("does not know that command", sent.Text);
        Assert.Empty(_desk.Typed);
    }

    [Theory]
    [InlineData("""{"name":"queue","type":1,"options":[{"name":7,"value":"x"},{"name":"a","value":[]},{"name":"b","value":true}]}""", true)]
    [InlineData("""{"name":"queue","type":1,"options":{"name":"x"}}""", true)]
    [InlineData("""{"name":"queue","type":3,"target_id":"5"}""", false)]
    [InlineData("""{"name":["queue"]}""", false)]
    [InlineData("""{}""", false)]
    public async Task Commands_of_any_shape_break_nothing(string data, bool heard)
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);

        var sent = house.Discord.Send(2, (JsonObject)JsonNode.Parse(data)!, null, LocalUser.Jo);
        await Until.TrueAsync(() => sent.Type is not null);

        Assert.Equal(4, sent.Type);
        Assert.Equal(heard ? 1 : 0, _desk.Typed.Count);
        Assert.All(_desk.Typed, command => Assert.Empty(command.Options));
    }

    [Fact]
    public async Task Without_the_right_to_offer_commands_operators_are_told_once_and_buttons_work()
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        house.Discord.CommandsAllowed = false;
        await house.HearAsync(_desk);

        await Until.TrueAsync(() => Count(house, "GET") >= 3, clock);
        Assert.Equal(6, (await house.Discord.PressAsync(await house.ShownAsync(house.Card()), "Claim")).Type);
        var (text, good) = Assert.Single(_desk.Told);
        Assert.False(good);
        Assert.Contains("applications.commands", text);

        house.Discord.CommandsAllowed = true;
        await Until.TrueAsync(() => _desk.Told.Count == 2, clock);
        Assert.True(_desk.Told.Last().Good);
        Assert.Equal(2, house.Discord.Commands().Count);
    }

    public static TheoryData<LocalFault.Way, string> Faults => new()
    {
        { LocalFault.TooMany(3), "GET" },
        { LocalFault.Status(502), "GET" },
        { LocalFault.CutBefore, "PUT" },
        { LocalFault.CutAfter, "PUT" },
        { LocalFault.Hang, "PUT" },
        { LocalFault.Garbage, "GET" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task What_breaks_once_is_tried_again_without_a_word_to_the_operators(LocalFault.Way way, string method)
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        house.Discord.Fail(way, method, "/commands");
        await house.HearAsync(_desk);

        await Until.TrueAsync(() => house.Discord.Commands().Count == 2 && house.Logs.Lines.Any(line => line.StartsWith("2131", StringComparison.Ordinal)), clock);

        Assert.Empty(_desk.Told);
    }

    [Fact]
    public async Task A_server_joined_later_gets_the_commands_and_one_that_was_left_gets_them_anew()
    {
        const string guild = "900000000000000005";
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);
        await OfferedAsync(house);

        house.Discord.Gateway.Dispatch("GUILD_CREATE", new JsonObject { ["id"] = guild });
        await Until.TrueAsync(() => house.Discord.Commands(guild).Count == 2);
        var lists = Count(house, "GET");
        house.Discord.Gateway.Dispatch("GUILD_DELETE", new JsonObject { ["id"] = guild });
        house.Discord.Gateway.Dispatch("GUILD_CREATE", new JsonObject { ["id"] = guild });

        await Until.TrueAsync(() => Count(house, "GET") == lists + 1);
    }

    private static Task OfferedAsync(DiscordHouse house) => Until.TrueAsync(() => Count(house, "PUT") == 1 && house.Discord.Commands().Count > 0);

    private static int Count(DiscordHouse house, string method) => house.Discord.Requests.Count(request => request.Method == method && request.Path.EndsWith("/commands", StringComparison.Ordinal));
}
