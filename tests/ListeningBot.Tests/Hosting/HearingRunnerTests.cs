using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace ListeningBot.Tests.Hosting;

public sealed class HearingRunnerTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly Mock<INotifier> _chat = new(MockBehavior.Strict);

    [Fact]
    public async Task When_presses_can_not_be_heard_the_operators_are_told_once_and_once_when_they_are_heard_again()
    {
        using var stop = new CancellationTokenSource();
        var hears = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stop.Token.Register(() => hears.TrySetCanceled(stop.Token));
        _chat.Setup(chat => chat.HearAsync(It.IsAny<IDesk>(), It.IsAny<Action<string?>>(), It.IsAny<CancellationToken>()))
            .Returns((IDesk _, Action<string?> told, CancellationToken _) =>
            {
                if (_chat.Invocations.Count < 3)
                {
                    return Task.FromException(new IOException("the token is refused; reset it"));
                }
                told(null);
                return hears.Task;
            });

        var run = Runner().RunAsync(stop.Token);
        while (_chat.Invocations.Count < 3)
        {
            await Task.Yield();
            if (_clock.Waiting > 0)
            {
                _clock.Advance(TimeSpan.FromMinutes(30));
            }
        }
        while (Health.Condition != Condition.Listening)
        {
            await Task.Yield();
        }
        while (await NoticeAsync(2) is null)
        {
            await Task.Yield();
        }
        await stop.CancelAsync();
        await run;

        Assert.Equal(3, _chat.Invocations.Count);
        Assert.Equal("Notifier \"discord\" hears no presses: the token is refused; reset it", (await NoticeAsync(1))?.Text);
        Assert.Equal("Notifier \"discord\" hears presses again.", (await NoticeAsync(2))?.Text);
        Assert.Null(await NoticeAsync(3));
    }

    [Fact]
    public async Task A_connection_that_is_away_for_three_seconds_is_told_and_that_it_is_back_at_once()
    {
        using var stop = new CancellationTokenSource();
        Action<string?> told = _ => { };
        _chat.Setup(chat => chat.HearAsync(It.IsAny<IDesk>(), It.IsAny<Action<string?>>(), It.IsAny<CancellationToken>()))
            .Callback((IDesk _, Action<string?> tell, CancellationToken _) => told = tell)
            .Returns((IDesk _, Action<string?> _, CancellationToken ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct));
        var run = Runner().RunAsync(stop.Token);
        Assert.Equal(Condition.Starting, Health.Condition);
        told(null);

        told("the connection broke");
        _clock.Advance(TimeSpan.FromSeconds(2.9));
        told(null);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await StoodAsync();
        Assert.Equal(Condition.Listening, Health.Condition);

        told("the connection broke");
        told("nobody answers");
        _clock.Advance(TimeSpan.FromSeconds(3));
        while (Health.Condition != Condition.Failing)
        {
            await Task.Yield();
        }
        Assert.Equal("nobody answers", Health.Why);
        told(null);
        Assert.Equal(Condition.Listening, Health.Condition);
        await stop.CancelAsync();
        await run;
    }

    /// <summary>What the clock released has run.</summary>
    private static async Task StoodAsync()
    {
        for (var i = 0; i < 100; i++)
        {
            await Task.Yield();
        }
    }

    private HealthBoard Board => field ??= new HealthBoard(_clock);

    private PartHealth Health => Board.Of("notifier discord")!;

    [Fact]
    public async Task That_another_machine_has_taken_over_is_told_to_nobody_as_a_fault()
    {
        using var logs = new CollectedLogs();
        using var stop = new CancellationTokenSource();
        _chat.Setup(chat => chat.HearAsync(It.IsAny<IDesk>(), It.IsAny<Action<string?>>(), It.IsAny<CancellationToken>())).ThrowsAsync(new LeaseLostException(new Lease("notifier discord", 3)));

        var run = Runner(logs.CreateLogger<HearingRunner>()).RunAsync(stop.Token);
        while (_clock.Waiting == 0)
        {
            await Task.Yield();
        }
        Assert.Equal((Condition.Starting, 0), (Health.Condition, Health.Failures));
        await stop.CancelAsync();
        await run;

        Assert.All(logs.Lines, line => Assert.Equal(LogLevel.Information, line.Level));
        Assert.Contains("Notifier discord: Another machine has taken over notifier discord", logs.Text, StringComparison.Ordinal);
        Assert.Null(await NoticeAsync(1));
    }

    private HearingRunner Runner(ILogger<HearingRunner>? log = null) => new(
        "discord", _chat.Object, new PressDesk(_temp.Store, new PolicyBook(), _clock, _ => { }), _temp.Store, new RoomBells(_clock), Board, _clock, log ?? NullLogger<HearingRunner>.Instance);

    private Task<NoticeCard?> NoticeAsync(long id) => _temp.ReadAsync(view => view.NoticeOf(id));

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
