using System.Text.Json.Nodes;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.EndToEnd.Crashes;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.Security;

/// <summary>
/// The real program hears presses, forms and commands that nobody it works for can have meant: from another server, from strangers, of buttons that are none, in every odd shape, and again. Each is answered in words or
/// passed over, logged once at most, and nothing of cases, people or configuration changes.
/// </summary>
public sealed class ForgedPressTests
{
    private const string OtherServer = "800000000000000008";
    private static readonly LocalUser Stranger = new("700000000000000666", "mallory", "Jo Berg", "Jo (care)");

    /// <summary>What no forged press may change. Presses themselves are kept with who pressed and what was said.</summary>
    private static readonly string[] Kept = ["cases", "case_events", "case_keys", "mentions", "verdicts", "tray", "silences", "links", "held_changes", "config_versions", "notes_heard", "case_groups", "dead_letters", "customers", "cards"];

    private static readonly string[] OddIds =
    [
        "", ":", "Claim", "Claim:", "Claim:x", "Claim:1:x:y", "claim:1", "CLAIM:1", "Claim:-1", "Claim:0", "Claim:9223372036854775807", "Claim:99999999999999999999", "Claim:1e3", "Claim: 1\n", "0:1", "99:1", "-1:1", "Claim,Resolve:1",
        "Erase:1", "Claim:1' OR '1'='1", "Claim:1; DROP TABLE cases", "../../Claim:1", "Claim\0:1", "Clаim:1", "Claim:١", "{\"action\":\"Claim\"}", "Resolve:1:Outcome", "Outcome:1:NoSuchOutcome", "Outcome:1:99", "Silence:1:forever",
        new('a', 100), "Claim:" + new string('9', 10_000), "Claim:1:" + new string('x', 100_000), string.Concat(Enumerable.Repeat("Claim:1:", 5_000)), "Claim:\uD800",
    ];

    [Fact]
    public async Task Nothing_changes_and_each_is_answered_kindly_or_passed_over()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        town.Responders(Town.JoAlone);

        var store = new StoreLook(Path.Combine(town.Folder, "data", "listeningbot.db"), null);
        await using var bot = town.StartBot();
        await SeenAsync(bot, () => town.Discord.Gateway.IsListening && town.Jetstream.Subscriptions.Count > 0);
        town.Post("forged", "forged: acme ruined my parcel number 4711, nobody answers, worst service ever");
        await SeenAsync(bot, () => town.Cards.Count == 1 && store.Number("SELECT count(*) FROM lookups WHERE looked_at IS NULL AND tries = 0") == 0 && store.Number("SELECT count(*) FROM cards WHERE shown < wanted") == 0);
        var card = town.Cards.Single();
        var button = (string)LocalDiscord.Parts(card).First(part => (string?)part["label"] == "Claim")["custom_id"]!;
        var elsewhere = (JsonObject)card.DeepClone();
        (elsewhere["channel_id"], elsewhere["id"]) = ("800000000000000009", "800000000000000010");
        var before = Of(store);

        // From another server, by a member and by a stranger: buttons, forms and commands that look and that change.
        var foreign = new List<LocalPress>();
        foreach (var user in (LocalUser[])[LocalUser.Jo, Stranger])
        {
            foreign.Add(town.Discord.Send(3, Button(button), elsewhere, user, server: OtherServer));
            foreign.Add(town.Discord.Send(3, Button(button), null, user, "800000000000000009", OtherServer));
            foreign.Add(town.Discord.Send(5, new JsonObject { ["custom_id"] = button, ["components"] = new JsonArray() }, elsewhere, user, server: OtherServer));
            foreign.AddRange(((string[])["queue", "status", "maybe"]).Select(name => town.Discord.Send(2, new JsonObject { ["id"] = "1", ["name"] = name, ["type"] = 1 }, null, user, "800000000000000009", OtherServer)));
            foreign.Add(town.Discord.Send(2, new JsonObject { ["id"] = "1", ["name"] = "case", ["type"] = 1, ["options"] = new JsonArray(new JsonObject { ["name"] = "show", ["type"] = 1, ["options"] = new JsonArray(new JsonObject { ["name"] = "number", ["type"] = 4, ["value"] = 1 }) }) }, null, user, "800000000000000009", OtherServer));
        }
        await SeenAsync(bot, () => foreign.TrueForAll(press => press.Type is not null));
        Assert.All(foreign, press => Assert.Contains("Nothing was changed", press.Text, StringComparison.Ordinal));
        Assert.All(foreign, press => Assert.DoesNotContain("parcel", press.Shown!.ToJsonString(), StringComparison.Ordinal));

        // At home: by somebody who calls himself as the member does, whatever role he says to have, and wherever he is; and by the member, buttons that are none.
        var odd = new List<LocalPress>
        {
            town.Discord.Send(3, Button(button), card, Stranger),
            town.Discord.Send(3, Button(button), card, Stranger with { Roles = ["1", "700000000000000002", "discord:700000000000000002", "*"] }),
            town.Discord.Send(3, Button(button), card, Stranger with { InDirectMessage = true }),
            town.Discord.Send(3, Button(button), card, Stranger with { Id = "700000000000000002\n" }),
            town.Discord.Send(3, Button(button), card, Stranger with { Id = "member:jo" }),
            town.Discord.Send(3, Button(button), elsewhere, Stranger),
            town.Discord.Send(3, Button("Claim:99999"), card, LocalUser.Jo),
        };
        odd.AddRange(OddIds.Select(id => town.Discord.Send(3, Button(id), card, LocalUser.Jo)));
        odd.AddRange(OddIds.Select(id => town.Discord.Send(5, new JsonObject { ["custom_id"] = id, ["components"] = new JsonArray() }, card, LocalUser.Jo)));
        odd.AddRange(OddIds.Select(id => town.Discord.Send(3, new JsonObject { ["component_type"] = 3, ["custom_id"] = button, ["values"] = new JsonArray(id) }, card, LocalUser.Jo)));
        await SeenAsync(bot, () => odd.TrueForAll(press => press.Type is not null));

        // What can't be answered at all.
        foreach (var shape in (string[])["{}", "[]", "null", "7", """{"id":7,"token":["x"]}""", """{"id":"1","token":"../../users/@me","type":3}""", """{"id":"1/2","token":"t","type":3,"data":[]}""", """{"id":"1","token":"","type":3}""", $$"""{"id":"1","token":"{{new string('t', 5000)}}","type":3}"""])
        {
            town.Discord.Gateway.Dispatch("INTERACTION_CREATE", JsonNode.Parse(shape) as JsonObject ?? new JsonObject { ["id"] = JsonNode.Parse(shape) });
        }

        Assert.Equal(before, Of(store));
        var real = await town.Discord.PressAsync(card, "Claim");
        Assert.Contains(real.Type, (int?[])[5, 6]);
        await SeenAsync(bot, () => Of(store) != before && LocalPress.Words(town.Cards.Single()).Contains("Jo", StringComparison.Ordinal) && store.Number("SELECT count(*) FROM cards WHERE shown < wanted") == 0);
        before = Of(store);

        // The very same press again, by its own id and token, and with another person in it.
        var heard = store.Number("SELECT count(*) FROM presses");
        foreach (var user in (LocalUser[])[LocalUser.Jo, Stranger])
        {
            town.Discord.Gateway.Dispatch("INTERACTION_CREATE", Again(real, button, card, user));
        }
        var last = await town.Discord.PressAsync(card, "Claim", user: Stranger);
        Assert.Contains("don't know your account", last.Text, StringComparison.Ordinal);
        Assert.Equal(before, Of(store));
        Assert.Equal(heard + 1, store.Number("SELECT count(*) FROM presses"));

        foreach (var press in foreign.Concat(odd))
        {
            Assert.InRange(bot.Errors.Split('\n').Count(line => line.Contains(press.Id, StringComparison.Ordinal)), foreign.Contains(press) ? 1 : 0, 1);
        }
        Assert.DoesNotContain(bot.Errors.Split('\n'), line => line.Contains("\"Exception\"", StringComparison.Ordinal) || line.Contains(new string('x', 1000), StringComparison.Ordinal));
        Assert.False(bot.HasExited);
    }

    private static JsonObject Button(string id) => new() { ["component_type"] = 2, ["custom_id"] = id };

    private static JsonObject Again(LocalPress press, string button, JsonObject card, LocalUser user) => new()
    {
        ["id"] = press.Id,
        ["application_id"] = LocalDiscord.BotId,
        ["type"] = 3,
        ["token"] = press.Token,
        ["channel_id"] = Town.Room,
        ["guild_id"] = LocalDiscord.GuildId,
        ["member"] = new JsonObject { ["roles"] = new JsonArray(), ["user"] = new JsonObject { ["id"] = user.Id, ["username"] = user.Username } },
        ["message"] = card.DeepClone(),
        ["data"] = Button(button),
    };

    private static string Of(StoreLook store) => string.Join('\n', Kept.Select(table => $"{table}: {string.Join(" | ", store.Rows($"SELECT * FROM {table}").Select(row => string.Join(", ", row)))}"));

    private static async Task SeenAsync(BotProcess bot, Func<bool> condition)
    {
        try
        {
            await Until.TrueAsync(() => bot.HasExited || condition());
        }
        catch (Exception e)
        {
            Assert.Fail($"{e.Message}\n{bot.Errors[Math.Max(0, bot.Errors.Length - 4000)..]}");
        }
        Assert.False(bot.HasExited, bot.Errors);
    }
}
