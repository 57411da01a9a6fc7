using System.Globalization;
using System.Text.Json;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Load;

/// <summary>
/// The real program at a stream that gives as much as it takes: every complaint becomes a card, and its memory does not grow. LISTENINGBOT_SOAK is how many posts (200,000 when it is not set;
/// the whole soak is 10,000,000), LISTENINGBOT_PACE how many a second at most.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Tenths = 10;
    private const int Watches = 1000;

    /// <summary>Below this the program is still growing to its working size, and nothing is said of its memory.</summary>
    private const long LongEnough = 5_000_000;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-soak-");
    private readonly LocalFirehose _stream = new(Number("LISTENINGBOT_SOAK", 200_000), rarity: 20_000) { Pace = (int)Number("LISTENINGBOT_PACE", 0) };

    [Fact]
    public async Task A_firehose_is_heard_whole_and_memory_stays_flat()
    {
        Configure();
        _stream.Start();
        await using var bot = BotProcess.Start(_folder.FullName, null, "run");
        await ReachedAsync(bot, 1);
        var (began, before) = (TimeProvider.System.GetTimestamp(), bot.Used.Processor);
        var memory = new List<long>();
        for (var tenth = 1; tenth <= Tenths; tenth++)
        {
            memory.Add(await MedianMemoryUntilAsync(bot, _stream.Posts * tenth / Tenths));
            var took = TimeProvider.System.GetElapsedTime(began);
            output.WriteLine($"{_stream.Sent,10} posts, {took.TotalSeconds,6:0} s, {_stream.Sent / took.TotalSeconds,8:0} posts/s, {(bot.Used.Processor - before) / took:0%} of one core, {memory[^1] / 1024.0 / 1024:0.0} MiB");
        }
        await Until.TrueAsync(() => Missing(bot).Count == 0);
        var growth = ((double)memory[^1] / memory[1]) - 1;
        output.WriteLine($"{_stream.Posts / _stream.Rarity} complaints, all shown; memory from the second tenth to the last: {growth:+0.0%;-0.0%}");
        Assert.True(_stream.Posts < LongEnough || growth <= 0.05, $"Memory grew by {growth:0.0%}.");
    }

    private List<long> Missing(BotProcess bot)
    {
        var shown = bot.Output;
        return [.. Enumerable.Range(1, (int)(_stream.Posts / _stream.Rarity)).Select(i => ((long)i * _stream.Rarity) - 1).Where(number => !shown.Contains(LocalFirehose.WordOf(number), StringComparison.Ordinal))];
    }

    /// <summary>The middle of what it holds, looked at often while the stream gets there.</summary>
    private async Task<long> MedianMemoryUntilAsync(BotProcess bot, long sent)
    {
        var seen = new List<long>();
        do
        {
            seen.Add(bot.Used.Memory);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        while (_stream.Sent < sent && !bot.HasExited);
        Assert.False(bot.HasExited, bot.Errors);
        return seen.Order().ElementAt(seen.Count / 2);
    }

    private async Task ReachedAsync(BotProcess bot, long sent) => await Until.TrueAsync(() => _stream.Sent >= sent || bot.HasExited);

    private void Configure()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "config"));
        var words = string.Concat(Enumerable.Range(0, Watches).Select(i => $"\n  - name: product{i}\n    find: [unheardof{i}]"));
        File.WriteAllText(Path.Combine(_folder.FullName, "config", "watches.yaml"), $"watches:\n  - name: acme\n    find: [acme]\n    alert: 0.1{words}\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), JsonSerializer.Serialize(new
        {
            Channels = new { bluesky = new { Kind = "bluesky", _stream.Endpoint, Profiles = "http://127.0.0.1:9" } },
            Web = new { Listen = "" },
            Http = new { AllowPrivateHosts = new[] { $"127.0.0.1:{_stream.Port}", "127.0.0.1:9" } },
            Alerting = new { BurstFrom = 0 },
        }));
    }

    private static long Number(string name, long otherwise) => long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
