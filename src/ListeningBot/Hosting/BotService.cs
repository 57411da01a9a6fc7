using ListeningBot.Configuration;
using ListeningBot.Core.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>Starts and stops the bot with the host.</summary>
public sealed class BotService(Bot bot, Settings settings, ILogger<BotService> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Folding.SelfCheck();
        return bot.StartAsync(settings, cancellationToken);
    }

    /// <summary>A part that does not heed the stop keeps nobody waiting longer than the host allows.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await bot.StopAsync().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            log.StoppedEarly();
        }
    }
}
