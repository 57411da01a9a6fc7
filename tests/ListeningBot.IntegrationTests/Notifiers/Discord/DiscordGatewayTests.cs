using ListeningBot.IntegrationTests.LocalServices;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

public sealed class DiscordGatewayTests
{
    [Fact]
    public async Task A_session_asks_for_servers_and_for_messages_with_their_words()
    {
        await using var house = await DiscordHouse.OpenAsync();
        await house.HearAsync();

        var identify = Assert.Single(house.Discord.Gateway.Identifies);
        Assert.Equal((1 << 0) | (1 << 9) | (1 << 15), (int)identify["intents"]!);
        Assert.Equal("local-token", (string?)identify["token"]);
    }

    [Fact]
    public async Task Heartbeats_carry_the_last_sequence_and_come_at_the_asked_pace()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.Gateway.HeartbeatInterval = TimeSpan.FromMilliseconds(100);
        await house.HearAsync();

        await Until.TrueAsync(() => house.Discord.Gateway.Heartbeats.Count >= 3);

        // The ready event and the one server.
        Assert.Equal(2, (int?)house.Discord.Gateway.Heartbeats.Last());
        Assert.Single(house.Discord.Gateway.ConnectedTo);
    }

    [Fact]
    public async Task A_heartbeat_that_is_asked_for_comes_at_once()
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        await house.HearAsync();
        var before = house.Discord.Gateway.Heartbeats.Count;

        await house.Discord.Gateway.SendAsync(1, null);
        await Until.TrueAsync(() => house.Discord.Gateway.Heartbeats.Count > before);
    }

    [Fact]
    public async Task A_connection_that_is_dead_though_open_is_left_and_taken_up_again()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.Gateway.HeartbeatInterval = TimeSpan.FromMilliseconds(100);
        house.Discord.Gateway.AcksHeartbeats = false;
        await house.HearAsync();

        await Until.TrueAsync(() => !house.Discord.Gateway.Resumes.IsEmpty);
        house.Discord.Gateway.AcksHeartbeats = true;

        Assert.DoesNotContain(1000, house.Discord.Gateway.ClosedByBot);
        Assert.Single(house.Discord.Gateway.Identifies);
    }

    public static TheoryData<Func<LocalGateway, Task>> Breaks => new()
    {
        gateway => gateway.CloseAsync(4000),
        gateway => gateway.CloseAsync(4008),
        gateway => gateway.CloseAsync(1001),
        gateway => gateway.SendAsync(7, null),
        gateway => gateway.SendAsync(9, true),
        gateway => { gateway.Cut(); return Task.CompletedTask; },
    };

    [Theory]
    [MemberData(nameof(Breaks), DisableDiscoveryEnumeration = true)]
    public async Task A_press_made_while_the_connection_was_broken_is_heard_after_the_resume(Func<LocalGateway, Task> breaks)
    {
        await using var house = await DiscordHouse.OpenAsync();
        var heard = new ConcurrentQueue<Press>();
        await house.HearAsync(press =>
        {
            heard.Enqueue(press);
            return Task.FromResult(PressAnswer.Done);
        });
        var put = Assert.IsType<Delivery.Delivered>(await house.Notifier.PutAsync(house.Room, house.Card(), null, default));

        await breaks(house.Discord.Gateway);
        await Until.TrueAsync(() => !house.Discord.Gateway.IsListening);
        var press = await house.Discord.PressAsync(house.Messages[0], "Claim");

        await Until.TrueAsync(() => heard.Count == 1);
        Assert.Equal(press.Id, heard.Single().Id);
        Assert.Single(house.Discord.Gateway.Identifies);
        Assert.Equal(["/gateway", "/gateway/resume"], house.Discord.Gateway.ConnectedTo);
        Assert.InRange((int)Assert.Single(house.Discord.Gateway.Resumes)["seq"]!, 2, 3);
        Assert.NotNull(put);
    }

    public static TheoryData<Func<LocalGateway, Task>> Ends => new()
    {
        gateway => gateway.CloseAsync(4007),
        gateway => gateway.CloseAsync(4009),
        gateway => gateway.SendAsync(9, false),
        gateway => gateway.SendRawAsync("{not json"),
        gateway => { gateway.ForgetSessions(); return gateway.CloseAsync(4000); },
        gateway => { gateway.RefuseNextResume = true; gateway.Cut(); return Task.CompletedTask; },
    };

    [Theory]
    [MemberData(nameof(Ends), DisableDiscoveryEnumeration = true)]
    public async Task A_session_that_ended_is_followed_by_a_new_one_but_not_too_soon(Func<LocalGateway, Task> ends)
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        await house.HearAsync();
        var begun = clock.GetUtcNow();

        await ends(house.Discord.Gateway);
        await Until.TrueAsync(() => house.Discord.Gateway.Identifies.Count == 2, clock);

        Assert.True(clock.GetUtcNow() - begun >= TimeSpan.FromSeconds(5));
        await Until.TrueAsync(() => house.Discord.Gateway.IsListening, clock);
    }

    [Theory]
    [InlineData(4004, "token")]
    [InlineData(4010, "shard")]
    [InlineData(4011, "servers")]
    [InlineData(4012, "Update")]
    [InlineData(4013, "Update")]
    public async Task A_fatal_close_ends_the_hearing_in_words_for_an_operator(int code, string word)
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.Gateway.CloseNextWith = code;

        var hearing = await house.HearAsync();
        var thrown = await Assert.ThrowsAsync<IOException>(() => hearing.WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Contains(word, thrown.Message);
        Assert.Contains(code.ToString(), thrown.Message);
        Assert.DoesNotContain("local-token", thrown.ToString());
    }

    [Fact]
    public async Task A_refused_token_ends_the_hearing_before_any_session()
    {
        await using var house = await DiscordHouse.OpenAsync();
        house.Discord.Token = "another";

        var hearing = await house.HearAsync();
        var thrown = await Assert.ThrowsAsync<IOException>(() => hearing.WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Contains("token", thrown.Message);
        Assert.Empty(house.Discord.Gateway.ConnectedTo);
    }

    [Fact]
    public async Task When_no_starts_are_left_none_is_made_until_the_day_is_over()
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        house.Discord.SessionStartsLeft = 0;
        var begun = clock.GetUtcNow();

        await house.HearAsync();

        Assert.True(clock.GetUtcNow() - begun >= TimeSpan.FromSeconds(60));
        Assert.Contains(house.Logs.Lines, line => line.StartsWith("2103", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_comes_back_is_found_again()
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        await house.HearAsync();
        var port = house.Discord.Port;

        await house.Discord.StopAsync();
        await Until.TrueAsync(() => house.Logs.Lines.Count(line => line.StartsWith("2102", StringComparison.Ordinal)) >= 2, clock);
        await house.Discord.StartAsync(port);
        await Until.TrueAsync(() => house.Discord.Gateway.IsListening, clock);
    }

    /// <summary>What happened meanwhile comes with the old session only.</summary>
    [Fact]
    public async Task However_often_nobody_answered_the_session_is_taken_up_again_and_each_try_comes_within_four_seconds()
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        await house.HearAsync();
        var port = house.Discord.Port;

        await house.Discord.StopAsync();
        await Until.TrueAsync(() => house.Told.Count >= 3, clock);
        var (tries, began) = (house.Told.Count, clock.GetUtcNow());
        await Until.TrueAsync(() => house.Told.Count >= tries + 12, clock);
        Assert.InRange((clock.GetUtcNow() - began) / 12, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4.5));
        await house.Discord.StartAsync(port);
        await Until.TrueAsync(() => house.Discord.Gateway.IsListening && house.Told.Last() is null, clock);

        Assert.NotEmpty(house.Discord.Gateway.Resumes);
        Assert.Single(house.Discord.Gateway.Identifies);
        Assert.StartsWith("Discord's gateway: ", house.Told.OfType<string>().First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_longer_than_any_is_not_read()
    {
        var clock = new ManualClock();
        await using var house = await DiscordHouse.OpenAsync(clock);
        await house.HearAsync();

        house.Discord.Gateway.Dispatch("SPAM", new JsonObject { ["text"] = new string('x', 17 * 1024 * 1024) });
        await Until.TrueAsync(() => house.Logs.Lines.Any(line => line.Contains("more than 16 MiB", StringComparison.Ordinal)), clock);
        await Until.TrueAsync(() => house.Discord.Gateway.Identifies.Count == 2, clock);
    }

    [Fact]
    public async Task A_stop_says_goodbye_so_that_the_bot_is_offline_at_once()
    {
        await using var house = await DiscordHouse.OpenAsync();
        var hearing = await house.HearAsync();

        await house.StopHearingAsync();

        Assert.True(hearing.IsCanceled);
        await Until.TrueAsync(() => house.Discord.Gateway.ClosedByBot.Contains(1000));
    }
}
