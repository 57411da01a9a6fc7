using ListeningBot.Core.Alerting;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

public sealed class DiscordTryOutTests
{
    [Fact]
    public async Task A_sound_setup_is_shown_by_a_test_card()
    {
        await using var house = await DiscordHouse.OpenAsync();

        var told = await DiscordKind.Kind.TryAsync(house.Context, house.Options, default);

        Assert.Contains("listeningbot", told);
        Assert.Contains("care", told);
        Assert.Contains("test card", LocalPress.Words(Assert.Single(house.Messages)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_switch_for_messages_that_is_off_is_told_and_nothing_fails(bool on)
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.MessageContentAllowed = on;

        var told = await DiscordKind.Kind.TryAsync(house.Context, house.Options, default);

        Assert.Equal(!on, told.Contains("switch on \"Message Content Intent\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData((1UL << 10) | (1UL << 11) | (1UL << 14) | (1UL << 15) | (1UL << 16) | (1UL << 38), "Create Public Threads")]
    [InlineData((1UL << 10) | (1UL << 11) | (1UL << 14) | (1UL << 15) | (1UL << 16) | (1UL << 35), "Send Messages in Threads")]
    [InlineData(1UL << 10, "Send Messages")]
    [InlineData((1UL << 10) | (1UL << 11) | (1UL << 16), "Embed Links")]
    [InlineData((1UL << 10) | (1UL << 11) | (1UL << 14), "Read Message History")]
    [InlineData(0UL, "View Channel")]
    public async Task A_missing_permission_is_named_and_nothing_is_sent(ulong permissions, string missing)
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.BotPermissions = permissions;

        var thrown = await Assert.ThrowsAsync<IOException>(() => DiscordKind.Kind.TryAsync(house.Context, house.Options, default));

        Assert.Contains(missing, thrown.Message);
        Assert.Contains("care", thrown.Message);
        Assert.Empty(house.Messages);
    }

    [Fact]
    public async Task All_rooms_are_tried_and_all_faults_told()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var context = house.Context with { Rooms = [new Room("ghost", "discord", "100000000000000009"), house.Room, new Room("phantom", "discord", "100000000000000008")] };

        var thrown = await Assert.ThrowsAsync<IOException>(() => DiscordKind.Kind.TryAsync(context, house.Options, default));

        Assert.Contains("ghost", thrown.Message);
        Assert.Contains("phantom", thrown.Message);
        Assert.Contains("Copy Channel ID", thrown.Message);
        Assert.Single(house.Messages);
    }

    [Fact]
    public async Task A_room_that_is_a_forum_or_a_category_is_told_as_that()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.Fail(LocalFault.Status(400, 50008), "POST", "/messages");

        var thrown = await Assert.ThrowsAsync<IOException>(() => DiscordKind.Kind.TryAsync(house.Context, house.Options, default));

        Assert.Contains("is no text channel", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of this program", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rooms_that_share_a_channel_get_one_test_card_there()
    {
        await using var house = await DiscordHouse.OpenAsync();

        var told = await DiscordKind.Kind.TryAsync(house.Context with { Rooms = [house.Room, house.Room with { Name = "private" }] }, house.Options, default);

        Assert.Contains("care, private", told);
        Assert.Contains("care, private", LocalPress.Words(Assert.Single(house.Messages)));
    }

    [Fact]
    public async Task A_refused_token_is_told_without_showing_it()
    {
        await using var house = await DiscordHouse.OpenAsync();

        var thrown = await Assert.ThrowsAsync<IOException>(() => DiscordKind.Kind.TryAsync(house.Context, house.Options with { Token = "stolen-token" }, default));

        Assert.Contains("refused the bot's token", thrown.Message);
        Assert.DoesNotContain("stolen-token", thrown.ToString());
        Assert.DoesNotContain("stolen-token", string.Concat(house.Logs.Lines));
    }
}
