using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting.Cluster;

/// <summary>
/// Says in the ops room that another machine is gone that was not stopped on purpose, and that it is back. Every machine looks; what was told stands in the store, written in one transaction with the
/// word itself, so that it is told once, whoever tells it and whatever is restarted meanwhile.
/// </summary>
internal sealed class MissedWatch(ClusterTimes times, IStore store, RoomBells bells, TimeProvider time, ILogger<MissedWatch> log) : IAsyncDisposable
{
    private const string Document = "machines missed";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>A shorter absence is a restart.</summary>
    private static readonly TimeSpan After = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    /// <summary>Since when this machine itself sees that they are gone: after a time in which none could reach the database, each finds that all others were not seen for long.</summary>
    private Dictionary<string, (DateTimeOffset Seen, Moment Since)> _gone = [];

    public void Start(Func<ClusterView> look) => _work = Task.Run(() => WatchAsync(look));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WatchAsync(Func<ClusterView> look)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            try
            {
                await LookAsync(look(), _stop.Token);
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                log.NoticeNotStored("other machines", e);
            }
        }
    }

    internal async Task LookAsync(ClusterView view, CancellationToken ct)
    {
        if (view.Round is not { } round || view.Since >= times.TrustedFor)
        {
            _gone = [];
            return;
        }
        var gone = LongGone(round);
        var live = round.Live.Select(node => node.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var told = Missed.Parse(await store.ReadAsync(stored => stored.Document(Document), ct));
        if (Missed.Gone(told, gone).Count + Missed.Returned(told, live).Count > 0 && await store.WriteAsync(tx => Tell(tx, gone, live, round.Clock), ct))
        {
            bells.Ring(Notices.OpsRoom);
        }
    }

    private List<(string Name, DateTimeOffset Seen)> LongGone(Round round)
    {
        _gone = round.Missing.ToDictionary(
            one => one.Name,
            one => _gone.TryGetValue(one.Name, out var known) && known.Seen == one.Seen ? known : (one.Seen, Moment.Of(time)),
            StringComparer.Ordinal);
        return [.. _gone.Where(one => one.Value.Since.Passed(time) >= After).Select(one => (one.Key, one.Value.Seen))];
    }

    /// <summary>Another machine may have told it in the meantime.</summary>
    private bool Tell(IStoreTx tx, IReadOnlyList<(string Name, DateTimeOffset Seen)> longGone, IReadOnlyList<string> live, DateTimeOffset clock)
    {
        var told = Missed.Parse(tx.Document(Document));
        var (gone, back, now) = (Missed.Gone(told, longGone), Missed.Returned(told, live), time.GetUtcNow());
        foreach (var one in gone)
        {
            Notices.Add(tx, WordsOfGone(one, live, now), good: false, now);
        }
        foreach (var one in back)
        {
            Notices.Add(tx, $"Machine \"{one.Name}\" is back; it was gone since {Darkness.Time(one.Seen, now)} UTC. It takes its share again.", good: true, now);
        }
        if (gone.Count + back.Count > 0)
        {
            tx.KeepDocument(Document, Missed.Text(told, [.. gone, .. back], clock), now);
        }
        return gone.Count + back.Count > 0;
    }

    private static string WordsOfGone(Missed gone, IReadOnlyList<string> live, DateTimeOffset now) =>
        $"Machine \"{gone.Name}\" is gone since {Darkness.Time(gone.Seen, now)} UTC without having handed over what it ran. That is run by {string.Join(", ", live.Select(name => $"\"{name}\""))} now"
        + (live.Count == 1 ? ", the only one left: nobody takes over from that one. " : ". ")
        + "Look whether that machine runs and reaches the database, and start it again, unless a new one took its place; `listeningbot status` on one that runs tells more.";
}
