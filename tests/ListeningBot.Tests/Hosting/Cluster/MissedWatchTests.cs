using ListeningBot.Core.Alerting;
using ListeningBot.Hosting;
using ListeningBot.Hosting.Cluster;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Hosting.Cluster;

/// <summary>A machine is gone that was not stopped on purpose: the ops room is told once, and once more when it is back.</summary>
public sealed class MissedWatchTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Killed = ManualClock.Start;
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly List<string> _rung = [];

    [Fact]
    public async Task A_machine_that_is_gone_for_a_minute_is_told_once_and_once_more_when_it_is_back()
    {
        var web1 = Machine();
        await MinutesAsync(1, async () => await LookAsync(web1, ["web1"], ("web2", Killed)));
        Assert.Empty(await NoticesAsync());

        await MinutesAsync(30, async () => await LookAsync(web1, ["web1"], ("web2", Killed)));
        Assert.Equal(
            ["bad: Machine \"web2\" is gone since 09:00 UTC without having handed over what it ran. That is run by \"web1\" now, the only one left: nobody takes over from that one. Look whether that machine runs and reaches the database, and start it again, unless a new one took its place; `listeningbot status` on one that runs tells more."],
            await NoticesAsync());

        // Its killed start stands there for a day.
        await MinutesAsync(5, async () => await LookAsync(web1, ["web1", "web2"], ("web2", Killed)));
        Assert.Equal("good: Machine \"web2\" is back; it was gone since 09:00 UTC. It takes its share again.", (await NoticesAsync())[1]);
        Assert.Equal(2, (await NoticesAsync()).Count);
        Assert.Equal(["ops", "ops"], _rung);

        var again = _clock.GetUtcNow();
        await MinutesAsync(5, async () => await LookAsync(web1, ["web1", "web3"], ("web2", again), ("web2", Killed)));
        Assert.Equal(3, (await NoticesAsync()).Count);
        Assert.Contains("gone since 09:36 UTC without having handed over what it ran. That is run by \"web1\", \"web3\" now. Look", (await NoticesAsync())[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_within_the_minute_says_nothing()
    {
        var web1 = Machine();
        for (var i = 0; i < 5; i++)
        {
            var killed = _clock.GetUtcNow();
            await LookAsync(web1, ["web1"], ("web2", killed));
            _clock.Advance(TimeSpan.FromSeconds(55));
            await LookAsync(web1, ["web1"], ("web2", killed));
            _clock.Advance(TimeSpan.FromSeconds(5));
            await LookAsync(web1, ["web1", "web2"], ("web2", killed));
        }
        Assert.Empty(await NoticesAsync());
    }

    [Fact]
    public async Task Several_machines_and_their_restarts_tell_it_once()
    {
        MissedWatch[] others = [Machine(), Machine(), Machine()];
        await MinutesAsync(5, async () => await Task.WhenAll(others.Select(one => LookAsync(one, ["web1", "web3", "web4"], ("web2", Killed)))));
        others = [Machine(), Machine(), Machine(), Machine()];
        await MinutesAsync(5, async () => await Task.WhenAll(others.Select(one => LookAsync(one, ["web1", "web3", "web4"], ("web2", Killed)))));
        Assert.Single(await NoticesAsync());

        // One of them learns later than the others that it is back.
        await MinutesAsync(2, async () => await Task.WhenAll(others.Select((one, i) => i == 0 ? LookAsync(one, ["web1"], ("web2", Killed)) : LookAsync(one, ["web1", "web2"]))));
        await MinutesAsync(2, async () => await Task.WhenAll(others.Append(Machine()).Select(one => LookAsync(one, ["web1", "web2"]))));
        Assert.Equal(["bad", "good"], (await NoticesAsync()).Select(notice => notice.Split(':')[0]));
    }

    [Fact]
    public async Task Of_a_machine_that_was_stopped_on_purpose_or_is_forgotten_after_a_day_nothing_is_said()
    {
        var web1 = Machine();
        await LookAsync(web1, ["web1", "web2"]);
        await MinutesAsync(5, async () => await LookAsync(web1, ["web1"]));
        Assert.Empty(await NoticesAsync());

        await MinutesAsync(5, async () => await LookAsync(web1, ["web1"], ("web3", Killed)));
        await MinutesAsync(5, async () => await LookAsync(web1, ["web1"]));
        Assert.Single(await NoticesAsync());
    }

    [Fact]
    public async Task After_a_time_in_which_none_could_reach_the_database_the_others_have_a_minute_to_show_that_they_live()
    {
        var web1 = Machine();
        await LookAsync(web1, ["web1", "web2"]);
        _clock.Advance(TimeSpan.FromMinutes(20));
        await LookAsync(web1, ["web1"], ("web2", Killed));
        _clock.Advance(TimeSpan.FromSeconds(40));
        await web1.LookAsync(View(["web1"], [("web2", Killed)]) with { Since = TimeSpan.FromSeconds(20) }, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(40));
        await LookAsync(web1, ["web1"], ("web2", Killed));
        Assert.Empty(await NoticesAsync());
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private MissedWatch Machine() => new(new ClusterTimes(), _temp.Store, new RoomBells(_clock) { Rung = _rung.Add }, _clock, NullLogger<MissedWatch>.Instance);

    private async Task MinutesAsync(int minutes, Func<Task> look)
    {
        for (var i = 0; i < minutes; i++)
        {
            await look();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private Task LookAsync(MissedWatch machine, string[] live, params (string Name, DateTimeOffset Seen)[] gone) => machine.LookAsync(View(live, gone), TestContext.Current.CancellationToken);

    private ClusterView View(string[] live, (string Name, DateTimeOffset Seen)[] gone)
    {
        var nodes = live.Select(name => new ClusterNode("start of " + name, name, "1", new HashSet<string>())).ToList();
        return new ClusterView(nodes[0], new HashSet<string>(), [], new Round(_clock.GetUtcNow(), new HashSet<string>(), nodes, gone, []), TimeSpan.FromSeconds(1), TimeSpan.Zero, Fault: null);
    }

    private Task<List<string>> NoticesAsync() =>
        _temp.ReadAsync(view => Enumerable.Range(1, 20).Select(id => view.NoticeOf(id)).OfType<NoticeCard>().Select(notice => $"{(notice.Good ? "good" : "bad")}: {notice.Text}").ToList());
}
