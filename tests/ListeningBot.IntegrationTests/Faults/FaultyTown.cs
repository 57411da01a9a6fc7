using System.Collections.Concurrent;
using System.Text.Json;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>Many feeds and a Discord room, each behind a front that spoils answers, and the folder of the program that lives there.</summary>
public sealed class FaultyTown : IAsyncDisposable
{
    public const string Room = "111111111111111111";
    private static readonly string[] Troubles = ["refund", "parcel", "invoice", "router", "delivery", "warranty", "password", "charger", "screen", "hotline"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-faults-");
    private readonly ConcurrentDictionary<int, ConcurrentQueue<string>> _items = new();
    private readonly int _feedCount;
    private int _posted;

    private FaultyTown(int feeds, LocalFeed feed, LocalDiscord discord, FaultyFront feedFront, FaultyFront discordFront) =>
        (_feedCount, Feed, Discord, FeedFront, DiscordFront) = (feeds, feed, discord, feedFront, discordFront);

    public LocalFeed Feed { get; }
    public LocalDiscord Discord { get; }
    public FaultyFront FeedFront { get; }
    public FaultyFront DiscordFront { get; }
    public string Folder => _folder.FullName;
    public IReadOnlyList<string> Posts => [.. Enumerable.Range(1, _posted).Select(Name)];

    /// <param name="storage">The section Storage of the settings; null: a file in the folder.</param>
    public static async Task<FaultyTown> BuiltAsync(int feeds, int seed, object? storage = null)
    {
        var (feed, discord) = (await LocalFeed.StartedAsync(), await LocalDiscord.StartedAsync(Room));
        var (feedFront, discordFront) = (new FaultyFront(new Uri(feed.Address), seed), new FaultyFront(new Uri(discord.Address), seed + 1));
        await feedFront.StartAsync();
        await discordFront.StartAsync();
        var town = new FaultyTown(feeds, feed, discord, feedFront, discordFront);
        for (var i = 0; i < feeds; i++)
        {
            town.Show(i);
        }
        town.Configure(storage ?? new { });
        return town;
    }

    /// <param name="environment">What it finds there beside its secret.</param>
    public BotProcess StartBot(IReadOnlyDictionary<string, string>? environment = null) =>
        BotProcess.Start(Folder, new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { [Town.Secret.Key] = Town.Secret.Value }, "run");

    /// <summary>Somebody complains in one of the feeds.</summary>
    /// <param name="more">Words below the complaint.</param>
    public string Post(string more = "")
    {
        var number = Interlocked.Increment(ref _posted);
        var (name, feed) = (Name(number), number % _feedCount);
        var time = TimeProvider.System.GetUtcNow();
        _items.GetOrAdd(feed, _ => new()).Enqueue(
            $"<item><guid isPermaLink=\"false\">{name}</guid><title>{name}</title><link>{Feed.Url("/post/" + name)}</link><author>{name}@blog.example (Writer {name})</author><pubDate>{time:R}</pubDate>"
            + $"<description>{name}: acme ruined my {Troubles[number % Troubles.Length]} number {number * 7919}, nobody answers, worst service ever{more}</description></item>");
        Show(feed);
        return name;
    }

    /// <summary>The cards of each post.</summary>
    public IReadOnlyDictionary<string, int> Cards()
    {
        var words = Discord.Messages(Room).Where(message => message["message_reference"] is null).Select(message => LocalPress.Words(message)).ToList();
        return Posts.ToDictionary(name => name, name => words.Count(card => card.Contains(name + ":", StringComparison.Ordinal)));
    }

    private static string Name(int number) => $"post{number}x";

    private void Show(int feed) =>
        Feed.At($"/feed{feed}.xml", FeedAnswers.Text($"<rss version=\"2.0\"><channel><title>Blog {feed}</title>{string.Concat(_items.GetValueOrDefault(feed) ?? [])}</channel></rss>"));

    private void Configure(object storage)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "config"));
        File.WriteAllText(Path.Combine(Folder, "config", "watches.yaml"), "watches:\n  - name: acme\n    find: [acme]\n    alert: 0.2\n");
        var settings = new
        {
            Channels = Enumerable.Range(0, _feedCount).ToDictionary(i => $"blog{i}", i => new { Kind = "rss", Url = $"{FeedFront.Address}/feed{i}.xml", Every = "00:00:01", FollowTeasers = false, Timeout = "00:00:04" }),
            Notifiers = new { discord = new { Api = DiscordFront.Address + "/api/v10/" } },
            Rooms = new { care = new { Notifier = "discord", Address = Room } },
            Alerting = new { BurstFrom = 0 },
            Storage = storage,
            Web = new { Listen = "http://127.0.0.1:0" },
            Http = new { AllowPrivateHosts = new[] { FeedFront.HostAndPort, DiscordFront.HostAndPort, Discord.HostAndPort } },
        };
        File.WriteAllText(Path.Combine(Folder, "appsettings.json"), JsonSerializer.Serialize(settings));
    }

    public async ValueTask DisposeAsync()
    {
        await FeedFront.DisposeAsync();
        await DiscordFront.DisposeAsync();
        await Feed.DisposeAsync();
        await Discord.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
