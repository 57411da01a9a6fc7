using ListeningBot.Cli;
using ListeningBot.Core.Pipeline;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cli;

public sealed class StoreAwaitedTests
{
    private static readonly StoreException Away = new($"No server answers; {StoreException.ByItself}.");
    private readonly ManualClock _clock = new();
    private readonly StringWriter _errors = new();
    private int _tries;

    [Fact]
    public async Task A_store_that_is_away_at_the_start_is_waited_for_and_that_is_told_once()
    {
        var run = RunVerb.StoreAwaitedAsync(() => ++_tries < 4 ? throw Away : Task.FromResult(7), _clock, _errors, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(7, await run);
        Assert.Equal("No server answers; the start is tried again each two seconds, for a minute.\n", _errors.ToString());
    }

    [Fact]
    public async Task After_a_minute_it_ends_so_that_what_manages_services_sees_it()
    {
        var run = RunVerb.StoreAwaitedAsync(() => { _tries++; throw Away; }, _clock, _errors, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(run.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(Away, await Assert.ThrowsAsync<StoreException>(() => run));
        Assert.Equal(31, _tries);
    }

    [Fact]
    public async Task What_somebody_has_to_mend_is_told_at_once()
    {
        await Assert.ThrowsAsync<StoreException>(() => RunVerb.StoreAwaitedAsync(() => throw new StoreException("The password is wrong."), _clock, _errors, CancellationToken.None));
        Assert.Equal("", _errors.ToString());
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        var run = RunVerb.StoreAwaitedAsync(() => throw Away, _clock, _errors, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }
}
