using System.Globalization;
using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ListeningBot.Hosting;

/// <summary>Forgets what is older than it is kept, each hour.</summary>
public sealed class RetentionJob(RetentionKeeper keeper, ILogger<RetentionJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var removed = await keeper.RunAsync(cancellationToken);
            if (removed.Count > 0)
            {
                log.Aged(string.Join(", ", removed.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Value} {one.Key}"))));
            }
        }
        catch (IOException e)
        {
            log.DueWorkFailed("what is kept no longer", e);
        }
    }
}
