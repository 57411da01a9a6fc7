using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>All services that the real program needs, on this machine, and its folder with configuration and store. They outlive the program's kills.</summary>
public sealed class Town : IAsyncDisposable
{
    public const string Room = "111111111111111111";
    private const string Token = "local-token";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-town-");
    private readonly List<string> _items = [];
    private TaskCompletionSource? _asked;

    private Town(LocalFeed feed, LocalJetstream jetstream, LocalDiscord discord, LocalDovecot? mail) =>
        (Feed, Jetstream, Discord, Mail) = (feed, jetstream, discord, mail);

    public LocalFeed Feed { get; }
    public LocalJetstream Jetstream { get; }
    public LocalDiscord Discord { get; }
    public LocalDovecot? Mail { get; }
    public string Folder => _folder.FullName;

    /// <summary>The cards in the room, oldest first; without pings.</summary>
    public IReadOnlyList<JsonObject> Cards => [.. Discord.Messages(Room).Where(message => message["message_reference"] is null)];

    public static async Task<Town> BuiltAsync(bool withMail = true)
    {
        var mail = withMail ? new LocalDovecot() : null;
        if (mail is not null)
        {
            await mail.StartAsync();
        }
        var town = new Town(await LocalFeed.StartedAsync(), await LocalJetstream.StartedAsync(), await LocalDiscord.StartedAsync(Room), mail);
        town.ShowFeed();
        town.Feed.At("/xrpc/app.bsky.actor.getProfile", town.Profile);
        town.Configure();
        return town;
    }

    /// <param name="environment">What it finds there beside its secret.</param>
    public BotProcess StartBot(IReadOnlyDictionary<string, string>? environment = null) =>
        BotProcess.Start(Folder, new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { [Secret.Key] = Secret.Value }, "run");

    /// <summary>The program with the words of one of its verbs.</summary>
    public BotProcess Start(params string[] words) => BotProcess.Start(Folder, new Dictionary<string, string> { [Secret.Key] = Secret.Value }, words);

    /// <summary>What the program has to find in its environment.</summary>
    public static KeyValuePair<string, string> Secret { get; } = new("LISTENINGBOT__Notifiers__discord__Token", Token);

    /// <summary>A new item on the blog.</summary>
    public void Blog(string id, string text)
    {
        _items.Add($"<item><guid isPermaLink=\"false\">{id}</guid><title>Note {id}</title><link>{Feed.Url("/post/" + id)}</link><author>writer-{id}@blog.example (Writer {id})</author><pubDate>{Now:R}</pubDate><description>{text}</description></item>");
        ShowFeed();
    }

    public void Post(string id, string text) => Jetstream.Push(JetstreamFrames.Post(id, text, did: "did:plc:" + id, createdAt: Now));

    public Task WriteAsync(string id, string text) => Mail!.DeliverAsync(Letter(id, text), $"{id}@example.org");

    private static string Letter(string id, string text) =>
        $"From: Customer {id} <{id}@example.org>\r\nTo: care@acme.example\r\nSubject: A complaint\r\nMessage-ID: <{id}@example.org>\r\nDate: {Now:R}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n";

    /// <summary>Somebody complains by mail. Returns a word of the letter that is nobody's name: cards hide the names of those who write in private.</summary>
    public async Task<string> ComplainByMailAsync(int number)
    {
        var word = Word(number);
        await WriteAsync($"writer{number}", Complaint(word, number));
        return word;
    }

    /// <summary>The same, put into the folder's files: for a server that answers nobody.</summary>
    public string ComplainInFolder(int number)
    {
        var word = Word(number);
        Mail!.Put([Encoding.UTF8.GetBytes(Letter($"writer{number}", Complaint(word, number)))], Now);
        return word;
    }

    private static string Complaint(string word, int number) => $"My {word} from acme broke again, nobody answers, worst service ever, I want a refund for number {number * 7919}";

    /// <summary>The inbox is read over this line.</summary>
    public void MailOver(TcpRelay way, string? host = null, TimeSpan? every = null) =>
        Channel("inbox", new { Kind = "mail", Host = host ?? Mail!.Host, way.Port, Mail!.User, Mail.Password, Mail.CertificateSha256, Every = every ?? TimeSpan.FromSeconds(5) });

    /// <summary>How many cards hold this word.</summary>
    public int CardsWith(string word) => Cards.Count(card => LocalPress.Words(card).Contains(word, StringComparison.Ordinal));

    /// <summary>A thing that nobody else complains about, without a digit: cards hide numbers.</summary>
    private static string Word(int number) => string.Concat("thing", (char)('a' + (number / 26)), (char)('a' + (number % 26)), "x");

    /// <summary>Somebody answers in a thread: a customer or an account of ours.</summary>
    /// <param name="to">"did/rkey" of the post that is answered.</param>
    public void Reply(string id, string did, string to, string text) => Jetstream.Push(JetstreamFrames.Post(id, text, did: did, createdAt: Now, parent: to));

    /// <summary>A team of one, to whose lines more may be added.</summary>
    public const string JoAlone = """
        members:
          - id: jo
            name: Jo Berg
            accounts: ["discord:700000000000000002"]
        teams:
          - name: care
            members: [jo]

        """;

    /// <summary>Members, teams and targets, live within two seconds as any edit.</summary>
    public void Responders(string yaml) => File.WriteAllText(Path.Combine(Folder, "config", "responders.yaml"), yaml);

    /// <summary>One more channel, live as any edit; null takes it away.</summary>
    public void Channel(string name, object? options) => Edit("Channels", name, options);

    /// <summary>One more host on this machine that the program may ask.</summary>
    public void AllowToo(string hostAndPort)
    {
        var file = Path.Combine(Folder, "appsettings.json");
        var settings = JsonNode.Parse(File.ReadAllText(file))!;
        settings["Http"]!["AllowPrivateHosts"]!.AsArray().Add(hostAndPort);
        File.WriteAllText(file, settings.ToJsonString());
    }

    /// <summary>One more room of the Discord notifier, which is made anew for it.</summary>
    public void AddRoom(string name, string channel)
    {
        Discord.AddChannel(channel);
        Edit("Rooms", name, new { Notifier = "discord", Address = channel });
    }

    public void Edit(string section, string name, object? options)
    {
        var file = Path.Combine(Folder, "appsettings.json");
        var settings = JsonNode.Parse(File.ReadAllText(file))!;
        if (options is null)
        {
            settings[section]!.AsObject().Remove(name);
        }
        else
        {
            (settings[section] ??= new JsonObject())[name] = JsonSerializer.SerializeToNode(options);
        }
        File.WriteAllText(file, settings.ToJsonString());
    }

    public void Watch(string yaml) => File.WriteAllText(Path.Combine(Folder, "config", "watches.yaml"), yaml);

    /// <summary>The file of watches as it lies there now.</summary>
    public string Watches => File.ReadAllText(Path.Combine(Folder, "config", "watches.yaml"));

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>The feed's answers wait from now on; <paramref name="asked"/> tells that one was asked for. Null: they come again.</summary>
    public void HoldFeed(TaskCompletionSource? asked)
    {
        _asked = asked;
        ShowFeed();
    }

    private void ShowFeed() => Feed.At("/feed.xml", _asked is { } asked ? Held(asked) : FeedText());

    /// <summary>Who writes on Bluesky as "did:plc:mia" is called "Person mia", and lives at mia.bsky.example.</summary>
    public Task Profile(HttpContext context)
    {
        var did = context.Request.Query["actor"].ToString();
        var name = did.Split(':')[^1];
        return FeedAnswers.Text($$"""{"did":"{{did}}","handle":"{{name}}.bsky.example","displayName":"Person {{name}}","description":"Write to {{name}} (at) mail.example","followersCount":7}""", "application/json")(context);
    }

    private static RequestDelegate Held(TaskCompletionSource asked) => async context =>
    {
        asked.TrySetResult();
        await FeedAnswers.Hang()(context);
    };

    private RequestDelegate FeedText() => FeedAnswers.Text($"<rss version=\"2.0\"><channel><title>A blog</title>{string.Concat(_items)}</channel></rss>");

    private void Configure()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "config"));
        Watch("watches:\n  - name: acme\n    find: [acme]\n    alert: 0.2\n");
        var channels = new Dictionary<string, object>
        {
            ["blog"] = new { Kind = "rss", Url = Feed.Url("/feed.xml").ToString(), Every = "00:00:01", FollowTeasers = false },
            ["bluesky"] = new { Kind = "bluesky", Jetstream.Endpoint, Profiles = Feed.Address, Directory = Feed.Address },
        };
        if (Mail is { } mail)
        {
            channels["inbox"] = new { Kind = "mail", mail.Host, mail.Port, mail.User, mail.Password, mail.CertificateSha256, Every = "00:00:05" };
        }
        var settings = new
        {
            Channels = channels,
            Notifiers = new { discord = new { Discord.Api } },
            Rooms = new { care = new { Notifier = "discord", Address = Room } },
            Web = new { Listen = "http://127.0.0.1:0" },
            Http = new { AllowPrivateHosts = new[] { Feed.HostAndPort, $"127.0.0.1:{Jetstream.Port}", Discord.HostAndPort } },
        };
        File.WriteAllText(Path.Combine(Folder, "appsettings.json"), JsonSerializer.Serialize(settings));
    }

    public async ValueTask DisposeAsync()
    {
        await Feed.DisposeAsync();
        await Jetstream.DisposeAsync();
        await Discord.DisposeAsync();
        if (Mail is { } mail)
        {
            await mail.DisposeAsync();
        }
        _folder.Delete(recursive: true);
    }
}
