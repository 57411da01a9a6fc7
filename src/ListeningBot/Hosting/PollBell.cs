using System.Collections.Concurrent;
using Quartz;

namespace ListeningBot.Hosting;

/// <summary>Wakes each polled channel when Quartz says that it is time.</summary>
public sealed class PollBell(ISchedulerFactory schedulers)
{
    public const string Group = "poll";
    public static readonly JobKey Job = new("poll");
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();

    /// <summary>Until <paramref name="pause"/> has passed, by one trigger of this channel.</summary>
    public async Task WaitAsync(string channel, TimeSpan pause, CancellationToken ct)
    {
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[channel] = woken;
        var scheduler = await schedulers.GetScheduler(ct);
        var key = new TriggerKey(channel, Group);
        var trigger = TriggerBuilder.Create().WithIdentity(key).ForJob(Job).StartAt(scheduler.TimeProvider.GetUtcNow() + pause).Build();
        if (await scheduler.RescheduleJob(key, trigger, ct) is null)
        {
            await scheduler.ScheduleJob(trigger, cancellationToken: ct);
        }
        await woken.Task.WaitAsync(ct);
    }

    /// <summary>The clock was set: what waited for a time of day waits no longer.</summary>
    public void RingAll()
    {
        foreach (var channel in _waiting.Keys)
        {
            Ring(channel);
        }
    }

    public void Ring(string channel)
    {
        if (_waiting.TryRemove(channel, out var woken))
        {
            woken.TrySetResult();
        }
    }
}
