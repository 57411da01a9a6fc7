using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Watching;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>
/// Sends a made-up complaint through each channel that can take one, on a schedule and when asked, and tells what did not come out: in the ops room where a
/// channel is deaf, elsewhere where a room is.
/// </summary>
internal sealed class CanaryRunner(
    IStore store, CanarySettings settings, IReadOnlyDictionary<string, ICanaryPath> paths, IReadOnlyList<Room> rooms, WatchBook watches, RoomBells bells, HealthBoard board, TimeProvider time, ILogger<CanaryRunner> log)
{
    private const string Console = "console";
    private const string PartOf = "canary ";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(10);

    /// <summary>Sending takes no longer, whatever the way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task RunAsync(CancellationToken ct)
    {
        ForgetOthers();
        while (!ct.IsCancellationRequested)
        {
            var pause = Look;
            try
            {
                if (await BeginIfDueAsync(ct) is { } run)
                {
                    await Task.WhenAll(run.Sent.Select(sent => SendAsync(run, sent, ct)));
                }
                await JudgeAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (IOException e)
            {
                log.DueWorkFailed("the canary", e);
                pause = StorePause;
            }
            catch (Exception e)
            {
                log.DueWorkFaulted(e, "the canary");
                pause = StorePause;
            }
            await Task.Delay(pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What no canary goes through any more is not unwell for ever.</summary>
    private void ForgetOthers()
    {
        Forget(board, settings.Every > TimeSpan.Zero ? paths.Keys.Select(PartOfChannel).Concat(settings.Rooms.Select(PartOfRoom)).ToHashSet(StringComparer.Ordinal) : []);
    }

    /// <summary>What a machine saw of canaries before another one took them over, it will not see mended.</summary>
    public static void Forget(HealthBoard board, IReadOnlySet<string>? kept = null)
    {
        foreach (var part in board.Parts.Select(part => part.Name).Where(part => part.StartsWith(PartOf, StringComparison.Ordinal) && kept?.Contains(part) != true))
        {
            board.Removed(part);
        }
    }

    private static string PartOfChannel(string channel) => PartOf + "through " + channel;

    private static string PartOfRoom(string room) => PartOf + "in room " + room;

    /// <summary>Stored before it is sent: what comes in must be known.</summary>
    private async Task<CanaryRun?> BeginIfDueAsync(CancellationToken ct)
    {
        var (asked, last) = await store.ReadAsync(view => (view.Document(Canaries.Request), view.LatestCanaryRun()), ct);
        var now = time.GetUtcNow();
        var isAsked = asked is { Length: > 0 };
        var isDue = settings.Every > TimeSpan.Zero && paths.Count > 0 && (last is null || now - last.StartedAt >= settings.Every || now < last.StartedAt);
        if (!isAsked && !isDue)
        {
            return null;
        }
        var run = new CanaryRun
        {
            StartedAt = now,
            Until = now + settings.Within,
            AskedAs = isAsked ? asked : null,
            Sent = [.. paths.Keys.Order(StringComparer.Ordinal).Select(channel => new CanarySent(channel, CanaryText.NewToken(), WatchOn(channel)?.Name))],
            Rooms = settings.Rooms,
        };
        return await store.WriteAsync(
            tx =>
            {
                tx.KeepDocument(Canaries.Request, "", now);
                return run with { Id = tx.AddCanaryRun(run) };
            },
            ct);
    }

    private async Task SendAsync(CanaryRun run, CanarySent sent, CancellationToken ct)
    {
        string? failure = null;
        try
        {
            var word = WatchOn(sent.Channel) is { Everything: false } watch ? watch.Find[0] : null;
            using var late = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
            await store.WriteAsync(tx => { Canaries.NoteSent(tx, run.Id, sent.Token, null, time.GetUtcNow()); return true; }, ct);
            await paths[sent.Channel].SendAsync(sent.Token, CanaryText.Title, CanaryText.Write(sent.Token, word), either.Token);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            failure = "It was stopped meanwhile: the program ended, or its configuration was changed.";
        }
        catch (OperationCanceledException)
        {
            failure = $"It took longer than {Patience.TotalSeconds:0} seconds.";
        }
        catch (Exception e) when (e is IOException or ChannelException)
        {
            failure = e.Message;
        }
        if (failure is not null)
        {
            await store.WriteAsync(tx => { Canaries.NoteSent(tx, run.Id, sent.Token, failure, time.GetUtcNow()); return true; }, CancellationToken.None);
        }
    }

    private async Task JudgeAsync(CancellationToken ct)
    {
        foreach (var run in await store.ReadAsync(view => view.OpenCanaryRuns(), ct))
        {
            var (verdict, rung) = await store.WriteAsync(tx => Settle(tx, run.Id), ct);
            bells.Ring(rung);
            if (verdict is not null)
            {
                Show(run, verdict);
            }
        }
    }

    /// <summary>What was wrong with the run before already was told then.</summary>
    private (CanaryVerdict? Verdict, IReadOnlySet<string> Rung) Settle(IStoreTx tx, long id)
    {
        var now = time.GetUtcNow();
        if (tx.CanaryRunOf(id) is not { Verdict: null } run || Canaries.Judge(tx, run, now) is not { } verdict)
        {
            return (null, new HashSet<string>());
        }
        var before = tx.CanaryRunOf(id - 1)?.Verdict;
        var judged = run with { Verdict = verdict };
        tx.UpdateCanaryRun(judged);
        var rung = IsSeenAlready(run, judged) ? [] : Canaries.Show(tx, judged, now).ToHashSet(StringComparer.Ordinal);
        foreach (var (channel, why) in verdict.Channels.Where(wrong => before?.Channels.ContainsKey(wrong.Key) != true))
        {
            Notices.Add(tx, $"Channel \"{channel}\": {why}", good: false, now);
            rung.Add(Notices.OpsRoom);
        }
        foreach (var (room, why) in verdict.Rooms.Where(wrong => before?.Rooms.ContainsKey(wrong.Key) != true))
        {
            var notice = tx.AddNotice($"Room \"{room}\": {why}", good: false, now);
            foreach (var other in ElsewhereThan(room))
            {
                tx.WantCard(new CardKey($"notice:{notice}", other), 1, Core.Scoring.Priority.High, now, now);
                rung.Add(other);
            }
        }
        return (verdict, rung);
    }

    /// <summary>Whether the cards say the verdict since the last one arrived: what looks the same is not shown again, the console would print it twice.</summary>
    private static bool IsSeenAlready(CanaryRun open, CanaryRun judged) =>
        open.Sent.Count > 0 && open.Sent.All(sent => sent.ArrivedAt is not null) && LooksGood(open) == LooksGood(judged);

    private static bool LooksGood(CanaryRun run) => Canaries.Write(run, Canaries.KeyOf(run, Notices.OpsRoom), version: 1).Good;

    /// <summary>The console always, and one room of each other notifier; where there is none, another room of the same.</summary>
    private List<string> ElsewhereThan(string room)
    {
        var notifier = rooms.FirstOrDefault(one => one.Name == room)?.Notifier;
        var others = rooms.Where(one => one.Notifier != notifier && one.Notifier != Console).GroupBy(one => one.Notifier).Select(of => of.First().Name).ToList();
        if (others.Count == 0 && rooms.FirstOrDefault(one => one.Name != room && one.Notifier == notifier && notifier != Console && one.Address != rooms.First(r => r.Name == room).Address) is { } same)
        {
            others.Add(same.Name);
        }
        return [.. others, Console];
    }

    private void Show(CanaryRun run, CanaryVerdict verdict)
    {
        foreach (var (part, why) in run.Sent.Select(sent => (PartOfChannel(sent.Channel), verdict.Channels.GetValueOrDefault(sent.Channel))).Concat(run.Rooms.Select(room => (PartOfRoom(room), verdict.Rooms.GetValueOrDefault(room)))))
        {
            if (why is null)
            {
                board.Well(part);
                continue;
            }
            board.Failing(part, why);
            log.CanaryLost(run.Id, part, why);
        }
        if (verdict.IsWell)
        {
            log.CanaryWell(run.Id);
        }
    }

    /// <summary>A watch that listens there, in English and for real; it must match what is sent.</summary>
    private Watch? WatchOn(string channel) => watches.Current.Watches.FirstOrDefault(watch =>
        !watch.Shadow
        && (watch.Channels.Count == 0 || watch.Channels.Contains(channel, StringComparer.OrdinalIgnoreCase))
        && (watch.Languages.Count == 0 || watch.Languages.Contains("en", StringComparer.OrdinalIgnoreCase))
        && (watch.Everything || watch.Find.Count > 0));
}
