using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ListeningBot.Hosting;

/// <summary>Keeps the sample of unmatched posts within its limits, each minute.</summary>
public sealed class SampleJob(SampleKeeper keeper, ILogger<SampleJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await keeper.TrimAsync(cancellationToken);
        }
        catch (IOException e)
        {
            log.DueWorkFailed("the sample of unmatched posts", e);
        }
    }
}
