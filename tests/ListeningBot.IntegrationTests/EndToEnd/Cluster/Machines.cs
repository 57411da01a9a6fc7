using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Npgsql;

namespace ListeningBot.IntegrationTests.EndToEnd.Cluster;

/// <summary>Three machines on one PostgreSQL that waits for its disk, between services that they can't tell from real ones, and somebody who never stops complaining.</summary>
internal sealed class Machines : IAsyncDisposable
{
    /// <summary>Names the file of a program of another release, which each second machine runs; without it all run the same.</summary>
    private const string OtherProgram = "LISTENINGBOT_OTHER_PROGRAM";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly string[] Troubles =
    [
        "my parcel never came and nobody answers", "the screen broke after a day and support hangs up", "you charged my card twice, where is the refund", "your app deletes my photos, this is a scam",
        "the technician did not show up, again", "the router burned through my desk, dangerous rubbish", "I was lied to at your counter, never again", "the battery died within a week, what a waste of money",
    ];

    private readonly ConcurrentQueue<string> _complained = [];
    private readonly ConcurrentQueue<Task> _posted = [];
    private readonly CancellationTokenSource _end = new();
    private int _numbers;

    private Machines(Town town, LocalPostgres postgres, string database) => (Town, Postgres, Database) = (town, postgres, database);

    public Town Town { get; }
    public LocalPostgres Postgres { get; }
    public string Database { get; }
    public List<Machine> All { get; } = [];

    /// <param name="far">A network from which the database is reached, too.</param>
    public static async Task<Machines> BuiltAsync(int count, FarNetwork? far = null)
    {
        var postgres = await LocalPostgres.StartAsync(durable: true, far is null ? null : (far.Here, far.Both));
        var town = await Town.BuiltAsync(withMail: false);
        town.Edit("Alerting", "BurstFrom", 0);
        for (var i = 0; i < 4; i++)
        {
            town.Channel($"blog{i}", new { Kind = "rss", Url = town.Feed.Url("/feed.xml").ToString(), Every = "00:00:05", FollowTeasers = false });
        }
        town.Channel("forms", new { Kind = "webhook", Secret = FormsSecret });
        var machines = new Machines(town, postgres, await postgres.NewDatabaseAsync());
        for (var i = 0; i < count; i++)
        {
            machines.Add($"m{i}", machines.Database);
        }
        return machines;
    }

    public const string FormsSecret = "between-the-shop-and-us";

    /// <param name="connection">How it reaches the database.</param>
    /// <param name="network">Where it lives; null: here.</param>
    public Machine Add(string name, string connection, FarNetwork? network = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Town.Folder, name)).FullName;
        foreach (var file in Directory.GetFiles(Town.Folder).Concat(Directory.GetFiles(Path.Combine(Town.Folder, "config"))))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Town.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        var environment = new Dictionary<string, string> { [Town.Secret.Key] = Town.Secret.Value, ["LISTENINGBOT__Storage__Connection"] = connection };
        if (All.Count % 2 == 1 && Environment.GetEnvironmentVariable(OtherProgram) is { } other)
        {
            environment[BotProcess.Program] = other;
        }
        var machine = new Machine(name, folder, environment) { Network = network };
        All.Add(machine);
        return machine;
    }

    /// <summary>All are up and every role is held.</summary>
    public async Task StartAllAsync()
    {
        foreach (var machine in All)
        {
            machine.Start();
        }
        await SettledAsync();
    }

    /// <summary>Every role is held by a machine that runs, and they have as many as each other, give or take one.</summary>
    public Task SettledAsync() => UntilAsync("the roles are shared evenly", async () =>
    {
        var holders = await HoldersAsync();
        var running = All.Where(machine => machine.Runs).ToList();
        var counts = running.Select(machine => holders.Values.Count(holder => holder.EndsWith("/" + machine.Name, StringComparison.Ordinal))).ToList();
        return holders.Count == 10 && counts.Sum() == holders.Count && counts.Max() - counts.Min() <= 1;
    });

    /// <summary>What it has, by the database's word.</summary>
    public async Task<IReadOnlyList<string>> RolesOfAsync(Machine machine) =>
        [.. (await HoldersAsync()).Where(held => held.Value.EndsWith("/" + machine.Name, StringComparison.Ordinal)).Select(held => held.Key)];

    /// <summary>Who has this role; waits until somebody has, and says so itself: what a machine held before it was killed is not what its next start holds. One in a network of its own can't be asked.</summary>
    public async Task<Machine> HolderAsync(string role)
    {
        Machine? holder = null;
        await UntilAsync($"{role} is held", async () =>
        {
            var holders = await HoldersAsync();
            holder = All.Find(machine => holders.TryGetValue(role, out var name) && name.EndsWith("/" + machine.Name, StringComparison.Ordinal));
            return holder is not null && (holder.Network is not null || (await holder.RolesAsync()).Contains(role));
        });
        return holder!;
    }

    /// <summary>How long until another machine has the role.</summary>
    public async Task<TimeSpan> TakenOverAsync(string role, Machine from)
    {
        var began = TimeProvider.System.GetTimestamp();
        await UntilAsync($"{role} is taken from {from.Name}", async () => (await HoldersAsync()).TryGetValue(role, out var name) && !name.EndsWith("/" + from.Name, StringComparison.Ordinal));
        return TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>One more customer complains: on the stream, and each fifth by a form that posts it to a machine that runs.</summary>
    public void Complain()
    {
        var id = $"c{++_numbers}x";
        var text = $"{id}: acme, {Troubles[_numbers % Troubles.Length]} {string.Concat(id.Select(letter => (char)('a' + letter % 26)))}{_numbers}";
        if (_numbers % 5 == 0)
        {
            _posted.Enqueue(Task.Run(() => PostAsync(id, text)));
            return;
        }
        _complained.Enqueue(id);
        Town.Post(id, text);
    }

    /// <summary>To one machine after the other until one says 200, which alone makes it a complaint that must be shown: it is posted no more.</summary>
    private async Task PostAsync(string id, string text)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id, kind = "form", text, author = new { id, name = "Writer " + id } });
        while (true)
        {
            foreach (var machine in All.Where(machine => machine is { Runs: true, Network: null }).OrderBy(_ => Random.Shared.Next()).ToList())
            {
                var answer = await machine.PostAsync(body, FormsSecret);
                if (answer == HttpStatusCode.OK)
                {
                    _complained.Enqueue(id);
                    return;
                }
                Assert.True(answer is null or HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout, $"{machine.Name} answered {answer} to {id}, which nobody should try again");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, _end.Token);
        }
    }

    /// <summary>Complains several times a second until it is told to stop.</summary>
    public async Task ComplainAsync(CancellationToken until)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        while (!until.IsCancellationRequested)
        {
            Complain();
            await Task.WhenAny(timer.WaitForNextTickAsync(CancellationToken.None).AsTask());
        }
    }

    /// <summary>Asks all machines again and again until it is told to stop. What it returns is wrong: a role that one machine said it had while another one had it before and after.</summary>
    public async Task<IReadOnlyList<string>> HeldByTwoAsync(CancellationToken until)
    {
        var wrong = new List<string>();
        var (first, second) = (await LeasesAsync(), await LeasesAsync());
        while (!until.IsCancellationRequested)
        {
            var third = await LeasesAsync();
            wrong.AddRange(
                from one in first.Intersect(third)
                from other in second
                where other.Role == one.Role && other.Machine != one.Machine
                select $"{one.Role}: {one.Machine} (epoch {one.Epoch}) and {other.Machine} (epoch {other.Epoch})");
            (first, second) = (second, third);
        }
        return wrong;
    }

    private async Task<IReadOnlyList<(string Machine, string Role, long Epoch)>> LeasesAsync()
    {
        var all = await Task.WhenAll(All.Select(async machine => (await machine.LeasesAsync()).Select(lease => (machine.Name, lease.Role, lease.Epoch))));
        return [.. all.SelectMany(leases => leases)];
    }

    /// <summary>Each complaint has become one case and one card, none is missing, and there is nothing else.</summary>
    public async Task AllShownOnceAsync()
    {
        await UntilAsync("every delivery is answered", () => Task.FromResult(_posted.All(post => post.IsCompleted)));
        await Task.WhenAll(_posted);
        await UntilAsync("every complaint is shown", () => Task.FromResult(_complained.All(id => CardsOf(id) > 0)));
        var wrong = _complained.Where(id => CardsOf(id) != 1).Select(id => $"{id}: {CardsOf(id)} cards").ToList();
        Assert.True(wrong.Count == 0, string.Join(", ", wrong));
        Assert.Equal(_complained.Count, await NumberAsync("SELECT count(*) FROM listeningbot.cases"));
        Assert.Equal(_complained.Count, Town.Cards.Count(card => LocalPress.Words(card).Contains("acme", StringComparison.Ordinal)));
    }

    public int Complained => _complained.Count;

    public async Task<long> NumberAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async Task DoAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How many machines' schedulers count as there.</summary>
    public async Task<long> SchedulersAsync() => await NumberAsync("SELECT count(*) FROM listeningbot.qrtz_scheduler_state");

    /// <summary>How far the last sign of life of any of them lies ahead of the database's clock.</summary>
    public async Task<TimeSpan> SchedulersAheadAsync() =>
        TimeSpan.FromTicks(await NumberAsync("SELECT max(last_checkin_time) FROM listeningbot.qrtz_scheduler_state")) - TimeSpan.FromTicks(DateTimeOffset.UnixEpoch.Ticks)
        - TimeSpan.FromMilliseconds(await NumberAsync($"SELECT {PostgresSql.Now}"));

    /// <summary>How often the sweep was woken, on whichever machine; counted anew when the database's clock was moved.</summary>
    public async Task<long> SweepsAsync()
    {
        try
        {
            return await NumberAsync("SELECT coalesce(max(times_triggered), 0)::bigint FROM listeningbot.qrtz_simple_triggers WHERE trigger_name = 'sweep'");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Quartz has not made its tables yet.
            return 0;
        }
    }

    public async Task UntilAsync(string what, Func<Task<bool>> done)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await done())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                Assert.Fail($"Waited in vain until {what}.\n{string.Join('\n', (await HoldersAsync()).Select(held => $"{held.Key}: {held.Value}"))}\n"
                    + $"not shown: {string.Join(' ', _complained.Where(id => CardsOf(id) == 0))}\n"
                    + await StandingAsync()
                    + string.Join('\n', All.Select(machine => $"==== {machine.Name}\n{Tail(machine.Said)}")));
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>What the store still has to show, who waits for whom in the database, and how each machine says that it is: for whoever has to find out why.</summary>
    private async Task<string> StandingAsync()
    {
        var standing = new StringBuilder();
        foreach (var sql in (string[])
        [
            $"SELECT 'clock ' || {PostgresSql.Now} || ', cases ' || count(*) FROM listeningbot.cases",
            "SELECT 'waits: ' || c.subject || ' ' || c.room || ' priority ' || c.priority || ' try_at ' || c.try_at || ' tries ' || c.tries || ' look_first ' || c.look_first || ' ' || coalesce(c.reason, '') FROM listeningbot.cards c WHERE shown < wanted",
            "SELECT 'ping: ' || p::text FROM listeningbot.pings p WHERE state > 0",
            "SELECT 'session: ' || pid || ' ' || coalesce(state, '') || ' ' || coalesce(wait_event_type || ' ' || wait_event, '') || ' since ' || state_change || ' ' || left(query, 150) FROM pg_stat_activity WHERE datname = current_database()",
        ])
        {
            await using var connection = new NpgsqlConnection(Database + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                standing.AppendLine(rows.GetString(0));
            }
        }
        foreach (var machine in All)
        {
            standing.AppendLine(CultureInfo.InvariantCulture, $"{machine.Name} at {TimeProvider.System.GetUtcNow():O}: {(await machine.ReadyAsync())?.Says?.ToJsonString() ?? "does not answer"}");
        }
        return standing.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var machine in All)
        {
            await machine.DisposeAsync();
        }
        await Task.WhenAny(Task.WhenAll(_posted));
        _end.Dispose();
        await Town.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    private int CardsOf(string id) => Town.Cards.Count(card => LocalPress.Words(card).Contains(id + ": acme", StringComparison.Ordinal));

    private async Task<Dictionary<string, string>> HoldersAsync()
    {
        var holders = new Dictionary<string, string>();
        try
        {
            // Asked often, so that a server process each time would be most of the work; one that was stopped meanwhile is found out by asking.
            await using var connection = new NpgsqlConnection(Database + ";Timeout=3;Command Timeout=3");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("SELECT role, node FROM listeningbot.leases WHERE holder IS NOT NULL AND until > (extract(epoch FROM clock_timestamp()) * 1000)::bigint", connection);
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                holders[rows.GetString(0)] = rows.GetString(1);
            }
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // It is stopped just now, or has no tables yet.
        }
        return holders;
    }

    private static string Tail(string text) => text.Length > 6000 ? text[^6000..] : text;
}
