using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ListeningBot.Hosting;

/// <summary>Proves each hour, and soon after each start, that every open case has a next step.</summary>
public sealed class AuditJob(Auditor auditor, ILogger<AuditJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await auditor.AuditAsync(cancellationToken);
        }
        catch (IOException e)
        {
            log.DueWorkFailed("the audit of open cases", e);
        }
        catch (AggregateException e)
        {
            log.DueWorkFaulted(e, "the audit of open cases");
        }
    }
}
