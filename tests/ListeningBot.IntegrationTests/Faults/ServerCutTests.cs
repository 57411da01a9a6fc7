using ListeningBot.IntegrationTests.Channels.Mastodon;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>The streams of Mastodon and X.</summary>
public sealed class ServerCutTests(ITestOutputHelper output) : ConnectionCut(output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_Mastodon_server_is_gone(bool isSilent)
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        var (fediverse, before) = (new LocalMastodon(), 0);
        await using var site = new LocalSite { Answer = fediverse.ServeAsync };
        await site.StartAsync();
        await using var way = new TcpRelay(site.Port);
        town.Channel("fediverse", new { Kind = "mastodon", Server = $"http://127.0.0.1:{way.Port}", Token = "local-token-1", Tags = new[] { "acme" } });
        town.AllowToo($"127.0.0.1:{way.Port}");
        await CutAsync(
            isSilent ? "Mastodon silent" : "Mastodon gone",
            town,
            () => Posted.InFediverseAsync(fediverse, ++Complaints),
            () => { way.Refuses = true; (isSilent ? (Action)way.FallSilent : way.Cut)(); return Task.CompletedTask; },
            () => { before = fediverse.Subscribed; way.Refuses = false; return Task.CompletedTask; },
            () => way.Connections,
            ready: () => fediverse.Subscribed > before,
            connectionsATry: 8);
    }

    [Fact]
    public async Task The_stream_of_X_is_gone()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        var x = new LocalX();
        await using var site = new LocalSite { Answer = x.AnswerAsync };
        await site.StartAsync();
        await using var way = new TcpRelay(site.Port);
        town.Channel("tweets", new { Kind = "x", Api = $"http://127.0.0.1:{way.Port}", LocalX.Token, Budget = 5.0, Listen = "Stream" });
        town.AllowToo($"127.0.0.1:{way.Port}");
        await CutAsync(
            "X gone",
            town,
            () => Task.FromResult(Posted.OnX(x, ++Complaints)),
            () => { way.Refuses = true; way.Cut(); return Task.CompletedTask; },
            () => { way.Refuses = false; return Task.CompletedTask; },
            () => way.Connections,
            ready: () => x.Connections == 1);
    }

    /// <summary>X is reached by HTTP/2, as the real one is: a line over which nothing comes is found by its pings, long before X's own sign of life is missed.</summary>
    [Fact]
    public async Task The_stream_of_X_falls_silent()
    {
        using var certificate = OwnCertificate.Made();
        await using var town = await Town.BuiltAsync(withMail: false);
        var x = new LocalX { KeepAlive = TimeSpan.FromSeconds(20) };
        await using var site = new LocalSite { Answer = x.AnswerAsync, Certificate = certificate };
        await site.StartAsync();
        await using var way = new TcpRelay(site.Port);
        town.Channel("tweets", new { Kind = "x", Api = $"https://127.0.0.1:{way.Port}", LocalX.Token, Budget = 5.0, Listen = "Stream" });
        town.AllowToo($"127.0.0.1:{way.Port}");
        await CutAsync(
            "X silent",
            town,
            () => Task.FromResult(Posted.OnX(x, ++Complaints)),
            () => { way.Refuses = true; way.FallSilent(); return Task.CompletedTask; },
            () => { way.Cut(); way.Refuses = false; return Task.CompletedTask; },
            () => way.Connections,
            // A pause of up to four seconds, and a try with TLS.
            greenWithin: GreenAnewWithin,
            ready: () => x.Connections == 1,
            environment: OwnCertificate.Trusting(certificate, town.Folder),
            part: "channel tweets");
        Assert.Contains("HTTP/2", x.Protocols);
    }
}
