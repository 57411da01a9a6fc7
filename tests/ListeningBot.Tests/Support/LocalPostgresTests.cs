using Npgsql;

namespace ListeningBot.Tests.Support;

public sealed class LocalPostgresTests
{
    [Fact]
    public async Task Each_database_is_empty_and_outlasts_a_crash_of_the_server()
    {
        LocalPostgres.SkipIfMissing();
        await using var postgres = await LocalPostgres.StartAsync(durable: true);
        var database = await postgres.NewDatabaseAsync();
        Assert.Equal(0L, await AskAsync(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        await AskAsync(database, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7); SELECT 1::bigint");

        await postgres.StopAsync(crash: true);
        await postgres.StartAgainAsync();
        Assert.Equal(7L, await AskAsync(database, "SELECT n::bigint FROM kept"));
    }

    private static async Task<object?> AskAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
