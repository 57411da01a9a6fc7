using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting;
using ListeningBot.Tests.Support;
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
        _chat.SetupSequence(chat => chat.HearAsync(It.IsAny<IDesk>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new IOException("the token is refused; reset it"))
            .ThrowsAsync(new IOException("the token is refused; reset it"))
            .Returns(hears.Task);
        var board = new HealthBoard(_clock);
        var desk = new PressDesk(_temp.Store, new PolicyBook(), _clock, _ => { });
        var runner = new HearingRunner("discord", _chat.Object, desk, _temp.Store, new RoomBells(_clock), board, _clock, NullLogger<HearingRunner>.Instance);

        var run = runner.RunAsync(stop.Token);
        while (_chat.Invocations.Count < 3)
        {
            await Task.Yield();
            if (_clock.Waiting > 0)
            {
                _clock.Advance(TimeSpan.FromMinutes(30));
            }
        }
        while (board.Of("notifier discord")!.Condition != Condition.Listening)
        {
            await Task.Yield();
            _clock.Advance(TimeSpan.FromSeconds(10));
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

    private Task<NoticeCard?> NoticeAsync(long id) => _temp.ReadAsync(view => view.NoticeOf(id));

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
