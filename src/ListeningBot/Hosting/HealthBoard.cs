using System.Collections.Concurrent;
using ListeningBot.Core.Pipeline;
using ListeningBot.Telemetry;

namespace ListeningBot.Hosting;

public enum Condition
{
    Starting,
    Listening,

    /// <summary>Tried again after a pause.</summary>
    Failing,

    /// <summary>A finite source, read to its end.</summary>
    Finished,
}

/// <summary>How one part is doing. No customer text, no secret.</summary>
/// <param name="Since">When this condition began.</param>
/// <param name="Why">What is wrong and the cure, when failing.</param>
public sealed record PartHealth(string Name, Condition Condition, DateTimeOffset Since, int Failures, string? Why, DateTimeOffset? LastHeard, long Read, long Mentions)
{
    /// <summary>For a channel whose service charges for what is read.</summary>
    public Spend? Spend { get; init; }
}

/// <summary>The state of each channel, notifier and room, for health and for the demo's table.</summary>
public sealed class HealthBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, PartHealth> _parts = new();

    public IReadOnlyList<PartHealth> Parts => [.. _parts.Values.OrderBy(part => part.Name, StringComparer.Ordinal)];

    public bool AllWell => _parts.Values.All(part => part.Condition != Condition.Failing);

    public PartHealth? Of(string name) => _parts.GetValueOrDefault(name);

    public void Starting(string name) => Update(name, part => Enter(part, Condition.Starting));

    public void Heard(string name, int read, int mentions) =>
        Update(name, part => Enter(part, Condition.Listening) with { LastHeard = time.GetUtcNow(), Read = part.Read + read, Mentions = part.Mentions + mentions, Failures = 0, Why = null });

    public void Spent(string name, Spend spend) => Update(name, part => part with { Spend = spend.WaitsAsBefore ? spend with { GoesOn = part.Spend?.GoesOn } : spend });

    public void Well(string name) => Update(name, part => Enter(part, Condition.Listening) with { Failures = 0, Why = null });

    public void Failing(string name, string why)
    {
        Measures.Faults.Count(1, "part", name);
        Update(name, part => Failed(part, why));
    }

    /// <summary>A part that is there and well for all we knew hears nothing now; whether it fails shows later.</summary>
    public void Unheard(string name, string why)
    {
        while (Of(name) is { Condition: Condition.Starting or Condition.Listening } part)
        {
            // It may be heard or removed meanwhile, by another thread.
            if (_parts.TryUpdate(name, Failed(part, why), part))
            {
                Measures.Faults.Count(1, "part", name);
                return;
            }
        }
    }

    public void Finished(string name) => Update(name, part => Enter(part, Condition.Finished) with { Why = null });

    public void Removed(string name) => _parts.TryRemove(name, out _);

    private PartHealth Failed(PartHealth part, string why) => Enter(part, Condition.Failing) with { Failures = part.Failures + 1, Why = why };

    private PartHealth Enter(PartHealth part, Condition condition) =>
        part.Condition == condition ? part : part with { Condition = condition, Since = time.GetUtcNow() };

    private PartHealth New(string name)
    {
        Measures.Faults.Count(0, "part", name);
        return new PartHealth(name, Condition.Starting, time.GetUtcNow(), 0, null, null, 0, 0);
    }

    private void Update(string name, Func<PartHealth, PartHealth> change) =>
        _parts.AddOrUpdate(
            name,
            _ => change(New(name)),
            (_, part) => change(part));
}
