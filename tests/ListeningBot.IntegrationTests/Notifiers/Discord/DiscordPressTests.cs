using ListeningBot.IntegrationTests.LocalServices;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

public sealed class DiscordPressTests
{
    [Fact]
    public async Task A_press_reaches_us_with_who_and_what_and_is_answered_silently()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var heard = new ConcurrentQueue<Press>();
        await house.HearAsync(press => Answer(heard, press, PressAnswer.Done));

        var press = await house.Discord.PressAsync(await ShownAsync(house), "Claim");

        var one = Assert.Single(heard);
        Assert.Equal(press.Id, one.Id);
        Assert.Equal(new Responder("discord:700000000000000002", "Jo (care)"), one.By);
        Assert.Equal(new PressTarget(PressAction.Claim, 12), one.Target);
        Assert.Equal(6, press.Type);
        Assert.Null(press.Shown);
    }

    [Fact]
    public async Task A_press_on_a_card_says_on_which_and_since_when_it_stands_there()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var heard = new ConcurrentQueue<Press>();
        await house.HearAsync(press => Answer(heard, press, AskOutcome));
        var card = await ShownAsync(house);

        var asked = await house.Discord.PressAsync(card, "Claim");
        await house.Discord.PressAsync(asked.Shown!, choose: "Solved");

        Assert.Equal(new MessageRef($"{DiscordHouse.Channel}/{(string)card["id"]!}"), heard.First().On?.Message);
        Assert.InRange(TimeProvider.System.GetUtcNow() - heard.First().On!.Sent, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(30));
        Assert.Null(heard.Last().On);
    }

    [Fact]
    public async Task An_answer_whose_address_Discord_s_filter_refuses_is_shown_without_it()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.HarmfulHost = "bad.example";
        await house.HearAsync(press => Task.FromResult(PressAnswer.Tell("Third time this month\nPost: https://bad.example/1")));

        var press = await house.Discord.PressAsync(await ShownAsync(house), "More");

        Assert.Contains("Third time this month\nPost: (…)", LocalPress.Words(press.Shown!), StringComparison.Ordinal);
    }

    public static TheoryData<LocalUser, string> Names => new()
    {
        { new LocalUser("700000000000000003", "max", "Max", "Maxi"), "Maxi" },
        { new LocalUser("700000000000000003", "max", "Max"), "Max" },
        { new LocalUser("700000000000000003", "max"), "max" },
        { new LocalUser("700000000000000003", "max", InDirectMessage: true), "max" },
        { new LocalUser("700000000000000003", "max", Nick: "\u200b\u202e"), "user 700000000000000003" },
        { new LocalUser("700000000000000003", "max", Nick: "a\u202eb\n\nc"), "ab c" },
    };

    [Theory]
    [MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public async Task A_presser_is_called_by_the_name_that_the_server_shows(LocalUser user, string expected)
    {
        await using var house = await DiscordHouse.OpenAsync();
        var heard = new ConcurrentQueue<Press>();
        await house.HearAsync(press => Answer(heard, press, PressAnswer.Done));

        await house.Discord.PressAsync(await ShownAsync(house), "Claim", user: user);

        Assert.Equal(new Responder("discord:700000000000000003", expected), Assert.Single(heard).By);
    }

    [Fact]
    public async Task What_is_said_is_shown_to_the_presser_alone()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_ => Task.FromResult(PressAnswer.Tell("Jo has it already: @everyone")));

        var press = await house.Discord.PressAsync(await ShownAsync(house), "Claim");

        Assert.Equal(4, press.Type);
        Assert.Equal(64, (int)press.Shown!["flags"]!);
        Assert.StartsWith("Jo has it already", press.Text);
        Assert.Single(house.Messages);
    }

    [Fact]
    public async Task A_question_of_many_choices_is_a_menu_that_goes_when_it_is_answered()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var heard = new ConcurrentQueue<Press>();
        await house.HearAsync(press => Answer(heard, press, press.Target.Action == PressAction.Resolve ? AskOutcome : PressAnswer.Tell("Closed: solved. Thank you.")));
        var card = Message(await house.Notifier.PutAsync(house.Room, house.Card(state: CaseState.Claimed), null, default), house);

        var asked = await house.Discord.PressAsync(card, "Resolve");
        var answered = await house.Discord.PressAsync(asked.Shown!, choose: "Unreachable");

        Assert.Equal(4, asked.Type);
        Assert.Equal("How did it end for the customer?", asked.Text);
        Assert.Equal(new PressTarget(PressAction.Outcome, 12, "Unreachable"), heard.Last().Target);
        Assert.Equal(7, answered.Type);
        Assert.Equal("Closed: solved. Thank you.", answered.Text);
        Assert.Empty(LocalDiscord.Parts(answered.Shown!));
    }

    [Fact]
    public async Task A_question_of_few_choices_has_buttons()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_ => Task.FromResult(new PressAnswer("Sure?", [new CardButton("Yes", new PressTarget(PressAction.Claim, 12)), new CardButton("Open post", null, "https://social.example/1")])));

        var asked = await house.Discord.PressAsync(await ShownAsync(house), "Claim");

        Assert.Equal(["Yes", "Open post"], LocalDiscord.Parts(asked.Shown!).Select(part => (string)part["label"]!));
        Assert.Equal(7, (await house.Discord.PressAsync(asked.Shown!, "Yes")).Type);
    }

    [Fact]
    public async Task A_press_that_is_not_saved_is_told_so()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_ => throw new InvalidOperationException("disk full"));

        var press = await house.Discord.PressAsync(await ShownAsync(house), "Claim");

        Assert.Equal(4, press.Type);
        Assert.Equal("That was not saved. Please press again.", press.Text);
    }

    [Theory]
    [InlineData(null, false, "Saved.")]
    [InlineData("Jo has it", false, "Jo has it")]
    [InlineData(null, true, "That was not saved. Please press again.")]
    public async Task A_slow_press_is_told_to_wait_and_then_how_it_went(string? say, bool fails, string expected)
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        var saving = new TaskCompletionSource<PressAnswer>();
        var heard = new ConcurrentQueue<Press>();
        await house.HearAsync(press => Answer(heard, press, saving.Task));

        var pressing = house.Discord.PressAsync(await ShownAsync(house), "Claim", within: TimeSpan.FromSeconds(20));
        await Until.TrueAsync(() => pressing.IsCompleted, clock);
        var press = await pressing;
        Assert.Equal(5, press.Type);
        if (fails)
        {
            saving.SetException(new IOException("disk full"));
        }
        else
        {
            saving.SetResult(new PressAnswer(say, []));
        }
        await press.WaitForEditAsync();

        Assert.Equal(expected, press.Text);
        Assert.Equal(64, (int)press.Shown!["flags"]!);
    }

    public static TheoryData<LocalFault.Way> PassingFaults => [LocalFault.TooMany(3), LocalFault.Status(502), LocalFault.Garbage];

    [Theory]
    [MemberData(nameof(PassingFaults), DisableDiscoveryEnumeration = true)]
    public async Task A_late_answer_that_may_not_have_got_there_is_sent_once_more(LocalFault.Way way)
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        var saving = new TaskCompletionSource<PressAnswer>();
        await house.HearAsync(_ => saving.Task);
        var pressing = house.Discord.PressAsync(await ShownAsync(house), "Claim", within: TimeSpan.FromSeconds(20));
        await Until.TrueAsync(() => pressing.IsCompleted, clock);
        var press = await pressing;

        house.Discord.Fail(way, path: "/webhooks/");
        saving.SetResult(PressAnswer.Tell("Jo has it"));
        await Until.TrueAsync(() => house.Discord.Requests.Count(request => request.Path.Contains("/webhooks/", StringComparison.Ordinal)) == 2, clock);
        await press.WaitForEditAsync();

        Assert.Equal("Jo has it", press.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slow_answer_to_a_question_ends_the_question_only_when_it_is_saved(bool fails)
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        var saving = new TaskCompletionSource<PressAnswer>();
        await house.HearAsync(press => press.Target.Action == PressAction.Resolve ? Task.FromResult(AskOutcome) : saving.Task);
        var card = Message(await house.Notifier.PutAsync(house.Room, house.Card(state: CaseState.Claimed), null, default), house);
        var asked = await house.Discord.PressAsync(card, "Resolve");

        var answering = house.Discord.PressAsync(asked.Shown!, choose: "Solved", within: TimeSpan.FromSeconds(20));
        await Until.TrueAsync(() => answering.IsCompleted, clock);
        if (fails)
        {
            saving.SetException(new IOException("disk full"));
        }
        else
        {
            saving.SetResult(PressAnswer.Tell("Closed: solved."));
        }
        var answered = await answering;
        await answered.WaitForEditAsync();

        Assert.Equal(6, answered.Type);
        Assert.Equal(fails ? 1 : 0, LocalDiscord.Parts(answered.Shown!).Count());
        Assert.Equal(fails ? "That was not saved. Please press again." : "Closed: solved.", fails ? LocalPress.Words(Assert.Single(answered.FollowUps)) : answered.Text);
    }

    [Theory]
    [InlineData("approve_12")]
    [InlineData("Claim:12:x:y")]
    [InlineData("")]
    public async Task A_button_that_is_not_ours_is_answered_kindly(string customId)
    {
        await using var house = await DiscordHouse.OpenAsync();
        var heard = new ConcurrentQueue<Press>();
        await house.HearAsync(press => Answer(heard, press, PressAnswer.Done));

        var press = house.Discord.Send(3, new JsonObject { ["component_type"] = 2, ["custom_id"] = customId }, null, LocalUser.Jo);
        await Until.TrueAsync(() => press.Type is not null);

        Assert.Equal(4, press.Type);
        Assert.Contains("older version", press.Text);
        Assert.Empty(heard);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(5, 4)]
    public async Task Other_interactions_are_answered_too(int type, int expected)
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync();

        var press = house.Discord.Send(type, null, null, LocalUser.Jo);
        await Until.TrueAsync(() => press.Type is not null);

        Assert.Equal(expected, press.Type);
    }

    [Fact]
    public async Task Events_of_any_shape_break_nothing()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync();
        var card = await ShownAsync(house);
        foreach (var data in (string[])["{}", """{"id":7,"token":["x"]}""", """{"id":"1","token":"../../users/@me","type":3}""", """{"id":"1/2","token":"t","type":3,"data":[]}"""])
        {
            house.Discord.Gateway.Dispatch("INTERACTION_CREATE", (JsonObject)JsonNode.Parse(data)!);
        }
        house.Discord.Gateway.Dispatch("SOMETHING_NEW", []);

        Assert.Equal(6, (await house.Discord.PressAsync(card, "Claim")).Type);
    }

    [Fact]
    public async Task An_answer_that_did_not_get_there_does_not_undo_the_press()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var heard = new ConcurrentQueue<Press>();
        await house.HearAsync(press => Answer(heard, press, PressAnswer.Done));
        house.Discord.Fail(LocalFault.Status(500), path: "/callback");

        var card = await ShownAsync(house);
        var lost = await house.Discord.PressAsync(card, "Claim", within: TimeSpan.FromMilliseconds(500));
        var next = await house.Discord.PressAsync(card, "Claim");

        Assert.True(lost.Expired);
        Assert.Equal(6, next.Type);
        Assert.Equal(2, heard.Count);
        Assert.DoesNotContain(house.Logs.Lines, line => line.Contains(lost.Token, StringComparison.Ordinal) || line.Contains("local-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_32_presses_at_once_each_is_heard_once_and_answered_to_its_own_presser()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var desk = new DeskHeard { OnPress = press => Task.FromResult(PressAnswer.Tell($"You are {press.By.Name}")) };
        await house.HearAsync(desk);
        var card = await ShownAsync(house);

        var presses = await Task.WhenAll(Enumerable.Range(1, 32).Select(i => house.Discord.PressAsync(card, "Claim", user: new LocalUser($"7000000000000000{i:00}", "user" + i))));

        Assert.Equal(32, desk.Presses.Select(press => press.Id).Distinct().Count());
        Assert.All(presses, (press, at) => Assert.Equal($"You are user{at + 1}", press.Text));
    }

    private static PressAnswer AskOutcome => new(
        "How did it end for the customer?",
        [.. Enum.GetValues<Outcome>().Select(outcome => new CardButton(outcome.ToString(), new PressTarget(PressAction.Outcome, 12, outcome.ToString())))]);

    private static async Task<JsonObject> ShownAsync(DiscordHouse house) =>
        Message(await house.Notifier.PutAsync(house.Room, house.Card(), null, default), house);

    private static JsonObject Message(Delivery delivery, DiscordHouse house)
    {
        var id = Assert.IsType<Delivery.Delivered>(delivery).Message.Value.Split('/')[1];
        return house.Messages.Single(message => (string?)message["id"] == id);
    }

    private static Task<PressAnswer> Answer(ConcurrentQueue<Press> heard, Press press, PressAnswer answer) => Answer(heard, press, Task.FromResult(answer));

    private static Task<PressAnswer> Answer(ConcurrentQueue<Press> heard, Press press, Task<PressAnswer> answer)
    {
        heard.Enqueue(press);
        return answer;
    }
}
