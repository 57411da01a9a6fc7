using ListeningBot.Tests.Support;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Storage;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task Those_who_wait_together_share_one_commit()
    {
        await using var temp = new TempStore();
        await using var held = await HeldWriter.HoldAsync(temp.Store);
        var before = temp.Store.Commits;
        var waiting = Enumerable.Range(0, 200).Select(i => temp.WriteAsync(tx => tx.AddMention(Mention("m" + i)))).ToArray();

        await held.LetGoAsync();
        var ids = await Task.WhenAll(waiting);

        Assert.Equal(200, ids.Distinct().Count());
        Assert.InRange(temp.Store.Commits, before + 2, temp.IsPostgres ? before + 100 : before + 2);
        Assert.Equal(200, (await temp.ReadAsync(view => view.Totals())).Mentions);
    }

    [Fact]
    public async Task A_poisoned_request_undoes_only_its_own_changes()
    {
        await using var temp = new TempStore();
        await using var held = await HeldWriter.HoldAsync(temp.Store);
        var before = temp.WriteAsync(tx => tx.AddMention(Mention("before")));
        var poisoned = temp.WriteAsync(tx =>
        {
            tx.AddMention(Mention("poisoned"));
            tx.MoveCursor("posts", new Cursor("poisoned"), Now);
            throw new ArithmeticException("poison");
        });
        var twice = temp.WriteAsync(tx => tx.AddMention(Mention("before")));
        var after = temp.WriteAsync(tx => tx.AddMention(Mention("after")));

        await held.LetGoAsync();

        Assert.Equal("poison", (await Assert.ThrowsAsync<ArithmeticException>(() => poisoned)).Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => twice);
        var stored = await temp.ReadAsync(view => (view.MentionOf(Key("before"))?.Id, view.MentionOf(Key("poisoned"))?.Id, view.MentionOf(Key("after"))?.Id, view.CursorOf("posts")));
        Assert.Equal((await before, null, await after, null), stored);
    }

    [Fact]
    public async Task Who_shares_a_transaction_with_a_failing_request_runs_twice_and_stores_once()
    {
        await using var temp = new TempStore();
        var first = await temp.WriteAsync(tx => Save(tx, 1));
        await using var held = await HeldWriter.HoldAsync(temp.Store);
        var before = temp.Store.Commits;
        var runs = 0;
        var neighbour = temp.WriteAsync(tx =>
        {
            runs++;
            tx.AddMention(Mention("neighbour"));
            return tx.NextCaseId();
        });
        var refused = temp.WriteAsync(tx => Save(tx, version: 7));
        var after = temp.WriteAsync(tx => tx.NextCaseId());

        await held.LetGoAsync();

        Assert.Equal("Case 1 can't be saved as version 7: the stored one is version 1.", (await Assert.ThrowsAsync<InvalidOperationException>(() => refused)).Message);
        Assert.Equal((1L, 2L, 3L), (first, await neighbour, await after));
        Assert.Equal(2, runs);
        Assert.Equal(1, (await temp.ReadAsync(view => view.Totals())).Mentions);
        Assert.Equal(before + 2, temp.Store.Commits);
    }

    [Fact]
    public async Task A_failing_request_stays_undone_though_its_neighbour_swallows_what_it_hears_of_it()
    {
        await using var temp = new TempStore();
        await temp.WriteAsync(tx => Save(tx, 1));
        await using var held = await HeldWriter.HoldAsync(temp.Store);
        var refused = temp.WriteAsync(tx =>
        {
            tx.AddMention(Mention("refused"));
            return Save(tx, version: 7);
        });
        var swallowing = temp.WriteAsync(tx =>
        {
            try
            {
                return tx.CursorOf("posts")?.Value ?? "none";
            }
            catch (InvalidOperationException)
            {
                return "swallowed";
            }
        });

        await held.LetGoAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => refused);
        Assert.Equal("none", await swallowing);
        Assert.Null(await temp.ReadAsync(view => view.MentionOf(Key("refused"))));
    }

    [Fact]
    public async Task A_request_that_swallows_its_own_failure_is_stored_when_it_is_told_so_and_costs_no_neighbour_anything()
    {
        await using var temp = new TempStore();
        await temp.WriteAsync(tx => tx.AddMention(Mention("known")));
        await using var held = await HeldWriter.HoldAsync(temp.Store);
        var swallowing = temp.WriteAsync(tx =>
        {
            tx.MoveCursor("posts", new Cursor("moved"), Now);
            try
            {
                tx.AddMention(Mention("known"));
                _ = tx.CursorOf("others");
            }
            catch (InvalidOperationException)
            {
                // Known already.
            }
        });
        var poisoned = temp.WriteAsync(tx => throw new ArithmeticException("poison"));
        var after = temp.WriteAsync(tx => tx.AddMention(Mention("after")));

        await held.LetGoAsync();

        await Assert.ThrowsAsync<ArithmeticException>(() => poisoned);
        await after;
        await Task.WhenAny(swallowing);
        var (cursor, neighbour) = await temp.ReadAsync(view => (view.CursorOf("posts"), view.MentionOf(Key("after"))));
        Assert.NotNull(neighbour);
        Assert.Equal(swallowing.IsCompletedSuccessfully, cursor is not null);
    }

    [Fact]
    public async Task A_row_that_can_not_be_read_is_listed_though_a_neighbour_failed()
    {
        await using var temp = new TempStore();
        await temp.WriteAsync(tx => Save(tx, 1));
        using (var db = temp.OpenDb())
        {
            db.Ask("UPDATE cases SET body = '{' WHERE id = 1").Changed();
        }
        Assert.Null(await temp.ReadAsync(view => view.CaseOf(1)));
        await using var held = await HeldWriter.HoldAsync(temp.Store);
        var listed = temp.WriteAsync(tx => tx.KeepUnreadable(Now));
        var poisoned = temp.WriteAsync(tx => throw new ArithmeticException("poison"));

        await held.LetGoAsync();

        await listed;
        await Assert.ThrowsAsync<ArithmeticException>(() => poisoned);
        Assert.Equal("case 1", Assert.Single(await temp.ReadAsync(view => view.DeadLetters(0, 9))).What);
        Assert.False(await temp.ReadAsync(view => view.HasUnreadable));
    }

    private static long Save(IStoreTx tx, int version)
    {
        var id = version == 1 ? tx.NextCaseId() : 1;
        tx.SaveCase(Case(id, version), Opened(Case(id)), Now);
        return id;
    }

    [Fact]
    public async Task A_request_cancelled_before_its_start_does_not_run()
    {
        await using var temp = new TempStore();
        await using var held = await HeldWriter.HoldAsync(temp.Store);
        using var cancel = new CancellationTokenSource();
        var ran = false;
        var waiting = temp.Store.WriteAsync(tx => ran = true, cancel.Token);
        var other = temp.WriteAsync(tx => tx.NextCaseId());

        await cancel.CancelAsync();
        await held.LetGoAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => temp.Store.WriteAsync(tx => ran = true, cancel.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => temp.Store.ReadAsync(view => ran = true, cancel.Token));
        Assert.Equal(1, await other);
        Assert.False(ran);
    }

    [Fact]
    public async Task A_reader_sees_one_moment_and_does_not_wait_for_the_writer()
    {
        await using var temp = new TempStore();
        await temp.WriteAsync(tx => tx.AddMention(Mention("1")));
        await using var held = await HeldWriter.HoldAsync(temp.Store, tx => tx.AddMention(Mention("2")));
        using var counted = new SemaphoreSlim(0);
        using var written = new SemaphoreSlim(0);
        var reading = temp.ReadAsync(view =>
        {
            var first = view.Totals().Mentions;
            counted.Release();
            written.Wait();
            return (first, view.Totals().Mentions);
        });

        await counted.WaitAsync();
        await held.LetGoAsync();
        written.Release();

        Assert.Equal((1, 1), await reading);
        Assert.Equal(2, (await temp.ReadAsync(view => view.Totals())).Mentions);
    }

    [Fact]
    public async Task A_failing_reader_leaves_its_connection_in_order()
    {
        await using var temp = new TempStore();
        await temp.WriteAsync(tx => tx.KeepDocument("settings", "old", Now));
        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAsync<ArithmeticException>(() => temp.ReadAsync<string>(view => throw new ArithmeticException(view.Document("settings"))));
        }

        await temp.WriteAsync(tx => tx.KeepDocument("settings", "new", Now));
        Assert.Equal("new", await temp.ReadAsync(view => view.Document("settings")));
    }

    [Fact]
    public async Task Closing_writes_what_waits_and_refuses_what_comes_later()
    {
        await using var temp = new TempStore();
        var store = temp.Store;
        await using var held = await HeldWriter.HoldAsync(store);
        var waiting = temp.WriteAsync(tx => tx.AddMention(Mention()));
        var closing = temp.CloseAsync();
        await held.LetGoAsync();
        await closing;

        Assert.Equal(1, await waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.WriteAsync(tx => tx.NextCaseId()));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.ReadAsync(view => view.Totals()));
        Assert.Equal(1, (await temp.ReadAsync(view => view.Totals())).Mentions);
    }

    [Fact]
    public async Task A_group_has_an_upper_limit()
    {
        await using var temp = new TempStore();
        int most;
        await temp.WriteAsync(tx => tx.NextCaseId());
        using (var db = temp.OpenDb())
        {
            most = db.LargestGroup;
        }
        await using var held = await HeldWriter.HoldAsync(temp.Store);
        var before = temp.Store.Commits;
        var waiting = Enumerable.Range(0, 2 * most).Select(_ => temp.WriteAsync(tx => tx.NextCaseId())).ToArray();
        await held.LetGoAsync();
        await Task.WhenAll(waiting);

        // Where other machines want their turn, a group ends by the clock too.
        Assert.InRange(temp.Store.Commits, before + 3, temp.IsPostgres ? before + (2 * most) : before + 3);
        Assert.Equal((2 * most) + 1, waiting.Max(t => t.Result));
    }
}

/// <summary>Keeps the writer busy, so that a test decides what waits together.</summary>
internal sealed class HeldWriter : IAsyncDisposable
{
    private readonly SemaphoreSlim _started = new(0);
    private readonly SemaphoreSlim _goOn = new(0);
    private Task<bool> _holding = Task.FromResult(true);

    public static async Task<HeldWriter> HoldAsync(Store store, Action<IStoreTx>? first = null)
    {
        var held = new HeldWriter();
        held._holding = store.WriteAsync(tx =>
        {
            first?.Invoke(tx);
            held._started.Release();
            return held._goOn.Wait(TimeSpan.FromMinutes(1));
        });
        await held._started.WaitAsync();
        return held;
    }

    /// <summary>Ends when the holding request is durable.</summary>
    public async Task LetGoAsync()
    {
        _goOn.Release();
        Assert.True(await _holding);
    }

    public async ValueTask DisposeAsync()
    {
        _goOn.Release();
        await _holding;
        _started.Dispose();
        _goOn.Dispose();
    }
}
