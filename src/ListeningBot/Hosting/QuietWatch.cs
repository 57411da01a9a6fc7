using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>Notices when one channel answers and gives nothing for unusually long, or for longer than was set. What it learned is kept in the store.</summary>
/// <param name="after">How long it may be quiet; zero: for ever; null: as long as it usually is.</param>
public sealed class QuietWatch(string channel, TimeSpan? after, IStore store, Darkness darkness, TimeProvider time, ILogger log)
{
    /// <summary>So much may be forgotten in a crash.</summary>
    private static readonly TimeSpan KeptEvery = TimeSpan.FromMinutes(10);

    /// <summary>No channel that is read leaves its cursor alone for so long, but one that only waits for what comes.</summary>
    private static readonly TimeSpan UnreadFor = TimeSpan.FromDays(1);
    private Rhythm? _rhythm;
    private volatile bool _answers;
    private DateTimeOffset _keptAt = time.GetUtcNow();

    /// <summary>The silence that was told of, by its beginning.</summary>
    private DateTimeOffset? _told;

    private string Document => "rhythm of " + channel;

    public async Task StartAsync(CancellationToken ct) => _rhythm ??= await store.ReadAsync(Known, ct);

    /// <summary>It failed, or was read to its end.</summary>
    public void NotAnswering() => _answers = false;

    /// <param name="gave">With something new in it.</param>
    /// <param name="ended">What of the ledger of blind spots ended with it.</param>
    public void Heard(bool gave, IReadOnlyList<LedgerEntry> ended)
    {
        var now = time.GetUtcNow();
        Forget(ended.Where(entry => !entry.Gap.Quiet), now);
        _rhythm?.Heard(now, gave);
        Forget(ended.Where(entry => entry.Gap.Quiet), now);
        _answers = true;
    }

    /// <summary>Called each minute.</summary>
    /// <param name="waits">It asks for nothing just now, because there is no money for it: that is no silence of its source.</param>
    public async Task LookAsync(bool waits, CancellationToken ct)
    {
        if (_rhythm is not { } rhythm)
        {
            return;
        }
        var now = time.GetUtcNow();
        if (waits)
        {
            rhythm.Forget(now, now);
        }
        if (_answers && rhythm.QuietSince is { } since && since != _told && IsTooQuiet(rhythm, now - since, now))
        {
            var cause = after is { } most ? $"it answers but has given nothing for longer than its QuietAfter of {most}" : "it answers but has given nothing for unusually long";
            _told = await darkness.QuietAsync(since, cause, ct) ? since : _told;
        }
        if (now - _keptAt >= KeptEvery)
        {
            await KeepAsync(ct);
        }
    }

    /// <summary>Also at the end of a run.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        if (_rhythm is not { QuietSince: not null } rhythm)
        {
            return;
        }
        try
        {
            _keptAt = time.GetUtcNow();
            await store.WriteAsync(tx => { tx.KeepDocument(Document, rhythm.ToString(), _keptAt); return 0; }, ct);
        }
        catch (IOException e)
        {
            log.DueWorkFailed($"keeping the rhythm of channel {channel}", e);
        }
    }

    /// <summary>What was learned. Of the time in which nobody read the channel, because it was not configured, nothing is.</summary>
    private Rhythm Known(IStoreView view)
    {
        var (rhythm, now) = (Rhythm.Parse(view.Document(Document)), time.GetUtcNow());
        if (rhythm.QuietSince is not null && view.HeardAt(channel) is { } heard && now - heard > UnreadFor)
        {
            rhythm.Forget(heard, now);
        }
        return rhythm;
    }

    private void Forget(IEnumerable<LedgerEntry> ended, DateTimeOffset now)
    {
        foreach (var entry in ended)
        {
            _rhythm?.Forget(entry.Gap.From, now);
        }
    }

    private bool IsTooQuiet(Rhythm rhythm, TimeSpan quiet, DateTimeOffset now) => after is { } most ? most > TimeSpan.Zero && quiet >= most : rhythm.IsTooQuiet(now);
}
