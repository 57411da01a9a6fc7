using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Hosting;

namespace ListeningBot.Hosting;

/// <param name="ListMaybes">Put up the maybe list at the end, as a day would.</param>
/// <param name="Exit">End the program then.</param>
public sealed record IdlePlan(bool ListMaybes, bool Exit);

/// <summary>Waits until all finite channels are read and everything wanted is shown.</summary>
public sealed class IdleWatch(IdlePlan plan, Bot bot, HealthBoard board, IStore store, DueWork due, IHostApplicationLifetime host, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Until(() => Task.FromResult(AllRead()), stoppingToken);
        if (plan.ListMaybes)
        {
            await due.ListMaybesAsync(stoppingToken);
        }
        await Until(async () => (await store.ReadAsync(view => view.RoomsWithWork(), stoppingToken)).Count == 0, stoppingToken);
        if (plan.Exit)
        {
            host.StopApplication();
        }
    }

    private bool AllRead() =>
        bot.ChannelParts is { Count: > 0 } parts && parts.All(part => board.Of(part)?.Condition == Condition.Finished);

    private async Task Until(Func<Task<bool>> done, CancellationToken ct)
    {
        while (!await done())
        {
            await Task.Delay(Look, time, ct);
        }
    }
}
