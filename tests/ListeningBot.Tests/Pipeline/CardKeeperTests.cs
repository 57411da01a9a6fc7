using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Pipeline;

public sealed partial class CardKeeperTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly ScriptedNotifier _chat = new();
    private CardKeeper? _keeper;

    [Fact]
    public async Task The_most_urgent_card_is_shown_first_then_the_oldest()
    {
        await OpenAsync("1", Priority.Normal);
        await OpenAsync("2", Priority.Critical);
        await OpenAsync("3", Priority.Normal, postedAgo: 50);

        await KeepAsync();

        Assert.Equal(["case:2", "case:3", "case:1"], _chat.Put.Select(p => p.Card.Key.Subject));
        Assert.Equal(0, await KeepAsync());
    }

    [Fact]
    public async Task A_changed_case_edits_the_same_message()
    {
        await OpenAsync("1");
        await KeepAsync();
        await PressAsync(PressAction.Claim);
        await KeepAsync();

        var cards = _chat.Put.Where(p => p.Card is CaseCard).ToList();
        Assert.Equal([null, "m1"], cards.Select(p => p.Known?.Value));
        Assert.Equal(CaseState.Claimed, ((CaseCard)cards[1].Card).State);
    }

    [Fact]
    public async Task After_an_unknown_outcome_the_card_is_looked_for_before_it_is_put_again()
    {
        await OpenAsync("1");
        _chat.Answers.Enqueue(new Delivery.Unknown("cut off"));
        _chat.Found = new MessageRef("m-lost");

        await KeepAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await KeepAsync();

        Assert.Equal("m-lost", _chat.Put[1].Known?.Value);
    }

    [Fact]
    public async Task After_a_restart_a_card_that_may_be_out_is_looked_for_first()
    {
        await OpenAsync("1");
        _chat.Found = new MessageRef("m-before");
        await RestartAsync();

        await KeepAsync();

        Assert.Equal("m-before", Assert.Single(_chat.Put).Known?.Value);
    }

    [Fact]
    public async Task While_it_can_not_be_told_whether_a_card_is_out_none_is_sent()
    {
        await OpenAsync("1");
        await RestartAsync();
        _chat.FindFails = true;

        await KeepAsync();
        Assert.Empty(_chat.Put);
        _chat.FindFails = false;
        _clock.Advance(TimeSpan.FromMinutes(1));
        await KeepAsync();

        Assert.Single(_chat.Put);
    }

    [Fact]
    public async Task A_message_that_somebody_removed_is_put_anew()
    {
        await OpenAsync("1");
        await KeepAsync();
        await PressAsync(PressAction.Claim);
        _chat.Answers.Enqueue(new Delivery.Gone());

        await KeepAsync();
        await KeepAsync();

        var cards = _chat.Put.Where(p => p.Card is CaseCard).ToList();
        Assert.Null(cards[^1].Known);
        Assert.Equal(3, cards.Count);
    }

    [Fact]
    public async Task The_card_of_a_case_that_went_into_another_is_changed_once_when_a_post_there_is_deleted()
    {
        await OpenAsync("1");
        await OpenAsync("2");
        await KeepAsync();
        await _temp.WriteAsync(tx => Assert.Null(new CaseWriter(tx, _clock.GetUtcNow(), Policy.Default).Merge(tx.CaseOf(2)!, tx.CaseOf(1)!, new Responder("discord:1", "Ana"))));
        await KeepAsync();
        var before = _chat.Put.Count;

        await _temp.Store.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", null, false, null, [], [(ChangeKind.Deleted, new PostKey("replay:posts", "1"))], [], 1), Policy.Default, _clock.GetUtcNow()));
        await KeepAsync();
        await KeepAsync();

        Assert.Equal(["case:1", "case:2"], _chat.Put.Skip(before).Select(put => put.Card.Key.Subject).Order());
    }

    [Fact]
    public async Task Cards_whose_room_is_still_looked_through_hold_up_no_other_and_are_looked_for_when_the_limit_is_over()
    {
        await OpenAsync("1");
        await OpenAsync("2");
        await RestartAsync();
        _chat.FindBusy = TimeSpan.FromSeconds(5);

        await KeepAsync();
        await OpenAsync("3");
        await KeepAsync();
        Assert.Equal("case:3", Assert.Single(_chat.Put).Card.Key.Subject);
        Assert.Null(_keeper!.WhyInTrouble("care"));

        (_chat.FindBusy, _chat.Found) = (null, new MessageRef("m1"));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await KeepAsync();
        Assert.Equal(["m1", "m1"], _chat.Put.Skip(1).Select(put => put.Known?.Value));
    }

    [Fact]
    public async Task What_was_put_anew_is_looked_for_since_then_and_not_since_its_case_began()
    {
        await OpenAsync("1");
        await KeepAsync();
        _clock.Advance(TimeSpan.FromDays(60));
        await PressAsync(PressAction.Claim);
        var removed = _clock.GetUtcNow();
        _chat.DossierAnswers = new Delivery.Delivered(new MessageRef("thread"));
        _chat.Answers.Enqueue(new Delivery.Gone());
        _chat.Answers.Enqueue(new Delivery.Unknown("cut off"));

        await KeepAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await KeepAsync();

        Assert.Equal([removed], _chat.LookedSince);
    }

    [Fact]
    public async Task A_card_shown_while_the_store_takes_nothing_is_not_sent_again()
    {
        await OpenAsync("1");
        await OpenAsync("2");
        var store = new FailingStore(_temp.Store);
        var keeper = new CardKeeper(store, new RoomDirectory(new Room("x", "chat", ""), _chat), new PolicyBook(), _clock, NullLogger<CardKeeper>.Instance);
        store.Room = 0;

        await Assert.ThrowsAsync<StoreException>(() => keeper.KeepAsync("care", CancellationToken.None));
        await Assert.ThrowsAsync<StoreException>(() => keeper.KeepAsync("care", CancellationToken.None));
        store.Room = 9;
        await keeper.KeepAsync("care", CancellationToken.None);

        Assert.Equal(["case:1", "case:2"], _chat.Put.Select(p => p.Card.Key.Subject));
    }

    private async Task RestartAsync()
    {
        await _temp.ReopenAsync();
        _keeper = null;
    }

    private async Task<int> KeepAsync(string room = "care")
    {
        var rooms = new RoomDirectory(new Room("x", "chat", ""), _chat);
        _keeper ??= new CardKeeper(_temp.Store, rooms, new PolicyBook(), _clock, NullLogger<CardKeeper>.Instance);
        return (await _keeper.KeepAsync(room, CancellationToken.None)).Tried;
    }

    private Task OpenAsync(string id, Priority priority = Priority.Normal, int postedAgo = 5)
    {
        var post = Some.Post($"acme trouble number {id}", id) with { Author = new Author { Id = id }, Posted = _clock.GetUtcNow() - TimeSpan.FromMinutes(postedAgo) };
        var heard = new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(0.9, priority), ByUs: false);
        var harvest = new Harvest("posts", new Cursor(id), false, null, [heard], [], [], 1);
        return _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, _clock.GetUtcNow()));
    }

    private Task PressAsync(PressAction action, long of = 1) =>
        new PressDesk(_temp.Store, new PolicyBook(), _clock, _ => { }).PressAsync(new Press($"p{action}{of}", new Responder("discord:1", "Ana"), new PressTarget(action, of)));

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    /// <summary>Answers as told; collects what it was asked.</summary>
    private sealed class ScriptedNotifier : INotifier
    {
        public List<(Card Card, MessageRef? Known)> Put { get; } = [];
        public List<Ping> Pings { get; } = [];
        public List<DateTimeOffset> LookedSince { get; } = [];
        public List<string> Withdrawn { get; } = [];
        public Queue<Delivery> Answers { get; } = [];

        /// <summary>What every thread is answered with; null: as every other card.</summary>
        public Delivery? DossierAnswers { get; set; }
        public Queue<Delivery> PingAnswers { get; } = [];
        public Queue<Exception> Defeats { get; } = [];
        public MessageRef? Found { get; set; }
        public bool FindFails { get; set; }

        /// <summary>For so long a limit keeps it from being told.</summary>
        public TimeSpan? FindBusy { get; set; }

        /// <summary>What happens while a card is on its way.</summary>
        public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

        public async Task<Delivery> PutAsync(Room room, Card card, MessageRef? known, CancellationToken ct)
        {
            Put.Add((card, known));
            await BeforeAnswer();
            if (card is DossierCard && DossierAnswers is { } always)
            {
                return always;
            }
            if (Defeats.TryDequeue(out var defeat))
            {
                throw defeat;
            }
            return Answers.TryDequeue(out var answer) ? answer : new Delivery.Delivered(known ?? new MessageRef($"m{Put.Count}"));
        }

        public Task<MessageRef?> FindAsync(Room room, Card card, DateTimeOffset since, CancellationToken ct)
        {
            LookedSince.Add(since);
            return FoundAsync();
        }

        public Task<MessageRef?> FindPingAsync(Room room, Ping ping, IReadOnlyList<MessageRef> others, DateTimeOffset since, CancellationToken ct) => FoundAsync();

        private Task<MessageRef?> FoundAsync() =>
            FindFails ? Task.FromException<MessageRef?>(new IOException("the service is away"))
            : FindBusy is { } after ? Task.FromException<MessageRef?>(new RoomBusyException("the limit is used up", after))
            : Task.FromResult(Found);

        public Task<Delivery> PingAsync(Room room, Ping ping, CancellationToken ct)
        {
            Pings.Add(ping);
            return Task.FromResult(PingAnswers.TryDequeue(out var answer) ? answer : new Delivery.Delivered(new MessageRef($"p{Pings.Count}")));
        }

        public Task<Delivery> WithdrawAsync(Room room, MessageRef message, CancellationToken ct)
        {
            Withdrawn.Add(message.Value);
            return Task.FromResult<Delivery>(new Delivery.Delivered(message));
        }

        public Task HearAsync(IDesk desk, Action<string?> told, CancellationToken ct) => Task.CompletedTask;
    }
}
