using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program hears what customers write on the server where it shows its cards.</summary>
public sealed class DiscordListeningProcessTests
{
    private const string Support = "222222222222222222";
    private const string Words = "acme ruined my week, still no refund after three weeks, nobody answers, worst service ever";
    private static readonly LocalUser Mia = new("700000000000000033", "mia.l", "Mia Lang");

    [Fact]
    public async Task Checking_online_names_the_channels_that_can_be_read_and_those_that_cannot()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        town.Discord.AddChannel(Support);
        town.Channel("server", new { Kind = "discord", Channels = new[] { Support } });
        town.Channel("other", new { Kind = "discord", Channels = new[] { "222222222222222229" } });

        await using var check = town.Start("check", "--online");
        await check.WaitForExitAsync();

        Assert.Contains("channel server: fine: can read #care", check.Output, StringComparison.Ordinal);
        Assert.Contains("channel other: FAILED: the bot can't see the channel 222222222222222229", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remade_bot_goes_on_hearing()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        town.Discord.AddChannel(Support);
        town.Channel("server", new { Kind = "discord", Channels = new[] { Support } });
        await using var bot = town.StartBot();
        town.Discord.WriteInThread(Support, "one " + Words, Mia);
        await Until.TrueAsync(() => town.Cards.Count == 1);

        town.AddRoom("ops", "333333333333333333");
        await Until.TrueAsync(() => town.Discord.Gateway.Identifies.Count == 2);
        town.Discord.WriteInThread(Support, "two: acme sent me the wrong lamp, and I am furious", new LocalUser("700000000000000044", "ben"));

        await Until.TrueAsync(() => town.Cards.Count == 2);
    }

    [Fact]
    public async Task A_complaint_in_a_support_channel_becomes_a_card_that_follows_it_and_a_members_answer_counts()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        town.Discord.AddChannel(Support);
        town.Channel("server", new { Kind = "discord", Channels = new[] { Support } });
        town.Responders($"members:\n  - id: jo\n    name: Jo Berg\n    accounts: discord:{LocalUser.Jo.Id}\nteams:\n  - name: care\n    members: jo\n");
        var before = (string)town.Discord.WriteInThread(Support, Words, Mia)["id"]!;
        await using var bot = town.StartBot();
        await Until.TrueAsync(() => town.Cards.Count == 1 && Card().Contains("ruined my week", StringComparison.Ordinal) && Card().Contains("Mia Lang", StringComparison.Ordinal));

        town.Discord.EditByHand(Support, before, Words.Replace("ruined my week", "ruined my month", StringComparison.Ordinal));
        await Until.TrueAsync(() => Card().Contains("ruined my month", StringComparison.Ordinal));
        town.Discord.WriteInThread(Support, "Sorry! We look into it.", LocalUser.Jo, new() { ["type"] = 19, ["message_reference"] = new System.Text.Json.Nodes.JsonObject { ["message_id"] = before } });
        await Until.TrueAsync(() => Card().Contains("answered", StringComparison.OrdinalIgnoreCase));
        town.Discord.DeleteByHand(Support, before);
        await Until.TrueAsync(() => !Card().Contains("ruined my", StringComparison.Ordinal));

        Assert.Single(town.Cards);

        string Card() => LocalPress.Words(town.Cards[0]);
    }
}
