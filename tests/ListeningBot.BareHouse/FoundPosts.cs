using Microsoft.Data.Sqlite;

namespace ListeningBot.BareHouse;

/// <summary>What was found, each post once, in a file that waits for the disk.</summary>
internal sealed class FoundPosts : IDisposable
{
    private readonly SqliteConnection _connection;

    public FoundPosts(string folder)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "house.db") }.ToString());
        _connection.Open();
        Run("PRAGMA journal_mode=WAL");
        Run("PRAGMA synchronous=FULL");
        Run("CREATE TABLE IF NOT EXISTS found (id TEXT PRIMARY KEY, text TEXT NOT NULL)");
    }

    public void Add(string id, string text) => Run("INSERT OR IGNORE INTO found VALUES ($1, $2)", id, text);

    public void Dispose() => _connection.Dispose();

    private void Run(string sql, params string[] values)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + (i + 1), values[i]);
        }
        command.ExecuteNonQuery();
    }
}
