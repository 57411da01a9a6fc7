using System.Security.Cryptography;
using System.Text;
using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Storage;

/// <summary>Where the store is: in a PostgreSQL database when a connection string is given, else in a SQLite file.</summary>
/// <param name="Path">The SQLite file; what lies in files beside the store has its place there in either case.</param>
/// <param name="Connection">A secret; empty for the file.</param>
public sealed record StorePlace(string Path, string Connection = "")
{
    /// <summary>Whether several machines may share it.</summary>
    public bool IsShared => Connection.Length > 0;

    /// <summary>Tells two places apart without naming them: the running program shows it to everybody who asks.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToString())))[..8];

    /// <summary>As operators know it, without a secret.</summary>
    public override string ToString() => !IsShared ? Path : PostgresPlace.Parse(Connection, out _, out _) is { } place ? $"PostgreSQL database {place.Shown}, schema {place.Schema}" : "a PostgreSQL database";
}

/// <summary>Opens the store that is configured, whichever engine it is.</summary>
public static class Stores
{
    /// <summary>For the service: made when missing, brought up to date. Throws <see cref="StoreException"/>.</summary>
    public static Store Open(StorePlace place, ILoggerFactory logs) => place.IsShared
        ? PostgresStore.Open(place.Connection, logs.CreateLogger<PostgresStore>())
        : SqliteStore.Open(place.Path, logs.CreateLogger<SqliteStore>());

    /// <summary>For a verb, beside a running service or without one: nothing is made or brought up to date. Throws <see cref="StoreException"/>.</summary>
    public static Store OpenBeside(StorePlace place) => place.IsShared
        ? PostgresStore.OpenBeside(place.Connection, NullLogger.Instance)
        : SqliteStore.OpenBeside(place.Path, NullLogger<SqliteStore>.Instance);

    /// <summary>Whether a store may be there already; of a server one knows only by asking it.</summary>
    public static bool MayBeThere(StorePlace place) => place.IsShared || File.Exists(place.Path);
}
