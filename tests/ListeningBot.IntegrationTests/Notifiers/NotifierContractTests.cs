using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Notifiers;

/// <summary>What the keeper relies on, of every notifier. Derive, and say how to open one; for a chat that keeps its messages derive <see cref="ChatContractTests"/>.</summary>
public abstract class NotifierContractTests : IAsyncLifetime
{
    private const string Hostile = "\u202e**@everyone** <@1> <!channel> [a](https://b.example)\r\n# x\u001b[31m \ud800 \0";

    protected abstract Room Room { get; }

    /// <summary>A notifier as after a start of the program: connected to the same service each time, remembering nothing.</summary>
    protected abstract INotifier Open();

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    public static TheoryData<Card> AllCards => [.. Cards("Mia Lang"), .. Cards(Hostile), .. Cards(string.Concat(Enumerable.Repeat("*long* ", 2000)))];

    [Theory]
    [MemberData(nameof(AllCards), DisableDiscoveryEnumeration = true)]
    public async Task Every_card_is_taken_whatever_its_words(Card card)
    {
        Delivered(await Open().PutAsync(Room, card with { Key = card.Key with { Room = Room.Name } }, null, default));
    }

    [Fact]
    public async Task An_edit_keeps_its_message()
    {
        var first = Delivered(await Open().PutAsync(Room, Card(1), null, default));
        var second = Delivered(await Open().PutAsync(Room, Card(2, CaseState.Claimed), first, default));

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_ping_is_sent_once_and_taken_back_as_often_as_wanted()
    {
        var notifier = Open();
        var card = Delivered(await notifier.PutAsync(Room, Card(1), null, default));
        var ping = new Ping(5, Card(1).Key, card, Hostile, "ping-5");

        var sent = Delivered(await notifier.PingAsync(Room, ping, default));

        Assert.Equal(sent, Delivered(await Open().PingAsync(Room, ping, default)));
        Delivered(await notifier.WithdrawAsync(Room, sent, default));
        Delivered(await notifier.WithdrawAsync(Room, sent, default));
    }

    [Fact]
    public async Task Hearing_ends_when_it_is_cancelled_and_not_before()
    {
        using var stop = new CancellationTokenSource();
        var hearing = Open().HearAsync(new PressesOnly(_ => Task.FromResult(PressAnswer.Done)), _ => { }, stop.Token);
        Assert.False(hearing.IsCompleted);

        await stop.CancelAsync();
        await hearing.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(hearing.IsCompletedSuccessfully || hearing.IsCanceled, $"{hearing.Exception}");
    }

    protected static MessageRef Delivered(Delivery delivery) => Assert.IsType<Delivery.Delivered>(delivery).Message;

    protected CaseCard Card(int version, CaseState state = CaseState.Unclaimed) =>
        Case("Mia Lang", state) with { Key = new CardKey("case:12", Room.Name), Version = version };

    private static IEnumerable<Card> Cards(string text)
    {
        foreach (var state in Enum.GetValues<CaseState>())
        {
            yield return Case(text, state);
            yield return Case(text, state) with { Voices = 7, AnsweredBy = text, AnsweredAt = ManualClock.Start, Deleted = true, Url = null };
        }
        yield return new TrayCard
        {
            Key = new CardKey("tray:1", "care"),
            Version = 1,
            Team = text,
            Day = new DateOnly(2026, 11, 2),
            Page = 1,
            Pages = 3,
            Entries = [.. Enumerable.Range(1, 5).Select(i => new TrayEntry(i, text, text, text, "https://social.example/" + i, ManualClock.Start, 0.4, i == 2 ? text : null))],
        };
        yield return new NoticeCard { Key = new CardKey("notice:1", "ops"), Version = 1, Good = false, Text = text, At = ManualClock.Start };
    }

    private static CaseCard Case(string text, CaseState state) => new()
    {
        Key = new CardKey("case:12", "care"),
        Version = 1,
        CaseId = 12,
        State = state,
        Priority = Priority.High,
        Posted = ManualClock.Start,
        Who = text,
        Where = text,
        Quote = text,
        Url = "https://social.example/1",
        Reason = text,
        NextStep = text,
        Owner = state == CaseState.Unclaimed ? null : text,
        Outcome = state == CaseState.Closed ? Outcome.Solved : null,
        ClosedBy = state == CaseState.Closed ? text : null,
        Buttons = state switch
        {
            CaseState.Unclaimed => [new CardButton("Claim", new PressTarget(PressAction.Claim, 12), Main: true), new CardButton(text, new PressTarget(PressAction.More, 12))],
            _ => [new CardButton("Open post", null, "https://social.example/1"), new CardButton("Bad link", null, text)],
        },
    };
}
