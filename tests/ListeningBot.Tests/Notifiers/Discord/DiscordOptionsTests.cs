using ListeningBot.Core.Alerting;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Tests.Notifiers.Discord;

public sealed class DiscordOptionsTests
{
    private static readonly Room Room = new("care", "discord", "100000000000000001");

    [Fact]
    public void A_token_and_channel_ids_are_enough()
    {
        Assert.Empty(DiscordOptions.Validate(new DiscordOptions { Token = "abc.def-ghi" }, [Room]));
    }

    [Fact]
    public void People_and_roles_are_named_by_their_numbers()
    {
        Assert.Null(DiscordKind.Kind.CureOfAccount("123456789012345678"));
        Assert.Contains("Copy User ID", DiscordKind.Kind.CureOfAccount("@anna"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "missing")]
    [InlineData("abc\ndef", "line break")]
    [InlineData("Bot abc", "begins with")]
    [InlineData("abc def", "blank")]
    [InlineData("„abc“", "no token")]
    public void A_token_that_cannot_be_one_is_told_without_showing_it(string token, string what)
    {
        var problem = Assert.Single(DiscordOptions.Validate(new DiscordOptions { Token = token }, [Room]));

        Assert.Equal("Token", problem.Option);
        Assert.Contains(what, problem.What);
        Assert.DoesNotContain("abc", problem.What + problem.Cure);
    }

    [Theory]
    [InlineData("discord.com", "not a web address")]
    [InlineData("ftp://discord.com", "not a web address")]
    [InlineData("http://discord.com/api/v10/", "unencrypted")]
    public void The_token_goes_nowhere_unsafe(string api, string what)
    {
        var problem = Assert.Single(DiscordOptions.Validate(new DiscordOptions { Token = "abc", Api = api }, [Room]));

        Assert.Equal("Api", problem.Option);
        Assert.Contains(what, problem.What);
    }

    [Theory]
    [InlineData("")]
    [InlineData("#care")]
    [InlineData("12/34")]
    [InlineData("１２３")]
    public void A_room_needs_a_channel_id(string address)
    {
        var problem = Assert.Single(DiscordOptions.Validate(new DiscordOptions { Token = "abc" }, [Room with { Address = address }]));

        Assert.Equal("Rooms:care:Address", problem.Option);
        Assert.Contains("Copy Channel ID", problem.Cure);
    }

    [Fact]
    public void Options_never_print_their_token()
    {
        Assert.DoesNotContain("secret", new DiscordOptions { Token = "secret" }.ToString());
    }
}
