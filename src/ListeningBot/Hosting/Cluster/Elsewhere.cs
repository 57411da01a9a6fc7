using System.Threading.Channels;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ListeningBot.Hosting.Cluster;

/// <summary>
/// What other machines did, for this one: rooms with something to show are rung by NOTIFY, at once; each second the database is asked as well, so that a lost notification costs no more
/// than that. Cases that others opened or joined are learned of so too.
/// </summary>
internal sealed class Elsewhere(SharedDatabase database, OpenThreads threads, IStore store, RoomBells bells, TimeProvider time, ILogger<Elsewhere> log) : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Channel<string> _ringing = Channel.CreateBounded<string>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly SemaphoreSlim _asking = new(1);
    private readonly CancellationTokenSource _stop = new();
    private NpgsqlConnection? _connection;
    private Task _work = Task.CompletedTask;
    private bool _failing;

    /// <summary>The last event of a case that is known here; null: nothing is.</summary>
    private long? _last;

    /// <summary>Whether this machine keeps the room.</summary>
    public Func<string, bool> Keeps { get; set; } = _ => false;

    public void Start() => _work = Task.WhenAll(Task.Run(LookAsync), Task.Run(ListenAsync), Task.Run(SendAsync));

    /// <summary>Another machine keeps this room: it is told.</summary>
    public void Ring(string room) => _ringing.Writer.TryWrite(room);

    /// <summary>Before a role is run that another machine has run: what came of it is known here then. Never fails: what can't be learned now is learned within a second or two.</summary>
    public async Task CatchUpAsync()
    {
        try
        {
            await LearnAsync(_stop.Token);
            Well();
        }
        catch (Exception e) when (IsFault(e))
        {
            await FailedAsync(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DropAsync();
    }

    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.TicksAsync(_stop.Token))
        {
            await CatchUpAsync();
            try
            {
                foreach (var room in (await store.ReadAsync(view => view.RoomsWithWork(), _stop.Token)).Where(Keeps))
                {
                    bells.Ring(room);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The store says so itself; asked again in a second.
            }
        }
    }

    /// <summary>All writers take turns, so that numbers are given in the order of the commits: after the last one known nothing is missed.</summary>
    private async Task LearnAsync(CancellationToken ct)
    {
        if (_last is null)
        {
            var last = await AskAsync((connection, stop) => NewsTables.LastAsync(connection, stop), ct);
            var (hashes, accounts) = await store.ReadAsync(view => (view.OpenThreadHashes(), view.AccountsWithCases()), ct);
            Know(hashes, accounts);
            _last = last;
        }
        var news = await AskAsync((connection, stop) => NewsTables.SinceAsync(connection, _last.Value, stop), ct);
        Know(news.Threads, news.Accounts);
        _last = news.Last;
    }

    private void Know(IReadOnlyList<ulong> hashes, IReadOnlyList<PostKey> accounts)
    {
        foreach (var hash in hashes)
        {
            threads.Add(hash);
        }
        foreach (var account in accounts)
        {
            threads.AddAuthor(ThreadHash.Of(account));
        }
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = database.NewConnection("bells", Patience);
                connection.Notification += (_, bell) =>
                {
                    if (Keeps(bell.Payload))
                    {
                        bells.Ring(bell.Payload);
                    }
                };
                await database.OpenAsync(connection, Patience, time, _stop.Token);
                await using (var listen = new NpgsqlCommand($"LISTEN {database.Schema}", connection))
                {
                    await listen.ExecuteNonQueryAsync(_stop.Token);
                }
                while (true)
                {
                    await connection.WaitAsync(_stop.Token);
                }
            }
            catch (Exception e) when (IsFault(e))
            {
                await Task.Delay(Every, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (await _ringing.Reader.WaitToReadAsync(_stop.Token))
            {
                var rooms = new HashSet<string>(StringComparer.Ordinal);
                while (rooms.Count < 100 && _ringing.Reader.TryRead(out var room))
                {
                    rooms.Add(room);
                }
                try
                {
                    await AskAsync((connection, ct) => NewsTables.RingAsync(connection, database.Schema, [.. rooms], ct), _stop.Token);
                }
                catch (Exception e) when (IsFault(e) && !_stop.IsCancellationRequested)
                {
                    // What these rooms wait for, their machine finds by itself within a second.
                    await FailedAsync(e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task<T> AskAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        await _asking.WaitAsync(ct);
        try
        {
            if (_connection is null)
            {
                _connection = database.NewConnection("news", Patience);
                await database.OpenAsync(_connection, Patience, time, ct);
            }
            using var over = new CancellationTokenSource(Patience, time);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct, over.Token);
            return await ask(_connection, patience.Token);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>The end of patience is one too, and no end of this machine.</summary>
    private static bool IsFault(Exception e) => e is NpgsqlException or IOException or TimeoutException or OperationCanceledException or InvalidOperationException;

    private void Well()
    {
        if (_failing)
        {
            _failing = false;
            log.NewsWell();
        }
    }

    private async Task FailedAsync(Exception e)
    {
        if (!_failing && !_stop.IsCancellationRequested)
        {
            _failing = true;
            log.NewsFailed(database.Why(e));
        }
        await DropAsync();
    }

    private async Task DropAsync()
    {
        await _asking.WaitAsync();
        try
        {
            if (_connection is { } connection)
            {
                _connection = null;
                await connection.DisposeAsync();
            }
        }
        catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
        {
            // It was broken already.
        }
        finally
        {
            _asking.Release();
        }
    }
}
