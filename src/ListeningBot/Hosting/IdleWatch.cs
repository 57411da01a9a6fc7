using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Hosting;

namespace ListeningBot.Hosting;

/// <param name="ListMaybes">Put up the maybe list at the end, as a day would.</param>
/// <param name="Exit">End the program then.</param>
public sealed record IdlePlan(bool ListMaybes, bool Exit)
{
    /// <summary>Done once everything is shown; what it changes is shown too.</summary>
    public Func<CancellationToken, Task>? Then { get; init; }
}

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
        await UntilAllIsShown(stoppingToken);
        if (plan.Then is { } then)
        {
            await then(stoppingToken);
            await UntilAllIsShown(stoppingToken);
        }
        if (plan.Exit)
        {
            host.StopApplication();
        }
    }

    private Task UntilAllIsShown(CancellationToken ct) => Until(async () => (await store.ReadAsync(view => view.RoomsWithWork(), ct)).Count == 0, ct);

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
