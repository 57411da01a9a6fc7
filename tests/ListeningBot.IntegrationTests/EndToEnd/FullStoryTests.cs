using System.Text.Json.Nodes;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>From a post to a customer who is happy, by the real program: what a care team does on one case without leaving the chat.</summary>
public sealed class FullStoryTests
{
    private const string Customer = "did:plc:mia";
    private static readonly LocalUser Anna = new("700000000000000021", "anna", "Anna B.");
    private static readonly LocalUser Ben = new("700000000000000022", "ben", "Ben");
    private static readonly LocalUser Stranger = new("700000000000000099", "eve", "Eve");

    private const string Team = """
        members:
          - id: anna
            name: Anna Berg
            accounts: ["discord:700000000000000021"]
            zone: Europe/Berlin
          - id: ben
            name: Ben Moss
            accounts: ["discord:700000000000000022"]
        teams:
          - name: care
            members: [anna, ben]
            targets:
              follow up: 0.05 min
        """;

    [Fact]
    public async Task From_the_post_to_happy_by_them_across_a_restart_and_a_lost_gateway()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        town.Watch("ours: [\"did:plc:acmecare\"]\nwatches:\n  - name: acme\n    find: [acme]\n");
        town.Responders(Team);
        await using (var bot = town.StartBot())
        {
            await ClaimAndWorkAsync(town);
            await bot.KillAsync();

            // What is pressed while Discord still takes the dead bot for alive reaches nobody.
            await Until.TrueAsync(() => !town.Discord.Gateway.IsListening);
        }
        await using var again = town.StartBot();
        await PromiseAndResolveAsync(town);
        await FollowUpAsync(town);
    }

    private static async Task ClaimAndWorkAsync(Town town)
    {
        town.Jetstream.Push(Tests.Support.JetstreamFrames.Post("first", "My acme laptop died again, third time this month, nobody answers my mails and I want my money back!", did: Customer, createdAt: TimeProvider.System.GetUtcNow()));
        await Until.TrueAsync(() => town.Cards.Count == 1 && town.Discord.Gateway.IsListening);

        var stranger = await town.Discord.PressAsync(Card(town), "Claim", user: Stranger);
        Assert.Contains("config/responders.yaml", stranger.Text, StringComparison.Ordinal);
        await town.Discord.PressAsync(Card(town), "Claim", user: Anna);
        await CardSaysAsync(town, "Anna Berg");
        var late = await town.Discord.PressAsync(Card(town), "More", user: Ben);
        Assert.NotNull(late.Shown);

        // The thread holds what helps to answer.
        var card = (string)Card(town)["id"]!;
        await Until.TrueAsync(() => Dossier(town).Contains("acknowledge", StringComparison.OrdinalIgnoreCase));
        town.Discord.WriteInThread(card, "She prefers mail to calls.", Anna);
        var more = await town.Discord.PressAsync(Card(town), "More", user: Anna);
        var wants = await ChooseAsync(town, more, "What they want", Anna);
        await town.Discord.SubmitAsync(wants, new() { ["What does the customer want?"] = "her money back" }, Anna);
        await CardSaysAsync(town, "her money back");

        // A colleague answers in the thread: nobody shall answer twice.
        town.Reply("ours1", "did:plc:acmecare", Customer + "/first", "We are so sorry, Mia. We look into it at once.");
        await CardSaysAsync(town, "answered");
        await PingAsync(town, "Nobody needs to answer twice", Anna);
    }

    private static async Task PromiseAndResolveAsync(Town town)
    {
        await Until.TrueAsync(() => town.Discord.Gateway.IsListening);
        var promise = await PressAsync(town, "Promise", Anna);
        var promised = await town.Discord.SubmitAsync(promise, new() { ["By when?"] = "in 2 h", ["What did you promise?"] = "the refund" }, Anna);
        Assert.Contains("Promised for", promised.Text, StringComparison.Ordinal);
        await CardSaysAsync(town, "the refund");

        // The restart offered no command anew, and in the thread a command knows its case.
        var sheet = await town.Discord.CommandAsync("case show", null, (string)Card(town)["id"]!, Anna);
        Assert.Contains("the refund", sheet.Text, StringComparison.Ordinal);
        Assert.NotEmpty(town.Discord.Commands());
        Assert.Single(town.Discord.Requests, request => request.Method == "PUT" && request.Path.EndsWith("/commands", StringComparison.Ordinal));

        town.Discord.Gateway.Cut();
        await Until.TrueAsync(() => town.Discord.Gateway.IsListening);
        var hers = await PressAsync(town, "Answered", Ben);
        Assert.Contains("Anna Berg has it", hers.Text, StringComparison.Ordinal);
        await PressAsync(town, "Answered", Anna);
        var outcome = await PressAsync(town, "Resolve", Anna);
        var form = await ChooseAsync(town, outcome, "solved, and we went beyond", Anna);
        await town.Discord.SubmitAsync(form, new() { ["What happened?"] = "Refunded, and she keeps the laptop", ["What did we offer?"] = "a refund", ["What went beyond the fix?"] = "the laptop is hers" }, Anna);
        await CardSaysAsync(town, "went beyond");
    }

    private static async Task FollowUpAsync(Town town)
    {
        var ping = await PingAsync(town, "ask the customer in person", Anna);
        await town.Discord.PressAsync(ping, "I have asked", user: Anna);
        town.Reply("thanks", Customer, "did:plc:acmecare/ours1", "Wow, thank you so much! Best support ever, I love it, I am so happy now.");
        await CardSaysAsync(town, "Happy by them");
        Assert.Single(town.Cards);
    }

    private static JsonObject Card(Town town) => town.Cards.Single();

    private static string Dossier(Town town) => string.Join('\n', (town.Discord.ThreadUnder((string)Card(town)["id"]!)?.All() ?? []).Select(LocalPress.Words));

    private static Task<LocalPress> PressAsync(Town town, string button, LocalUser by) => town.Discord.PressAsync(Card(town), button, user: by);

    private static async Task<LocalPress> ChooseAsync(Town town, LocalPress asked, string label, LocalUser by)
    {
        var menu = LocalDiscord.Parts(asked.Shown!).Any(part => (int?)part["type"] == 3);
        return await town.Discord.PressAsync(asked.Shown!, menu ? null : label, choose: menu ? label : null, user: by);
    }

    private static async Task CardSaysAsync(Town town, string words)
    {
        try
        {
            await Until.TrueAsync(() => LocalPress.Words(Card(town)).Contains(words, StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception e)
        {
            Assert.Fail($"The card never said \"{words}\" ({e.Message}):\n{LocalPress.Words(Card(town))}");
        }
    }

    /// <summary>A reply to the card that calls this person by name.</summary>
    private static async Task<JsonObject> PingAsync(Town town, string words, LocalUser to)
    {
        JsonObject? Found() => town.Discord.Messages(Town.Room).FirstOrDefault(message =>
            message["message_reference"] is not null && LocalPress.Words(message).Contains(words, StringComparison.OrdinalIgnoreCase) && LocalPress.Words(message).Contains($"<@{to.Id}>", StringComparison.Ordinal));
        await Until.TrueAsync(() => Found() is not null);
        return Found()!;
    }
}
