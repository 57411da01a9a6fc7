using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>
/// Reads one channel for as long as it is configured: read, match, score, record, and only then ask for more.
/// A fault pauses this channel alone, longer each time; the operators are told once when it stays dark and once when it is back.
/// </summary>
public sealed class ChannelRunner(string name, IChannel channel, Intake intake, PolicyBook policies, IStore store, RoomBells bells, HealthBoard board, TimeProvider time, ILogger<ChannelRunner> log)
{
    private static readonly TimeSpan OperatorPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan DarkAfter = TimeSpan.FromMinutes(2);
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));
    private DateTimeOffset? _failingSince;

    /// <summary>While it fails: since when nothing was heard, and why at last.</summary>
    private DateTimeOffset? _darkSince;
    private string _whyDark = "";
    private bool _toldDark;

    public string Part => "channel " + name;

    public async Task RunAsync(WatchSet watches, CancellationToken ct)
    {
        board.Starting(Part);
        for (var failures = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                await ReadToEndAsync(watches, () => failures = 0, ct);
                if (!ct.IsCancellationRequested)
                {
                    board.Finished(Part);
                }
                return;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failures++;
                if (await PauseAfterAsync(e, failures, ct))
                {
                    return;
                }
            }
        }
    }

    private async Task ReadToEndAsync(WatchSet watches, Action worked, CancellationToken ct)
    {
        var since = await store.ReadAsync(view => view.CursorOf(name), ct);
        await foreach (var batch in channel.ReadAsync(since, watches, ct).WithCancellation(ct))
        {
            await TakeAsync(batch, watches, ct);
            worked();
            await TellBackAsync(ct);
        }
    }

    private async Task TakeAsync(PostBatch batch, WatchSet watches, CancellationToken ct)
    {
        var harvest = intake.Take(name, batch, watches);
        await RecordAsync(harvest, ct);
        _darkSince = null;
        board.Heard(Part, harvest.Read, mentions: 0);
        if (harvest.Gap is { } gap)
        {
            log.GapFound(name, gap.From, gap.To, gap.Cause);
        }
    }

    /// <summary>A batch with an item that can't be recorded is recorded item by item; that one is kept aside, and the rest goes on.</summary>
    private async Task RecordAsync(Harvest harvest, CancellationToken ct)
    {
        try
        {
            await WriteAsync(harvest, ct);
        }
        catch (Exception e) when (e is not (IOException or OperationCanceledException))
        {
            log.BatchSplit(e, name);
            foreach (var part in harvest.Apart())
            {
                await RecordPartAsync(part, ct);
            }
            await WriteAsync(harvest with { Heard = [], Gone = [] }, ct);
        }
    }

    private async Task RecordPartAsync(Harvest part, CancellationToken ct)
    {
        try
        {
            await WriteAsync(part, ct);
        }
        catch (Exception e) when (e is not (IOException or OperationCanceledException))
        {
            log.ItemKeptAside(e, name, part.Describe());
            await store.WriteAsync(tx => { tx.KeepAside(name, $"{part.Describe()} can't be recorded ({e.GetType().Name})", part.Raw(), time.GetUtcNow()); return 0; }, ct);
        }
    }

    private async Task WriteAsync(Harvest harvest, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var dark = harvest.Next is not null && _failingSince is { } failing && now - failing >= DarkAfter ? new Gap(_darkSince ?? failing, now, _whyDark) : null;
        var recorded = await store.WriteAsync(
            tx =>
            {
                if (dark is not null)
                {
                    tx.AddGap(name, dark, now);
                }
                return Recorder.Record(tx, harvest, policies.Current, now);
            },
            ct);
        bells.Ring(recorded.Rooms);
        board.Heard(Part, 0, recorded.Mentions);
    }

    /// <summary>True when cancelled while pausing.</summary>
    private async Task<bool> PauseAfterAsync(Exception e, int failures, CancellationToken ct)
    {
        var known = e as ChannelException;
        var why = e is ChannelException or IOException ? e.Message : $"an unexpected fault ({e.GetType().Name})";
        board.Failing(Part, why);
        var pause = known is { NeedsOperator: true } ? OperatorPause : Longer(known?.After, _backoff.Next(failures));
        if (e is ChannelException or IOException)
        {
            log.ChannelFailed(name, why, pause.WholeSeconds());
        }
        else
        {
            log.ChannelFaulted(e, name, pause.WholeSeconds());
        }
        try
        {
            await NoteDarkAsync(why, ct);
            await TellDarkAsync(why, known is { NeedsOperator: true }, ct);
            await Task.Delay(pause, time, ct);
            return false;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return true;
        }
    }

    /// <summary>Dark from when anything was last heard, also by an earlier run.</summary>
    private async Task NoteDarkAsync(string why, CancellationToken ct)
    {
        _whyDark = why;
        try
        {
            _darkSince ??= await store.ReadAsync(view => view.HeardAt(name), ct);
        }
        catch (IOException)
        {
            // A store that can't be read now is told of elsewhere.
        }
    }

    private async Task TellDarkAsync(string why, bool atOnce, CancellationToken ct)
    {
        _failingSince ??= time.GetUtcNow();
        if (!_toldDark && (atOnce || time.GetUtcNow() - _failingSince >= DarkAfter))
        {
            _toldDark = await TellAsync($"Channel \"{name}\" hears nothing since {_failingSince:HH:mm} UTC: {why}", good: false, ct);
        }
    }

    private async Task TellBackAsync(CancellationToken ct)
    {
        if (_failingSince is { } since)
        {
            log.ChannelBack(name, since);
        }
        if (_toldDark)
        {
            _toldDark = !await TellAsync($"Channel \"{name}\" is heard again; it was dark from {_failingSince:HH:mm} UTC.", good: true, ct);
        }
        _failingSince = null;
    }

    private async Task<bool> TellAsync(string text, bool good, CancellationToken ct)
    {
        try
        {
            await store.WriteAsync(tx => Notices.Add(tx, text, good, time.GetUtcNow()), ct);
            bells.Ring(Notices.OpsRoom);
            return true;
        }
        catch (IOException e)
        {
            log.NoticeNotStored(Part, e.Message);
            return false;
        }
    }

    private static TimeSpan Longer(TimeSpan? asked, TimeSpan own) => asked > own ? asked.Value : own;
}
