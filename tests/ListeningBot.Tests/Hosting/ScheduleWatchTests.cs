using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Hosting;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace ListeningBot.Tests.Hosting;

/// <summary>Somebody sets the machine's clock.</summary>
public sealed class ScheduleWatchTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly TempStore _temp = new();
    private readonly SetClock _clock = new();
    private readonly RoomBells _bells = new(TimeProvider.System);
    private readonly IHost _host;

    public ScheduleWatchTests()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddQuartz(quartz =>
        {
            quartz.AddJob<MaybeListJob>(job => job.WithIdentity(MaybeListJob.Key).StoreDurably());
            quartz.AddJob<PollJob>(job => job.WithIdentity(PollBell.Job).StoreDurably());
        });
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton<PollBell>();
        builder.Services.AddSingleton(services => new ScheduleWatch(
            Schedulers, services.GetRequiredService<PollBell>(), _bells, new CardKeeper(_temp.Store, new RoomDirectory(new Room("care", "", ""), Moq.Mock.Of<INotifier>()), new PolicyBook(), _clock, NullLogger<CardKeeper>.Instance),
            _temp.Store, _clock, NullLogger<ScheduleWatch>.Instance));
        _host = builder.Build();
    }

    private ISchedulerFactory Schedulers => _host.Services.GetRequiredService<ISchedulerFactory>();

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _temp.DisposeAsync();
    }

    [Fact]
    public async Task What_comes_at_a_time_of_day_follows_who_waits_for_a_poll_is_woken_and_what_was_put_off_is_tried()
    {
        var scheduler = await Schedulers.GetScheduler(TestContext.Current.CancellationToken);
        await scheduler.ScheduleJob(MaybeListJob.Trigger(TimeOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime.AddHours(2)), _clock.GetUtcNow()), cancellationToken: TestContext.Current.CancellationToken);
        var first = await NextAsync(scheduler);
        using var watch = _host.Services.GetRequiredService<ScheduleWatch>();
        await watch.StartAsync(TestContext.Current.CancellationToken);

        var card = new CardKey("case:1", "care");
        await _temp.WriteAsync(tx => { tx.WantCard(card, 1, Priority.High, _clock.GetUtcNow(), _clock.GetUtcNow()); tx.PutOffCard(card, _clock.GetUtcNow().AddDays(2), lookFirst: false, "busy"); return true; });
        var poll = _host.Services.GetRequiredService<PollBell>().WaitAsync("feed", TimeSpan.FromHours(6), TestContext.Current.CancellationToken);
        await MoveAsync(TimeSpan.FromDays(1), async () => await NextAsync(scheduler) == first?.AddDays(1));
        await poll.WaitAsync(Soon, TestContext.Current.CancellationToken);
        await MoveAsync(TimeSpan.FromDays(1), async () => (await _temp.Store.ReadAsync(view => view.CardsToShow("care", _clock.GetUtcNow(), 1))).Count == 1);
        await MoveAsync(TimeSpan.Zero, async () => await NextAsync(scheduler) == first);

        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<DateTime?> NextAsync(IScheduler scheduler) => (await scheduler.GetTrigger(MaybeListJob.TriggerKey))?.NextFireTimeUtc?.UtcDateTime;

    private async Task MoveAsync(TimeSpan ahead, Func<Task<bool>> until)
    {
        _clock.Ahead = ahead;
        using var late = new CancellationTokenSource(Soon, TimeProvider.System);
        while (!await until())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, late.Token);
        }
    }

    /// <summary>This machine's clock, set wrong; what is steady below it stays so.</summary>
    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
