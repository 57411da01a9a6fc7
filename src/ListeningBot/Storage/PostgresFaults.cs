using System.Net.Sockets;
using ListeningBot.Core.Pipeline;
using Npgsql;

namespace ListeningBot.Storage;

/// <summary>What went wrong with a PostgreSQL database, in an operator's words: what, where, cure. Never the connection string, never a value.</summary>
internal static class PostgresFaults
{
    private const string IdleInTransaction = "25P03";
    private const string ByItself = StoreException.ByItself;

    /// <summary>The first digits of PostgreSQL's code name a class of errors: 23 are broken rules.</summary>
    public static Exception From(Exception cause, PostgresPlace place) => cause switch
    {
        StoreException told => told,
        PostgresException { SqlState: ['2', '3', ..] } broken => new InvalidOperationException($"The store refused a change that would break its rules: {broken.MessageText}."),
        PostgresException { SqlState: PostgresErrorCodes.ProgramLimitExceeded } large => new InvalidOperationException($"The store refused a value that is too large: {large.MessageText}."),
        PostgresException { SqlState: ['2', '2', ..] } value => new InvalidOperationException($"The store refused a value: {value.MessageText}."),
        PostgresException said => Said(said, place),
        NpgsqlException { InnerException: AggregateException all } when all.InnerExceptions.OfType<PostgresException>().FirstOrDefault() is { } said => Said(said, place),
        NpgsqlException { InnerException: null } when place.IsSeveral => ReadOnly(place, cause),
        _ => Unheard(cause, place),
    };

    public static StoreException NotOurs(PostgresPlace place) =>
        new($"The schema {place.Schema} of the PostgreSQL database {place.Shown} holds tables of another program. Let Storage:Connection name another database, or another schema: \"Search Path=listeningbot2\".");

    public static StoreException NotThere(PostgresPlace place) =>
        new($"There is no store in the PostgreSQL database {place.Shown} (schema {place.Schema}). Before the first `run` there is nothing to see; or Storage:Connection names the wrong database.");

    public static StoreException Newer(PostgresPlace place, long stored, int known) =>
        new($"The PostgreSQL database {place.Shown} has version {stored}, but this program knows versions up to {known} and works with {known + 1} at most. Run the newer program again, or put back the backup that was made before it.");

    public static StoreException Older(PostgresPlace place, long stored, int known) =>
        new($"The PostgreSQL database {place.Shown} has version {stored}, and this program works with version {known}. Start this program's `run` once, it brings the database up to date; or use the program that is running.");

    public static StoreException MayNotMake(PostgresPlace place) =>
        new($"The user \"{place.User}\" may not make the store in the PostgreSQL database {place.Shown}. Let the database's owner run: CREATE SCHEMA IF NOT EXISTS {place.Schema} AUTHORIZATION \"{place.User}\"");

    public static StoreException MayNotUse(PostgresPlace place) =>
        new($"The user \"{place.User}\" may not use the schema {place.Schema} of the PostgreSQL database {place.Shown}: it is another user's. Let Storage:Connection name that one: \\dn in psql shows who owns it.");

    public static StoreException TooOld(PostgresPlace place, Version version) =>
        new($"The PostgreSQL server of {place.Shown} is version {version}; this program needs {PostgresDb.LeastVersion} or newer. Upgrade the server, or let Storage:Connection name another.");

    public static StoreException ReadOnly(PostgresPlace place, Exception? cause = null) =>
        new($"The PostgreSQL database {place.Shown} takes no changes: it is a read-only copy (a replica), or was set read-only. Let Storage:Connection name the primary (several: \"Host=a,b\"); {ByItself}.", cause);

    public static StoreException NotUtf8(PostgresPlace place, string encoding) =>
        new($"The PostgreSQL database {place.Shown} keeps text as {encoding}, which can't hold every language. Make one with: CREATE DATABASE listeningbot OWNER \"{place.User}\" ENCODING 'UTF8' TEMPLATE template0");

    public static StoreException CutOffBeforeCommit(PostgresPlace place) =>
        new($"The connection to the PostgreSQL database {place.Shown} broke before a change was stored. It is tried again; {ByItself}.");

    public static StoreException Unconfirmed(PostgresPlace place) =>
        new($"The PostgreSQL database {place.Shown} stored a change, and its synchronous copy did not confirm it. Look at the copy and the network between the two (SELECT * FROM pg_stat_replication); {ByItself}.");

    public static StoreException Unknown(PostgresPlace place, Exception cause) =>
        new($"The connection to the PostgreSQL database {place.Shown} broke while a change was being stored, and the server can't be asked whether it was. It is tried again; what was stored is found then.", cause);

    private static StoreException Said(PostgresException said, PostgresPlace place) => said.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new StoreException(
            $"The PostgreSQL server refuses the sign-in of \"{place.User}\" to {place.Shown}: user, password or pg_hba.conf do not fit. Mend Storage:Connection.", said),
        PostgresErrorCodes.InvalidCatalogName => new StoreException($"There is no PostgreSQL database {place.Shown}. Make it with: CREATE DATABASE \"{place.Database}\" OWNER \"{place.User}\" ENCODING 'UTF8' TEMPLATE template0; or mend Storage:Connection.", said),
        PostgresErrorCodes.InsufficientPrivilege => new StoreException(
            $"The user \"{place.User}\" lacks a right in the PostgreSQL database {place.Shown}: {said.MessageText}. Let the database's owner run: CREATE SCHEMA IF NOT EXISTS {place.Schema} AUTHORIZATION \"{place.User}\"", said),
        PostgresErrorCodes.DiskFull => new StoreException($"Nothing more can be written to the PostgreSQL database {place.Shown}: its disk is full. Free some space there; {ByItself}.", said),
        PostgresErrorCodes.OutOfMemory => new StoreException($"The PostgreSQL server of {place.Shown} has not enough memory ({said.MessageText}). Give it more; {ByItself}.", said),
        PostgresErrorCodes.TooManyConnections => new StoreException($"The PostgreSQL server of {place.Shown} has no free connection. Raise max_connections, or close other programs' connections; {ByItself}. Each machine needs up to 20.", said),
        PostgresErrorCodes.CannotConnectNow => new StoreException($"The PostgreSQL server of {place.Shown} is starting up or shutting down; {ByItself}.", said),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => new StoreException($"The PostgreSQL server of {place.Shown} ended the connection: it stops or restarts, or an administrator ended the session; {ByItself}.", said),
        IdleInTransaction => new StoreException($"The PostgreSQL server of {place.Shown} ended a change that this machine had left lying for too long (it was paused or overloaded); {ByItself}.", said),
        PostgresErrorCodes.ReadOnlySqlTransaction => ReadOnly(place, said),
        PostgresErrorCodes.LockNotAvailable => new StoreException($"Another machine or program held a lock in the PostgreSQL database {place.Shown} for too long. Look with: SELECT * FROM pg_stat_activity; {ByItself}.", said),
        PostgresErrorCodes.QueryCanceled => new StoreException($"The PostgreSQL server of {place.Shown} did not finish a statement in time; it is overloaded, or its disk is slow; {ByItself}.", said),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => new StoreException($"A change ran into another one in the PostgreSQL database {place.Shown}; {ByItself}.", said),
        PostgresErrorCodes.IoError => new StoreException($"The disk failed under the PostgreSQL database {place.Shown} ({said.MessageText}). Check the server's disk; {ByItself}.", said),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => new StoreException(
            $"The PostgreSQL database {place.Shown} is damaged ({said.MessageText}). Stop the service and put back the last backup.", said),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => new StoreException(
            $"The PostgreSQL database {place.Shown} lacks what this program expects ({said.MessageText}). Put back a whole backup, or let Storage:Connection name an empty database.", said),
        _ => new StoreException($"The PostgreSQL database {place.Shown} refused: {said.MessageText} (code {said.SqlState}).", said),
    };

    /// <summary>No word from the server: the network, or the server itself.</summary>
    private static StoreException Unheard(Exception cause, PostgresPlace place) => Innermost(cause) switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } refused => new StoreException($"No PostgreSQL server answers for {place.Shown}: the connection was refused. Start it, or mend Storage:Connection; {ByItself}.", refused),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } unknown => new StoreException($"The name of the PostgreSQL server of {place.Shown} can't be resolved. Check the name and the DNS; {ByItself}.", unknown),
        TimeoutException late => new StoreException($"The PostgreSQL server of {place.Shown} did not answer in time: it is overloaded, or the network is cut; {ByItself}.", late),
        SocketException or EndOfStreamException or IOException => new StoreException($"The connection to the PostgreSQL server of {place.Shown} broke; {ByItself}.", cause),
        System.Security.Authentication.AuthenticationException tls => new StoreException($"No secure connection to the PostgreSQL server of {place.Shown} came about: {tls.Message} Check SSL Mode and Root Certificate in Storage:Connection.", tls),
        _ => new StoreException($"The PostgreSQL server of {place.Shown} could not be used: {cause.Message}", cause),
    };

    private static Exception Innermost(Exception cause)
    {
        while (cause is not TimeoutException && cause.InnerException is { } inner)
        {
            cause = inner;
        }
        return cause;
    }
}
