using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;
using ListeningBot.Hosting.Cluster;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>Starts and stops the bot with the host.</summary>
internal sealed class BotService(Bot bot, DueWork due, IStore store, TimeProvider time, Heartbeat heartbeat, Settings settings, ILogger<BotService> log, Partnership? partners = null, LiveSettings? live = null) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Folding.SelfCheck();
        DateTimeOffset? broken = null;
        try
        {
            broken = await LookBackAsync(cancellationToken);
            await heartbeat.StartAsync([.. settings.Channels.Select(channel => channel.Name)], cancellationToken, givesUp: live is not { RunsOwnFiles: true });
        }
        catch (IOException e)
        {
            log.DueWorkFailed("noting how long the program did not run", e);
        }
        heartbeat.Channels = () => bot.Configured;
        partners?.Join(bot);
        await bot.StartAsync(settings, cancellationToken);
        partners?.Start();
        try
        {
            if (live is not { RunsOwnFiles: true })
            {
                await due.ListMissedMaybesAsync(settings.Alerting.MaybeListAt, cancellationToken);
            }
        }
        catch (IOException e)
        {
            log.DueWorkFailed("the missed maybe list", e);
        }
        await NoteAsync(tx => LastRun.Begin(tx, broken, time.GetUtcNow()));
    }

    /// <summary>Before this run's first sign of life: the last sign of the run before, when nobody stopped it.</summary>
    private async Task<DateTimeOffset?> LookBackAsync(CancellationToken ct)
    {
        var broken = partners is null ? await store.ReadAsync(LastRun.Unstopped, ct) : null;
        if (broken is { } last)
        {
            var ago = time.GetUtcNow() - last;
            log.WasBrokenOff(last, (ago > TimeSpan.Zero ? ago : TimeSpan.Zero).InWords());
        }
        return broken;
    }

    private async Task NoteAsync(Action<IStoreTx> note)
    {
        try
        {
            await (partners is null ? store.WriteAsync(tx => { note(tx); return true; }) : Task.CompletedTask);
        }
        catch (IOException e)
        {
            log.DueWorkFailed("noting that this run began or was stopped", e);
        }
    }

    /// <summary>A part that does not heed the stop keeps nobody waiting longer than the host allows. That somebody stopped it is noted at once, not after the last part.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(NoteAsync(tx => LastRun.Stop(tx, time.GetUtcNow())), StopAllAsync()).WaitAsync(cancellationToken);
            log.Stopped();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            log.StoppedEarly();
        }
    }

    private async Task StopAllAsync()
    {
        await bot.StopAsync();
        await (partners?.LeaveAsync() ?? Task.CompletedTask);
    }
}
