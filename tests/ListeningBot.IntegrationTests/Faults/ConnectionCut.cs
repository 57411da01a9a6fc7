using System.Globalization;
using ListeningBot.IntegrationTests.EndToEnd;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>
/// The real program while a connection that it keeps open is cut, and the service behind it is gone: a stream, Discord's gateway. /readyz says so and is well again at once, nobody is asked in a loop,
/// nothing is lost or shown twice.
/// </summary>
public abstract class ConnectionCut(ITestOutputHelper output)
{
    private static readonly TimeSpan RedWithin = TimeSpan.FromSeconds(10);
    protected static readonly TimeSpan GreenWithin = TimeSpan.FromSeconds(5);

    /// <summary>One try finds out that the session is forgotten, the next one begins another.</summary>
    protected static readonly TimeSpan GreenAnewWithin = TimeSpan.FromSeconds(10);

    /// <summary>The number of the last complaint.</summary>
    protected int Complaints { get; set; }

    private protected async Task CutAsync(string what, Town town, Func<Task<string>> complain, Func<Task> cut, Func<Task> mend, Func<int> connections, TimeSpan? greenWithin = null, Func<Task>? then = null, Func<bool>? ready = null, int connectionsATry = 4, IReadOnlyDictionary<string, string>? environment = null, string? part = null, int atLeast = 1)
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

        // Three quick tries, then one in two to four seconds. The web client opens up to four connections for one that is cut at once.
        Assert.InRange(tried, atLeast, connectionsATry * (4 + (gone.TotalSeconds / 2)));

        Task ShownAsync() => FaultHarnessTests.UntilAsync(() => Task.FromResult(words.TrueForAll(word => town.CardsWith(word) > 0)), bot);
    }
}
