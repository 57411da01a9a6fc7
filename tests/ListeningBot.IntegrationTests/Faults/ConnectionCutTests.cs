using System.Globalization;
using ListeningBot.IntegrationTests.Channels.Mastodon;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>
/// The real program while a connection that it keeps open is cut, and the service behind it is gone: a stream, Discord's gateway. /readyz says so and is well again at once, nobody is asked in a loop,
/// nothing is lost or shown twice.
/// </summary>
public sealed class ConnectionCutTests(ITestOutputHelper output)
{
    private static readonly TimeSpan RedWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GreenWithin = TimeSpan.FromSeconds(5);

    /// <summary>One try finds out that the session is forgotten, the next one begins another.</summary>
    private static readonly TimeSpan GreenAnewWithin = TimeSpan.FromSeconds(10);

    private int _complaints;

    [Fact]
    public async Task The_stream_is_cut_in_the_middle_of_each_post()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        await CutAsync("stream cut within a post", town, () => Task.FromResult(Posted.InSky(town, ++_complaints)), () => { town.Jetstream.CutsEveryFrame = true; return Task.CompletedTask; }, () => { town.Jetstream.CutsEveryFrame = false; return Task.CompletedTask; }, () => town.Jetstream.Subscriptions.Count);
    }

    [Fact]
    public async Task The_service_of_the_stream_is_gone()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        await using var way = new TcpRelay(town.Jetstream.Port);
        town.Channel("bluesky", new { Kind = "bluesky", Endpoint = $"ws://127.0.0.1:{way.Port}/subscribe", Profiles = town.Feed.Address, Directory = town.Feed.Address });
        town.AllowToo($"127.0.0.1:{way.Port}");
        await CutAsync("stream gone", town, () => Task.FromResult(Posted.InSky(town, ++_complaints)), () => { way.Refuses = true; way.Cut(); return Task.CompletedTask; }, () => { way.Refuses = false; return Task.CompletedTask; }, () => way.Connections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_gateway_is_gone(bool remembersSessions)
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        var gateway = town.Discord.Gateway;
        await CutAsync("gateway gone", town, () => Task.FromResult(Posted.InSky(town, ++_complaints)), () => { gateway.Gone = true; return Task.CompletedTask; }, () => { if (!remembersSessions) { gateway.ForgetSessions(); } gateway.Gone = false; return Task.CompletedTask; }, () => gateway.ConnectedTo.Count,
            remembersSessions ? GreenWithin : GreenAnewWithin, then: async () => Assert.Equal(6, (await town.Discord.PressAsync(town.Cards[0], "Claim")).Type));
        Assert.Equal(remembersSessions ? 1 : 2, gateway.Identifies.Count);
    }

    /// <summary>Nothing comes over the open connection any more, and nobody takes a new one.</summary>
    [Fact]
    public async Task The_stream_falls_silent()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        await using var way = new TcpRelay(town.Jetstream.Port);
        town.Channel("bluesky", new { Kind = "bluesky", Endpoint = $"ws://127.0.0.1:{way.Port}/subscribe", Profiles = town.Feed.Address, Directory = town.Feed.Address });
        town.AllowToo($"127.0.0.1:{way.Port}");
        await CutAsync("stream silent", town, () => Task.FromResult(Posted.InSky(town, ++_complaints)), () => { way.Refuses = true; way.FallSilent(); return Task.CompletedTask; }, () => { way.Refuses = false; return Task.CompletedTask; }, () => way.Connections);
    }

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
            () => Posted.InFediverseAsync(fediverse, ++_complaints),
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
            () => Task.FromResult(Posted.OnX(x, ++_complaints)),
            () => { way.Refuses = true; way.Cut(); return Task.CompletedTask; },
            () => { way.Refuses = false; return Task.CompletedTask; },
            () => way.Connections,
            ready: () => x.Connections == 1,
            connectionsATry: 4);
    }

    [Fact]
    public async Task The_mail_server_is_gone()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        await using var town = await Town.BuiltAsync();
        await using var way = new TcpRelay(town.Mail!.Port);
        town.MailOver(way);
        await CutAsync("mail server gone", town, () => town.ComplainByMailAsync(++_complaints), () => { way.Refuses = true; way.Cut(); return Task.CompletedTask; }, () => { way.Refuses = false; return Task.CompletedTask; }, () => way.Connections);
    }

    /// <summary>The server's processes stand still: its system takes what is sent and new connections too, and nobody answers.</summary>
    [Fact]
    public async Task The_mail_server_falls_silent()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        await using var town = await Town.BuiltAsync();
        await using var way = new TcpRelay(town.Mail!.Port);
        town.MailOver(way, every: TimeSpan.FromMinutes(1));
        var isHeld = false;
        await CutAsync(
            "mail server silent",
            town,
            async () => isHeld ? town.ComplainInFolder(++_complaints) : await town.ComplainByMailAsync(++_complaints),
            async () => { isHeld = true; await town.Mail.HoldAsync(); },
            async () => { isHeld = false; await town.Mail.LetGoAsync(); },
            () => way.Connections,
            part: "channel inbox");
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
            () => Task.FromResult(Posted.OnX(x, ++_complaints)),
            () => { way.Refuses = true; way.FallSilent(); return Task.CompletedTask; },
            () => { way.Cut(); way.Refuses = false; return Task.CompletedTask; },
            () => way.Connections,
            ready: () => x.Connections == 1,
            connectionsATry: 4,
            environment: OwnCertificate.Trusting(certificate, town.Folder),
            part: "channel tweets");
        Assert.Contains("HTTP/2", x.Protocols);
    }

    private async Task CutAsync(string what, Town town, Func<Task<string>> complain, Func<Task> cut, Func<Task> mend, Func<int> connections, TimeSpan? greenWithin = null, Func<Task>? then = null, Func<bool>? ready = null, int connectionsATry = 2, IReadOnlyDictionary<string, string>? environment = null, string? part = null)
    {
        await using var bot = town.StartBot(environment);
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true && ready?.Invoke() != false, bot);
        var words = new List<string> { await complain() };
        await ShownAsync();

        var before = connections();
        await cut();
        var began = TimeProvider.System.GetTimestamp();
        words.Add(await complain());
        await FaultHarnessTests.UntilAsync(async () => part is null ? await bot.IsReadyAsync() == false : await bot.IsFailingAsync(part), bot);
        var red = TimeProvider.System.GetElapsedTime(began);
        await FaultHarnessTests.UntilAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(began) > red + StoreFaultTests.Gone), bot);
        var (gone, tried) = (TimeProvider.System.GetElapsedTime(began), connections() - before);
        await mend();
        var back = TimeProvider.System.GetTimestamp();
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
        var green = TimeProvider.System.GetElapsedTime(back);
        await FaultHarnessTests.UntilAsync(() => Task.FromResult(ready?.Invoke() != false), bot);
        words.Add(await complain());
        await ShownAsync();
        await (then?.Invoke() ?? Task.CompletedTask);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: red after {red.TotalSeconds:0.0} s, green {green.TotalSeconds:0.0} s after it was mended; tried {tried} times in {gone.TotalSeconds:0.0} s; cards {string.Join(' ', words.Select(town.CardsWith))}"));
        Assert.All(words, word => Assert.Equal(1, town.CardsWith(word)));
        Assert.InRange(red, TimeSpan.Zero, RedWithin);
        Assert.InRange(green, TimeSpan.Zero, greenWithin ?? GreenWithin);

        // Three quick tries, then one in two to four seconds. The web client opens a second connection for a web socket that is cut at once, and up to four for another request.
        Assert.InRange(tried, 1, connectionsATry * (4 + (gone.TotalSeconds / 2)));

        Task ShownAsync() => FaultHarnessTests.UntilAsync(() => Task.FromResult(words.TrueForAll(word => town.CardsWith(word) > 0)), bot);
    }
}
