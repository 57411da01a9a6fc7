using ListeningBot.Hosting;
using ListeningBot.Hosting.Cluster;
using ListeningBot.Storage;

namespace ListeningBot.Tests.Hosting;

public class RunsTests
{
    /// <summary>A bell rang while the room changed hands, and who heard it still knew the lease of before.</summary>
    [Fact]
    public async Task What_is_started_under_a_lost_lease_does_not_stand_in_the_way_of_the_next_one()
    {
        var runs = new Runs();
        var (lost, held) = (Grant(1), Grant(2));
        lost.Revoke();
        var began = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);

        runs.Start("room care", _ => Task.CompletedTask, lost);
        runs.Start(
            "room care",
            _ =>
            {
                began.SetResult(Lease.Current!.Epoch);
                return Task.CompletedTask;
            },
            held);

        Assert.Equal(2, await began.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        await runs.StopAllAsync();
    }

    private static Grant Grant(long epoch) => new(new Lease("notifier chat", epoch), () => true);
}
