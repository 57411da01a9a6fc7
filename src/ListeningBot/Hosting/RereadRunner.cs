using ListeningBot.Channels;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>
/// Asks the service of one channel again about the posts of open cases, the most urgent first, and never more than once in <see cref="Pace"/>. What it says takes
/// the way of all that is read, without a cursor. A fault pauses the asking alone: the channel itself may hear all the same.
/// </summary>
internal sealed class RereadRunner(string name, IThreadReader reader, Intake intake, PolicyBook policies, IStore store, RoomBells bells, HealthBoard board, TimeProvider time, ILogger<RereadRunner> log)
{
    /// <summary>Thirty askings a minute at most.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>Who could not be asked for waits no longer than this, so that one post that defeats a service holds up nobody.</summary>
    private static readonly TimeSpan LongestPutOff = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OperatorPause = TimeSpan.FromHours(1);
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));
    private readonly Repetition _told = new(time);
    private int _failures;
    private DateTimeOffset _failedAt;

    public static string PartOf(string channel) => "open cases of " + channel;

    private string Part => PartOf(name);

    public async Task RunAsync(WatchSet watches, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var pause = Pace;
            try
            {
                await AskForDueAsync(watches, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                pause = PauseAfter(e);
            }
            await Task.Delay(pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One or more cases whose posts fit one asking; of a case with more than that, one asking after the other.</summary>
    private async Task AskForDueAsync(WatchSet watches, CancellationToken ct)
    {
        var due = await store.ReadAsync(view => DueOf(view, time.GetUtcNow()), ct);
        if (due.Count == 0)
        {
            if (_failures > 0 && time.GetUtcNow() - _failedAt > LongestPutOff)
            {
                // Those that could not be asked for would be due again: they were closed meanwhile.
                Worked();
            }
            return;
        }
        try
        {
            foreach (var (turn, posts) in due.SelectMany(one => one.Posts).Chunk(reader.AtOnce).Index())
            {
                await Task.Delay(turn == 0 ? TimeSpan.Zero : Pace, time, ct);
                await RecordAsync(await AskAsync(posts, ct), watches, ct);
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or IOException))
        {
            await NoteAsync(due, pause => pause < LongestPutOff ? pause : LongestPutOff, ct);
            throw;
        }
        await NoteAsync(due, pause => pause, ct);
        if (due.Any(one => one.Posts.Count > 0))
        {
            Worked();
        }
    }

    private void Worked()
    {
        _failures = 0;
        board.Well(Part);
    }

    private List<(long Case, DateTimeOffset FirstSeen, IReadOnlyList<Post> Posts)> DueOf(IStoreView view, DateTimeOffset now)
    {
        var due = new List<(long Case, DateTimeOffset FirstSeen, IReadOnlyList<Post> Posts)>();
        var room = reader.AtOnce;
        foreach (var id in view.CasesToAskFor(name, now, reader.AtOnce))
        {
            if (view.CaseOf(id) is not { } @case)
            {
                // It can't be read: put off by a day like an old one, it does not stand before the others for ever.
                due.Add((id, DateTimeOffset.MinValue, []));
                continue;
            }
            var posts = Rereading.PostsOf(view, @case, name);
            if (due.Count > 0 && posts.Count > room)
            {
                break;
            }
            room -= posts.Count;
            due.Add((@case.Id, @case.FirstSeen, posts));
        }
        return due;
    }

    /// <summary>What the reader says of posts that nobody asked for is not believed, other than that they are there: so is an answer that was edited before we first saw it.</summary>
    private async Task<IReadOnlyList<PostChange>> AskAsync(Post[] posts, CancellationToken ct)
    {
        var changes = await reader.ReadAsync(posts, ct);
        var asked = posts.Select(post => post.Key).ToHashSet();
        return [.. changes
            .Select(change => change.Kind == ChangeKind.Edited && !asked.Contains(change.Key) ? change with { Kind = ChangeKind.Added } : change)
            .Where(change => change.Kind is ChangeKind.Added or ChangeKind.Edited || (change.Kind == ChangeKind.Deleted && asked.Contains(change.Key)))];
    }

    /// <summary>What was read is kept until the store takes it: a reader that knows how far it has read does not give it a second time.</summary>
    private async Task RecordAsync(IReadOnlyList<PostChange> changes, WatchSet watches, CancellationToken ct)
    {
        if (changes.Count == 0)
        {
            return;
        }
        var harvest = intake.Take(name, PostBatch.OfChanges(changes, new Cursor("")), watches) with { Next = null };
        while (true)
        {
            try
            {
                await new HarvestRecording(name, store, WriteAsync, time, log).RecordAsync(harvest, ct);
                return;
            }
            catch (IOException e)
            {
                await Task.Delay(PauseAfter(e), time, ct);
            }
        }
    }

    private async Task WriteAsync(Harvest harvest, CancellationToken ct)
    {
        var recorded = await store.WriteAsync(tx => Recorder.Record(tx, harvest, policies.Current, time.GetUtcNow()), ct);
        bells.Ring(recorded.Rooms);
    }

    private Task NoteAsync(IReadOnlyList<(long Case, DateTimeOffset FirstSeen, IReadOnlyList<Post> Posts)> asked, Func<TimeSpan, TimeSpan> until, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return store.WriteAsync(
            tx =>
            {
                foreach (var (id, firstSeen, _) in asked)
                {
                    tx.AskedFor(id, name, now + until(Rereading.PauseAt(firstSeen, now)), now);
                }
                return true;
            },
            ct);
    }

    private TimeSpan PauseAfter(Exception e)
    {
        if (e is IOException)
        {
            if (_told.IsNews(e.Message))
            {
                log.DueWorkFailed($"asking {name} for open cases again", e);
            }
            return StorePause;
        }
        _failures++;
        _failedAt = time.GetUtcNow();
        var known = e as ChannelException;
        var why = known?.Message ?? $"an unexpected fault ({e.GetType().Name})";
        var own = known is { NeedsOperator: true } ? OperatorPause : _backoff.Next(_failures);
        var pause = known?.After > own ? known.After.Value : own;
        board.Failing(Part, $"What became of the posts of open cases can't be asked for: {why}");
        if (known is null)
        {
            log.RereadFaulted(e, name, pause.WholeSeconds());
        }
        else
        {
            log.RereadFailed(name, why, pause.WholeSeconds());
        }
        return pause;
    }
}
