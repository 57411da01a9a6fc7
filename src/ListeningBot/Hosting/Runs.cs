using System.Collections.Concurrent;

namespace ListeningBot.Hosting;

/// <summary>Named long-running work: one run a name, each cancelled and awaited on its own.</summary>
public sealed class Runs
{
    private readonly ConcurrentDictionary<string, Lazy<Run>> _runs = new();

    public IReadOnlyCollection<string> Names => [.. _runs.Keys];

    /// <summary>Does nothing when a run of this name is already there.</summary>
    public void Start(string name, Func<CancellationToken, Task> work) =>
        _ = _runs.GetOrAdd(name, _ => new Lazy<Run>(() => new Run(work))).Value;

    public async Task StopAsync(string name)
    {
        if (_runs.TryRemove(name, out var run))
        {
            await run.Value.StopAsync();
        }
    }

    public Task StopAllAsync() => Task.WhenAll(_runs.Keys.Select(StopAsync));

    private sealed class Run
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _work;

        public Run(Func<CancellationToken, Task> work) => _work = Task.Run(() => work(_stop.Token));

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}
