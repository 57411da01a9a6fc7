using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;
using ListeningBot.Hosting.Cluster;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>Starts and stops the bot with the host.</summary>
internal sealed class BotService(Bot bot, DueWork due, Heartbeat heartbeat, Settings settings, ILogger<BotService> log, Partnership? partners = null, LiveSettings? live = null) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Folding.SelfCheck();
        try
        {
            await heartbeat.StartAsync([.. settings.Channels.Select(channel => channel.Name)], cancellationToken, givesUp: live is not { RunsOwnFiles: true });
        }
        catch (IOException e)
        {
            log.DueWorkFailed("noting how long the program did not run", e);
        }
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
    }

    /// <summary>A part that does not heed the stop keeps nobody waiting longer than the host allows.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StopAllAsync().WaitAsync(cancellationToken);
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
