using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>Sees for itself, every two seconds, that the store takes a change: a full disk or a database that is gone is known before somebody's press fails.</summary>
public sealed class StoreWatch(IStore store, HealthBoard board, TimeProvider time, ILogger<StoreWatch> log) : BackgroundService
{
    public const string Part = "store";
    private const string Document = "store watch";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>One that takes so long is told as unwell while it is waited for.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var well = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            var why = await TryAsync(stoppingToken);
            if (why is null)
            {
                board.Well(Part);
            }
            else if (!stoppingToken.IsCancellationRequested)
            {
                board.Failing(Part, why);
                if (well)
                {
                    log.StoreUnwell(why);
                }
            }
            well = why is null;
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Null when it is well.</summary>
    private async Task<string?> TryAsync(CancellationToken ct)
    {
        try
        {
            var change = store.WriteAsync(tx => { tx.KeepDocument(Document, "", time.GetUtcNow()); return true; }, ct);
            if (await Task.WhenAny(change, Task.Delay(Slow, time, ct)) != change)
            {
                board.Failing(Part, $"The store has not taken a change within {Slow.TotalSeconds:0} seconds. Look at its disk, or at the database server; the work goes on by itself.");
            }
            await change;
            await store.ReadAsync(view => view.Document(Document), ct);
            return null;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            return e is IOException ? e.Message : $"an unexpected fault ({e.GetType().Name})";
        }
    }
}
