using Quartz;

namespace ListeningBot.Hosting;

/// <summary>Looks each minute for channels that are quiet for too long.</summary>
public sealed class QuietJob(Bot bot) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await bot.LookAfterChannelsAsync(cancellationToken);
}
