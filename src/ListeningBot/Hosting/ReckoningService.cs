using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>At the start and after each change of policy, reckons anew what is due in all open cases; at the start the auditor looks at them too. Nobody waits for it.</summary>
public sealed class ReckoningService(DueWork due, Auditor auditor, PolicyBook policies, TimeProvider time, ILogger<ReckoningService> log) : BackgroundService
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        for (var audited = false; !stoppingToken.IsCancellationRequested;)
        {
            var known = policies.Current;
            try
            {
                await due.ReckonIfChangedAsync(stoppingToken);
                if (!audited)
                {
                    await auditor.AuditAsync(stoppingToken);
                    audited = true;
                }
                await policies.ChangedFrom(known).WaitAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Tell(e);
                await Task.Delay(AgainAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Tell(Exception e)
    {
        if (e is IOException)
        {
            log.DueWorkFailed("what is due in open cases", e);
        }
        else
        {
            log.DueWorkFaulted(e, "what is due in open cases");
        }
    }
}
