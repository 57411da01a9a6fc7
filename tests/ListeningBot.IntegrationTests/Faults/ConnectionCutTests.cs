using System.Globalization;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>Bluesky's stream, and Discord's gateway.</summary>
public sealed class ConnectionCutTests(ITestOutputHelper output) : ConnectionCut(output)
{
    [Fact]
    public async Task The_stream_is_cut_in_the_middle_of_each_post()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        await CutAsync("stream cut within a post", town, () => Task.FromResult(Posted.InSky(town, ++Complaints)), () => { town.Jetstream.CutsEveryFrame = true; return Task.CompletedTask; }, () => { town.Jetstream.CutsEveryFrame = false; return Task.CompletedTask; }, () => town.Jetstream.Subscriptions.Count);
    }

    [Fact]
    public async Task The_service_of_the_stream_is_gone()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        await using var way = new TcpRelay(town.Jetstream.Port);
        town.Channel("bluesky", new { Kind = "bluesky", Endpoint = $"ws://127.0.0.1:{way.Port}/subscribe", Profiles = town.Feed.Address, Directory = town.Feed.Address });
        town.AllowToo($"127.0.0.1:{way.Port}");
        await CutAsync("stream gone", town, () => Task.FromResult(Posted.InSky(town, ++Complaints)), () => { way.Refuses = true; way.Cut(); return Task.CompletedTask; }, () => { way.Refuses = false; return Task.CompletedTask; }, () => way.Connections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_gateway_is_gone(bool remembersSessions)
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        var gateway = town.Discord.Gateway;
        await CutAsync("gateway gone", town, () => Task.FromResult(Posted.InSky(town, ++Complaints)), () => { gateway.Gone = true; return Task.CompletedTask; }, () => { if (!remembersSessions) { gateway.ForgetSessions(); } gateway.Gone = false; return Task.CompletedTask; }, () => gateway.ConnectedTo.Count,
            remembersSessions ? GreenWithin : GreenAnewWithin, then: async () => Assert.Equal(6, (await town.Discord.PressAsync(town.Cards[0], "Claim")).Type));
        Assert.Equal(remembersSessions ? 1 : 2, gateway.Identifies.Count);
    }

    /// <summary>The line's other end still takes what is sent, as a middle box does, and Discord itself is silent: its own heartbeat would find that out after 41 s.</summary>
    [Fact]
    public async Task The_gateway_falls_silent()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        var gateway = town.Discord.Gateway;
        await using var way = new TcpRelay(int.Parse(town.Discord.HostAndPort.Split(':')[1], CultureInfo.InvariantCulture));
        gateway.Told = $"127.0.0.1:{way.Port}";
        town.AllowToo(gateway.Told);
        await CutAsync("gateway silent", town, () => Task.FromResult(Posted.InSky(town, ++Complaints)), () => { way.Refuses = true; way.FallSilent(); return Task.CompletedTask; }, () => { way.Refuses = false; return Task.CompletedTask; }, () => way.Connections,
            then: async () => Assert.Equal(6, (await town.Discord.PressAsync(town.Cards[0], "Claim")).Type));
        Assert.Equal((1, 1), (gateway.Identifies.Count, gateway.Resumes.Count));
    }

    /// <summary>Nothing comes over the open connection any more, and nobody takes a new one.</summary>
    [Fact]
    public async Task The_stream_falls_silent()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        await using var way = new TcpRelay(town.Jetstream.Port);
        town.Channel("bluesky", new { Kind = "bluesky", Endpoint = $"ws://127.0.0.1:{way.Port}/subscribe", Profiles = town.Feed.Address, Directory = town.Feed.Address });
        town.AllowToo($"127.0.0.1:{way.Port}");
        await CutAsync("stream silent", town, () => Task.FromResult(Posted.InSky(town, ++Complaints)), () => { way.Refuses = true; way.FallSilent(); return Task.CompletedTask; }, () => { way.Refuses = false; return Task.CompletedTask; }, () => way.Connections);
    }
}
