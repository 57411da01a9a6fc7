using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace ListeningBot.Tests.Pipeline;

public sealed class BurstTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly PolicyBook _policies = new();
    private readonly List<Card> _put = [];
    private readonly List<Ping> _pings = [];
    private readonly Mock<INotifier> _chat = new();
    private readonly CardKeeper _keeper;
    private int _posts;
    private int _presses;

    public BurstTests()
    {
        _policies.Swap(Policy.Default with { Bursts = new Bursts(3, TimeSpan.FromMinutes(10)) });
        _chat.Setup(chat => chat.PutAsync(It.IsAny<Room>(), It.IsAny<Card>(), It.IsAny<MessageRef?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((Room _, Card card, MessageRef? known, CancellationToken _) =>
            {
                _put.Add(card);
                return new Delivery.Delivered(known ?? new MessageRef("m" + card.Key.Subject));
            });
        _chat.Setup(chat => chat.PingAsync(It.IsAny<Room>(), It.IsAny<Ping>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((Room _, Ping ping, CancellationToken _) =>
            {
                _pings.Add(ping);
                return new Delivery.Delivered(new MessageRef("p" + ping.Id));
            });
        _keeper = new CardKeeper(_temp.Store, new RoomDirectory(new Room("x", "chat", ""), _chat.Object), _policies, _clock, NullLogger<CardKeeper>.Instance);
    }

    [Fact]
    public async Task What_comes_beyond_the_threshold_shares_one_card_for_each_aspect()
    {
        for (var i = 0; i < 10; i++)
        {
            await OpenAsync();
        }
        await OpenAsync(aspect: "billing");

        await KeepAsync();

        Assert.Equal(["case:1", "case:2", "case:3", "group:1", "group:2"], _put.Select(card => card.Key.Subject).Order(StringComparer.Ordinal));
        var group = Assert.Single(_put.OfType<GroupCard>(), card => card.Key.Subject == "group:1");
        Assert.Equal(CaseState.Shown, (await CaseAsync(10)).State);
        Assert.Equal((7, 7, "care", "quality", 5, 7), (group.Cases, group.Unclaimed, group.Team, group.Aspect, group.Top.Count, group.Choices.Count));
    }

    [Fact]
    public async Task A_critical_case_has_a_card_of_its_own_and_comes_first_while_a_hundred_wait()
    {
        for (var i = 0; i < 100; i++)
        {
            await OpenAsync();
        }
        await OpenAsync(Priority.Critical);

        await KeepAsync();

        Assert.Equal("case:101", _put[0].Key.Subject);
        Assert.Equal(5, _put.Count);
    }

    [Fact]
    public async Task The_threshold_holds_across_a_restart_and_ends_with_the_burst()
    {
        for (var i = 0; i < 3; i++)
        {
            await OpenAsync();
        }
        await _temp.ReopenAsync();
        Assert.NotNull((await OpenAsync()).Group);

        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Null((await OpenAsync()).Group);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_makes_no_burst()
    {
        for (var i = 0; i < 3; i++)
        {
            await OpenAsync();
        }

        Assert.Null((await OpenAsync(at: _clock.GetUtcNow().AddDays(-1))).Group);
    }

    [Fact]
    public async Task A_group_s_card_is_edited_calmly_and_a_put_off_one_stays_put_off()
    {
        await BurstAsync(4);
        await KeepAsync();
        for (var i = 0; i < 50; i++)
        {
            await OpenAsync();
            await KeepAsync();
        }
        Assert.Single(_put.OfType<GroupCard>());

        _clock.Advance(TimeSpan.FromSeconds(5));
        await KeepAsync();

        Assert.Equal([1, 51], _put.OfType<GroupCard>().Select(card => card.Unclaimed));
        await OpenAsync();
        await _temp.WriteAsync(tx => tx.PutOffCard(new CardKey("group:1", "care"), _clock.GetUtcNow().AddMinutes(1), lookFirst: false, "busy"));
        await OpenAsync();
        _clock.Advance(TimeSpan.FromSeconds(30));
        await KeepAsync();
        Assert.Equal(2, _put.OfType<GroupCard>().Count());
    }

    [Fact]
    public async Task Whoever_takes_one_gets_the_most_urgent_with_a_card_of_its_own()
    {
        await BurstAsync(5);
        await OpenAsync(Priority.High);
        await KeepAsync();

        var answer = await PressAsync(new PressTarget(PressAction.Take, 1));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await KeepAsync();

        Assert.Contains("Case 6 is yours", answer.Say, StringComparison.Ordinal);
        var taken = await CaseAsync(6);
        Assert.Equal((CaseState.Claimed, "Ana", null), (taken.State, taken.Owner?.Name, taken.Group));
        Assert.Contains(_put, card => card is CaseCard { CaseId: 6, Owner: "Ana" });
        Assert.Equal(2, _put.OfType<GroupCard>().Last().Unclaimed);
    }

    /// <summary>Two teams hear the first of them; what comes after concerns one team alone.</summary>
    [Fact]
    public async Task A_group_s_card_in_the_room_of_another_team_is_kept_up_to_date_too()
    {
        await BurstAsync(3);
        await OpenAsync(teams: ["care", "second"]);
        await KeepAsync("second");
        await OpenAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));
        await KeepAsync("second");
        await PressAsync(new PressTarget(PressAction.Claim, 5));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await KeepAsync("second");

        Assert.Equal([1, 2, 1], _put.OfType<GroupCard>().Where(card => card.Key.Room == "second").Select(card => card.Unclaimed));
    }

    [Fact]
    public async Task Of_two_who_take_the_same_one_the_second_is_told_kindly_and_an_empty_group_thanks()
    {
        await BurstAsync(4);

        await PressAsync(new PressTarget(PressAction.Take, 1, "4"));
        var second = await PressAsync(new PressTarget(PressAction.Take, 1, "4"), "Bo");
        var third = await PressAsync(new PressTarget(PressAction.Take, 1), "Bo");

        Assert.Contains("Ana has it already", second.Say, StringComparison.Ordinal);
        Assert.Contains("All cases of this group are taken", third.Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_by_another_way_or_a_case_that_becomes_critical_leaves_the_group()
    {
        await BurstAsync(5);

        await PressAsync(new PressTarget(PressAction.Claim, 4));
        await _temp.WriteAsync(tx => new CaseWriter(tx, _clock.GetUtcNow(), _policies.Current).Happen(tx.CaseOf(5)!, new PostEdited(5, Priority.Critical)));

        Assert.Equal((null, null), ((await CaseAsync(4)).Group, (await CaseAsync(5)).Group));
        await KeepAsync();
        Assert.Equal("case:5", _put[0].Key.Subject);
    }

    [Fact]
    public async Task A_group_is_pinged_once_for_each_kind_and_priority_and_the_word_is_taken_back_when_all_are_taken()
    {
        await BurstAsync(6);
        await OpenAsync(Priority.High);
        await KeepAsync();
        _clock.Advance(TimeSpan.FromMinutes(61));
        await new DueWork(_temp.Store, _policies, _clock, _ => { }).SweepAsync(CancellationToken.None);
        await KeepAsync();

        var words = _pings.Where(ping => ping.Key.Subject == "group:1").Select(ping => ping.Text).ToList();
        Assert.Single(words, "Nobody has claimed the normal cases of this group yet.");
        Assert.Single(words, "Nobody has claimed the high cases of this group yet.");
        Assert.Single(words, "Still nobody has claimed the high cases of this group.");

        for (var i = 0; i < 4; i++)
        {
            await PressAsync(new PressTarget(PressAction.Take, 1));
        }
        await KeepAsync();
        _chat.Verify(chat => chat.WithdrawAsync(It.IsAny<Room>(), It.IsAny<MessageRef>(), It.IsAny<CancellationToken>()), Times.Exactly(words.Count));
    }

    [Fact]
    public async Task A_case_that_comes_when_all_of_its_group_are_taken_is_shown_and_pinged_anew()
    {
        _policies.Swap(Policy.Default with { Bursts = new Bursts(3, TimeSpan.FromHours(1)) });
        await BurstAsync(3);
        await OpenAsync(Priority.High);
        await KeepAsync();
        await SweepAfterAsync(TimeSpan.FromMinutes(16));
        await PressAsync(new PressTarget(PressAction.Take, 1));
        await KeepAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));

        await OpenAsync(Priority.High);
        await KeepAsync();
        await SweepAfterAsync(TimeSpan.FromMinutes(16));

        Assert.Equal(["group:1", "group:2"], _put.OfType<GroupCard>().Select(card => card.Key.Subject).Distinct());
        Assert.Equal(["group:1", "group:2"], _pings.Where(ping => ping.Text == "Nobody has claimed the high cases of this group yet.").Select(ping => ping.Key.Subject));
    }

    [Fact]
    public async Task A_case_that_can_not_be_read_makes_its_group_look_empty_to_nobody()
    {
        await BurstAsync(5);
        await OpenAsync(Priority.High);
        await KeepAsync();
        await SweepAfterAsync(TimeSpan.FromMinutes(61));
        using (var db = _temp.OpenDb())
        {
            db.Execute("UPDATE cases SET body = '{' WHERE id = 6");
        }

        await PressAsync(new PressTarget(PressAction.Take, 1, "4"));
        await KeepAsync();
        _chat.Verify(chat => chat.WithdrawAsync(It.IsAny<Room>(), It.IsAny<MessageRef>(), It.IsAny<CancellationToken>()), Times.Never);

        Assert.Contains("Case 5 is yours", (await PressAsync(new PressTarget(PressAction.Take, 1))).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_repeated_of_a_group_is_said_each_time()
    {
        await BurstAsync(6);
        await KeepAsync();
        for (var hour = 0; hour < 20; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await new DueWork(_temp.Store, _policies, _clock, _ => { }).SweepAsync(CancellationToken.None);
            await KeepAsync();
        }

        var repeats = _pings.Where(ping => ping.Key.Subject == "group:1" && ping.Text == "Nobody has claimed the normal cases of this group, in spite of all words.");
        Assert.Equal(Targets.Default.Repeats, repeats.Count());
    }

    [Fact]
    public async Task What_is_said_of_one_case_alone_gives_it_a_card_of_its_own()
    {
        await BurstAsync(4);
        await PressAsync(new PressTarget(PressAction.Show, 4));
        await _temp.WriteAsync(tx => new CaseWriter(tx, _clock.GetUtcNow(), _policies.Current).Happen(tx.CaseOf(4)!, new Escalated(new Responder("member:ana", "Ana"), "he is a doctor")));

        Assert.Null((await CaseAsync(4)).Group);
        var events = await _temp.ReadAsync(view => view.EventsOf(4));
        Assert.Equal(["Opened", "Escalated", "Ungrouped"], events.Select(one => one.Event.GetType().Name));
    }

    [Fact]
    public async Task A_limit_holds_the_room_back_and_the_order_stays()
    {
        await OpenAsync();
        await OpenAsync();
        _chat.Setup(chat => chat.PutAsync(It.IsAny<Room>(), It.IsAny<Card>(), It.IsAny<MessageRef?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Delivery.Retry("limit", TimeSpan.FromSeconds(4)));
        Assert.Equal(1, (await _keeper.KeepAsync("care", CancellationToken.None)).Tried);
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromSeconds(4), _keeper.PausedUntil("care"));

        await OpenAsync(Priority.High);
        Assert.Equal(1, (await _keeper.KeepAsync("care", CancellationToken.None)).Tried);
        await OpenAsync(Priority.Critical);
        _chat.Setup(chat => chat.PutAsync(It.IsAny<Room>(), It.IsAny<Card>(), It.IsAny<MessageRef?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((Room _, Card card, MessageRef? _, CancellationToken _) =>
            {
                _put.Add(card);
                return new Delivery.Delivered(new MessageRef("m" + card.Key.Subject));
            });
        await KeepAsync();
        Assert.Equal(["case:4"], _put.Select(card => card.Key.Subject));
        _clock.Advance(TimeSpan.FromSeconds(4));
        await KeepAsync();

        Assert.Equal(["case:4", "case:3", "case:1", "case:2"], _put.Select(card => card.Key.Subject));
    }

    private async Task SweepAfterAsync(TimeSpan time)
    {
        _clock.Advance(time);
        await new DueWork(_temp.Store, _policies, _clock, _ => { }).SweepAsync(CancellationToken.None);
        await KeepAsync();
    }

    private async Task BurstAsync(int cases)
    {
        for (var i = 0; i < cases; i++)
        {
            await OpenAsync();
        }
    }

    private Task<Case> OpenAsync(Priority priority = Priority.Normal, string aspect = "quality", DateTimeOffset? at = null, params string[] teams)
    {
        var id = $"{++_posts}";
        var post = Some.Post($"acme trouble number {id}", id) with { Author = new Author { Id = id, Name = "Customer " + id }, Posted = (at ?? _clock.GetUtcNow()).AddMinutes(-1) };
        var heard = new Heard(ChangeKind.Added, post, [.. (teams is [] ? ["care"] : teams).Select(team => Some.Watch(team) with { Team = team })], Some.Assessment(0.9, priority) with { Aspect = aspect }, ByUs: false);
        var harvest = new Harvest("posts", new Cursor(id), false, null, [heard], [], [], 1);
        return _temp.WriteAsync(tx =>
        {
            Recorder.Record(tx, harvest, _policies.Current, at ?? _clock.GetUtcNow());
            return tx.CaseOf(tx.MentionOf(post.Key)!.CaseId!.Value)!;
        });
    }

    private async Task KeepAsync(string room = "care")
    {
        while ((await _keeper.KeepAsync(room, CancellationToken.None)).Tried > 0)
        {
        }
    }

    private Task<PressAnswer> PressAsync(PressTarget target, string who = "Ana") =>
        new PressDesk(_temp.Store, _policies, _clock, _ => { }).PressAsync(new Press($"p{++_presses}", new Responder("discord:" + who, who), target));

    private async Task<Case> CaseAsync(long id) => (await _temp.ReadAsync(view => view.CaseOf(id)))!;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
