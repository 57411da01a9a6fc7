using System.Globalization;

namespace ListeningBot.Storage;

/// <summary>What a session is for, and how long the server bears with it; zero: for ever.</summary>
/// <param name="Writes">Whether the server must take changes.</param>
/// <param name="Settles">Whether a commit that was cut off is asked about.</param>
/// <param name="Patience">How long an answer may take before the network is taken for cut.</param>
/// <param name="Statement">One statement.</param>
/// <param name="Lock">Waiting for a lock.</param>
/// <param name="Idle">Between the statements of a transaction.</param>
internal sealed record PostgresSession(bool Writes, bool Settles, TimeSpan Patience, TimeSpan Statement, TimeSpan Lock, TimeSpan Idle)
{
    /// <summary>How long it may have lain idle and be used without being asked first whether it is still there.</summary>
    public TimeSpan Unasked { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the details of what the server says are heard. Those of an error may quote a row; those of VACUUM tell how many dead rows stay, and without them nobody knows.</summary>
    public bool HearsDetails { get; init; }

    /// <summary>A machine that is paused or cut off in the middle of a change is thrown out by the server after four seconds, so that it holds up the others no longer than that.</summary>
    public static readonly PostgresSession Writer = new(true, true, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(4));

    public static readonly PostgresSession Reader = new(false, false, TimeSpan.FromSeconds(70), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));

    /// <summary>Bringing a large database up to date may take as long as it does.</summary>
    public static readonly PostgresSession Migrating = new(true, false, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>A commit waits for the disk also where the server's own setting does not ask for it.</summary>
    public string Settings => string.Create(CultureInfo.InvariantCulture, $"""
        SET statement_timeout = {(long)Statement.TotalMilliseconds};
        SET lock_timeout = {(long)Lock.TotalMilliseconds};
        SET idle_in_transaction_session_timeout = {(long)Idle.TotalMilliseconds};
        SET tcp_keepalives_idle = 2;
        SET tcp_keepalives_interval = 1;
        SET tcp_keepalives_count = 3;
        SET tcp_user_timeout = 5000;
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
        """);
}
