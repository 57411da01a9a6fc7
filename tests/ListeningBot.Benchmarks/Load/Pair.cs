using System.Diagnostics;

namespace ListeningBot.Benchmarks.Load;

/// <summary>Two processes on one database, of which one polls a feed each second; whoever is killed is followed by a new one.</summary>
internal abstract class Pair : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly CancellationTokenSource _stop = new();
    private Task _answering = Task.CompletedTask;

    public abstract string Name { get; }

    protected static TimeSpan Every => TimeSpan.FromSeconds(1);

    protected QuietFeed Feed { get; } = new();

    protected List<Member> Members { get; } = [];

    /// <summary>Two of them, and the feed is polled.</summary>
    public async Task BeginAsync()
    {
        _answering = Feed.AnswerAllAsync(_stop.Token);
        Members.Add(Start(Members.Count));
        await UntilAsync("the feed is polled", () => Task.FromResult(Feed.PolledAt > 0));
        Members.Add(Start(Members.Count));
    }

    /// <summary>From the kill of whoever polls until the other one does.</summary>
    public async Task<TimeSpan> TakeOverAsync()
    {
        await HolderAsync();

        // So that it meets both at any moment between two signs of life.
        await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(2000, 12000)), TimeProvider.System);
        var holder = await HolderAsync();
        var killed = TimeProvider.System.GetTimestamp();
        holder.Process.Kill();
        await holder.Process.WaitForExitAsync();

        // What it asked with its last breath is answered meanwhile.
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        var dead = TimeProvider.System.GetTimestamp();
        await UntilAsync("the feed is polled again", () => Task.FromResult(Feed.PolledAt > dead));
        var took = TimeProvider.System.GetElapsedTime(killed, Feed.PolledAt);
        Members.Add(Start(Members.Count));
        return took;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Members)
        {
            if (!member.Process.HasExited)
            {
                member.Process.Kill();
                await member.Process.WaitForExitAsync();
            }
            member.Process.Dispose();
        }
        await _stop.CancelAsync();
        await _answering;
        _stop.Dispose();
        Feed.Dispose();
    }

    /// <param name="number">How many were started before.</param>
    protected abstract Member Start(int number);

    /// <summary>Whoever has the work, once both that run are ready to have it; null: not yet.</summary>
    protected abstract Task<Member?> FindHolderAsync(IReadOnlyList<Member> running);

    private async Task<Member> HolderAsync()
    {
        Member? holder = null;
        await UntilAsync("both are ready", async () => (holder = await FindHolderAsync([.. Members.Where(member => !member.Process.HasExited)])) is not null);
        return holder!;
    }

    private async Task UntilAsync(string what, Func<Task<bool>> done)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await done())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"{Name}: waited in vain until {what}.");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    protected sealed record Member(Process Process, string Folder);
}
