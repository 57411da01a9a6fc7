using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Tests.Support;
using Npgsql;

namespace ListeningBot.IntegrationTests.EndToEnd.Crashes;

/// <summary>A PostgreSQL server of one lane's own, which can fail under the program, and the way to it, which can break.</summary>
internal sealed class CrashDatabase : IAsyncDisposable
{
    private readonly LocalPostgres _server;
    private readonly TcpRelay _way;
    private bool _dead;

    private CrashDatabase(LocalPostgres server) => (_server, _way) = (server, new TcpRelay(server.Port));

    /// <summary>The server is set to answer a commit before it is written down, so that the program must ask for more itself.</summary>
    public static async Task<CrashDatabase> StartedAsync() => new(await LocalPostgres.StartAsync(durable: false));

    /// <summary>A new empty database: how the tests connect to it, and how the program does.</summary>
    public async Task<(string Direct, string Way)> NewAsync()
    {
        var direct = await _server.NewDatabaseAsync();
        return (direct, direct.Replace($"Port={_server.Port}", $"Port={_way.Port}", StringComparison.Ordinal));
    }

    public async Task KillAsync()
    {
        _dead = true;
        await _server.KillAsync();
    }

    /// <summary>Nothing is in the program's way any more.</summary>
    public async Task MendAsync()
    {
        _way.CutWithin(null);
        if (_dead)
        {
            await _server.StartAgainAsync();
            NpgsqlConnection.ClearAllPools();
            _dead = false;
        }
    }

    /// <summary>Half of the program's sessions, whatever they are in the middle of.</summary>
    public Task EndSessionsAsync(StoreLook store)
    {
        store.Rows($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name <> '{StoreLook.Name}' AND random() < 0.5");
        return Task.CompletedTask;
    }

    public Task CutAnswerAsync(Random random)
    {
        _way.CutWithin(random.Next(1, random.Next(2) == 0 ? 500 : 20_000));
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _way.DisposeAsync();
        await _server.DisposeAsync();
    }
}
