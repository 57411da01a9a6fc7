using System.Globalization;
using ListeningBot.IntegrationTests.Channels.Mastodon;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.EndToEnd.Cluster;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>The real program, in a network of its own, while the one cable to its services is pulled: no packet comes any more, and nobody says so.</summary>
public sealed class PulledCableTests(ITestOutputHelper output)
{
    private static readonly TimeSpan RedWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Each_channel_behind_it_is_red_within_ten_seconds_and_nothing_is_lost()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        FarNetwork.SkipIfImpossible();
        await using var network = await FarNetwork.BuiltAsync();
        await using var town = await Town.BuiltAsync();
        var (fediverse, x) = (new LocalMastodon(), new LocalX { KeepAlive = TimeSpan.FromSeconds(20) });
        await using var fediverseSite = new LocalSite { Answer = fediverse.ServeAsync };
        await using var xSite = new LocalSite { Answer = x.AnswerAsync };
        await fediverseSite.StartAsync();
        await xSite.StartAsync();
        await using var mail = Far(town.Mail!.Port);
        await using var sky = Far(town.Jetstream.Port);
        await using var toots = Far(fediverseSite.Port);
        await using var tweets = Far(xSite.Port);
        await using var feed = network.Relay(town.Feed.Port);
        await using var chat = network.Relay(town.Discord.Port);
        town.MailOver(mail, network.Here.ToString(), every: TimeSpan.FromMinutes(1));
        town.Channel("bluesky", new { Kind = "bluesky", Endpoint = $"ws://{network.Here}:{sky.Port}/subscribe", Profiles = town.Feed.Address, Directory = town.Feed.Address });
        town.Channel("fediverse", new { Kind = "mastodon", Server = $"http://{network.Here}:{toots.Port}", Token = "local-token-1", Tags = new[] { "acme" } });
        town.Channel("tweets", new { Kind = "x", Api = $"http://{network.Here}:{tweets.Port}", LocalX.Token, Budget = 5.0, Listen = "Stream" });
        town.Edit("Alerting", "BurstFrom", 0);
        foreach (var relay in new[] { sky, toots, tweets })
        {
            town.AllowToo($"{network.Here}:{relay.Port}");
        }
        await using var bot = BotProcess.StartBy(network.Enter, town.Folder, new Dictionary<string, string> { [Town.Secret.Key] = Town.Secret.Value }, "run");
        using var inside = network.Client();
        string[] channels = ["inbox", "bluesky", "fediverse", "tweets"];
        await FaultHarnessTests.UntilAsync(async () => (await InAsync("listening")).Count == channels.Length && x.Connections == 1 && fediverse.Streams == 1, bot);
        var words = new List<string>();
        await ComplainAsync();
        await ShownAsync();

        await network.CutAsync();
        var red = await UntilAllAsync("failing");
        await ComplainAsync();
        await FaultHarnessTests.UntilAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(red.Began) > Back), bot);
        await network.MendAsync();
        var green = await UntilAllAsync("listening");
        await ShownAsync();

        foreach (var channel in channels)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cable pulled: {channel} red after {red.After[channel].TotalSeconds:0.0} s, green {green.After[channel].TotalSeconds:0.0} s after it was mended"));
        }
        output.WriteLine($"cards {string.Join(' ', words.Select(town.CardsWith))}; connections of mail {mail.Connections}, Bluesky {sky.Connections}, Mastodon {toots.Connections}, X {tweets.Connections}");
        Assert.All(words, word => Assert.Equal(1, town.CardsWith(word)));
        Assert.All(red.After.Values, after => Assert.InRange(after, TimeSpan.Zero, RedWithin));

        TcpRelay Far(int port) => new(port, TcpRelay.Listening(network.Here, 0));

        async Task<List<string>> InAsync(string state) => (await bot.ReadyzAsync(inside))?["parts"]!.AsArray()
            .Where(part => (string?)part!["state"] == state).Select(part => ((string)part!["name"]!).Split(' ')[^1]).Intersect(channels).ToList() ?? [];

        async Task<(long Began, Dictionary<string, TimeSpan> After)> UntilAllAsync(string state)
        {
            var (began, after) = (TimeProvider.System.GetTimestamp(), new Dictionary<string, TimeSpan>());
            await FaultHarnessTests.UntilAsync(
                async () =>
                {
                    foreach (var channel in await InAsync(state))
                    {
                        after.TryAdd(channel, TimeProvider.System.GetElapsedTime(began));
                    }
                    return after.Count == channels.Length;
                },
                bot);
            return (began, after);
        }

        async Task ComplainAsync()
        {
            var number = words.Count;
            words.Add(await town.ComplainByMailAsync(number + 1));
            words.AddRange([Posted.InSky(town, number + 2), Posted.OnX(x, number + 3), await Posted.InFediverseAsync(fediverse, number + 4)]);
        }

        Task ShownAsync() => FaultHarnessTests.UntilAsync(() => Task.FromResult(words.TrueForAll(word => town.CardsWith(word) > 0)), bot);
    }
}
