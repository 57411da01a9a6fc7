using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>
/// Tells the service manager, where there is one, that the bot has started, how it is, that it lives, and that it stops. A sign of life is no timer's: the scheduler has to
/// wake this loop and the store's writer has to answer. Where either hangs, nothing is said and /healthz is red, and who watches starts the program anew.
/// </summary>
public sealed class LifeSigns(Pulse pulse, PollBell bell, IStore store, HealthBoard board, IHostApplicationLifetime host, TimeProvider time, ILogger<LifeSigns> log, ServiceManager? manager = null) : BackgroundService
{
    /// <summary>No channel's name has a blank.</summary>
    private const string Waking = "signs of life";
    private const int LongestStatus = 300;

    /// <summary>Of the watchdog's time: two signs may be lost or late.</summary>
    private const int Share = 3;
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(10);
    private bool _told = true;

    private TimeSpan Pace => manager?.Watchdog / Share is { } third && third < Slowest ? third : Slowest;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = host.ApplicationStopping.Register(() => Tell("STOPPING=1"));
        await StartedAsync(stoppingToken);
        Tell("READY=1", "STATUS=" + Status());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await bell.WaitAsync(Waking, Pace, stoppingToken);
                await WriterAnswersAsync(stoppingToken);
                pulse.Beat();
                Tell(manager?.Watchdog is null ? ["STATUS=" + Status()] : ["WATCHDOG=1", "STATUS=" + Status()]);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.NoSignOfLife(e);
                await Task.Delay(Slowest, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>The store is open and every channel, room and notifier has begun.</summary>
    private async Task StartedAsync(CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(ct);
    }

    /// <summary>"No" is an answer too: a full disk, or a database that is away, is told elsewhere, and no new start mends it.</summary>
    private async Task WriterAnswersAsync(CancellationToken ct)
    {
        try
        {
            await store.WriteAsync(_ => true, ct).WaitAsync(ct);
        }
        catch (IOException)
        {
        }
    }

    private void Tell(params IEnumerable<string> lines)
    {
        var why = manager?.Tell(lines);
        if (why is not null && _told)
        {
            log.ManagerNotTold(why);
        }
        _told = why is null;
    }

    /// <summary>One line.</summary>
    private string Status()
    {
        var parts = board.Parts;
        var unwell = parts.Where(part => part.Condition == Condition.Failing).ToList();
        var text = unwell is [var first, ..]
            ? $"{unwell.Count} of {parts.Count} parts are not well: {first.Name}: {first.Why}"
            : $"Listening; all {parts.Count} parts are well";
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestStatus ? line : line[..LongestStatus];
    }
}
