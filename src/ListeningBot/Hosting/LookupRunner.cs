using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;
using ListeningBot.Reach;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>
/// Looks up who wrote a complaint, and how to reach them, once its card is wanted: a few at a time, again after a growing pause where something could not be had,
/// and not for ever. What is found becomes an event of the case.
/// </summary>
internal sealed class LookupRunner(IStore store, AuthorSearch search, PolicyBook policies, RoomBells bells, TimeProvider time, ILogger<LookupRunner> log)
{
    public const int AtOnce = 6;

    /// <summary>With the pauses between them about four hours.</summary>
    public const int MostTries = 8;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(24);
    private readonly Backoff _backoff = new(TimeSpan.FromMinutes(2), TimeSpan.FromHours(2));
    private readonly Repetition _told = new(time);

    public async Task RunAsync(CancellationToken ct)
    {
        var under = new Dictionary<long, Task>();
        while (!ct.IsCancellationRequested)
        {
            foreach (var done in under.Where(one => one.Value.IsCompleted).Select(one => one.Key).ToList())
            {
                under.Remove(done);
            }
            await StartAsync(under, ct);
            await Task.WhenAny([.. under.Values, Task.Delay(Look, time, ct)]);
        }
        await Task.WhenAll(under.Values);
    }

    private async Task StartAsync(Dictionary<long, Task> under, CancellationToken ct)
    {
        if (under.Count == AtOnce)
        {
            return;
        }
        try
        {
            var due = await store.ReadAsync(view => view.LookupsDue(time.GetUtcNow(), AtOnce + under.Count), ct);
            foreach (var work in due.Where(work => !under.ContainsKey(work.Mention)).Take(AtOnce - under.Count))
            {
                under[work.Mention] = TryAsync(work, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The loop ends.
        }
        catch (IOException e)
        {
            await FailedAsync(e, ct);
        }
    }

    /// <summary>The store is away: what is due stays due, and is not asked for in a loop.</summary>
    private async Task FailedAsync(IOException e, CancellationToken ct)
    {
        if (_told.IsNews(e.Message))
        {
            log.DueWorkFailed("looking up authors", e);
        }
        await Task.Delay(StorePause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Never throws. What the store could not take stays due; what defeats us is a try like others, so that no site is asked for ever.</summary>
    private async Task TryAsync(LookupWork work, CancellationToken ct)
    {
        try
        {
            await LookAsync(work, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // It stays due.
        }
        catch (IOException e)
        {
            await FailedAsync(e, ct);
        }
        catch (Exception e)
        {
            log.DueWorkFaulted(e, "looking up authors");
            await PutOffAsync(work, ct);
        }
    }

    private async Task PutOffAsync(LookupWork work, CancellationToken ct)
    {
        try
        {
            await store.WriteAsync(tx => Next(tx, work, ends: work.Tries + 1 >= MostTries, "an unexpected fault", _backoff.Next(work.Tries + 1)), ct);
        }
        catch (IOException e)
        {
            await FailedAsync(e, ct);
        }
        catch (OperationCanceledException)
        {
            // It stays due.
        }
    }

    /// <param name="missing">What could not be had; null when all was found.</param>
    private bool Next(IStoreTx tx, LookupWork work, bool ends, string? missing, TimeSpan pause)
    {
        if (ends)
        {
            tx.EndLookup(work.Mention, time.GetUtcNow());
            if (missing is not null && tx.MentionOf(work.Mention) is { Deleted: false } mention)
            {
                tx.AddDead(new DeadLetter(DeadKind.Lookup, mention.Post.Channel, mention.CaseId is { } id ? $"case {id}" : $"mention {work.Mention}", missing) { Work = new DeadLookup(work.Mention) }, time.GetUtcNow());
            }
        }
        else
        {
            tx.PutOffLookup(work.Mention, time.GetUtcNow() + pause);
        }
        return true;
    }

    private async Task LookAsync(LookupWork work, CancellationToken ct)
    {
        var (mention, known) = await store.ReadAsync(view => (view.MentionOf(work.Mention), view.ContactsIn(work.Mention)), ct);
        if (mention is not { Deleted: false })
        {
            await store.WriteAsync(tx => { tx.EndLookup(work.Mention, time.GetUtcNow()); return true; }, ct);
            return;
        }
        var found = await SearchAsync(mention, ct);
        var now = time.GetUtcNow();
        var ends = found.Missing is null || work.Tries + 1 >= MostTries;
        var pause = LongerOf(_backoff.Next(work.Tries + 1), found.After);
        if (found.Missing is { } missing)
        {
            log.AuthorNotFound(mention.Id, missing, ends ? "It is given up." : $"It is tried again in {pause.WholeSeconds()}.");
        }

        // What was found before and can't be had just now is not lost.
        IReadOnlyList<Contact> contacts = found.Missing is null ? found.Contacts : Contacts.Each(found.Contacts.Concat(known));
        var rooms = await store.WriteAsync(
            tx =>
            {
                var changed = KnownAuthors.Record(tx, mention.Id, found.Author, contacts, found.Profile, policies.Current, now);
                Next(tx, work, ends, found.Missing, pause);
                return changed;
            },
            ct);
        bells.Ring(rooms);
    }

    private async Task<AuthorFound> SearchAsync(Mention mention, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return await search.FindAsync(mention.Post, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new AuthorFound(mention.Post.Author, []) { Missing = $"it took longer than {Longest.TotalSeconds:0} seconds" };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.DueWorkFaulted(e, "looking up an author");
            return new AuthorFound(mention.Post.Author, []) { Missing = $"an unexpected fault ({e.GetType().Name})" };
        }
    }

    private static TimeSpan LongerOf(TimeSpan own, TimeSpan? asked) => asked > LongestRest ? LongestRest : asked > own ? asked.Value : own;
}
