using System.Net;
using System.Net.Sockets;
using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting.Cluster;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ListeningBot.Tests.Storage;

/// <summary>A primary and its synchronous copy, both real: who is asked, and when something counts as stored.</summary>
public sealed class PostgresCopiesTests : IClassFixture<PostgresCopiesTests.Pair>
{
    private readonly LocalPostgres _primary;
    private readonly LocalPostgres _copy;
    private readonly string _database;

    public PostgresCopiesTests(Pair pair)
    {
        LocalPostgres.SkipIfMissing();
        (_primary, _copy, _database) = (pair.Primary!, pair.Copy!, pair.Database);
    }

    [Fact]
    public void A_copy_is_not_even_read()
    {
        var place = PostgresPlace.Of(Hosts(_copy.Port));

        foreach (var kind in new[] { PostgresSession.Reader, PostgresSession.Writer })
        {
            Assert.Contains("takes no changes", Assert.Throws<StoreException>(() => PostgresDb.Open(place, kind)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(";Target Session Attributes=primary")]
    public void Of_several_the_primary_is_asked(string wish)
    {
        var place = PostgresPlace.Of(Hosts(_copy.Port, _primary.Port) + wish);

        foreach (var kind in new[] { PostgresSession.Reader, PostgresSession.Writer, PostgresSession.Migrating })
        {
            using var db = PostgresDb.Open(place, kind);
            db.BeginReading();
            Assert.Equal(_primary.Port, db.Number("SELECT inet_server_port()"));
            db.Undo();
        }
    }

    [Fact]
    public void What_one_of_several_says_is_told_and_what_to_do_when_all_are_copies()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(Hosts(1, _primary.Port)) { Database = "nowhere" };

        Assert.Contains("There is no PostgreSQL database \"nowhere\"", Told(nowhere.ConnectionString), StringComparison.Ordinal);
        Assert.Contains("takes no changes", Told(Hosts(_copy.Port, _copy.Port)), StringComparison.Ordinal);

        static string Told(string connection) => Assert.Throws<StoreException>(() => PostgresDb.Open(PostgresPlace.Of(connection), PostgresSession.Writer)).Message;
    }

    /// <summary>Whose machine lost its power answers nothing at all, and has to leave time for the others.</summary>
    [Fact]
    public async Task A_silent_one_and_a_copy_keep_nobody_from_the_primary()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var database = new SharedDatabase(Hosts(((IPEndPoint)silent.LocalEndpoint).Port, _copy.Port, _primary.Port));
        await using var connection = database.NewConnection("leases", new ClusterTimes().Patience);

        await database.OpenAsync(connection, new ClusterTimes().Patience, TimeProvider.System, default);

        Assert.Equal(_primary.Port, await AskAsync(connection, "SELECT inet_server_port()"));
        await using var lost = new SharedDatabase(Hosts(_copy.Port)).NewConnection("leases", new ClusterTimes().Patience);
        Assert.Contains("read-only copy", (await Assert.ThrowsAsync<NpgsqlException>(() => database.OpenAsync(lost, new ClusterTimes().Patience, TimeProvider.System, default))).Message, StringComparison.Ordinal);
    }

    /// <summary>The server ends a wait that we have no more patience for with a mere warning: what is stored on one machine may be gone when the other takes over.</summary>
    [Fact]
    public async Task What_the_copy_did_not_confirm_is_not_stored()
    {
        using var db = PostgresDb.Open(PostgresPlace.Of(_database), PostgresSession.Writer with { Patience = TimeSpan.FromSeconds(1) });
        await _copy.StopAsync();
        try
        {
            Change(db);

            Assert.Contains("did not confirm", Assert.Throws<StoreException>(db.Commit).Message, StringComparison.Ordinal);
        }
        finally
        {
            await _copy.StartAgainAsync();
        }
    }

    /// <summary>The primary restarts while a commit waits for the copy: the change is found there, and is not safe all the same.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_found_on_the_primary_after_a_cut_waits_for_the_copy_too(bool crash)
    {
        using var db = PostgresDb.Open(PostgresPlace.Of(_database), PostgresSession.Writer with { Patience = TimeSpan.FromSeconds(3) });
        await _copy.StopAsync();
        try
        {
            Change(db);
            var committing = Task.Run(db.Commit, TestContext.Current.CancellationToken);
            await WaitingSinceAsync(not: null, committing);
            await _primary.StopAsync(crash);
            await _primary.StartAgainAsync();

            await Assert.ThrowsAsync<StoreException>(() => committing.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        }
        finally
        {
            await _copy.StartAgainAsync();
        }
    }

    [Fact]
    public async Task What_the_copy_confirms_late_is_stored()
    {
        using var db = PostgresDb.Open(PostgresPlace.Of(_database), PostgresSession.Writer with { Patience = TimeSpan.FromSeconds(10) });
        await _copy.StopAsync();
        Change(db);
        var committing = Task.Run(db.Commit, TestContext.Current.CancellationToken);
        try
        {
            await WaitingSinceAsync(not: await WaitingSinceAsync(not: null, committing), committing);
        }
        finally
        {
            await _copy.StartAgainAsync();
        }

        await committing.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private string Hosts(params int[] ports) => new NpgsqlConnectionStringBuilder(_database) { Host = string.Join(',', ports.Select(port => $"127.0.0.1:{port}")) }.ConnectionString;

    private static void Change(PostgresDb db)
    {
        db.Begin();
        db.Ask("UPDATE writers SET mark = mark").Changed();
    }

    /// <summary>When the transaction began whose commit waits for the copy.</summary>
    private async Task<DateTime> WaitingSinceAsync(DateTime? not, Task committing)
    {
        await using var connection = new NpgsqlConnection(_database + ";Pooling=false");
        await connection.OpenAsync();
        while (true)
        {
            if (await AskAsync(connection, "SELECT min(xact_start) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") is DateTime since && since != not)
            {
                return since;
            }
            Assert.False(committing.IsCompleted, "nothing waits for the copy");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<object?> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Each test leaves both running.</summary>
    public sealed class Pair : IAsyncLifetime
    {
        internal LocalPostgres? Primary { get; private set; }
        internal LocalPostgres? Copy { get; private set; }
        internal string Database { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            if (LocalPostgres.WhyMissing() is null)
            {
                Primary = await LocalPostgres.StartAsync(durable: true);
                Database = await Primary.NewDatabaseAsync();
                await PostgresStore.Open(Database, NullLogger.Instance).DisposeAsync();
                Copy = await Primary.FollowedAsync();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await (Copy?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (Primary?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
