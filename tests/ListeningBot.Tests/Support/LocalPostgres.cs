using System.Diagnostics;
using System.Globalization;
using System.Net;
using Npgsql;

namespace ListeningBot.Tests.Support;

/// <summary>
/// A real PostgreSQL of one's own on a free loopback port, all files in a folder that goes away with it. <see cref="Shared"/> serves the whole test process, each test with a database of its own.
/// Should the test process die, so does the server.
/// </summary>
internal sealed class LocalPostgres : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<LocalPostgres>> One = new(() => StartAsync(durable: false));
    private static int s_databases;
    private readonly string _home = Directory.CreateTempSubdirectory("postgres-").FullName;
    private Process? _server;

    private LocalPostgres(bool durable) => Durable = durable;

    /// <summary>The one of this process: it does not wait for the disk.</summary>
    public static Task<LocalPostgres> Shared => One.Value;

    public int Port { get; } = Ports.Free();

    /// <summary>Whether a commit waits for the disk.</summary>
    public bool Durable { get; }

    private (IPAddress Address, IPNetwork From)? Also { get; init; }
    private string Data => Path.Combine(_home, "data");
    private string LogFile => Path.Combine(_home, "server.log");

    /// <summary>Null when a PostgreSQL that we can drive is installed, else the reason for Assert.Skip.</summary>
    public static string? WhyMissing()
    {
        if (Binary("postgres") is null)
        {
            return "PostgreSQL is not installed (Debian: apt-get install postgresql)";
        }
        return Environment.UserName != "root" || File.Exists("/usr/bin/setpriv") ? null : "PostgreSQL does not run as root, and there is no setpriv to run it as somebody else";
    }

    public static void SkipIfMissing()
    {
        if (WhyMissing() is { } why)
        {
            Assert.Skip(why);
        }
    }

    /// <param name="also">A second address that it listens on, and the network that may come in by it; null: none.</param>
    public static async Task<LocalPostgres> StartAsync(bool durable, (IPAddress Address, IPNetwork From)? also = null)
    {
        for (var triesLeft = 3; ; triesLeft--)
        {
            var postgres = new LocalPostgres(durable) { Also = also };
            try
            {
                await postgres.InitAsync();
                await postgres.StartAgainAsync();
                return postgres;
            }
            catch (InvalidOperationException) when (triesLeft > 1)
            {
                // Another test process may have taken the port since it was found free.
                await postgres.DisposeAsync();
            }
        }
    }

    /// <summary>A new empty database; how to connect to it.</summary>
    /// <param name="folder">Its tables lie in there; null: with all others.</param>
    public async Task<string> NewDatabaseAsync(string? folder = null)
    {
        var name = $"test{Interlocked.Increment(ref s_databases)}";
        if (folder is not null)
        {
            await GiveAsync(Directory.CreateDirectory(folder).FullName);
            await RunAsync($"CREATE TABLESPACE space_of_{name} LOCATION '{folder}'");
        }
        await RunAsync($"CREATE DATABASE {name}{(folder is null ? "" : $" TABLESPACE space_of_{name}")}");
        return ConnectionTo(name);
    }

    /// <summary>To the user of PostgreSQL, where we are root.</summary>
    private static async Task GiveAsync(string folder)
    {
        if (Environment.UserName == "root")
        {
            await Process.Start("chown", ["postgres", folder]).WaitForExitAsync();
        }
    }

    public string ConnectionTo(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Include Error Detail=false";

    /// <summary>A copy that follows this one and takes no changes until it is promoted. From then on nothing counts as stored here before the copy has it.</summary>
    public async Task<LocalPostgres> FollowedAsync()
    {
        var copy = new LocalPostgres(Durable);
        await GiveAsync(copy._home);
        await FinishAsync(Run(Binary("pg_basebackup")!, "-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres", "-D", copy.Data, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync"), "pg_basebackup");
        await copy.StartAgainAsync();
        await RunAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await RunAsync("SELECT pg_reload_conf()");
        await RunAsync("DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync') LOOP PERFORM pg_sleep(0.02); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$");
        return copy;
    }

    /// <summary>Of a copy: it is the one that takes changes now.</summary>
    public Task PromoteAsync() => RunAsync("SELECT pg_promote()");

    /// <summary>On the same port, with the same data, after <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        var durability = Durable ? "" : " -c fsync=off -c synchronous_commit=off -c wal_writer_delay=10s -c full_page_writes=off";
        var addresses = Also is { } also ? $"127.0.0.1,{also.Address}" : "127.0.0.1";
        // The shell ends the server when our end of its input closes, however we end, and clears up: with many databases that takes seconds.
        _server = Run("sh", "-c", $"\"$0\" -D '{Data}' -p {Port} -c listen_addresses={addresses} -c unix_socket_directories='{_home}' -c max_connections=300 -c shared_buffers=32MB{durability} >>'{LogFile}' 2>&1 & pid=$!; read -r line; kill -$line $pid 2>/dev/null || kill -QUIT $pid; wait $pid; [ -n \"$line\" ] || rm -rf '{_home}'", Binary("postgres")!);
        var began = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync())
        {
            if (_server.HasExited || TimeProvider.System.GetElapsedTime(began) > Patience || (File.Exists(LogFile) && (await File.ReadAllTextAsync(LogFile)).Contains("could not create any TCP/IP sockets", StringComparison.Ordinal)))
            {
                throw new InvalidOperationException($"PostgreSQL did not start: {(File.Exists(LogFile) ? await File.ReadAllTextAsync(LogFile) : "no log")}");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <param name="crash">At once, as when the machine fails; else every transaction is broken off in order.</param>
    public async Task StopAsync(bool crash = false)
    {
        await _server!.StandardInput.WriteLineAsync(crash ? "QUIT" : "INT");
        await _server.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>The server and all its processes, at once, with nothing written down: SIGKILL.</summary>
    public async Task KillAsync()
    {
        using var first = Process.GetProcessById(int.Parse((await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0], CultureInfo.InvariantCulture));
        first.Kill(entireProcessTree: true);
        await StopAsync(crash: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            await StopAsync(crash: true);
        }
        _server?.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    private async Task InitAsync()
    {
        await GiveAsync(_home);
        await FinishAsync(Run(Binary("initdb")!, "-D", Data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"), "initdb");
        if (Also is { } also)
        {
            await File.AppendAllTextAsync(Path.Combine(Data, "pg_hba.conf"), $"host all all {also.From} trust\n");
        }
    }

    private static async Task FinishAsync(Process process, string name)
    {
        using var running = process;
        var said = await running.StandardOutput.ReadToEndAsync() + await running.StandardError.ReadToEndAsync();
        await running.WaitForExitAsync();
        if (running.ExitCode != 0)
        {
            throw new InvalidOperationException($"{name} failed: {said}");
        }
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>As the user of PostgreSQL where we are root, which it refuses.</summary>
    private static Process Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, WorkingDirectory = "/", RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] words = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments] : [program, .. arguments];
        start.FileName = words[0];
        foreach (var word in words[1..])
        {
            start.ArgumentList.Add(word);
        }
        return Process.Start(start)!;
    }

    /// <summary>Ours, and not the one of another test process on the same port.</summary>
    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionTo("postgres") + ";Pooling=false;Timeout=2");
            await connection.OpenAsync();
            await using var whose = new NpgsqlCommand("SHOW data_directory", connection);
            return (string?)await whose.ExecuteScalarAsync() == Data;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Debian keeps it out of the PATH, one folder a version.</summary>
    private static string? Binary(string name)
    {
        var folders = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
