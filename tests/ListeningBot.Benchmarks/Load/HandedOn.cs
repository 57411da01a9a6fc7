using System.Collections.Concurrent;

namespace ListeningBot.Benchmarks.Load;

/// <summary>When each mention of a schedule that begins now was handed to the notifier.</summary>
internal sealed class HandedOn(string who, Schedule schedule, TimeProvider time)
{
    private readonly ConcurrentDictionary<int, TimeSpan> _at = [];
    private readonly TimeSpan _processor = Environment.CpuUsage.TotalTime;

    public long Began { get; } = time.GetTimestamp();

    public void Note(int number) => _at.TryAdd(number, time.GetElapsedTime(Began));

    public void Print()
    {
        var processor = Environment.CpuUsage.TotalTime - _processor;
        var took = _at.Where(put => schedule.Counts(put.Key)).Select(put => (put.Value - schedule.DueAt(put.Key)).TotalMilliseconds).Order().ToList();
        Console.WriteLine($"{who}: {schedule.Counted} mentions due in {schedule.Length.TotalSeconds:0} s, for {(schedule.Rooms == 1 ? "one room" : $"{schedule.Rooms} rooms")}, {took.Count} handed to the notifier");
        Console.WriteLine("due to handed on: " + string.Join(", ", new[] { 50.0, 90, 95, 99, 99.9 }.Select(p => $"p{p} {Spread.At(took, p):0.0} ms")) + $", most {took[^1]:0.0} ms");
        Console.WriteLine($"processor time of a mention, what was compiled meanwhile included: {processor.TotalMilliseconds / schedule.All:0.00} ms");
        foreach (var bound in new[] { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000 })
        {
            var below = took.Count(one => one < bound);
            Console.WriteLine($"  below {bound,5} ms  {below,6}  {100.0 * below / took.Count,6:0.00}%");
        }
    }
}
