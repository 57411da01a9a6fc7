using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>Hears the presses of one notifier for as long as it is configured; a fault is told to the operators once, and once when it is over.</summary>
public sealed class HearingRunner(string name, INotifier notifier, IDesk desk, IStore store, RoomBells bells, HealthBoard board, TimeProvider time, ILogger<HearingRunner> log)
{
    /// <summary>What broke off and goes on within this time is nobody's concern: services ask for a new connection several times a day.</summary>
    private static readonly TimeSpan NoticedAfter = TimeSpan.FromSeconds(3);
    private readonly Lock _gate = new();
    private string? _trouble;
    private int _troubles;
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(30));
    private bool _told;

    public string Part => "notifier " + name;

    public async Task RunAsync(CancellationToken ct)
    {
        board.Starting(Part);
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
                var isTakenOver = log.TakenOver($"Notifier {name}", e);
                lock (_gate)
                {
                    _trouble = null;
                    if (!isTakenOver)
                    {
                        board.Failing(Part, why);
                    }
                }
                if (!isTakenOver)
                {
                    log.HearingFailed(name, why, pause.WholeSeconds());
                    _told = _told || await TellAsync($"Notifier \"{name}\" hears no presses: {why}", good: false, ct);
                }
                await Task.Delay(pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HearAsync(Action worked, CancellationToken ct)
    {
        var works = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hearing = notifier.HearAsync(desk, trouble => Take(trouble, works, ct), ct);
        if (await Task.WhenAny(hearing, works.Task) != hearing)
        {
            worked();
            _told = _told && !await TellAsync($"Notifier \"{name}\" hears presses again.", good: true, ct);
        }
        await hearing;
    }

    private void Take(string? trouble, TaskCompletionSource works, CancellationToken ct)
    {
        lock (_gate)
        {
            var before = _trouble;
            _trouble = trouble;
            if (trouble is null)
            {
                board.Well(Part);
                works.TrySetResult();
            }
            else if (before is null)
            {
                _ = NoticeAsync(++_troubles, ct);
            }
        }
    }

    private async Task NoticeAsync(int number, CancellationToken ct)
    {
        await Task.Delay(NoticedAfter, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (_trouble is { } why && number == _troubles && !ct.IsCancellationRequested)
            {
                board.Failing(Part, why);
            }
        }
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
            log.NoticeNotStored(Part, e);
            return false;
        }
    }
}
