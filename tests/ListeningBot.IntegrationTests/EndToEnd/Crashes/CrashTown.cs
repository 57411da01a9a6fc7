using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Notifiers.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd.Crashes;

/// <summary>One town with one store that grows, its customers who complain and its responder who claims; and what they remember of it.</summary>
internal sealed partial class CrashTown : IAsyncDisposable
{
    private const string Team = EndToEnd.Town.JoAlone + "    targets:\n      ping: 0.01 min\n";

    private static readonly string[] Troubles = ["still no refund", "nobody answers my mails", "the parcel never came", "it died on the second day", "the hotline hangs up on me", "they charged me twice", "the app lost my data", "the technician did not show up"];
    private static readonly string[] Endings = ["worst service ever", "I am furious", "give me my money back", "never again", "this is a disgrace", "I want an answer today"];
    private readonly Random _random;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Task<LocalPress>>> _presses = new();
    private int _complaints;

    private CrashTown(Town town, StoreLook store, Random random)
    {
        (Town, Store, _random) = (town, store, random);
        Form = new CrashForm(word => Complaints[word] = null);
        town.Channel("forms", new { Kind = "webhook", Form.Secret });
    }

    public Town Town { get; }

    /// <summary>What the program finds in its environment.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }
    public StoreLook Store { get; }

    /// <summary>Who posts complaints to the program itself, and keeps each until it is answered 200.</summary>
    public CrashForm Form { get; }

    /// <summary>
    /// What must be found: the word in each complaint by which it is known, and the time under which the stream sent it; null for one on the blog, and for one of the form, which stands here once it was answered 200.
    /// </summary>
    public ConcurrentDictionary<string, long?> Complaints { get; } = new();

    /// <summary>Null: SQLite.</summary>
    public CrashDatabase? Database { get; private init; }

    /// <summary>Words of complaints with each press of "Claim" of which the presser was told that it is done.</summary>
    public IEnumerable<(string Word, LocalPress Press)> DonePresses =>
        _presses.SelectMany(one => one.Value.Where(press => press.IsCompletedSuccessfully && IsDone(press.Result)).Select(press => (one.Key, press.Result)));

    /// <param name="database">Null: SQLite.</param>
    public static async Task<CrashTown> BuiltAsync(Random random, CrashDatabase? database)
    {
        var (direct, way) = database is null ? (null, "") : await database.NewAsync();
        var town = await Town.BuiltAsync(withMail: false);
        town.Responders(Team);
        return new CrashTown(town, new StoreLook(Path.Combine(town.Folder, "data", "listeningbot.db"), direct), random)
        {
            Settings = new Dictionary<string, string>
            {
                ["LISTENINGBOT__Alerting__BurstFrom"] = "0",
                ["LISTENINGBOT__Storage__Connection"] = way,
                // It lives for a second: compiling anew what it calls often costs up to half of that, and pays only later.
                ["DOTNET_TC_CallCountingDelayMs"] = "60000",
            },
            Database = database,
        };
    }

    public void Complain(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            switch (_random.Next(4))
            {
                case 0:
                    ComplainOnBlog();
                    break;
                case 1:
                    ComplainByForm();
                    break;
                default:
                    ComplainOnStream();
                    break;
            }
        }
    }

    public void ComplainOnStream()
    {
        var (word, text) = Trouble();
        Complaints[word] = Town.Jetstream.Push(JetstreamFrames.Post(word, text, did: "did:plc:" + word, createdAt: TimeProvider.System.GetUtcNow()));
    }

    public void ComplainByForm()
    {
        var (word, text) = Trouble();
        Form.Fill(word, text);
    }

    private void ComplainOnBlog()
    {
        var (word, text) = Trouble();
        Complaints[word] = null;
        Town.Blog(word, text);
    }

    private (string Word, string Text) Trouble()
    {
        // The number makes each somebody's own trouble, and no copy of another.
        var word = string.Create(CultureInfo.InvariantCulture, $"k{Interlocked.Increment(ref _complaints)}q");
        return (word, $"{word}: acme order {_random.Next(1_000_000, 9_999_999)}, {Troubles[_random.Next(Troubles.Length)]} and {Troubles[_random.Next(Troubles.Length)]}, {Endings[_random.Next(Endings.Length)]}");
    }

    /// <summary>Presses "Claim" on cards that nobody was told to have claimed, one after another, for as long as it is wanted.</summary>
    /// <param name="pinged">Only those that somebody was pinged about.</param>
    public async Task ClaimAsync(bool pinged, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            if (Town.Discord.Gateway.IsListening && Town.Cards.LastOrDefault(card => IsToClaim(card) && (!pinged || IsPinged(card))) is { } card && WordOf(card) is { } word)
            {
                // Discord waits for an answer longer than a killed program can give one.
                var press = Town.Discord.PressAsync(card, "Claim");
                _presses.GetOrAdd(word, _ => new()).Enqueue(press);
                await Task.WhenAny(press, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct));
            }
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ct));
        }
    }

    /// <summary>The word of the complaint that a card shows, or null for another message.</summary>
    public static string? WordOf(JsonObject card) => Word().Match(LocalPress.Words(card)) is { Success: true } found ? found.Groups[1].Value : null;

    public ValueTask DisposeAsync()
    {
        Form.Dispose();
        return Town.DisposeAsync();
    }

    private bool IsToClaim(JsonObject card) =>
        WordOf(card) is { } word && (!_presses.TryGetValue(word, out var presses) || presses.All(press => press.IsCompletedSuccessfully && !IsDone(press.Result)))
        && LocalDiscord.Parts(card).Any(part => (string?)part["label"] == "Claim");

    /// <summary>What took long is confirmed in words.</summary>
    private static bool IsDone(LocalPress press) => press.Type is 6 or 7 || press.Text == AnswerRendering.Saved;

    private bool IsPinged(JsonObject card) => Town.Discord.Messages(Town.Room).Any(message => (string?)message["message_reference"]?["message_id"] == (string?)card["id"]);

    [GeneratedRegex(@"\b(k\d+q): acme")]
    private static partial Regex Word();
}
