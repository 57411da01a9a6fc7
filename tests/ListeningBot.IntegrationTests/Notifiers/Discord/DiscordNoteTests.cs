using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

public sealed class DiscordNoteTests
{
    private readonly DeskHeard _desk = new();

    [Fact]
    public async Task What_people_write_in_a_thread_is_a_note_with_the_card_it_stands_under()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);
        var card = await ThreadAsync(house);

        var message = house.Discord.WriteInThread(card.Value.Split('/')[1], "She asked for **Friday**");
        await Until.TrueAsync(() => !_desk.Notes.IsEmpty);

        var note = Assert.Single(_desk.Notes);
        Assert.Equal(((string?)message["id"], "She asked for **Friday**"), (note.Id, note.Text));
        Assert.Equal(new Responder("discord:700000000000000002", "Jo (care)"), note.By);
        Assert.Equal(card, Assert.Single(note.Under));
        Assert.Equal(card.Value.Split('/')[1] + "/", note.Thread);
        Assert.InRange(TimeProvider.System.GetUtcNow() - note.At, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Mentions_are_kept_by_name_and_files_by_theirs()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);
        var thread = (await ThreadAsync(house)).Value.Split('/')[1];

        house.Discord.WriteInThread(thread, "<@700000000000000009> and <@5> look", extra: new()
        {
            ["mentions"] = new JsonArray(new JsonObject { ["id"] = "700000000000000009", ["username"] = "max", ["member"] = new JsonObject { ["nick"] = "Max" } }),
            ["attachments"] = new JsonArray(new JsonObject { ["filename"] = "bill.pdf" }),
        });
        await Until.TrueAsync(() => !_desk.Notes.IsEmpty);

        Assert.Equal("@Max and <@5> look (bill.pdf)", Assert.Single(_desk.Notes).Text);
    }

    [Fact]
    public async Task What_bots_write_what_the_service_says_and_what_stands_in_no_thread_is_no_note()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.AddChannel("100000000000000077");
        await house.HearAsync(_desk);
        var card = await ThreadAsync(house);
        var thread = card.Value.Split('/')[1];

        house.Discord.WriteInThread(DiscordHouse.Channel, "in the room itself");
        house.Discord.WriteInThread("100000000000000077", "in another channel");
        house.Discord.WriteInThread(thread, "of a bot", extra: new() { ["author"] = new JsonObject { ["id"] = "5", ["bot"] = true } });
        house.Discord.WriteInThread(thread, "of a webhook", extra: new() { ["webhook_id"] = "5" });
        house.Discord.WriteInThread(thread, "new name", extra: new() { ["type"] = 4 });
        house.Discord.WriteInThread(thread, "   ");
        house.Discord.WriteInThread(thread, "of a human");
        await Until.TrueAsync(() => !_desk.Notes.IsEmpty);

        Assert.Equal("of a human", Assert.Single(_desk.Notes).Text);
    }

    [Fact]
    public async Task Long_and_broken_messages_are_cut_or_passed_over()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);
        var thread = (await ThreadAsync(house)).Value.Split('/')[1];

        foreach (var data in (string[])["{}", """{"id":"1","channel_id":"../x","content":"x","author":{"id":"1"}}""", """{"id":"2","channel_id":7,"author":[],"content":{}}""", """{"id":"99999999999999999999","channel_id":"3","content":"x","author":{"id":"1"}}"""])
        {
            house.Discord.Gateway.Dispatch("MESSAGE_CREATE", (JsonObject)JsonNode.Parse(data)!);
        }
        house.Discord.WriteInThread(thread, string.Concat(Enumerable.Repeat("🧑‍🤝‍🧑", 2000)));
        await Until.TrueAsync(() => !_desk.Notes.IsEmpty);

        Assert.InRange(Assert.Single(_desk.Notes).Text.Length, 3990, 4000);
    }

    [Fact]
    public async Task A_note_that_was_not_saved_is_logged_and_the_next_is_heard()
    {
        _desk.OnNote = note => note.Text == "first" ? throw new IOException("disk full") : Task.CompletedTask;
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);
        var thread = (await ThreadAsync(house)).Value.Split('/')[1];

        house.Discord.WriteInThread(thread, "first");
        house.Discord.WriteInThread(thread, "second");
        await Until.TrueAsync(() => _desk.Notes.Count == 2 && house.Logs.Lines.Any(line => line.StartsWith("2126", StringComparison.Ordinal)));

        Assert.DoesNotContain(house.Logs.Lines, line => line.Contains("first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Notes_written_while_the_connection_was_broken_are_heard_after_the_resume()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync(_desk);
        var thread = (await ThreadAsync(house)).Value.Split('/')[1];

        house.Discord.Gateway.Cut();
        await Until.TrueAsync(() => !house.Discord.Gateway.IsListening);
        house.Discord.WriteInThread(thread, "meanwhile");
        await Until.TrueAsync(() => !_desk.Notes.IsEmpty);

        Assert.Equal("meanwhile", Assert.Single(_desk.Notes).Text);
        Assert.Single(house.Discord.Gateway.Identifies);
    }

    [Fact]
    public async Task Without_the_switch_for_messages_presses_are_heard_and_the_operators_told_where_it_is()
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        house.Discord.MessageContentAllowed = false;
        var hearing = await house.HearAsync(_desk);

        var press = await house.Discord.PressAsync(await house.ShownAsync(house.Card()), "Claim");
        house.Discord.WriteInThread((await ThreadAsync(house, 13)).Value.Split('/')[1], "unheard");
        await Until.TrueAsync(() => !_desk.Told.IsEmpty);

        Assert.Equal(6, press.Type);
        Assert.False(hearing.IsCompleted);
        var (text, good) = Assert.Single(_desk.Told);
        Assert.False(good);
        Assert.Contains("\"Message Content Intent\"", text);
        Assert.Contains("start this program again", text);
        Assert.Equal([33281, 1], house.Discord.Gateway.Identifies.Select(identify => (int)identify["intents"]!));
        Assert.Equal(2, house.Discord.Commands().Count);
        Assert.Empty(_desk.Notes);
    }

    [Fact]
    public async Task A_switch_that_is_turned_off_while_connected_costs_no_press()
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        await house.HearAsync(_desk);

        house.Discord.MessageContentAllowed = false;
        await house.Discord.Gateway.CloseAsync(4014);
        await Until.TrueAsync(() => house.Discord.Gateway.Identifies.Count == 2 && house.Discord.Gateway.IsListening, clock);

        Assert.Equal(6, (await house.Discord.PressAsync(await house.ShownAsync(house.Card()), "Claim")).Type);
        Assert.Contains(house.Logs.Lines, line => line.StartsWith("2128", StringComparison.Ordinal));
    }

    private static async Task<MessageRef> ThreadAsync(DiscordHouse house, long id = 12)
    {
        var card = Assert.IsType<Delivery.Delivered>(await house.Notifier.PutAsync(house.Room, house.Card(id: id, state: CaseState.Claimed), null, default)).Message;
        Assert.IsType<Delivery.Delivered>(await house.Notifier.PutAsync(house.Room, house.Dossier(card) with { Key = new CardKey($"thread:{id}", "care") }, null, default));
        return card;
    }
}
