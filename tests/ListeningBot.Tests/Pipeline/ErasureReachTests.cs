using ListeningBot.Cli;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ListeningBot.Tests.Pipeline;

/// <summary>What an erasure reaches, what it can't, and that its report tells both.</summary>
public sealed class ErasureReachTests : IAsyncDisposable
{
    private const string Word = "zyxomma-kvitravn";
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Responder Anna = new("member:anna", "Anna");
    private readonly TempStore _temp = new();

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task Dead_letters_with_their_words_go_whatever_they_are_called_in_and_others_stay()
    {
        await RecordAsync(_temp.Store);
        await _temp.WriteAsync(tx =>
        {
            tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("m1"), Now);
            var change = new DeadChange(ChangeKind.Edited, Theirs().Key, Theirs() with { Text = Word, Author = new Author() });
            tx.AddDead(new DeadLetter(DeadKind.Item, "posts", "an edit", "poison") { Work = change }, Now);
            tx.AddDead(new DeadLetter(DeadKind.Note, "", "of Anna", "poison") { Work = new DeadNote(new ThreadNote("n1", Anna, [new MessageRef("m1")], Word, Now)) }, Now);
            tx.AddDead(new DeadLetter(DeadKind.Press, "", "Wants:1 by Anna", "poison") { Work = new DeadPress(new Press("p1", Anna, new PressTarget(PressAction.Wants, 1)) { Fields = new Dictionary<string, string> { ["what"] = Word } }) }, Now);
            tx.AddDead(new DeadLetter(DeadKind.Item, "posts", "", "not JSON") { Raw = "{\"id\":\"kv-post-4711\",\"text\":\"" + Word }, Now);
            tx.AddDead(new DeadLetter(DeadKind.Item, "posts", "", "not JSON") { Raw = "{\"id\":\"another-post\"" }, Now);
            tx.AddDead(new DeadLetter(DeadKind.Press, "", "TrayDismiss:1 by Anna", "poison") { Work = new DeadPress(new Press("p2", Anna, new PressTarget(PressAction.TrayDismiss, 1))) }, Now);
        });

        var count = await EraseAsync(_temp.Store);

        Assert.Equal(4, count.DeadLetters);
        Assert.Equal(["", "TrayDismiss:1 by Anna"], (await _temp.ReadAsync(view => view.DeadLetters(0, 9))).Select(letter => letter.What));
    }

    [Fact]
    public async Task The_report_counts_what_was_reached_and_tells_what_can_not_be()
    {
        await RecordAsync(_temp.Store);
        await _temp.WriteAsync(tx => { tx.AddSampled(Theirs() with { Key = new PostKey("replay:posts", "unmatched"), Text = "kv sings" }, 7, Now); tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("m1"), Now); });
        await File.WriteAllBytesAsync(Path.Combine(_temp.Folder, "notes.txt"), new byte[200], TestContext.Current.CancellationToken);
        var backup = Path.Combine(_temp.Folder, "before-the-upgrade");
        await SqliteStore.Open(backup, NullLogger<SqliteStore>.Instance).DisposeAsync();
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var clock = new ManualClock();

        var exit = await new CasesVerbErase(_temp.Store, _temp.Place, StoreWipe.Run, clock, output, errors).RunAsync("kvitravn.example", yes: true, ask: null, TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (exit, errors.ToString()));
        var told = output.ToString();
        Assert.Contains("1 post of theirs, 0 public answers", told, StringComparison.Ordinal);
        Assert.Contains("1 case: ", told, StringComparison.Ordinal);
        Assert.Contains("1 customer,", told, StringComparison.Ordinal);
        Assert.Contains("1 post of the sample", told, StringComparison.Ordinal);
        Assert.Contains("1 card, ", told, StringComparison.Ordinal);
        Assert.Contains(_temp.IsPostgres ? "were written anew, with their indexes" : "its log (-wal) is empty", told, StringComparison.Ordinal);
        foreach (var beyond in (string[])["mail that was sent", "copied", "chat services keep", "the journal", "until they expire", "models that teams have learned", "the originals"])
        {
            Assert.Contains(beyond, told, StringComparison.Ordinal);
        }
        Assert.Equal(_temp.IsPostgres, told.Contains("pg_wal", StringComparison.Ordinal));
        Assert.Contains($"Beside the store lie: {backup}\n", told.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("kvitravn", told[told.IndexOf("Reached:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_may_be_left_are_told_with_the_report_and_by_the_exit_code()
    {
        await RecordAsync(_temp.Store);
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var exit = await new CasesVerbErase(_temp.Store, _temp.Place, _ => new Wiped(null, "The disk is full."), new ManualClock(), output, errors).RunAsync("kvitravn.example", yes: true, ask: null, TestContext.Current.CancellationToken);

        Assert.Equal((1, "Old bytes may still stand in the store: The disk is full."), (exit, errors.ToString().Trim()));
        Assert.Contains("mail that was sent", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_in_a_room_that_is_configured_no_more_is_told_with_its_cure_and_by_the_exit_code()
    {
        await RecordAsync(_temp.Store);
        await _temp.WriteAsync(tx => tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("m1"), Now));
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var exit = await new CasesVerbErase(_temp.Store, _temp.Place, _ => new Wiped("done", null), new ManualClock(), output, errors) { Reaches = room => room == "ops" }.RunAsync("kvitravn.example", yes: true, ask: null, TestContext.Current.CancellationToken);

        Assert.Equal((1, "What stands in rooms that are not configured any more may hold their words still: see the report."), (exit, errors.ToString().Trim()));
        var told = output.ToString();
        Assert.Contains("- what stands in the room \"care\", which is not configured any more: the card of case 1, and what was said beside it. Give the room its entry below Rooms again, or add a \"default\" of the same chat: the running bot", told, StringComparison.Ordinal);
        Assert.Contains("when the bot starts: 0 cards, 0 threads", told, StringComparison.Ordinal);
        Assert.DoesNotContain("kvitravn", told[told.IndexOf("Reached:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_was_printed_on_the_console_is_no_card_that_was_not_reached()
    {
        await RecordAsync(_temp.Store);
        await _temp.WriteAsync(tx => tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("case:1"), Now));
        using var output = new StringWriter();

        var exit = await new CasesVerbErase(_temp.Store, _temp.Place, _ => new Wiped("done", null), new ManualClock(), output, TextWriter.Null) { Reaches = _ => false }.RunAsync("kvitravn.example", yes: true, ask: null, TestContext.Current.CancellationToken);

        Assert.Equal(0, exit);
        Assert.Contains("when the bot starts: 1 card, 0 threads", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_room_that_went_to_the_console_is_not_reached()
    {
        using var folder = Configuration.ConfigurationFolder.With(watches: Configuration.ConfigurationFolder.OneWatch);
        var settings = folder.Settings() with { Rooms = [new Room("care", "chat", ""), new Room("sales", "console", "")] };
        Assert.Equal(["care"], new[] { "care", "sales", "letters" }.Where(room => StoreVerb.Reaches(settings, room)));
    }

    [Fact]
    public void A_room_that_is_configured_no_more_is_reached_where_another_stands_in_for_it()
    {
        using var folder = Configuration.ConfigurationFolder.With(watches: Configuration.ConfigurationFolder.OneWatch);
        var settings = folder.Settings() with { Rooms = [new Room("sales", "console", ""), new Room("default", "chat", "")] };
        Assert.Equal((true, false), (StoreVerb.Reaches(settings, "letters"), StoreVerb.Reaches(settings, "sales")));
        Assert.Null(settings.RoomOf("console"));
    }

    [Fact]
    public async Task Rows_that_can_not_be_read_are_told_by_their_numbers_and_by_the_exit_code()
    {
        await RecordAsync(_temp.Store);
        await _temp.WriteAsync(tx => { tx.AddMention(Storage.SomeStored.Mention() with { Post = Theirs() with { Key = new PostKey("replay:posts", "second") } }); });
        await _temp.WriteAsync(tx => { tx.AddMention(Storage.SomeStored.Mention() with { Post = Theirs() with { Key = new PostKey("replay:posts", "third") } }); });
        Damage("UPDATE mentions SET body = substr(body, 1, length(body) - 1) WHERE post_id = 'second'");
        Damage("UPDATE mentions SET body = '{' WHERE post_id IN ('b', 'third')");
        Damage("UPDATE cases SET body = substr(body, 1, 9) WHERE id = 2");
        Damage("UPDATE case_events SET event = '{' WHERE case_id = 2");
        Damage("UPDATE customers SET body = substr(body, 1, length(body) - 1) WHERE id = 2");
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var exit = await EraseByVerbAsync("kvitravn.example", output, errors);

        Assert.Equal((1, "2 rows that can't be read may hold their words still: see the report."), (exit, errors.ToString().Trim()));
        var told = output.ToString();
        Assert.Contains("- 2 rows that can't be read name them: mention 3, mention 4. Put the rows back from a backup, or delete them in the database, and erase again\n", told.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("- 4 rows that can't be read may be about them or about others: mention 2, case 2, event of case 2, customer 2. Put", told, StringComparison.Ordinal);
        Assert.DoesNotContain("kvitravn", told[told.IndexOf("Reached:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_named_only_where_it_can_not_be_read_is_not_called_unknown()
    {
        await _temp.WriteAsync(tx => { tx.AddMention(Storage.SomeStored.Mention() with { Post = Theirs() }); });
        Damage("UPDATE mentions SET body = substr(body, 1, length(body) - 1)");
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var exit = await EraseByVerbAsync("@kvitravn.example", output, errors);

        Assert.Equal(1, exit);
        Assert.Contains("1 row that can't be read names them: mention 1. Put the row back from a backup, or delete it in the database, and erase again.", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_can_not_be_read_and_names_another_smith_is_not_told_of_john_smith()
    {
        await _temp.WriteAsync(tx => { tx.AddMention(Storage.SomeStored.Mention() with { Post = Theirs() with { Author = new Author { Id = "did:jane", Name = "Jane Smith" } } }); });
        Damage("UPDATE mentions SET body = substr(body, 1, length(body) - 1)");
        using var output = new StringWriter();
        using var errors = new StringWriter();

        await EraseByVerbAsync("John Smith", output, errors);

        Assert.StartsWith("Nothing is kept of \"John Smith\".", errors.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Who is erased is not found a second time: what is left out now is never done.</summary>
    [Theory]
    [InlineData(false, "The disk failed.")]
    [InlineData(true, "The look for them was broken off.")]
    public async Task Where_nobody_can_look_for_rows_that_can_not_be_read_the_bytes_are_removed_and_the_report_tells_it(bool brokenOff, string why)
    {
        await RecordAsync(_temp.Store);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var wiped = 0;
        var store = new LastLookFails(_temp.Store, brokenOff ? new OperationCanceledException() : new StoreException("The disk failed."));

        var exit = await new CasesVerbErase(store, _temp.Place, _ => new Wiped($"done {++wiped}", null), new ManualClock(), output, errors).RunAsync("kvitravn.example", yes: true, ask: null, TestContext.Current.CancellationToken);

        Assert.Equal((1, 1, "Rows that can't be read may hold their words still: see the report."), (wiped, exit, errors.ToString().Trim()));
        Assert.Contains($"- rows that can't be read: nobody knows whether there are any, and whether they name them. {why} Run this once more", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(await _temp.ReadAsync(view => PersonFile.Find(view, "kvitravn.example")));
    }

    [Fact]
    public async Task What_they_write_while_the_operator_reads_the_question_is_erased_too_and_what_age_removes_meanwhile_stops_nothing()
    {
        await RecordAsync(_temp.Store);
        await _temp.WriteAsync(tx => { tx.AddMention(Storage.SomeStored.Mention() with { Post = Theirs() with { Key = new PostKey("replay:posts", "kv-post-old") } }); });
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var again = Theirs() with { Key = new PostKey("replay:posts", "kv-post-4712"), Text = "acme killed the other one too, " + Word };
        using var answer = new LateReader(async () =>
        {
            await RecordAsync(_temp.Store, again);
            Damage("DELETE FROM mentions WHERE post_id = 'kv-post-old'");
        });

        var exit = await new CasesVerbErase(_temp.Store, _temp.Place, _ => new Wiped("done", null), new ManualClock(), output, errors).RunAsync("kvitravn.example", yes: false, answer, TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (exit, errors.ToString()));
        Assert.Contains("2 posts of theirs", output.ToString(), StringComparison.Ordinal);
        Assert.True((await _temp.ReadAsync(view => view.MentionOf(again.Key)))!.Erased);
        Assert.Empty(await _temp.ReadAsync(view => view.MentionsNaming(Word)));
    }

    /// <summary>Between the look and the change there is always a moment.</summary>
    [Fact]
    public async Task What_they_write_in_the_moment_before_it_is_erased_is_erased_too_and_what_age_removes_then_stops_nothing()
    {
        await RecordAsync(_temp.Store);
        await _temp.WriteAsync(tx => { tx.AddMention(Storage.SomeStored.Mention() with { Post = Theirs() with { Key = new PostKey("replay:posts", "kv-post-old") } }); });
        var again = Theirs() with { Key = new PostKey("replay:posts", "kv-post-4712"), Text = "acme killed the other one too, " + Word };
        var store = new BusyBeforeWrite(_temp.Store, async () =>
        {
            await RecordAsync(_temp.Store, again);
            Damage("DELETE FROM mentions WHERE post_id = 'kv-post-old'");
        });

        var count = await EraseAsync(store);

        Assert.Equal(2, count.Posts);
        Assert.Empty(await _temp.ReadAsync(view => view.MentionsNaming(Word)));
    }

    private Task<int> EraseByVerbAsync(string who, TextWriter output, TextWriter errors) =>
        new CasesVerbErase(_temp.Store, _temp.Place, _ => new Wiped("done", null), new ManualClock(), output, errors).RunAsync(who, yes: true, ask: null, TestContext.Current.CancellationToken);

    private void Damage(string sql)
    {
        using var db = _temp.OpenDb();
        db.Execute(sql);
    }

    /// <summary>All files of the database are read: tables, indexes, what is too long for a row, and the catalogue with its samples of values.</summary>
    [Fact]
    public async Task No_file_of_a_postgresql_database_holds_a_word_afterwards_and_its_log_does()
    {
        LocalPostgres.SkipIfMissing();
        await using var server = await LocalPostgres.StartAsync(durable: true);
        var connection = await server.NewDatabaseAsync();
        await using var store = PostgresStore.Open(connection, NullLogger.Instance);
        await RecordAsync(store);
        await RunAsync(connection, "ANALYZE");
        Assert.Contains("pg_statistic", await FilesWithAsync(connection, Word));
        Assert.Contains("mentions", await FilesWithAsync(connection, Word));

        await EraseAsync(store);
        var wiped = StoreWipe.Run(new StorePlace("data/listeningbot.db", connection));

        Assert.Null(wiped.Left);
        Assert.Empty(await FilesWithAsync(connection, Word));
        Assert.Empty(await FilesWithAsync(connection, "kvitravn.example"));
        Assert.NotEmpty(await FilesWithAsync(connection, "acme lost the parcel of ben"));
        Assert.True(await AskAsync<bool>(connection, $"SELECT bool_or(position('{Word}'::bytea in pg_read_binary_file('pg_wal/' || name)) > 0) FROM pg_ls_waldir()"));
    }

    /// <summary>The server keeps dead rows for as long as a reading that began before may ask for them.</summary>
    [Fact]
    public async Task On_PostgreSQL_the_words_are_removed_only_when_who_reads_is_through_and_that_is_waited_for()
    {
        LocalPostgres.SkipIfMissing();
        await using var server = await LocalPostgres.StartAsync(durable: true);
        var connection = await server.NewDatabaseAsync();
        await using var store = PostgresStore.Open(connection, NullLogger.Instance);
        await RecordAsync(store);
        await using var reader = new NpgsqlConnection(connection + ";Pooling=false");
        await reader.OpenAsync(TestContext.Current.CancellationToken);
        var reading = await reader.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, TestContext.Current.CancellationToken);
        await using var first = new NpgsqlCommand("SELECT 1", reader, reading);
        await first.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        await EraseAsync(store);
        var wiping = Task.Run(() => StoreWipe.Run(new StorePlace("data/listeningbot.db", connection)));
        while (!wiping.IsCompleted && !await AskAsync<bool>(connection, "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(%')"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        Assert.NotEmpty(await FilesWithAsync(connection, Word));
        await reading.DisposeAsync();

        Assert.Null((await wiping).Left);
        Assert.Empty(await FilesWithAsync(connection, Word));
    }

    private static async Task<string[]> FilesWithAsync(string connection, string word)
    {
        await RunAsync(connection, "CHECKPOINT");
        return await AskAsync<string[]>(connection, $"""
            SELECT coalesce(array_agg(DISTINCT coalesce((SELECT relname FROM pg_class WHERE pg_relation_filenode(oid) = split_part(split_part(file, '.', 1), '_', 1)::oid), file)::text), ARRAY[]::text[])
            FROM (SELECT oid, pg_ls_dir('base/' || oid) AS file FROM pg_database WHERE datname = current_database()) AS files
            WHERE file ~ '^[0-9]' AND position('{word}'::bytea in pg_read_binary_file('base/' || files.oid || '/' || file, 0, 100000000, true)) > 0
            """);
    }

    private static Task RunAsync(string connection, string sql) => AskAsync<object?>(connection, sql);

    private static async Task<T> AskAsync<T>(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, open);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static Post Theirs() => Some.Post($"acme killed my {Word} and nobody answers", "kv-post-4711") with
    {
        Author = new Author { Id = $"did:{Word}", Name = "Kvit Ravn", Handle = "kvitravn.example", Url = "https://social.example/kvitravn.example" },
        Url = "https://social.example/kvitravn.example/4711",
    };

    private static Task RecordAsync(IStore store)
    {
        var ben = Some.Post("acme lost the parcel of ben, I am furious", "b") with { Author = new Author { Id = "ben" } };
        return RecordAsync(store, Theirs(), ben);
    }

    private static async Task RecordAsync(IStore store, params Post[] posts)
    {
        Heard[] heard = [.. posts.Select(post => new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(), ByUs: false))];
        await store.WriteAsync(tx => { Recorder.Record(tx, new Harvest("posts", new Cursor("1"), false, null, heard, [], [], heard.Length), Policy.Default, Now); return true; });
    }

    private static async Task<ErasureCount> EraseAsync(IStore store)
    {
        var person = Assert.Single(await store.ReadAsync(view => PersonFile.Find(view, "kvitravn.example")));
        return await Erasure.EraseAsync(store, person, Now, CancellationToken.None);
    }

    /// <summary>Something happens while the answer is awaited, which is yes.</summary>
    private sealed class LateReader(Func<Task> meanwhile) : StringReader("yes")
    {
        public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
        {
            await meanwhile();
            return await base.ReadLineAsync(cancellationToken);
        }
    }

    /// <summary>Something happens just before the first change.</summary>
    private sealed class BusyBeforeWrite(IStore store, Func<Task> before) : IStore
    {
        private Func<Task>? _before = before;

        public async Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default)
        {
            if (Interlocked.Exchange(ref _before, null) is { } happens)
            {
                await happens();
            }
            return await store.WriteAsync(work, ct);
        }

        public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default) => store.ReadAsync(work, ct);
    }

    /// <summary>It finds the person, once more when that is to be erased, and who else names them, and then nothing more.</summary>
    private sealed class LastLookFails(IStore store, Exception fault) : IStore
    {
        private int _reads;

        public Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default) => store.WriteAsync(work, ct);

        public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default) => ++_reads > 3 ? Task.FromException<T>(fault) : store.ReadAsync(work, ct);
    }
}
