using ListeningBot.Core.Pipeline;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>Keeps one room up to date: works while there is work, then sleeps until the bell rings or a put-off card's time has come.</summary>
public sealed class RoomRunner(string room, CardKeeper keeper, IStore store, RoomBells bells, HealthBoard board, TimeProvider time, ILogger<RoomRunner> log)
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    private readonly Backoff _storePause = new(TimeSpan.FromSeconds(1), FaultPause.Shortly);

    private readonly Repetition _told = new(time);
    private string? _blocked;
    private bool _looked;

    /// <summary>Another machine kept it before: it may have sent cards and not have come to note it.</summary>
    public bool TakenOver { get; init; }

    public string Part => "room " + room;

    public async Task RunAsync(CancellationToken ct)
    {
        for (var failures = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                await LookAfterTakeOverAsync(ct);
                var round = await keeper.KeepAsync(room, ct);
                failures = 0;
                Report();
                if (round.Rests)
                {
                    await SleepAsync(round.Next, ct);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failures++;
                var pause = (e is StoreException ? _storePause : _backoff).Next(failures);
                if (e is not StoreException { IsTakenOver: true })
                {
                    board.Failing(Part, e is IOException ? e.Message : $"an unexpected fault ({e.GetType().Name})");
                }
                Tell(e, pause.WholeSeconds());
                await Task.Delay(pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LookAfterTakeOverAsync(CancellationToken ct)
    {
        if (TakenOver && !_looked)
        {
            keeper.Forget(room);
            await store.WriteAsync(
                tx =>
                {
                    tx.LookFirstForUnmarked(room);

                    // By that machine's clock, which may have run ahead.
                    tx.TryPutOffAgain(room);
                    return 0;
                },
                ct);
            _looked = true;
        }
    }

    private void Tell(Exception e, TimeSpan pause)
    {
        if (e is IOException)
        {
            if (_told.IsNews(e.Message))
            {
                log.KeepingFailed(room, e, pause);
            }
        }
        else
        {
            log.KeepingFaulted(e, room, pause);
        }
    }

    private void Report()
    {
        var blocked = keeper.WhyBlocked(room) ?? keeper.WhyPingless(room);
        if (blocked is null != _blocked is null)
        {
            // The keeper has left a word for the operators.
            bells.Ring(Notices.OpsRoom);
        }
        _blocked = blocked;
        if ((blocked ?? keeper.WhyInTrouble(room)) is { } why)
        {
            board.Failing(Part, why);
        }
        else
        {
            board.Well(Part);
        }
    }

    private async Task SleepAsync(DateTimeOffset? next, CancellationToken ct)
    {
        next = keeper.PausedUntil(room) is { } pause && !(next < pause) ? pause : next;
        var sleep = next is { } at && at - time.GetUtcNow() < LongestSleep ? at - time.GetUtcNow() : LongestSleep;
        await bells.WaitAsync(room, sleep > TimeSpan.Zero ? sleep : TimeSpan.FromMilliseconds(1), ct);
    }
}
