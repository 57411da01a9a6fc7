using System.Diagnostics;

namespace ListeningBot.Benchmarks.Load;

/// <summary>A published program in a folder of its own, with a feed of its own to poll.</summary>
/// <param name="program">Its file.</param>
internal sealed class Contender(string name, string program, string folder, QuietFeed feed, params string[] arguments) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public string Name => name;

    public static Contender Ours(string program, string folder)
    {
        var feed = new QuietFeed();
        Setup.OfOurs(folder, feed);
        return new Contender("ours", program, folder, feed, "run", "--config", folder);
    }

    public static Contender BareHouse(string program, string folder)
    {
        var feed = new QuietFeed();
        Setup.OfBareHouse(folder, feed);
        return new Contender("bare house", program, folder, feed, folder);
    }

    /// <summary>From its start to its first poll, which is answered.</summary>
    public async Task<(Process Process, Start Start)> StartAsync()
    {
        var begun = TimeProvider.System.GetTimestamp();
        var process = Programs.Start(program, folder, arguments);
        using var patience = new CancellationTokenSource(Patience);
        await using var unless = patience.Token.Register(process.Kill);
        using var poll = await feed.PolledAsync(patience.Token);
        var took = TimeProvider.System.GetElapsedTime(begun);
        process.Refresh();
        var start = new Start(took.TotalMilliseconds, process.TotalProcessorTime.TotalMilliseconds, process.WorkingSet64 / 1048576.0);
        await QuietFeed.AnswerAsync(poll, patience.Token);
        return (process, start);
    }

    /// <summary>Its start, after which it is killed.</summary>
    public async Task<Start> MeasureStartAsync()
    {
        var (process, start) = await StartAsync();
        await Programs.KillAsync(process);
        return start;
    }

    /// <summary>What it holds after a while in which nothing happens.</summary>
    public async Task<Resident> MeasureIdleAsync(TimeSpan idle)
    {
        var (process, _) = await StartAsync();
        using var stop = new CancellationTokenSource();
        var answering = feed.AnswerAllAsync(stop.Token);
        await Task.Delay(idle, TimeProvider.System);
        var held = Resident.Of(process);
        await Programs.KillAsync(process);
        await stop.CancelAsync();
        await answering;
        return held;
    }

    public async Task<double> MeasureHelpAsync()
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var process = Programs.Start(program, folder, ["--help"]);
        await process.WaitForExitAsync();
        return TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds;
    }

    public void Dispose() => feed.Dispose();
}

/// <param name="Milliseconds">To the first poll.</param>
/// <param name="Processor">Milliseconds of processors until then.</param>
/// <param name="MiB">Resident then.</param>
internal sealed record Start(double Milliseconds, double Processor, double MiB);
