using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Text;
using ListeningBot.Cli;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Hosting;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage;

/// <summary>What only PostgreSQL has: a server that may go away, other machines, a schema among others. What both engines promise is in the other tests, which run on either.</summary>
public sealed class PostgresStoreTests : IAsyncLifetime
{
    private string _connection = "";

    public async ValueTask InitializeAsync()
    {
        LocalPostgres.SkipIfMissing();
        _connection = await (await LocalPostgres.Shared).NewDatabaseAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Two_machines_that_start_at_once_make_one_store()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Open)));
        await Task.WhenAll(stores.SelectMany((store, machine) => Enumerable.Range(0, 10).Select(i => store.WriteAsync(tx => tx.AddMention(Mention($"{machine} {i}"))))));

        Assert.Equal(40, (await stores[0].ReadAsync(view => view.Totals())).Mentions);
        Assert.Equal(40, await stores[1].ReadAsync(view => view.LastMention()));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Status_and_the_check_tell_one_size()
    {
        await using var store = Open();
        var bytes = (await store.ReadAsync(view => view.Standing(Now))).Bytes;
        using var written = new StringWriter();

        new StorageVerbCheck(new StorePlace("bot.db", _connection), TimeProvider.System).Write(new VerbPaper(written, null));

        Assert.Contains($"Size: {StorageVerbBackup.Megabytes(bytes)}{written.NewLine}", written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_two_machines_never_meet()
    {
        await using var first = Open();
        await using var second = Open();
        await Assert.ThrowsAsync<ArithmeticException>(() => first.WriteAsync<long>(tx => throw new ArithmeticException($"poison {tx.NextCaseId()}")));
        var ids = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? first : second).WriteAsync(tx => tx.NextCaseId())));

        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), ids.Order());
    }

    [Fact]
    public async Task Cases_that_are_recorded_together_go_to_the_server_in_three_batches_without_a_savepoint_and_apart_when_one_fails()
    {
        await using var store = Open();
        var database = new NpgsqlConnectionStringBuilder(_connection).Database!;
        await store.WriteAsync(tx => { Record(tx, 99); return true; });

        var together = await BatchesOfAsync(database, store, Enumerable.Range(0, 40).Select(i => (Action<IStoreTx>)(tx => Record(tx, i))));
        var apart = await BatchesOfAsync(database, store, [tx => Record(tx, 50), tx => throw new ArithmeticException(), tx => Record(tx, 51)]);

        Assert.Equal(3, together.Count);
        Assert.DoesNotContain(together, batch => batch.Contains("SAVEPOINT", StringComparison.Ordinal));
        Assert.Contains(apart, batch => batch.Contains("SAVEPOINT", StringComparison.Ordinal));
        Assert.Equal(43, (await store.ReadAsync(view => view.Totals())).Mentions);
    }

    /// <summary>What one mention of a new case makes the store write.</summary>
    private static void Record(IStoreTx tx, int number)
    {
        var mention = Mention($"{number}");
        var @case = Case(tx.NextCaseId(), mention: tx.AddMention(mention));
        tx.SaveCase(@case, Opened(@case), Now);
        tx.TakeKey($"thread {number}", @case.Id, 7);
        tx.WantCard(new CardKey($"case:{@case.Id}", "care"), 1, @case.Priority, @case.Posted, Now);
        tx.MoveCursor("posts", new Cursor($"{number}"), Now);
    }

    /// <summary>What the requests, waiting together, make the writer send.</summary>
    private static async Task<IReadOnlyList<string>> BatchesOfAsync(string database, PostgresStore store, IEnumerable<Action<IStoreTx>> requests)
    {
        var batches = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if ((activity.GetTagItem("db.namespace") ?? activity.GetTagItem("db.name")) as string == database)
                {
                    batches.Enqueue((activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) as string ?? "");
                }
            },
        };
        await using var held = await HeldWriter.HoldAsync(store);
        var waiting = requests.Select(request => store.WriteAsync(tx => { request(tx); return true; })).ToList();
        ActivitySource.AddActivityListener(listener);
        await held.LetGoAsync();
        await ((Task)Task.WhenAll(waiting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // First comes the commit of what held the writer.
        return [.. batches.Skip(1)];
    }

    [Fact]
    public async Task A_post_with_an_id_that_no_index_takes_is_kept_aside_and_the_others_of_its_batch_are_recorded()
    {
        await using var store = Open();
        var random = new Random(7);
        var id = string.Concat(Enumerable.Range(0, 4000).Select(_ => (char)random.Next('\u4E00', '\u9000')));
        Heard[] heard = [.. new[] { Some.Post(id: id) with { Author = new Author { Id = id } }, Some.Post("acme lost my parcel", "2") }.Select(post => new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(), ByUs: false))];
        var recording = new HarvestRecording("posts", store, (harvest, _) => store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, Now)), TimeProvider.System, NullLogger.Instance);

        await recording.RecordAsync(new Harvest("posts", null, false, null, heard, [], [], 2), CancellationToken.None);

        Assert.Equal(["2"], await store.ReadAsync(view => view.BareMentions(0, 9).Select(mention => mention.Post.Key.Id).ToList()));
        var letter = Assert.Single(await store.ReadAsync(view => view.DeadLetters(0, 9)));
        await store.WriteAsync(tx => { tx.EndDead(letter.Work!.Ref); return true; });
        Assert.Empty(await store.ReadAsync(view => view.DeadLetters(0, 9)));
    }

    [Fact]
    public async Task A_session_that_died_while_it_lay_idle_is_made_anew_and_nobody_notices()
    {
        await using var store = Open();

        // What is asked for again and again the server has prepared, in that session alone.
        for (var i = 0; i < 5; i++)
        {
            await store.WriteAsync(tx => tx.AddMention(Mention($"before {i}")));
            await store.ReadAsync(view => view.MentionOf(Key("before 0")));
        }
        await EndOtherSessionsAsync();

        await store.WriteAsync(tx => tx.AddMention(Mention("after")));
        Assert.NotNull(await store.ReadAsync(view => view.MentionOf(Key("after"))));
    }

    [Fact]
    public async Task Over_a_session_from_which_nothing_comes_any_more_nothing_is_asked_but_whether_it_is_there()
    {
        await Open().DisposeAsync();
        var port = (await LocalPostgres.Shared).Port;
        var swallowed = new ConcurrentQueue<string>();
        TcpClient? before = null;
        var silent = false;
        await using var way = new LoopbackWay(port, async (passing, ct) =>
        {
            if (Volatile.Read(ref silent) && passing.Client == (before ??= passing.Client))
            {
                swallowed.Enqueue(Encoding.Latin1.GetString(passing.Sent.Span));
                return;
            }
            await passing.OnAsync(ct);
        });
        using var db = PostgresDb.Open(PostgresPlace.Of(_connection.Replace($"Port={port}", $"Port={way.Port}", StringComparison.Ordinal)), PostgresSession.Reader with { Unasked = TimeSpan.Zero });
        Assert.Equal(0, NumberOfCases());
        Volatile.Write(ref silent, true);

        Assert.Equal(0, NumberOfCases());

        Assert.Contains("SELECT 1", swallowed.First(), StringComparison.Ordinal);
        Assert.DoesNotContain(swallowed, sent => sent.Contains("FROM cases", StringComparison.Ordinal));

        long NumberOfCases()
        {
            db.BeginReading();
            try
            {
                return db.Number("SELECT count(*) FROM cases");
            }
            finally
            {
                db.Undo();
            }
        }
    }

    [Fact]
    public async Task Who_stops_does_not_wait_for_a_reading_that_hangs()
    {
        await using var store = Open();
        using var go = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        var reading = store.ReadAsync(_ => { go.Wait(); return 0; }, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        go.Set();
    }

    [Fact]
    public async Task A_session_that_dies_in_the_middle_of_a_change_fails_it_whole_and_the_next_is_stored()
    {
        await using var store = Open();
        var failed = await Assert.ThrowsAsync<StoreException>(() => store.WriteAsync(tx =>
        {
            tx.AddMention(Mention("lost"));
            Assert.Null(tx.CursorOf("posts"));
            EndOtherSessionsAsync().GetAwaiter().GetResult();
            return tx.MentionOf(Key("lost"))?.Id;
        }));
        Assert.Contains("goes on by itself", failed.Message, StringComparison.Ordinal);

        await store.WriteAsync(tx => tx.AddMention(Mention("kept")));
        Assert.Null(await store.ReadAsync(view => view.MentionOf(Key("lost"))));
        Assert.NotNull(await store.ReadAsync(view => view.MentionOf(Key("kept"))));
    }

    [Fact]
    public async Task A_commit_that_the_server_broke_off_is_told_as_not_stored()
    {
        await using var store = Open();
        await store.WriteAsync(tx => tx.AddMention(Mention("before")));
        await RunAsync("""
            CREATE FUNCTION listeningbot.die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.post_id = ''fatal'' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END';
            CREATE CONSTRAINT TRIGGER die AFTER INSERT ON listeningbot.mentions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION listeningbot.die()
            """);

        var failed = await Assert.ThrowsAsync<StoreException>(() => store.WriteAsync(tx => tx.AddMention(Mention("fatal"))));

        Assert.Contains("broke before a change was stored", failed.Message, StringComparison.Ordinal);
        Assert.Null(await store.ReadAsync(view => view.MentionOf(Key("fatal"))));
        await store.WriteAsync(tx => tx.AddMention(Mention("after")));
    }

    [Fact]
    public async Task A_commit_whose_answer_got_lost_is_found_to_be_stored()
    {
        await using var relay = new AnswerLosingRelay((await LocalPostgres.Shared).Port, lose: "COMMIT"u8.ToArray());
        await using var store = PostgresStore.Open(_connection.Replace($"Port={(await LocalPostgres.Shared).Port}", $"Port={relay.Port}", StringComparison.Ordinal), NullLogger.Instance);
        relay.Losing = true;

        var id = await store.WriteAsync(tx => tx.AddMention(Mention("1")));

        Assert.Equal(1, relay.Lost);
        Assert.Equal(id, (await store.ReadAsync(view => view.MentionOf(Key("1"))))!.Id);
    }

    [Fact]
    public async Task A_commit_that_the_server_is_still_about_when_the_connection_ends_is_waited_for()
    {
        await using var relay = new AnswerLosingRelay((await LocalPostgres.Shared).Port, lose: "COMMIT"u8.ToArray()) { EndsAtOnce = true };
        await using var store = PostgresStore.Open(_connection.Replace($"Port={(await LocalPostgres.Shared).Port}", $"Port={relay.Port}", StringComparison.Ordinal), NullLogger.Instance);
        await RunAsync("""
            CREATE FUNCTION listeningbot.dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1); RETURN NEW; END';
            CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON listeningbot.mentions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION listeningbot.dawdle()
            """);
        relay.Losing = true;

        var id = await store.WriteAsync(tx => tx.AddMention(Mention("1")));

        Assert.Equal(1, relay.Lost);
        Assert.Equal(id, (await store.ReadAsync(view => view.MentionOf(Key("1"))))!.Id);
    }

    [Fact]
    public async Task A_lease_that_another_machine_has_taken_over_writes_nothing_and_fails_nobody_else()
    {
        await using var store = Open();
        await RunAsync("INSERT INTO listeningbot.leases (role, epoch, until) VALUES ('channel posts', 7, 0)");
        async Task<bool> WriteUnderAsync(long epoch)
        {
            new Lease("channel posts", epoch).Enter();
            return await store.WriteAsync(tx =>
            {
                tx.MoveCursor("posts", new Cursor($"epoch {epoch}"), Now);
                return true;
            });
        }

        Assert.True(await Task.Run(() => WriteUnderAsync(7)));
        var late = Task.Run(() => WriteUnderAsync(6));
        var free = store.WriteAsync(tx => tx.AddMention(Mention("1")));

        Assert.Contains("Another machine has taken over channel posts", (await Assert.ThrowsAsync<LeaseLostException>(() => late)).Message, StringComparison.Ordinal);
        await free;
        Assert.Equal(new Cursor("epoch 7"), await store.ReadAsync(view => view.CursorOf("posts")));
    }

    [Fact]
    public async Task Other_tables_in_the_database_disturb_nobody_but_in_the_schema_they_are_another_programs()
    {
        await RunAsync("CREATE TABLE public.mentions (x int); CREATE SCHEMA taken; CREATE TABLE taken.other (x int)");
        await using var store = Open();
        await store.WriteAsync(tx => tx.AddMention(Mention("1")));

        var refused = Assert.Throws<StoreException>(() => PostgresStore.Open(_connection + ";Search Path=taken", NullLogger.Instance));
        Assert.Contains("holds tables of another program", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_one_version_newer_is_worked_with_and_one_further_is_not()
    {
        string[] newer = [.. PostgresMigrations.All, "ALTER TABLE cursors ADD COLUMN extra text"];
        await using (var store = PostgresStore.Open(_connection, NullLogger.Instance, newer))
        {
            await using var older = Open();
            await older.WriteAsync(tx => { tx.MoveCursor("posts", new Cursor("1"), Now); return true; });
        }
        await PostgresStore.Open(_connection, NullLogger.Instance, [.. newer, "SELECT 1"]).DisposeAsync();

        Assert.Contains("has version 8, but this program knows versions up to 6", Assert.Throws<StoreException>(Open).Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => PostgresStore.OpenBeside(_connection, NullLogger.Instance));
    }

    [Fact]
    public async Task A_step_gives_way_to_a_reading_that_waits_for_it_while_it_waits_for_the_reading()
    {
        await Open().DisposeAsync();
        await using var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var reading = await connection.BeginTransactionAsync();
        await using var first = new NpgsqlCommand("SELECT count(*) FROM listeningbot.cursors", connection, reading);
        await first.ExecuteScalarAsync();

        var step = Task.Run(() => PostgresStore.Open(_connection, NullLogger.Instance, [.. PostgresMigrations.All, "ALTER TABLE cases ADD COLUMN extra text; ALTER TABLE cursors ADD COLUMN extra text"]));
        await UntilSomebodyWaitsAsync();
        await using var then = new NpgsqlCommand("SELECT count(*) FROM listeningbot.cases", connection, reading);
        await then.ExecuteScalarAsync();
        await reading.CommitAsync();

        await using var store = await step;
        await store.WriteAsync(tx => tx.AddMention(Mention("1")));
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_store_as_it_was()
    {
        await Open().DisposeAsync();
        Assert.Throws<StoreException>(() => PostgresStore.Open(_connection, NullLogger.Instance, [.. PostgresMigrations.All, "ALTER TABLE cursors ADD COLUMN extra text; SELECT nonsense"]));

        await using var store = Open();
        await store.WriteAsync(tx => tx.AddMention(Mention("1")));
    }

    [Fact]
    public void Beside_nothing_there_is_nothing_to_see_and_nothing_is_made()
    {
        Assert.Contains("There is no store", Assert.Throws<StoreException>(() => PostgresStore.OpenBeside(_connection, NullLogger.Instance)).Message, StringComparison.Ordinal);
        Assert.Contains("There is no store", Assert.Throws<StoreException>(() => PostgresStore.OpenBeside(_connection, NullLogger.Instance)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_fault_of_connecting_has_its_words_and_no_password()
    {
        var free = new NpgsqlConnectionStringBuilder(_connection) { Password = "s3cret-word" };
        string Told(Action<NpgsqlConnectionStringBuilder> change)
        {
            var other = new NpgsqlConnectionStringBuilder(free.ConnectionString);
            change(other);
            var told = Assert.Throws<StoreException>(() => PostgresStore.Open(other.ConnectionString, NullLogger.Instance)).Message;
            Assert.DoesNotContain("s3cret-word", told, StringComparison.Ordinal);
            return told;
        }
        await RunAsync("CREATE ROLE weak LOGIN");

        Assert.Contains("There is no PostgreSQL database \"nowhere\"", Told(c => c.Database = "nowhere"), StringComparison.Ordinal);
        Assert.Contains("was refused", Told(c => c.Port = 1), StringComparison.Ordinal);
        Assert.Contains("refuses the sign-in of \"nobody\"", Told(c => c.Username = "nobody"), StringComparison.Ordinal);
        Assert.Contains("can't be resolved", Told(c => c.Host = "no-such-host.invalid"), StringComparison.Ordinal);
        Assert.Contains("CREATE SCHEMA IF NOT EXISTS listeningbot AUTHORIZATION \"weak\"", Told(c => c.Username = "weak"), StringComparison.Ordinal);
        Assert.Contains($"CREATE DATABASE \"nowhere\" OWNER \"{free.Username}\"", Told(c => c.Database = "nowhere"), StringComparison.Ordinal);
        await Open().DisposeAsync();
        Assert.Contains("The user \"weak\" may not use the schema listeningbot", Told(c => c.Username = "weak"), StringComparison.Ordinal);
        await RunAsync($"ALTER DATABASE {free.Database} SET default_transaction_read_only = on");
        Assert.Contains("takes no changes", Told(_ => { }), StringComparison.Ordinal);
    }

    /// <summary>The driver keeps what it was given for each try, and tells of each by its figures.</summary>
    [Fact]
    public void A_database_that_is_away_for_long_takes_no_memory()
    {
        var place = PostgresPlace.Of("Host=127.0.0.1;Port=1;Username=postgres;Database=away_for_long");
        for (var tries = 0; tries < 20; tries++)
        {
            Assert.Throws<StoreException>(() => PostgresDb.Open(place, PostgresSession.Reader));
        }

        var told = new ConcurrentBag<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listening) => { if (instrument.Meter.Name == "Npgsql") { listening.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Tell(instrument, tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Tell(instrument, tags));
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.NotEmpty(told);
        Assert.Equal(told.Distinct(), told);

        void Tell(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var (_, value) in tags)
            {
                if (value is string text && text.Contains("away_for_long", StringComparison.Ordinal))
                {
                    told.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}");
                }
            }
        }
    }

    private PostgresStore Open() => PostgresStore.Open(_connection, NullLogger.Instance);

    private async Task UntilSomebodyWaitsAsync()
    {
        await using var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')", connection);
        while (!(bool)(await command.ExecuteScalarAsync())!)
        {
            await Task.Yield();
        }
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private Task EndOtherSessionsAsync() => RunAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
}
