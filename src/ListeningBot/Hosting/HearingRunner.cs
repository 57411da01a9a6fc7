using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>Hears the presses of one notifier for as long as it is configured; a fault is told to the operators once, and once when it is over.</summary>
public sealed class HearingRunner(string name, INotifier notifier, IDesk desk, IStore store, RoomBells bells, HealthBoard board, TimeProvider time, ILogger<HearingRunner> log)
{
    /// <summary>Hearing does not say that it works: it counts as well when it has not failed for this long.</summary>
    private static readonly TimeSpan WellAfter = TimeSpan.FromSeconds(10);
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(30));
    private bool _told;

    public string Part => "notifier " + name;

    public async Task RunAsync(CancellationToken ct)
    {
        board.Well(Part);
        for (var failures = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                await HearAsync(() => failures = 0, ct);
                return;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failures++;
                var why = e is IOException ? e.Message : $"an unexpected fault ({e.GetType().Name}).";
                var pause = _backoff.Next(failures);
                board.Failing(Part, why);
                log.HearingFailed(name, why, pause.WholeSeconds());
                _told = _told || await TellAsync($"Notifier \"{name}\" hears no presses: {why}", good: false, ct);
                await Task.Delay(pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HearAsync(Action worked, CancellationToken ct)
    {
        var hearing = notifier.HearAsync(desk, ct);
        if (await Task.WhenAny(hearing, Task.Delay(WellAfter, time, ct)) != hearing && !ct.IsCancellationRequested)
        {
            worked();
            board.Well(Part);
            _told = _told && !await TellAsync($"Notifier \"{name}\" hears presses again.", good: true, ct);
        }
        await hearing;
    }

    private async Task<bool> TellAsync(string text, bool good, CancellationToken ct)
    {
        try
        {
            await store.WriteAsync(tx => Notices.Add(tx, text, good, time.GetUtcNow()), ct);
            bells.Ring(Notices.OpsRoom);
            return true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            log.NoticeNotStored(Part, e.Message);
            return false;
        }
    }
}
