using System.Collections.Concurrent;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting;
using ListeningBot.Hosting.Cluster;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ListeningBot.Tests.Hosting.Cluster;

/// <summary>Whatever the way to the database does, this machine goes on asking what others did and telling them what it did.</summary>
public sealed class ElsewhereTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Rooms_of_other_machines_are_rung_again_after_the_way_to_the_database_had_fallen_silent()
    {
        LocalPostgres.SkipIfMissing();
        var postgres = await LocalPostgres.Shared;
        var database = await postgres.NewDatabaseAsync();
        await using var store = PostgresStore.Open(database, NullLogger.Instance);
        var (isSilent, swallowed) = (false, false);
        await using var way = new LoopbackWay(postgres.Port, async (passing, ct) =>
        {
            // Nothing of what is under way arrives any more, and nobody is told.
            if (Volatile.Read(ref isSilent))
            {
                Volatile.Write(ref swallowed, true);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            }
            await passing.OnAsync(ct);
        });
        await using var elsewhere = new Elsewhere(new SharedDatabase(database.Replace($"Port={postgres.Port}", $"Port={way.Port}", StringComparison.Ordinal)), new OpenThreads(), store, new RoomBells(_clock), _clock, NullLogger<Elsewhere>.Instance);
        await using var others = await OtherMachine.ListenAsync(database);
        elsewhere.Start();
        elsewhere.Ring("before");
        await Until(() => others.Heard.Contains("before"));

        Volatile.Write(ref isSilent, true);
        elsewhere.Ring("lost");
        await Until(() => Volatile.Read(ref swallowed));
        Volatile.Write(ref isSilent, false);
        _clock.Advance(TimeSpan.FromSeconds(5));

        await Until(() =>
        {
            elsewhere.Ring("after");
            return others.Heard.Contains("after");
        });
    }

    private static async Task Until(Func<bool> done)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "it did not happen");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Hears the bells as another machine does.</summary>
    private sealed class OtherMachine(NpgsqlConnection connection) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _work = Task.CompletedTask;

        public ConcurrentBag<string> Heard { get; } = [];

        public static async Task<OtherMachine> ListenAsync(string database)
        {
            var connection = new NpgsqlConnection(database + ";Pooling=false");
            var machine = new OtherMachine(connection);
            connection.Notification += (_, bell) => machine.Heard.Add(bell.Payload);
            await connection.OpenAsync();
            await using var listen = new NpgsqlCommand("LISTEN listeningbot", connection);
            await listen.ExecuteNonQueryAsync();
            machine._work = machine.HearAsync();
            return machine;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await connection.DisposeAsync();
            _stop.Dispose();
        }

        private async Task HearAsync()
        {
            while (true)
            {
                await connection.WaitAsync(_stop.Token);
            }
        }
    }
}
