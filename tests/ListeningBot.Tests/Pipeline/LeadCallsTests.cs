using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Call the lead: what a colleague needs, and how long it is asked for.</summary>
public sealed class LeadCallsTests : IAsyncDisposable
{
    private static readonly Member Anna = new() { Id = "anna", Name = "Anna Berg", Accounts = ["discord:1"] };
    private static readonly Member Lea = new() { Id = "lea", Name = "Lea Kurz", Accounts = ["discord:3"] };
    private static readonly CardKey Card = new("case:1", "care");

    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly PolicyBook _policies = new();
    private readonly PressDesk _desk;
    private int _presses;

    public LeadCallsTests()
    {
        LedBy(Lea);
        _desk = new PressDesk(_temp.Store, _policies, _clock, _ => { });
    }

    [Theory]
    [InlineData(PressAction.Waiting, false)]
    [InlineData(PressAction.Waiting, true)]
    [InlineData(PressAction.Answered, false)]
    [InlineData(PressAction.Answered, true)]
    [InlineData(PressAction.Release, true)]
    public async Task The_lead_is_still_called_when_the_owner_goes_on(PressAction then, bool sent)
    {
        await CallAsync();
        await (sent ? SendAsync() : Task.CompletedTask);

        await PressAsync(then);

        Assert.True(IsCalled());
        Assert.DoesNotContain(await PingsAsync(), ping => ping.Withdraw);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_lead_is_still_called_when_the_case_goes_on_as_another(bool sent)
    {
        await CallAsync();
        await (sent ? SendAsync() : Task.CompletedTask);
        var other = Some.Post("acme lost my parcel, nobody helps", "2") with { Author = new Author { Id = "tom", Handle = "tom" } };
        await _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor("2"), false, null, [new Heard(ChangeKind.Added, other, [Some.Watch()], Some.Assessment(0.9), ByUs: false)], [], [], 1), _policies.Current, _clock.GetUtcNow()));

        await _desk.PressAsync(new Press($"press {++_presses}", new Responder("discord:1", "nickname"), new PressTarget(PressAction.Merge, 1) { Value = "2" }));

        Assert.Equal(2, (await _temp.ReadAsync(view => view.CaseOf(1)))!.MergedInto);
        Assert.True(IsCalled());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_case_that_has_ended_calls_nobody_any_more(bool sent)
    {
        await CallAsync();
        await (sent ? SendAsync() : Task.CompletedTask);

        await PressAsync(PressAction.NotAComplaint);

        Assert.False(IsCalled());
        Assert.Equal(sent, (await PingsAsync()).Any(ping => ping.Withdraw));
    }

    [Fact]
    public async Task Who_takes_the_call_back_at_once_has_called_nobody()
    {
        await CallAsync();

        await PressAsync(PressAction.Undo);

        Assert.False(IsCalled());
    }

    [Fact]
    public async Task Undoing_what_came_after_the_call_leaves_it()
    {
        await CallAsync();
        await PressAsync(PressAction.Waiting);

        await PressAsync(PressAction.Undo);

        Assert.True(IsCalled());
    }

    [Fact]
    public async Task Where_nobody_can_be_called_the_one_who_asks_is_told_so()
    {
        Assert.Equal("The lead is called.", (await CallAsync()).Say);

        LedBy();
        Assert.Contains("Add leads", (await AskAsync()).Say, StringComparison.Ordinal);

        LedBy(Lea with { Accounts = [] });
        Assert.Contains("Add leads", (await AskAsync()).Say, StringComparison.Ordinal);
        Assert.Equal(3, (await PingsAsync()).Length);
    }

    [Fact]
    public async Task A_leader_who_has_no_account_is_not_said_to_be_asked_and_the_word_in_the_room_names_them()
    {
        var dora = new Member { Id = "dora", Name = "Dora Lind" };
        await CallAsync();
        LedBy(Lea, dora);

        Assert.Equal("Lea Kurz is asked to write. You stay in charge.", (await BringAsync("lea")).Say);
        Assert.Equal("The draft stands in the room, but Dora Lind is not called: no chat account is known. Add it in config/responders.yaml, and ask in person until then. You stay in charge.", (await BringAsync("dora")).Say);

        var word = (await PingsAsync()).Single(ping => ping.To.Count == 0);
        Assert.Equal("Anna Berg asks Dora Lind to write to this customer in person. A draft: I am sorry, Mia.", word.Text);
    }

    private Task<PressAnswer> BringAsync(string leader) =>
        _desk.PressAsync(new Press($"press {++_presses}", new Responder("discord:1", "nickname"), new PressTarget(PressAction.Leader, 1, leader)) { Fields = new Dictionary<string, string> { ["draft"] = "I am sorry, Mia." } });

    private void LedBy(params Member[] leads) => _policies.Swap(new Policy { Responders = new Responders { Teams = [new Team { Name = "care", Members = [Anna], Leads = leads }] } });

    private async Task<PressAnswer> CallAsync()
    {
        var heard = new Heard(ChangeKind.Added, Some.Post(), [Some.Watch()], Some.Assessment(0.9), ByUs: false);
        await _temp.WriteAsync(tx =>
        {
            Recorder.Record(tx, new Harvest("posts", new Cursor("1"), false, null, [heard], [], [], 1), _policies.Current, _clock.GetUtcNow());
            tx.CardShown(Card, 1, new MessageRef("m"), _clock.GetUtcNow());
        });
        await PressAsync(PressAction.Claim);
        return await AskAsync();
    }

    private Task<PressAnswer> AskAsync() => PressAsync(PressAction.Escalate, ("why", "lawyer letter, may I refund?"));

    private Task SendAsync() => _temp.WriteAsync(tx => tx.PingSent(tx.PingsToDo("care", _clock.GetUtcNow(), 10).Single().Id, new MessageRef("p"), _clock.GetUtcNow()));

    /// <summary>A word to the lead is to be sent, or stands in the room.</summary>
    private bool IsCalled()
    {
        using var db = _temp.OpenDb();
        return db.Number("SELECT count(*) FROM pings WHERE state IN (0, 1) AND text LIKE '%lawyer letter%'") == 1;
    }

    private async Task<PingWork[]> PingsAsync() => [.. await _temp.ReadAsync(view => view.PingsToDo("care", _clock.GetUtcNow(), 10))];

    private Task<PressAnswer> PressAsync(PressAction action, params (string Name, string Text)[] fields) =>
        _desk.PressAsync(new Press($"press {++_presses}", new Responder("discord:1", "nickname"), new PressTarget(action, 1)) { Fields = fields.ToDictionary(field => field.Name, field => field.Text) });

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
