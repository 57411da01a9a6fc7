using Quartz;

namespace ListeningBot.BareHouse;

/// <summary>Says that it has the work, and asks the feed again and again until it is stopped.</summary>
internal sealed class ListenJob(HttpClient client, Plan plan) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        Console.WriteLine("held");
        while (true)
        {
            await client.GetByteArrayAsync(new Uri(plan.Feed), cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(plan.Every), TimeProvider.System, cancellationToken);
        }
    }
}
