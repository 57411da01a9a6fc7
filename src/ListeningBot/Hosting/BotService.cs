using ListeningBot.Configuration;
using ListeningBot.Core.Text;
using Microsoft.Extensions.Hosting;

namespace ListeningBot.Hosting;

/// <summary>Starts and stops the bot with the host.</summary>
public sealed class BotService(Bot bot, Settings settings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Folding.SelfCheck();
        return bot.StartAsync(settings, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => bot.StopAsync();
}
