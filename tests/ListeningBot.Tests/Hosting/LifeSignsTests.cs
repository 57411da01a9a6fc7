using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Watching;
using ListeningBot.Hosting;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace ListeningBot.Tests.Hosting;

/// <summary>The whole program put together below a service manager that listens.</summary>
public sealed class LifeSignsTests : IAsyncDisposable
{
    private const string Sign = "WATCHDOG=1";
    private readonly TempStore _temp = new();
    private readonly LocalServiceManager _manager = new(atAPath: false);

    [Fact]
    public async Task A_writer_that_hangs_gives_no_sign_of_life_until_it_answers_again()
    {
        using var host = await StartedAsync(TimeSpan.FromMilliseconds(60));
        await UntilAsync(() => _manager.Count(Sign) >= 2);
        using var gate = new ManualResetEventSlim();
        var hung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var write = _temp.Store.WriteAsync(_ =>
        {
            hung.SetResult();
            gate.Wait();
            return true;
        });
        await hung.Task;
        var before = _manager.Count(Sign);
        try
        {
            await FiftyPollsAsync(host);
            Assert.InRange(_manager.Count(Sign), before, before + 1);
        }
        finally
        {
            // Else a failure would hang: the store waits for its writer when it closes.
            gate.Set();
            await write;
        }
        await UntilAsync(() => _manager.Count(Sign) >= before + 3);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_scheduler_that_no_longer_ticks_gives_no_sign_of_life()
    {
        using var host = await StartedAsync(TimeSpan.FromMilliseconds(60));
        await UntilAsync(() => _manager.Count(Sign) >= 2);

        await (await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).Standby();
        var before = _manager.Count(Sign);
        for (var i = 0; i < 200; i++)
        {
            await _temp.Store.WriteAsync(_ => true);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        Assert.InRange(_manager.Count(Sign), before, before + 1);
        await host.StopAsync();
    }

    [Fact]
    public async Task It_is_told_when_all_has_begun_how_it_is_and_when_it_stops()
    {
        using var host = await StartedAsync(watchdog: TimeSpan.FromMilliseconds(60));
        await UntilAsync(() => _manager.Lines.Count >= 2);
        Assert.Equal("READY=1", _manager.Lines[0]);

        host.Services.GetRequiredService<HealthBoard>().Failing("channel inbox", "the password is refused.\nMend it\u001b[31m");
        const string Unwell = "parts are not well: channel inbox: the password is refused. Mend it [31m";
        await UntilAsync(() => _manager.Lines[^1].EndsWith(Unwell, StringComparison.Ordinal));
        Assert.StartsWith("STATUS=1 of ", _manager.Lines[^1], StringComparison.Ordinal);

        await host.StopAsync();
        await UntilAsync(() => _manager.Count("STOPPING=1") == 1);
        Assert.Equal(1, _manager.Count("READY=1"));
    }

    [Fact]
    public async Task A_store_that_refuses_answers_too()
    {
        var store = new FailingStore(_temp.Store) { Room = int.MaxValue };
        using var host = await StartedAsync(TimeSpan.FromMilliseconds(60), store);
        await UntilAsync(() => _manager.Count(Sign) >= 1);

        store.Room = 0;
        var before = _manager.Count(Sign);
        await UntilAsync(() => _manager.Count(Sign) >= before + 3);
        await host.StopAsync();
    }

    /// <summary>The scheduler ticks on, and time enough passes for many signs.</summary>
    private static async Task FiftyPollsAsync(IHost host)
    {
        var polls = host.Services.GetRequiredService<PollBell>();
        for (var i = 0; i < 50; i++)
        {
            await polls.WaitAsync("posts", TimeSpan.FromMilliseconds(20), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    private async Task<IHost> StartedAsync(TimeSpan watchdog, Core.Pipeline.IStore? store = null)
    {
        var builder = BotHost.Builder(Settings(), store ?? _temp.Store, NullLoggerFactory.Instance);
        builder.Services.AddSingleton(_ => ServiceManager.Of(_manager.Environment(watchdog).GetValueOrDefault)!);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static Settings Settings() => new()
    {
        Channels = [],
        Notifiers = [],
        Rooms = [],
        Watches = [Some.Watch()],
        Ours = Ours.Nobody,
        Storage = new StorageSettings(),
        Web = new WebSettings { Listen = "" },
        Http = new HttpSettings(),
        Alerting = new AlertingSettings(),
    };

    private static async Task UntilAsync(Func<bool> done)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(60), "Waited in vain.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _temp.DisposeAsync();
        _manager.Dispose();
    }
}
