using System.Globalization;
using ListeningBot.IntegrationTests.Channels.Mastodon;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>
/// The real program hears a service over a line that is cut at random moments: between two posts, in the middle of one, of a question or of its answer. Each post that the service still
/// holds is one card. LISTENINGBOT_CUTS says how often (tests/faults), LISTENINGBOT_FAULT_SEED when.
/// </summary>
public sealed class RandomCutTests(ITestOutputHelper output)
{
    /// <summary>About what a service says from the beginning of a connection to the end of a post.</summary>
    private const int MostBytes = 2500;
    private static int Cuts => int.Parse(Environment.GetEnvironmentVariable("LISTENINGBOT_CUTS") ?? "8", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Bluesky_is_replayed_from_where_it_was_heard()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        await using var way = new TcpRelay(town.Jetstream.Port);
        town.Channel("bluesky", new { Kind = "bluesky", Endpoint = $"ws://127.0.0.1:{way.Port}/subscribe", Profiles = town.Feed.Address, Directory = town.Feed.Address });
        await CutOftenAsync("Bluesky", town, way, number => Task.FromResult(Posted.InSky(town, number)), () => town.Jetstream.Subscriptions.Count > 0);
    }

    [Fact]
    public async Task X_is_searched_for_what_its_stream_had_no_listener_for()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        var x = new LocalX();
        await using var site = new LocalSite { Answer = x.AnswerAsync };
        await site.StartAsync();
        await using var way = new TcpRelay(site.Port);
        town.Channel("tweets", new { Kind = "x", Api = $"http://127.0.0.1:{way.Port}", LocalX.Token, Budget = 10_000.0, Listen = "Stream" });
        await CutOftenAsync("X", town, way, number => Task.FromResult(Posted.OnX(x, number)), () => x.Connections == 1);
    }

    [Fact]
    public async Task Mastodon_is_looked_at_from_where_it_was_read()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        var fediverse = new LocalMastodon();
        await using var site = new LocalSite { Answer = fediverse.ServeAsync };
        await site.StartAsync();
        await using var way = new TcpRelay(site.Port);
        town.Channel("fediverse", new { Kind = "mastodon", Server = $"http://127.0.0.1:{way.Port}", Token = "local-token-1", Tags = new[] { "acme" }, Every = TimeSpan.FromSeconds(2) });
        await CutOftenAsync("Mastodon", town, way, number => Posted.InFediverseAsync(fediverse, number), () => fediverse.Streams == 1);
    }

    private async Task CutOftenAsync(string what, Town town, TcpRelay way, Func<int, Task<string>> complain, Func<bool> isHeard)
    {
        var random = new Random(FaultHarnessTests.Seed);
        town.AllowToo($"127.0.0.1:{way.Port}");
        town.Edit("Alerting", "BurstFrom", 0);
        await using var bot = town.StartBot();
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true && isHeard(), bot);
        var (before, began) = (way.Connections, TimeProvider.System.GetTimestamp());
        var words = new List<string>();
        for (var cut = 0; cut < Cuts; cut++)
        {
            if (random.Next(3) == 0)
            {
                way.Cut();
            }
            else
            {
                way.CutWithin(random.Next(1, MostBytes));
            }
            for (var posts = random.Next(1, 4); posts > 0; posts--)
            {
                words.Add(await complain(words.Count + 1));
                await PauseAsync(random.Next(0, 400));
            }
            await PauseAsync(random.Next(0, 1000));
        }
        way.CutWithin(null);
        await FaultHarnessTests.UntilAsync(() => Task.FromResult(words.TrueForAll(word => town.CardsWith(word) > 0)), bot);
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
        var (took, connections) = (TimeProvider.System.GetElapsedTime(began), way.Connections - before);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}, seed {FaultHarnessTests.Seed}: cut up to {Cuts} times in {took.TotalSeconds:0.0} s, {connections} connections; {words.Count} posts, lost {words.Count(word => town.CardsWith(word) == 0)}, doubled {words.Count(word => town.CardsWith(word) > 1)}"));
        Assert.All(words, word => Assert.Equal(1, town.CardsWith(word)));

        // A cut costs a few connections, and who waits for the next look opens one now and then; who tried in a loop would have opened hundreds.
        Assert.InRange(connections, 1, 10 + (6 * Cuts) + (int)took.TotalSeconds);

        Task PauseAsync(int milliseconds)
        {
            var until = TimeProvider.System.GetElapsedTime(began) + TimeSpan.FromMilliseconds(milliseconds);
            return FaultHarnessTests.UntilAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(began) >= until), bot);
        }
    }
}
