using System.Collections.Concurrent;
using Quartz;

namespace ListeningBot.Hosting;

/// <summary>Wakes each polled channel when Quartz says that it is time.</summary>
public sealed class PollBell(ISchedulerFactory schedulers, TimeProvider time)
{
    public static readonly JobKey Job = new("poll");
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();

    /// <summary>Until <paramref name="pause"/> has passed, by one trigger of this channel.</summary>
    public async Task WaitAsync(string channel, TimeSpan pause, CancellationToken ct)
    {
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[channel] = woken;
        var key = new TriggerKey(channel, "poll");
        var trigger = TriggerBuilder.Create().WithIdentity(key).ForJob(Job).StartAt(time.GetUtcNow() + pause).Build();
        var scheduler = await schedulers.GetScheduler(ct);
        if (await scheduler.RescheduleJob(key, trigger, ct) is null)
        {
            await scheduler.ScheduleJob(trigger, cancellationToken: ct);
        }
        await woken.Task.WaitAsync(ct);
    }

    public void Ring(string channel)
    {
        if (_waiting.TryRemove(channel, out var woken))
        {
            woken.TrySetResult();
        }
    }
}
