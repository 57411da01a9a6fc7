using ListeningBot.Core.Pipeline;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Storage;

/// <summary>The store in a PostgreSQL database, which several machines may share: a written answer is committed there.</summary>
public sealed class PostgresStore : Store
{
    private PostgresStore(PostgresPlace place, ILogger log)
        : base(PostgresDb.Open(place, PostgresSession.Writer), () => PostgresDb.OpenLater(place, PostgresSession.Reader), log)
    {
    }

    /// <summary>The database's, as it was when a service opened the store: this machine's may be wrong.</summary>
    internal SteadyClock Clock { get; } = new(TimeProvider.System);

    /// <summary>Opens the database, makes the schema when missing, and brings it up to date. Throws <see cref="StoreException"/>.</summary>
    /// <param name="connection">A connection string of Npgsql. Its Search Path names the schema to be used, by default "listeningbot".</param>
    public static PostgresStore Open(string connection, ILogger log) => Open(connection, log, PostgresMigrations.All);

    internal static PostgresStore Open(string connection, ILogger log, IReadOnlyList<string> steps)
    {
        var place = PostgresPlace.Of(connection);
        var (from, to, clock) = PostgresMigrations.Apply(place, steps);
        if (from != to)
        {
            Log.Migrated(log, place.Shown, from, to);
        }
        var store = new PostgresStore(place, log);
        store.Clock.Set(clock);
        Log.Opened(log, place.Shown, to);
        return store;
    }

    /// <summary>Opens what a running bot uses: nothing is made or brought up to date. Throws <see cref="StoreException"/> when there is no store, or it is not of this program's version or the next.</summary>
    public static PostgresStore OpenBeside(string connection, ILogger log)
    {
        var place = PostgresPlace.Of(connection);
        PostgresMigrations.Expect(place, PostgresMigrations.All);
        return new PostgresStore(place, log);
    }
}
