using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

public sealed class DiscordFormTests
{
    private static readonly PressTarget Promise = new(PressAction.Promise, 12);
    private static readonly Form Ask = new("What was promised?", Promise,
    [
        new FormField("when", "When", Required: true, Hint: "Friday 10:00"),
        new FormField("what", "What", Long: true, Value: "call back", Longest: 200),
    ]);

    private readonly DeskHeard _desk = new() { OnPress = press => Task.FromResult(press.Fields.Count == 0 ? PressAnswer.FillIn(Ask) : PressAnswer.Tell($"Promised for {press.Fields["when"]}.")) };

    [Fact]
    public async Task A_form_opens_at_once_and_what_is_written_comes_back()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);

        var opened = await house.Discord.PressAsync(await CardAsync(house), "Promise");
        var sent = await house.Discord.SubmitAsync(opened, new() { ["When"] = "Friday 10:00 @everyone" }, new LocalUser("700000000000000002", "jo", Nick: "Jo") { Roles = ["600000000000000001"] });

        Assert.Equal(9, opened.Type);
        Assert.Equal("What was promised?", (string?)opened.Form!["title"]);
        var press = _desk.Presses.Last();
        Assert.Equal((sent.Id, Promise), (press.Id, press.Target));
        Assert.Equal(new Responder("discord:700000000000000002", "Jo"), press.By);
        Assert.Equal(["discord:600000000000000001"], press.Roles);
        Assert.Equal([("what", "call back"), ("when", "Friday 10:00 @everyone")], press.Fields.Select(field => (field.Key, field.Value)).Order());
        Assert.StartsWith("Promised for Friday 10", sent.Text);
        Assert.Equal((4, 64), (sent.Type, (int)sent.Shown!["flags"]!));
    }

    [Fact]
    public async Task A_form_that_says_nothing_changes_the_card_in_silence()
    {
        _desk.OnPress = press => Task.FromResult(press.Fields.Count == 0 ? PressAnswer.FillIn(Ask) : PressAnswer.Done);
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);

        var sent = await house.Discord.SubmitAsync(await house.Discord.PressAsync(await CardAsync(house), "Promise"), new() { ["When"] = "Friday" });

        Assert.Equal(6, sent.Type);
    }

    [Fact]
    public async Task A_form_that_a_question_opened_ends_the_question_when_it_is_sent()
    {
        _desk.OnPress = press => Task.FromResult(press.Target.Action == PressAction.More ? new PressAnswer("More", [new CardButton("Promise", Promise)])
            : press.Fields.Count == 0 ? PressAnswer.FillIn(Ask) : PressAnswer.Tell("Promised."));
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);
        var more = await house.Discord.PressAsync(await house.ShownAsync(house.Card()), "More");

        var opened = await house.Discord.PressAsync(more.Shown!, "Promise");
        var sent = await house.Discord.SubmitAsync(opened, new() { ["When"] = "Friday" });

        Assert.Equal((9, 7), (opened.Type, sent.Type));
        Assert.Equal("Promised.", sent.Text);
        Assert.Empty(LocalDiscord.Parts(sent.Shown!));
    }

    [Fact]
    public async Task What_was_not_understood_is_said_with_a_button_that_opens_the_form_again()
    {
        _desk.OnPress = press => Task.FromResult(press.Fields.Count == 0 || press.Fields["when"] != "Friday" ? PressAnswer.FillIn(Ask) : PressAnswer.Tell("Promised."));
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);

        var refused = await house.Discord.SubmitAsync(await house.Discord.PressAsync(await CardAsync(house), "Promise"), new() { ["When"] = "soonish" });
        var again = await house.Discord.PressAsync(refused.Shown!, "What was promised?");
        var sent = await house.Discord.SubmitAsync(again, new() { ["When"] = "Friday" });

        Assert.Contains("nothing was changed", refused.Text);
        Assert.Equal(9, again.Type);
        Assert.Equal("Promised.", sent.Text);
    }

    [Fact]
    public async Task A_form_that_came_too_late_for_Discord_is_offered_by_a_button()
    {
        var clock = new ManualClock();
        var late = new TaskCompletionSource<PressAnswer>();
        await using var house = await DiscordHouse.OpenAsync(clock);
        _desk.OnPress = _ => late.Task;
        await house.HearAsync(_desk);

        var pressing = house.Discord.PressAsync(await CardAsync(house), "Promise", within: TimeSpan.FromSeconds(20));
        await Until.TrueAsync(() => pressing.IsCompleted, clock);
        late.SetResult(PressAnswer.FillIn(Ask));
        var press = await pressing;
        await press.WaitForEditAsync();
        var opened = await house.Discord.PressAsync(press.Shown!, "What was promised?");

        Assert.Equal(5, press.Type);
        Assert.Contains("press once more", press.Text);
        Assert.Equal(9, opened.Type);
    }

    [Fact]
    public async Task A_stale_form_button_says_so_instead_of_opening_a_form()
    {
        _desk.OnPress = _ => Task.FromResult(PressAnswer.Tell("Case 12 is closed."));
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);

        var press = await house.Discord.PressAsync(await CardAsync(house), "Promise");

        Assert.Null(press.Form);
        Assert.Equal("Case 12 is closed.", press.Text);
    }

    [Fact]
    public async Task A_form_of_another_version_is_answered_kindly()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);

        var sent = house.Discord.Send(5, (JsonObject)JsonNode.Parse("""{"custom_id":"feedback_v1","components":[{"type":18,"component":{"type":4,"custom_id":"x","value":"y"}}]}""")!, null, LocalUser.Jo);
        await Until.TrueAsync(() => sent.Type is not null);

        Assert.Contains("older version", sent.Text);
        Assert.Empty(_desk.Presses);
    }

    [Theory]
    [InlineData("""{"custom_id":"Promise:12","components":[{"type":1,"components":[{"type":4,"custom_id":"when","value":"Friday"}]}]}""", "Friday")]
    [InlineData("""{"custom_id":"Promise:12","components":[7,{"component":[]},{"component":{"custom_id":"when"}},{"component":{"custom_id":7,"value":"x"}},{"component":{"custom_id":"when","value":"Friday"}}]}""", "Friday")]
    [InlineData("""{"custom_id":"Promise:12","components":{"component":1}}""", null)]
    public async Task Forms_of_any_shape_break_nothing(string data, string? when)
    {
        _desk.OnPress = _ => Task.FromResult(PressAnswer.Tell("Heard."));
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);

        var sent = house.Discord.Send(5, (JsonObject)JsonNode.Parse(data)!, null, LocalUser.Jo);
        await Until.TrueAsync(() => sent.Type is not null);

        Assert.Equal(when, Assert.Single(_desk.Presses).Fields.GetValueOrDefault("when"));
    }

    [Fact]
    public async Task Whatever_a_form_holds_Discord_takes_it_and_nothing_written_is_cut_below_its_limit()
    {
        var wild = string.Concat(Enumerable.Repeat("🧑‍🤝‍🧑 \u202e**x** ", 600));
        _desk.OnPress = press => Task.FromResult(press.Fields.Count > 0 ? PressAnswer.Tell("Heard.")
            : PressAnswer.FillIn(new Form(wild, Promise, [.. Enumerable.Range(1, 7).Select(i => new FormField("f" + i, i == 1 ? "" : i + wild, Long: true, Value: wild, Hint: wild, Longest: 9000))])));
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);

        var opened = await house.Discord.PressAsync(await CardAsync(house), "Promise");
        var whole = new string('y', 4000);
        await house.Discord.SubmitAsync(opened, new() { [(string)opened.Form!["components"]![1]!["label"]!] = whole });

        Assert.Equal(5, _desk.Presses.Last().Fields.Count);
        Assert.Equal(whole, _desk.Presses.Last().Fields["f2"]);
    }

    public static TheoryData<LocalFault.Way> Broken => [LocalFault.Status(500), LocalFault.CutBefore, LocalFault.TooMany(60)];

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public async Task A_form_that_could_not_be_shown_does_not_stop_the_next(LocalFault.Way way)
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);
        var card = await CardAsync(house);
        house.Discord.Fail(way, path: "/callback", times: 2);

        var lost = await house.Discord.PressAsync(card, "Promise", within: TimeSpan.FromMilliseconds(500));
        house.Discord.FailNoMore();
        var next = await house.Discord.PressAsync(card, "Promise");

        Assert.True(lost.Expired);
        Assert.Equal(9, next.Type);
    }

    private static Task<JsonObject> CardAsync(DiscordHouse house) => house.ShownAsync(house.Card() with { Buttons = [new CardButton("Promise", Promise)] });
}
