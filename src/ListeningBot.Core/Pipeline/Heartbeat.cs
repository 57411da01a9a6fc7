using System.Globalization;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>Remembers that the program runs, so that a time in which it did not is known as a gap of every channel.</summary>
public sealed class Heartbeat(IStore store, TimeProvider time)
{
    private const string Document = "last heartbeat";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>Shorter stops make nothing late.</summary>
    private static readonly TimeSpan NoticedAfter = TimeSpan.FromMinutes(2);
    public const string NotRunning = "ListeningBot was not running";
    private const string NoDatabase = "no machine could reach the database";
    private const string Slept = "ListeningBot was not running, this machine slept, or its clock was set forth";
    private DateTimeOffset _last;

    /// <summary>When a beat was last asked for, whether or not the store took it.</summary>
    private DateTimeOffset? _called;

    /// <summary>What was slept through, and is not in the store yet.</summary>
    private readonly List<Gap> _slept = [];

    /// <summary>It has begun: a time without a beat is since then none in which the program did not run.</summary>
    private bool _runs;

    /// <summary>Since when, by the steady clock, beats are left.</summary>
    private long? _late;

    /// <summary>
    /// At the start: each channel that was read before was not heard since the last beat; what became of that is known when it is read again.
    /// What lasted for a channel that nobody reads any more ends here. Called again in the same run, it notes what nobody could: the ops room knew nothing of it, and is told of its end.
    /// </summary>
    /// <param name="givesUp">False where others may read what is not among these channels.</param>
    public async Task StartAsync(IReadOnlyList<string> channels, CancellationToken ct, bool givesUp = true) => _runs = await store.WriteAsync(
        tx =>
        {
            var now = time.GetUtcNow();
            if (Last(tx) is { } last && now - last >= NoticedAfter)
            {
                var missed = Missed(tx, last, now, _runs ? NoDatabase : NotRunning).ToList();
                foreach (var channel in channels.Where(channel => WasMissed(tx, channel, now)))
                {
                    foreach (var gap in missed)
                    {
                        tx.AddGap(channel, gap, now, told: _runs);
                    }
                }
            }
            foreach (var channel in givesUp ? tx.UnsettledGaps().Select(entry => entry.Owner).Distinct().Except(channels) : [])
            {
                Ledger.GiveUp(tx, channel, now);
            }
            Keep(tx, now);
            return true;
        },
        ct);

    /// <summary>It was read before, is not dark still, and not heard again already: what is brought to each machine waits for no lease.</summary>
    private static bool WasMissed(IStoreView view, string channel, DateTimeOffset now) =>
        view.HeardAt(channel) is { } heard && now - heard >= NoticedAfter && !view.UnsettledGaps(channel).Any(entry => entry.IsDark);

    /// <summary>For who looks into the store from beside: the time since the program ended, when it does not run; else null.</summary>
    public static Gap? StoppedSince(IStoreView view, DateTimeOffset now) =>
        Last(view) is { } last && now - last >= NoticedAfter ? new Gap(last, Gap.NoEnd, PutBackAfter(view, last) is { } taken ? PutBack.Cause(taken) : NotRunning) { Fate = GapFate.Open } : null;

    /// <summary>From the last beat to now; what a store lost that was put back is told apart from what nobody heard before its backup was made.</summary>
    private static IEnumerable<Gap> Missed(IStoreView view, DateTimeOffset last, DateTimeOffset now, string cause)
    {
        var from = last;
        if (PutBackAfter(view, last) is { } taken && now - taken >= NoticedAfter)
        {
            if (taken - last >= NoticedAfter)
            {
                yield return new Gap(last, taken, cause) { Fate = GapFate.Open };
                from = taken;
            }
            yield return new Gap(from, now, PutBack.Cause(taken)) { Fate = GapFate.Open };
        }
        else
        {
            yield return new Gap(last, now, cause) { Fate = GapFate.Open };
        }
    }

    /// <summary>The moment of the backup from which the store was put back, while nothing ran on it since: the first beat ends that. It is kept to the millisecond.</summary>
    private static DateTimeOffset? PutBackAfter(IStoreView view, DateTimeOffset last) => PutBack.Taken(view) is { } taken && taken.AddMilliseconds(1) > last ? taken : null;

    internal static DateTimeOffset? Last(IStoreView view) => DateTimeOffset.TryParse(view.Document(Document), CultureInfo.InvariantCulture, out var last) ? last : null;

    /// <summary>
    /// Where several machines share a store: when none of them could write for long, the time is a gap of every channel, and <see cref="StartAsync"/>, which notes it, comes again before the
    /// channels are read again. No beat may hide it before. That takes seconds: what is late for longer is so by the clock alone, which somebody has set.
    /// </summary>
    public bool LeavesLateBeats { get; set; }

    /// <summary>All that are read now.</summary>
    public Func<IReadOnlyList<string>> Channels { get; set; } = () => [];

    /// <summary>
    /// Called often; writes seldom. Where it was not called for long, the machine slept: that is a gap as at a start. (Where several share a store, others have gone on meanwhile.)
    /// </summary>
    public async Task BeatAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (!LeavesLateBeats && _called is { } called && now - called >= NoticedAfter)
        {
            _slept.Add(new Gap(called, now, Slept) { Fate = GapFate.Open });
        }
        _called = now;
        if (now - _last >= Every || now < _last)
        {
            var kept = await store.WriteAsync(tx => Beaten(tx, now), ct);
            (_last, _late) = (now, kept ? null : _late ?? time.GetTimestamp());
            _slept.Clear();
        }
    }

    /// <summary>False: it is late, and left to <see cref="StartAsync"/>.</summary>
    private bool Beaten(IStoreTx tx, DateTimeOffset now)
    {
        if (LeavesLateBeats && Last(tx) is { } last && now - last >= NoticedAfter && (_late is not { } since || time.GetElapsedTime(since) < NoticedAfter))
        {
            return false;
        }
        var channels = Channels();
        foreach (var gap in _slept.Where(gap => !channels.Any(channel => IsHeardIn(tx, channel, gap))))
        {
            foreach (var channel in channels.Where(channel => tx.HeardAt(channel) is not null && !tx.UnsettledGaps(channel).Any(entry => entry.IsDark)))
            {
                tx.AddGap(channel, gap, now, told: true);
            }
        }
        Keep(tx, now);
        return true;
    }

    /// <summary>Not just before, nor at once when it woke: that anything was heard in the midst shows that the program ran, and something kept the beats waiting.</summary>
    private static bool IsHeardIn(IStoreView view, string channel, Gap slept) => view.HeardAt(channel) is { } heard && heard - slept.From >= Every && slept.To - heard >= Every;

    private static void Keep(IStoreTx tx, DateTimeOffset now) => tx.KeepDocument(Document, now.ToString("O", CultureInfo.InvariantCulture), now);
}
