using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Telemetry;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>
/// Reads one channel for as long as it is configured: read, match, score, record, and only then ask for more.
/// A fault pauses this channel alone, longer each time; the operators are told once when it stays dark and once when it is back.
/// </summary>
public sealed class ChannelRunner(string name, IChannel channel, Intake intake, PolicyBook policies, IStore store, RoomBells bells, HealthBoard board, TimeProvider time, ILogger<ChannelRunner> log)
{
    private readonly FaultPause _pauses = new();
    private DateTimeOffset _failingSince;
    private readonly Repetition _told = new(time);
    private readonly Repetition _passedOver = new(time);
    private int _passed;
    private readonly Darkness _darkness = new(name, store, bells, time, log) { ReadsBack = channel.ReadsBack };
    private QuietWatch? _quiet;

    /// <summary>How long it may give nothing; zero: for ever. Default, null: as long as it usually does.</summary>
    public TimeSpan? QuietAfter { get; init; }

    private QuietWatch Quiet => LazyInitializer.EnsureInitialized(ref _quiet, () => new QuietWatch(name, QuietAfter, store, _darkness, time, log));

    public string Part => "channel " + name;

    public async Task RunAsync(WatchSet watches, CancellationToken ct)
    {
        board.Starting(Part);
        await KeepReadingAsync(watches, ct);
        await Quiet.KeepAsync(CancellationToken.None);
    }

    private async Task KeepReadingAsync(WatchSet watches, CancellationToken ct)
    {
        for (var failures = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                await ReadToEndAsync(watches, () => failures = 0, ct);
                if (!ct.IsCancellationRequested)
                {
                    await FinishAsync(ct);
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

    /// <summary>Called each minute, beside the reading: is it quiet for too long?</summary>
    public Task LookAsync(CancellationToken ct) => Quiet.LookAsync(waits: board.Of(Part)?.Spend?.GoesOn > time.GetUtcNow(), ct);

    private async Task ReadToEndAsync(WatchSet watches, Action worked, CancellationToken ct)
    {
        await Quiet.StartAsync(ct);
        var since = await store.ReadAsync(view => view.CursorOf(name), ct);
        await foreach (var batch in channel.ReadAsync(since, watches, ct).WithCancellation(ct))
        {
            await TakeAsync(batch, watches, ct);
            worked();
        }
    }

    /// <summary>Read to its end: nothing of it can be missing any more.</summary>
    private async Task FinishAsync(CancellationToken ct)
    {
        _darkness.Ended(await store.WriteAsync(tx => _darkness.End(tx, gave: true, lost: null, time.GetUtcNow()), ct));
        Quiet.NotAnswering();
        board.Finished(Part);
        TellPassedOver();
    }

    private void TellPassedOver()
    {
        if (_passed > 0)
        {
            log.PassedOver(name, _passed);
            _passed = 0;
        }
    }

    private async Task TakeAsync(PostBatch batch, WatchSet watches, CancellationToken ct)
    {
        var clock = new BatchClock(batch.SeenAt, time);
        var harvest = Traced(intake.Take(name, batch, watches) with { Clock = clock });
        clock.MarkScored();
        await new HarvestRecording(name, store, WriteAsync, time, log).RecordAsync(harvest, ct);
        Measures.PostsRead.Count(harvest.Read, "channel", name);
        board.Heard(Part, harvest.Read, mentions: 0);
        if (harvest.Gap is { } gap)
        {
            log.GapFound(name, gap.From, gap.To, gap.Cause);
        }
    }

    private static Harvest Traced(Harvest harvest) =>
        CaseTrace.IsOn && harvest.Heard.Count > 0 ? harvest with { Heard = [.. harvest.Heard.Select(heard => heard with { Trace = CaseTrace.Begin(heard.Post.Channel) })] } : harvest;

    private static void EndTraces(Harvest harvest, Recorded recorded)
    {
        foreach (var heard in harvest.Heard)
        {
            if (heard.Trace is { Id: { } trace } && recorded.Traces.TryGetValue(trace, out var joined))
            {
                CaseTrace.End(heard.Trace, heard.Post, harvest.Clock!, joined);
            }
        }
    }

    private async Task WriteAsync(Harvest harvest, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (recorded, ended) = await store.WriteAsync(
            tx =>
            {
                var ended = harvest.Next is null ? [] : _darkness.End(tx, harvest.Read > 0, harvest.Gap, now);
                return (Recorder.Record(tx, harvest, policies.Current, now), ended);
            },
            ct);
        EndTraces(harvest, recorded);
        bells.Ring(recorded.Rooms);
        board.Heard(Part, 0, recorded.Mentions);
        _passed += recorded.PassedOver;
        if (_passed > 0 && _passedOver.IsNews(""))
        {
            TellPassedOver();
        }
        if (harvest.Next is not null)
        {
            _darkness.Ended(ended);
            Quiet.Heard(harvest.Read > 0, ended);
        }
    }

    /// <summary>True when cancelled while pausing.</summary>
    private async Task<bool> PauseAfterAsync(Exception e, int failures, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        _failingSince = failures == 1 ? now : _failingSince;
        var why = e is ChannelException or IOException ? e.Message : $"an unexpected fault ({e.GetType().Name})";
        if (e is not StoreException { IsTakenOver: true })
        {
            board.Failing(Part, why);
        }
        Quiet.NotAnswering();
        Measures.LimitWaits.Add(e is ChannelException { IsOwnPause: false, After: { } asked } ? asked.TotalSeconds : 0, new KeyValuePair<string, object?>("channel", name));
        var pause = _pauses.Next(e, failures, now - _failingSince);
        if (e is ChannelException or IOException)
        {
            Tell(e, why, pause);
        }
        else
        {
            log.ChannelFaulted(e, name, pause.WholeSeconds());
        }
        try
        {
            await _darkness.FailedAsync(why, pause, ct);
            await Task.Delay(pause, time, ct);
            return false;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return true;
        }
    }

    /// <summary>A host that can't be reached is tried every few seconds; that need not be logged each time.</summary>
    private void Tell(Exception e, string why, TimeSpan pause)
    {
        if ((_told.IsNews(why) || pause > FaultPause.Shortly) && !log.TakenOver($"Channel {name}", e))
        {
            log.ChannelFailed(name, why, pause.WholeSeconds());
        }
    }
}
