using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program changes its own watches for who types it in the chat.</summary>
public sealed class WatchCommandProcessTests
{
    private const string Words = "ruined my week, still no refund after three weeks, nobody answers, worst service ever";
    private const string File = "# Our names\nwatches:\n  - name: acme # the brand\n    find:\n      - acme\n    alert: 0.2\n";
    private static readonly TimeSpan s_slowly = TimeSpan.FromSeconds(30);
    private static readonly LocalUser s_stranger = new("700000000000000033", "mia.l", "Mia Lang");

    [Fact]
    public async Task A_word_that_a_member_types_stands_in_the_file_and_the_next_post_with_it_is_heard()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        town.Watch(File);
        town.Responders($"members:\n  - id: jo\n    name: Jo Berg\n    accounts: discord:{LocalUser.Jo.Id}\nteams:\n  - name: care\n    members: jo\n");
        await using var bot = town.StartBot();
        town.Blog("one", "zenith " + Words);
        town.Blog("two", "acme " + Words);
        await Until.TrueAsync(() => town.Cards.Count == 1 && town.Discord.Gateway.IsListening);
        Assert.Contains("acme ruined my week", LocalPress.Words(town.Cards[0]), StringComparison.Ordinal);

        var refused = await TypeAsync(town, s_stranger);
        Assert.Equal(File, town.Watches);
        var typed = await TypeAsync(town, LocalUser.Jo);

        Assert.DoesNotContain("now also finds", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Watch \"acme\" now also finds \"zenith\"", typed.Text, StringComparison.Ordinal);
        Assert.Equal(File.Replace("      - acme\n", "      - acme\n      - zenith\n", StringComparison.Ordinal), town.Watches);
        await Until.TrueAsync(() => bot.Errors.Contains("The configuration was edited and is in force", StringComparison.Ordinal));
        town.Blog("three", "the other zenith " + Words);
        await Until.TrueAsync(() => town.Cards.Count == 2);
        Assert.Contains("the other zenith ruined my week", LocalPress.Words(town.Cards[1]), StringComparison.Ordinal);

        Assert.Contains("has \"zenith\" under find already", (await TypeAsync(town, LocalUser.Jo)).Text, StringComparison.Ordinal);
    }

    private static Task<LocalPress> TypeAsync(Town town, LocalUser user) =>
        town.Discord.CommandAsync("watch add", new() { ["watch"] = "acme", ["word"] = "zenith" }, Town.Room, user, s_slowly);
}
