using ListeningBot.Core.Posts;

namespace ListeningBot.IntegrationTests.Channels;

/// <summary>What every channel promises, also one that reads a file. Derive once for each kind; for a service derive <see cref="ServiceContractTests"/>.</summary>
public abstract class ChannelContractTests
{
    private const string Customer = "customerwords";

    protected abstract Task<ChannelRig> StartAsync();

    [Fact]
    public async Task A_restart_neither_loses_nor_doubles()
    {
        await using var rig = await StartAsync();
        await rig.OfferAsync(Items(1, 3));
        var first = new Listener(rig);
        await first.UntilAsync(HasHeard(1, 3));

        await rig.OfferAsync(Items(4, 2));
        var second = new Listener(rig, first.Cursor);
        await second.UntilAsync(HasHeard(4, 2));

        AssertOnce(first, 1, 3);
        AssertOnce(second, 4, 2);
        Assert.True(rig.MayRepeat || second.Posts.Count() == 2, "What was read before came again.");
    }

    [Fact]
    public async Task What_was_not_stored_comes_again()
    {
        await using var rig = await StartAsync();
        await rig.OfferAsync(Items(1, 2));
        var before = new Listener(rig);
        await before.UntilAsync(HasHeard(1, 2));
        await rig.OfferAsync(Items(3, 2));
        var lost = new Listener(rig, before.Cursor);
        await lost.UntilAsync(HasHeard(3, 2));

        var again = new Listener(rig, before.Cursor);
        await again.UntilAsync(HasHeard(3, 2));

        Assert.Equal(Keys(lost, 3, 2), Keys(again, 3, 2));
    }

    [Fact]
    public async Task Every_cursor_on_the_way_leads_to_the_rest()
    {
        await using var rig = await StartAsync();
        await rig.OfferAsync(Items(1, 2));
        var listener = new Listener(rig);
        await listener.UntilAsync(HasHeard(1, 2));
        await rig.OfferAsync(Items(3, 3));
        await listener.UntilAsync(HasHeard(3, 3));

        foreach (var (cursor, changes) in listener.Cursors.DistinctBy(c => c.Cursor.Value))
        {
            var rest = listener.Changes.Skip(changes).Select(change => change.Key).ToHashSet();
            var resumed = new Listener(rig, cursor);
            await resumed.UntilAsync(l => rest.IsSubsetOf(l.Posts.Select(post => post.Key)));
            Assert.True(rig.MayRepeat || resumed.Posts.Count() == rest.Count, "What was read before this cursor came again.");
        }
        Assert.True(rig.MayRepeat || Enumerable.Range(1, 5).All(n => listener.Heard(Word(n)) == 1), "Something came twice.");
    }

    [Fact]
    public async Task Cancelling_ends_the_reading_at_once()
    {
        await using var rig = await StartAsync();
        await rig.OfferAsync(Items(1, 1));
        using var stop = new CancellationTokenSource();
        var listener = new Listener(rig);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = listener.ReadAsync(
            l =>
            {
                if (HasHeard(1, 1)(l))
                {
                    heard.TrySetResult();
                }
                return false;
            },
            stop.Token);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

        await stop.CancelAsync();

        await EndsAsync(reading);
    }

    [Fact]
    public async Task Garbage_among_the_items_is_skipped_and_kept_aside()
    {
        await using var rig = await StartAsync();
        await rig.OfferAsync(Items(1, 1));
        await rig.OfferGarbageAsync();
        await rig.OfferAsync(Items(2, 1));
        var listener = new Listener(rig);

        await listener.UntilAsync(l => HasHeard(1, 2)(l) && l.Aside.Count > 0, resumeAfterFaults: false);

        AssertOnce(listener, 1, 2);
        Assert.Single(listener.Aside);
        Assert.Empty(listener.Faults);
    }

    [Fact]
    public async Task Impossible_dates_are_heard_all_the_same()
    {
        await using var rig = await StartAsync();
        var now = rig.Time.GetUtcNow();
        var future = new DateTimeOffset(now.Year + 5, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await rig.OfferAsync(new ContractItem("a", Word(1), DateTimeOffset.UnixEpoch), new ContractItem("b", Word(2), future), new ContractItem("c", Word(3), now));
        var listener = new Listener(rig);

        await listener.UntilAsync(HasHeard(1, 3));

        AssertOnce(listener, 1, 3);
    }

    [Fact]
    public async Task What_was_written_in_one_second_is_all_heard_once_though_it_shows_up_bit_by_bit()
    {
        await using var rig = await StartAsync();
        var at = rig.Time.GetUtcNow() - TimeSpan.FromMinutes(10);
        ContractItem[] alike = [.. Items(1, 5).Select(item => item with { Posted = at })];
        await rig.OfferAsync(alike[..3]);
        var first = new Listener(rig);
        await first.UntilAsync(HasHeard(1, 3));

        await rig.OfferAsync(alike[3..]);
        var second = new Listener(rig, first.Cursor);
        await second.UntilAsync(HasHeard(4, 2));

        AssertOnce(first, 1, 3);
        AssertOnce(second, 4, 2);
        Assert.True(rig.MayRepeat || second.Posts.Count() == 2, "What was read before came again.");
    }

    [Fact]
    public async Task Neither_a_secret_nor_a_customers_words_are_ever_told()
    {
        await using var rig = await StartAsync();
        foreach (var trouble in rig.Troubles)
        {
            await rig.BehaveAsync(trouble);
            var listener = new Listener(rig);
            await listener.UntilAsync(l => l.Batches > 0 || l.Faults.Count > 0);
            AssertSilent(rig, listener);
        }
        await rig.BehaveAsync(Trouble.None);
        await rig.OfferAsync(Items(1, 2));
        var last = new Listener(rig);
        await last.UntilAsync(HasHeard(1, 2));
        AssertSilent(rig, last);
    }

    private static void AssertSilent(ChannelRig rig, Listener listener)
    {
        var said = listener.Logs.Text + string.Concat(listener.Faults);
        Assert.DoesNotContain(Customer, said, StringComparison.Ordinal);
        if (rig.Secret is { } secret)
        {
            Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, string.Concat(listener.Cursors.Select(c => c.Cursor.Value)), StringComparison.Ordinal);
        }
    }

    protected static async Task EndsAsync(Task reading)
    {
        try
        {
            await reading.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        }
        catch (OperationCanceledException)
        {
            // One of the two good ends.
        }
    }

    protected static Func<Listener, bool> HasHeard(int from, int count) => listener => Enumerable.Range(from, count).All(n => listener.Heard(Word(n)) > 0);

    private static void AssertOnce(Listener listener, int from, int count) =>
        Assert.All(Enumerable.Range(from, count), n => Assert.Equal(1, listener.Heard(Word(n))));

    private static List<PostKey> Keys(Listener listener, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(n => listener.Posts.First(post => post.Text.Contains(Word(n), StringComparison.Ordinal)).Key)];

    protected static ContractItem[] Items(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(n => new ContractItem("item" + n, Word(n), TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(100 - n)))];

    /// <summary>A word in which no other number's word is found.</summary>
    protected static string Word(int n) => $"{Customer}{n}x";
}
