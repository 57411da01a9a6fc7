using ListeningBot.Tests.Support;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage;

public sealed class CardsAndPingsTests : IAsyncDisposable
{
    private static readonly CardKey Key = new("case:12", "care");
    private static readonly MessageRef Message = new("m1");
    private readonly TempStore _temp = new();

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task The_most_urgent_card_comes_first_and_then_the_oldest_post()
    {
        await _temp.WriteAsync(tx =>
        {
            tx.WantCard(new("case:1", "care"), 1, Priority.Normal, Now, Now);
            tx.WantCard(new("case:2", "care"), 1, Priority.Critical, Now, Now);
            tx.WantCard(new("case:3", "care"), 1, Priority.Critical, Now.AddMinutes(-9), Now);
            tx.WantCard(new("case:4", "care"), 1, Priority.High, Now, Now);
            tx.WantCard(new("case:5", "elsewhere"), 1, Priority.Critical, Now, Now);
        });

        Assert.Equal(["case:3", "case:2", "case:4", "case:1"], await SubjectsAsync(10));
        Assert.Equal(["case:3", "case:2"], await SubjectsAsync(2));
        Assert.Equal(["care", "elsewhere"], (await _temp.ReadAsync(view => view.RoomsWithWork())).ToArray());
    }

    [Fact]
    public async Task A_card_that_is_wanted_anew_waits_since_then()
    {
        var key = new CardKey("case:1", "care");
        await _temp.WriteAsync(tx =>
        {
            tx.WantCard(key, 1, Priority.High, Now, Now);
            tx.CardShown(key, 1, new("m1"), Now);
            tx.WantCard(key, 2, Priority.High, Now, Now.AddDays(3));
            tx.WantCard(key, 3, Priority.High, Now, Now.AddDays(4));
        });

        Assert.Equal(Now.AddDays(3), Assert.Single(await _temp.ReadAsync(view => view.Standing(Now.AddDays(4)).Cards)).Oldest);
    }

    [Fact]
    public async Task What_was_never_shown_comes_before_what_changed_and_is_as_urgent()
    {
        await _temp.WriteAsync(tx =>
        {
            foreach (var (id, priority) in new[] { (1, Priority.High), (2, Priority.High), (3, Priority.Critical), (4, Priority.Low) })
            {
                tx.WantCard(new($"case:{id}", "care"), 1, priority, Now.AddMinutes(id - 60), Now);
                tx.CardShown(new($"case:{id}", "care"), 1, new($"m{id}"), Now);
                tx.WantCard(new($"case:{id}", "care"), 2, priority, Now.AddMinutes(id - 60), Now);
            }
            tx.WantCard(new("case:5", "care"), 1, Priority.High, Now, Now);
            tx.WantCard(new("case:6", "care"), 1, Priority.High, Now.AddMinutes(-1), Now);
            tx.WantCard(new("case:7", "care"), 1, Priority.Normal, Now, Now);
            tx.ForgetMessage(new("case:2", "care"), Now);
        });

        string[] order = ["case:3", "case:6", "case:5", "case:1", "case:2", "case:7", "case:4"];
        for (var limit = 1; limit <= order.Length; limit++)
        {
            Assert.Equal(order.Take(limit), await SubjectsAsync(limit));
        }
    }

    [Fact]
    public async Task A_card_waits_until_its_wanted_version_is_shown()
    {
        await WantAsync(1);
        Assert.Equal(new CardWork(Key, 1, null, LookFirst: false, Now, 0) { Priority = Priority.High }, await WorkAsync());

        await WantAsync(3, Now.AddMinutes(1));
        await _temp.WriteAsync(tx => tx.CardShown(Key, 2, Message, Now.AddMinutes(2)));
        Assert.Equal(new CardWork(Key, 3, Message, LookFirst: false, Now, 0) { Priority = Priority.High, Shown = 2 }, await WorkAsync());

        await _temp.WriteAsync(tx => tx.CardShown(Key, 3, Message, Now.AddMinutes(3)));
        Assert.Null(await WorkAsync());
        Assert.Empty(await _temp.ReadAsync(view => view.RoomsWithWork()));

        await WantAsync(2);
        Assert.Null(await WorkAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_to_be_shown_anew_in_the_same_version_still_is_when_what_was_written_before_arrives(bool standsThere)
    {
        await WantAsync(3);
        if (standsThere)
        {
            await _temp.WriteAsync(tx => tx.CardShown(Key, 2, Message, Now));
        }
        var sent = (await WorkAsync())!;
        Assert.Equal(standsThere ? 1 : 0, (await _temp.WriteAsync(tx => tx.ShowAnew(Key.Subject, version: 0))).Count);

        await _temp.WriteAsync(tx => tx.CardShown(Key, 3, Message, Now, sent.Shown));

        var again = (await WorkAsync())!;
        Assert.Equal((3, Message), (again.Wanted, again.Message));
        await _temp.WriteAsync(tx => tx.CardShown(Key, 3, Message, Now, again.Shown));
        Assert.Null(await WorkAsync());
    }

    [Fact]
    public async Task A_card_put_off_comes_back_at_its_time_and_remembers_that_it_must_be_looked_for()
    {
        await WantAsync(1);
        await _temp.WriteAsync(tx => tx.PutOffCard(Key, Now.AddMinutes(5), lookFirst: true, "cut off"));
        await _temp.WriteAsync(tx => tx.PutOffCard(Key, Now.AddMinutes(9), lookFirst: false, "busy"));

        Assert.Null(await WorkAsync());
        Assert.Equal(Now.AddMinutes(9), await _temp.ReadAsync(view => view.NextTryIn("care", Now)));
        Assert.Equal(["care"], (await _temp.ReadAsync(view => view.RoomsWithWork())).ToArray());
        Assert.Equal(new CardWork(Key, 1, null, LookFirst: true, Now, 2) { Priority = Priority.High }, await WorkAsync(Now.AddMinutes(9)));
        Assert.Null(await _temp.ReadAsync(view => view.NextTryIn("care", Now.AddMinutes(9))));

        await _temp.WriteAsync(tx => tx.ForgetMessage(Key, Now));
        Assert.False((await WorkAsync(Now.AddMinutes(9)))!.LookFirst);
    }

    [Fact]
    public async Task A_new_version_ends_a_put_off_and_the_same_version_does_not()
    {
        await WantAsync(1);
        await _temp.WriteAsync(tx => tx.PutOffCard(Key, Now.AddMinutes(5), lookFirst: false, "busy"));

        await WantAsync(1);
        Assert.Null(await WorkAsync());
        await WantAsync(2);
        Assert.Equal(2, (await WorkAsync())!.Wanted);
    }

    [Fact]
    public async Task A_version_given_up_is_not_tried_again_but_the_next_one_is()
    {
        await WantAsync(1);
        await _temp.WriteAsync(tx => tx.GiveUpCard(Key, 1, "too long"));
        Assert.Null(await WorkAsync());
        Assert.Empty(await _temp.ReadAsync(view => view.RoomsWithWork()));

        await WantAsync(2);
        Assert.Equal(2, (await WorkAsync())!.Wanted);
        await _temp.WriteAsync(tx => tx.GiveUpCard(Key, 1, "the answer came late"));
        Assert.Equal(2, (await WorkAsync())!.Wanted);
    }

    [Fact]
    public async Task A_card_whose_message_is_gone_is_shown_again()
    {
        await WantAsync(1);
        await _temp.WriteAsync(tx => tx.CardShown(Key, 1, Message, Now));
        await _temp.WriteAsync(tx => tx.ForgetMessage(Key, Now));

        Assert.Equal(new CardWork(Key, 1, null, LookFirst: false, Now, 0) { Priority = Priority.High }, await WorkAsync());
    }

    [Fact]
    public async Task After_a_restart_only_cards_without_a_message_are_looked_for()
    {
        var marked = new CardKey("case:2", "care");
        await WantAsync(1);
        await _temp.WriteAsync(tx =>
        {
            tx.WantCard(marked, 1, Priority.Low, Now, Now);
            tx.CardShown(marked, 1, Message, Now);
            tx.WantCard(marked, 2, Priority.Low, Now, Now);
            tx.WantPing(marked, "unclaimed", "Nobody has it yet", [], [], Now);
            tx.PutOffCard(Key, Now.AddMinutes(5), lookFirst: false, "busy");
        });

        await _temp.ReopenAsync();

        var work = await _temp.ReadAsync(view => view.CardsToShow("care", Now.AddMinutes(5), 10));
        Assert.Equal([new CardWork(Key, 1, null, LookFirst: true, Now, 1) { Priority = Priority.High }, new CardWork(marked, 2, Message, LookFirst: false, Now, 0) { Shown = 1 }], work.ToArray());
        Assert.Single(await _temp.ReadAsync(view => view.PingsToDo("care", Now, 10)));
    }

    [Fact]
    public async Task What_a_clock_put_off_that_ran_ahead_is_tried_after_a_restart()
    {
        var shown = new CardKey("case:2", "care");
        await WantAsync(1);
        await _temp.WriteAsync(tx =>
        {
            tx.WantCard(shown, 1, Priority.Low, Now, Now);
            tx.CardShown(shown, 1, Message, Now);
            tx.WantCard(shown, 2, Priority.Low, Now, Now);
            tx.WantPing(shown, "unclaimed", "Nobody has it yet", [], [], Now);
            tx.PutOffCard(Key, Now.AddDays(1), lookFirst: false, "busy");
            tx.PutOffCard(shown, Now.AddDays(1), lookFirst: false, "busy");
            tx.PutOffPing(tx.PingsToDo("care", Now, 10)[0].Id, Now.AddDays(1), lookFirst: false, "busy");
        });

        await _temp.ReopenAsync();

        Assert.Equal([Key.Subject, shown.Subject], await SubjectsAsync(10));
        Assert.Single(await _temp.ReadAsync(view => view.PingsToDo("care", Now, 10)));
    }

    [Fact]
    public async Task What_was_never_wanted_can_not_be_shown()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => _temp.WriteAsync(tx => tx.CardShown(Key, 1, Message, Now)));
        Assert.Equal("No card of case:12 was ever wanted in the room care.", refused.Message);
    }

    [Fact]
    public async Task Card_times_count_each_case_once_from_its_first_showing()
    {
        var @case = Case(12);
        await _temp.WriteAsync(tx =>
        {
            tx.SaveCase(@case, Opened(@case), Now);
            foreach (var (room, minutes) in new[] { ("care", 3), ("billing", 2) })
            {
                tx.WantCard(new(Key.Subject, room), 1, Priority.High, @case.Posted, Now);
                tx.CardShown(new(Key.Subject, room), 1, Message, Now.AddMinutes(minutes));
                tx.CardShown(new(Key.Subject, room), 1, Message, Now.AddMinutes(30));
            }
            Notices.Add(tx, "up", good: true, Now);
        });
        await _temp.WriteAsync(tx => tx.CardShown(new("notice:1", "ops"), 1, Message, Now));

        var times = Assert.Single(await _temp.ReadAsync(view => view.CardTimes(10)));
        Assert.Equal((@case.Posted, @case.FirstSeen, Now.AddMinutes(2)), times);
        Assert.Equal(new StoreTotals(0, 1, 1, 0, 0, 0), await _temp.ReadAsync(view => view.Totals()));
    }

    [Fact]
    public async Task A_ping_whose_lists_are_damaged_is_sent_without_them_and_keeps_no_room()
    {
        await WantAsync(1);
        await _temp.WriteAsync(tx => tx.CardShown(Key, 1, Message, Now));
        await WantPingAsync();
        using (var db = _temp.OpenDb())
        {
            db.Ask("UPDATE pings SET to_accounts = '[\"disc', buttons = 'null' WHERE subject = ?").With(Key.Subject).Changed();
        }

        var ping = Assert.Single(await PingsAsync());
        Assert.Equal(("Nobody has it yet", 0, 0), (ping.Text, ping.To.Count, ping.Buttons.Count));
    }

    [Fact]
    public async Task A_ping_is_sent_once_and_only_beside_a_card()
    {
        await WantPingAsync();
        Assert.Empty(await PingsAsync());
        await WantAsync(1);
        await _temp.WriteAsync(tx => tx.CardShown(Key, 1, Message, Now));
        await WantPingAsync();

        Assert.Equivalent(new[] { new PingWork(1, Key, Message, "Nobody has it yet", null, Withdraw: false, 0) { Priority = Priority.High, WantedSince = Now } }, await PingsAsync(), strict: true);
        await _temp.WriteAsync(tx => tx.PutOffPing(1, Now.AddMinutes(1), lookFirst: false, "busy"));
        Assert.Empty(await PingsAsync());
        Assert.Equal(Now.AddMinutes(1), await _temp.ReadAsync(view => view.NextTryIn("care", Now)));

        await _temp.WriteAsync(tx => tx.PingSent(1, new("p1"), Now));
        await WantPingAsync();
        Assert.Empty(await PingsAsync(Now.AddMinutes(1)));
        Assert.Empty(await _temp.ReadAsync(view => view.RoomsWithWork()));
    }

    [Fact]
    public async Task A_ping_that_waits_for_its_hour_is_not_sent_before_when_its_room_takes_cards_again()
    {
        await WantAsync(1);
        await _temp.WriteAsync(tx => tx.CardShown(Key, 1, Message, Now));
        await _temp.WriteAsync(tx => tx.WantPing(Key, "spoke", "The customer has written again.", [], [], Now, Now.AddHours(6)));

        await _temp.WriteAsync(tx => tx.TryPutOffAgain(Key.Room));

        Assert.Empty(await PingsAsync(Now.AddHours(5)));
        Assert.Equal(Now.AddHours(6), await _temp.ReadAsync(view => view.NextTryIn(Key.Room, Now)));
        Assert.Single(await PingsAsync(Now.AddHours(6)));
    }

    [Fact]
    public async Task A_ping_that_may_have_been_sent_is_looked_for_until_it_is_known()
    {
        await WantAsync(1);
        await _temp.WriteAsync(tx => tx.CardShown(Key, 1, Message, Now));
        await WantPingAsync("first");
        await WantPingAsync("second");
        await _temp.WriteAsync(tx => tx.PingSent(1, new("p1"), Now));
        Assert.Equal([(2L, false)], (await PingsAsync()).Select(p => (p.Id, p.LookFirst)).ToArray());

        await _temp.WriteAsync(tx => tx.PutOffPing(2, Now, lookFirst: true, "cut off"));
        await _temp.WriteAsync(tx => tx.PutOffPing(2, Now, lookFirst: false, "busy"));
        var work = Assert.Single(await PingsAsync());
        Assert.True(work.LookFirst);
        Assert.Equal(["p1"], (await _temp.ReadAsync(view => view.OtherPings(work))).Select(other => other.Value).ToArray());

        await WantPingAsync("third");
        await _temp.WriteAsync(tx => tx.LookFirstForUnmarked("sales"));
        Assert.Equal("True False", string.Join(' ', (await PingsAsync()).Select(p => p.LookFirst)));
        await _temp.WriteAsync(tx => tx.LookFirstForUnmarked("care"));
        Assert.Equal("True True", string.Join(' ', (await PingsAsync()).Select(p => p.LookFirst)));

        await _temp.WriteAsync(tx => tx.PingSent(2, new("p2"), Now));
        await _temp.WriteAsync(tx => tx.WithdrawPings(Key.Subject));
        Assert.Equal([(1L, false), (2L, false)], (await PingsAsync()).Select(p => (p.Id, p.LookFirst)).ToArray());
    }

    [Fact]
    public async Task A_ping_beside_a_card_given_up_keeps_no_room_busy()
    {
        await WantAsync(1);
        await WantPingAsync();
        Assert.Equal(["care"], (await _temp.ReadAsync(view => view.RoomsWithWork())).ToArray());

        await _temp.WriteAsync(tx => tx.GiveUpCard(Key, 1, "too long"));
        Assert.Empty(await _temp.ReadAsync(view => view.RoomsWithWork()));

        await WantAsync(2);
        await _temp.WriteAsync(tx => tx.CardShown(Key, 2, Message, Now));
        Assert.Single(await PingsAsync());
        Assert.Equal(["care"], (await _temp.ReadAsync(view => view.RoomsWithWork())).ToArray());
    }

    [Fact]
    public async Task Sent_pings_are_taken_back_and_waiting_ones_are_dropped()
    {
        await WantAsync(1);
        await _temp.WriteAsync(tx => tx.CardShown(Key, 1, Message, Now));
        await WantPingAsync("first");
        await WantPingAsync("second");
        await WantPingAsync("third");
        await _temp.WriteAsync(tx => tx.PingSent(1, new("p1"), Now));

        await _temp.WriteAsync(tx => tx.WithdrawPings(Key.Subject));
        Assert.Equivalent(new[] { new PingWork(1, Key, Message, "Nobody has it yet", new("p1"), Withdraw: true, 0) { Priority = Priority.High, WantedSince = Now } }, await PingsAsync(), strict: true);

        // The second one was on its way while it was dropped.
        await _temp.WriteAsync(tx => tx.PingSent(2, new("p2"), Now));
        Assert.Equal([(1L, true), (2L, true)], (await PingsAsync()).Select(p => (p.Id, p.Withdraw)).ToArray());

        await _temp.WriteAsync(tx =>
        {
            tx.PingDone(1);
            tx.PingDone(2);
            tx.WithdrawPings(Key.Subject);
        });
        Assert.Empty(await PingsAsync());
    }

    private Task WantAsync(int version, DateTimeOffset? now = null) => _temp.WriteAsync(tx => tx.WantCard(Key, version, Priority.High, Now, now ?? Now));

    private Task WantPingAsync(string step = "unclaimed") => _temp.WriteAsync(tx => tx.WantPing(Key, step, "Nobody has it yet", [], [], Now));

    private async Task<CardWork?> WorkAsync(DateTimeOffset? now = null) => (await _temp.ReadAsync(view => view.CardsToShow("care", now ?? Now, 10))).SingleOrDefault();

    private async Task<PingWork[]> PingsAsync(DateTimeOffset? now = null) => [.. await _temp.ReadAsync(view => view.PingsToDo("care", now ?? Now, 10))];

    private async Task<string[]> SubjectsAsync(int limit) => [.. (await _temp.ReadAsync(view => view.CardsToShow("care", Now, limit))).Select(w => w.Key.Subject)];
}
