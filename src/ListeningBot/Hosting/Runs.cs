using System.Collections.Concurrent;
using ListeningBot.Hosting.Cluster;

namespace ListeningBot.Hosting;

/// <summary>Named long-running work: one run a name, each cancelled and awaited on its own.</summary>
public sealed class Runs
{
    private readonly ConcurrentDictionary<string, Lazy<Run>> _runs = new();

    public IReadOnlyCollection<string> Names => [.. _runs.Keys];

    /// <summary>Does nothing when a run of this name is already there, or under a lease that is lost: nothing would run, and whoever holds it anew would find the place taken.</summary>
    /// <param name="grant">It runs under this lease and ends when that is lost; null: it needs none.</param>
    internal void Start(string name, Func<CancellationToken, Task> work, Grant? grant = null)
    {
        if (grant is not { Lost.IsCancellationRequested: true })
        {
            _ = _runs.GetOrAdd(name, _ => new Lazy<Run>(() => new Run(work, grant))).Value;
        }
    }

    /// <summary>The lease under which it runs; null: it needs none, or there is no such run.</summary>
    internal Grant? GrantOf(string name) => _runs.TryGetValue(name, out var run) ? run.Value.Grant : null;

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
        private readonly CancellationTokenSource _stop;
        private readonly Task _work;

        public Grant? Grant { get; }

        public Run(Func<CancellationToken, Task> work, Grant? grant)
        {
            Grant = grant;
            _stop = grant is null ? new CancellationTokenSource() : CancellationTokenSource.CreateLinkedTokenSource(grant.Lost);

            // Whoever rang for it may itself run under a lease, which is not this run's.
            using var alone = ExecutionContext.SuppressFlow();
            _work = Task.Run(() =>
            {
                grant?.Lease.Enter();
                return work(_stop.Token);
            });
        }

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}
