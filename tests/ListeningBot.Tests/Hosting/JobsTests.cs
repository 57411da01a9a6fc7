using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting;
using ListeningBot.Tests.Configuration;
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

    /// <summary>Its own time comes once a day; the store may take no change at that moment, or an edit may have moved it to an hour that is over.</summary>
    [Fact]
    public async Task A_maybe_list_that_did_not_come_when_it_was_due_comes_with_the_next_look_at_the_digests()
    {
        var due = new DueWork(_temp.Store, new PolicyBook(), _clock, _ => { });
        using var folder = ConfigurationFolder.With(watches: "watches:\n  - name: acme\n    find: [acme]\n");
        var settings = folder.Settings() with { Alerting = new AlertingSettings { MaybeListAt = new TimeOnly(10, 0) } };
        var refused = new DueWork(new FailingStore(_temp.Store), new PolicyBook(), _clock, _ => { });
        await due.ListMissedMaybesAsync(settings.Alerting.MaybeListAt, CancellationToken.None);
        _clock.Advance(TimeSpan.FromHours(24.5) + (ManualClock.Start.Date + TimeSpan.FromHours(10) - ManualClock.Start.DateTime));
        var before = await ListedAsync();

        await new MaybeListJob(refused, _logs.CreateLogger<MaybeListJob>()).Execute(null!);
        Assert.Equal(before, await ListedAsync());

        await new DigestJob(new Digests(_temp.Store, new PolicyBook(), _clock, _ => { }), due, settings, _logs.CreateLogger<DigestJob>()).Execute(null!);
        Assert.NotEqual(before, await ListedAsync());
    }

    /// <summary>Its list may be due at another hour than everybody's: it would put up a second one each day.</summary>
    [Fact]
    public async Task A_machine_that_runs_with_its_own_files_catches_up_no_list_of_all()
    {
        await using var nodes = new ConfigNodes();
        var (_, alone) = await nodes.ApartAsync();
        var due = new DueWork(nodes.Store.Store, new PolicyBook(), nodes.Clock, _ => { });
        var job = new DigestJob(new Digests(nodes.Store.Store, new PolicyBook(), nodes.Clock, _ => { }), due, alone.Settings, _logs.CreateLogger<DigestJob>(), alone.Live);
        await due.ListMissedMaybesAsync(alone.Settings.Alerting.MaybeListAt, CancellationToken.None);
        await alone.StopAsync();
        nodes.Clock.Advance(TimeSpan.FromDays(2));

        var before = await nodes.Store.ReadAsync(view => view.Document("last maybe list"));
        await job.Execute(null!);
        Assert.Equal(before, await nodes.Store.ReadAsync(view => view.Document("last maybe list")));
    }

    private Task<string?> ListedAsync() => _temp.ReadAsync(view => view.Document("last maybe list"));

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
