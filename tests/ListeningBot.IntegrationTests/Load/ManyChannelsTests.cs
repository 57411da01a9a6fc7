using System.Globalization;
using System.Text;
using System.Text.Json;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Load;

/// <summary>
/// One process with 40 feeds, 5 inboxes and a stream of 500 events a second: what it hears, and what it takes. LISTENINGBOT_MEASURE is how many seconds are
/// measured (5 when it is not set).
/// </summary>
public sealed class ManyChannelsTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Feeds = 40;
    private const int Inboxes = 5;
    private const int EventsASecond = 500;
    private const int Beat = 50;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-many-");
    private readonly LocalDovecot _mail = new();
    private readonly LocalFeed _site = new();
    private readonly LocalJetstream _jetstream = new();
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task Forty_feeds_five_inboxes_and_a_busy_stream_are_heard_by_one_small_process()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        var seconds = int.Parse(Environment.GetEnvironmentVariable("LISTENINGBOT_MEASURE") ?? "5", CultureInfo.InvariantCulture);
        await _mail.StartAsync();
        await _site.StartAsync();
        await _jetstream.StartAsync();
        Configure();
        await using var bot = BotProcess.Start(_folder.FullName, null, "run");
        var flowing = FlowAsync();
        await CardsAsync(bot, Enumerable.Range(0, Feeds).Select(i => $"feedcomplaint{i}x"));
        for (var i = 0; i < Inboxes; i++)
        {
            await Lmtp.DeliverAsync(_mail.LmtpPort, UserOf(i), "mia@example.org", Letter(i));
        }
        await CardsAsync(bot, Enumerable.Range(0, Inboxes).Select(i => $"mailcomplaint{i}x"));
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);

        var (before, began) = (bot.Used.Processor, TimeProvider.System.GetTimestamp());
        var sent = _sent;
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        var took = TimeProvider.System.GetElapsedTime(began);
        var (processor, memory) = bot.Used;
        output.WriteLine($"{Feeds} feeds, {Inboxes} inboxes, {(_sent - sent) / took.TotalSeconds:0} events/s, measured {took.TotalSeconds:0} s: {(processor - before) / took:0.0%} of one core, {memory / 1024.0 / 1024:0} MiB");
        await _stop.CancelAsync();
        await flowing;
        var last = _sent;
        await CardsAsync(bot, [$"streamcomplaint{last / 1000}x"]);
    }

    private int _sent;

    /// <summary>Open loop: what is due by the clock is sent, whether it is read or not. Each thousandth is a complaint.</summary>
    private async Task FlowAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            var due = (int)(TimeProvider.System.GetElapsedTime(began).TotalSeconds * EventsASecond);
            for (; _sent < due; _sent++)
            {
                var text = _sent % 1000 == 0
                    ? $"acme streamcomplaint{_sent / 1000}x my parcel never came, nobody answers, I want my money back"
                    : $"What a day it was, number {_sent}: walked to the lake, read a book about bridges, cooked soup with too much pepper, and wondered whether the neighbours' cat would come by again. It did, and it stayed for an hour on the window sill, looking at birds.";
                _jetstream.Push(JetstreamFrames.Post($"r{_sent}", text, did: $"did:plc:writer{_sent}", createdAt: TimeProvider.System.GetUtcNow()));
            }
            await Task.Delay(TimeSpan.FromMilliseconds(Beat), TimeProvider.System);
        }
    }

    private static async Task CardsAsync(BotProcess bot, IEnumerable<string> words)
    {
        var wanted = words.ToList();
        try
        {
            await Until.TrueAsync(() => { var shown = bot.Output; return wanted.TrueForAll(word => shown.Contains(word, StringComparison.Ordinal)); });
        }
        catch (Xunit.Sdk.XunitException)
        {
            var shown = bot.Output;
            Assert.Fail($"Not shown: {string.Join(" ", wanted.Where(word => !shown.Contains(word, StringComparison.Ordinal)))}\n{shown}\n{bot.Errors}");
        }
    }

    private static string UserOf(int i) => $"care{i}@acme.example";

    private static string Letter(int i) =>
        $"From: Mia {i} <mia{i}@example.org>\r\nTo: {UserOf(i)}\r\nSubject: mailcomplaint{i}x\r\nMessage-ID: <{i}@example.org>\r\nDate: {TimeProvider.System.GetUtcNow():R}\r\n\r\nYour acme {Own(i)} died, nobody answers me about {Own(i + 50)} {Own(i + 60)} {Own(i + 70)}, I want my money back\r\n";

    /// <summary>A word that nobody else says.</summary>
    private static string Own(int i) => string.Concat(i.ToString("000", CultureInfo.InvariantCulture).Select(digit => "babedifogukilomarosu".Substring((digit - '0') * 2, 2)));

    private void Configure()
    {
        var channels = new Dictionary<string, object> { ["bluesky"] = new { Kind = "bluesky", _jetstream.Endpoint, Profiles = _site.Address } };
        for (var i = 0; i < Feeds; i++)
        {
            var text = Feed(i);
            _site.At($"/feed{i}.xml", FeedAnswers.Tagged(text, $"\"{i}\""));
            channels[$"feed{i}"] = new { Kind = "rss", Url = _site.Url($"/feed{i}.xml").ToString(), Every = "00:00:30", FollowTeasers = false };
        }
        for (var i = 0; i < Inboxes; i++)
        {
            channels[$"inbox{i}"] = new { Kind = "mail", _mail.Host, _mail.Port, User = UserOf(i), _mail.Password, _mail.CertificateSha256, Every = "00:00:20" };
        }
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "config"));
        var words = string.Concat(Enumerable.Range(0, 200).Select(i => $", unheardof{i}"));
        File.WriteAllText(Path.Combine(_folder.FullName, "config", "watches.yaml"), $"watches:\n  - name: acme\n    find: [acme{words}]\n    alert: 0.2\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), JsonSerializer.Serialize(new
        {
            Channels = channels,
            Web = new { Listen = "" },
            Http = new { AllowPrivateHosts = new[] { _site.HostAndPort, $"127.0.0.1:{_jetstream.Port}" } },
            Alerting = new { BurstFrom = 0 },
        }));
    }

    /// <summary>Fifty items, the newest a complaint.</summary>
    private static string Feed(int i)
    {
        var now = TimeProvider.System.GetUtcNow();
        var feed = new StringBuilder("<rss version=\"2.0\"><channel><title>A forum</title>");
        feed.Append(CultureInfo.InvariantCulture, $"<item><guid>f{i}-new</guid><title>Help</title><pubDate>{now:R}</pubDate><description>feedcomplaint{i}x: my acme {Own(i)} is broken, {Own(i + 100)} and {Own(i + 200)} never worked, support about {Own(i + 300)} {Own(i + 400)} never answers</description></item>");
        for (var item = 0; item < 49; item++)
        {
            feed.Append(CultureInfo.InvariantCulture, $"<item><guid>f{i}-{item}</guid><title>Note {item}</title><pubDate>{now - TimeSpan.FromMinutes(item):R}</pubDate><description>{string.Concat(Enumerable.Repeat("A word about the weather and the garden. ", 8))}</description></item>");
        }
        return feed.Append("</channel></rss>").ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _jetstream.DisposeAsync();
        await _site.DisposeAsync();
        await _mail.DisposeAsync();
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }
}
