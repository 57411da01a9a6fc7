using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Tests.Hosting;

public sealed class JobsTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly HealthBoard _board;
    private readonly CollectedLogs _logs = new();

    public JobsTests() => _board = new HealthBoard(_clock);

    [Fact]
    public async Task A_sweep_that_the_store_refuses_is_told_unless_the_store_watch_has_told_of_the_store()
    {
        var store = new FailingStore(_temp.Store);
        var job = new SweepJob(new DueWork(store, new PolicyBook(), _clock, _ => { }), new Heartbeat(store, _clock), _board, _logs.CreateLogger<SweepJob>());

        await job.Execute(null!);
        Assert.Contains("full", Assert.Single(_logs.Lines).Text, StringComparison.Ordinal);

        _board.Failing(StoreWatch.Part, "the disk is full");
        for (var i = 0; i < 100; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            await job.Execute(null!);
        }

        Assert.Single(_logs.Lines);
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
