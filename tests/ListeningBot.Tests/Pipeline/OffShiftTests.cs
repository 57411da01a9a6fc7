using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;
using ListeningBot.Tests.Teams;

namespace ListeningBot.Tests.Pipeline;

/// <summary>An owner who is at home is not the only one who hears that their customer needs somebody. It is ten o'clock in Berlin.</summary>
public sealed class OffShiftTests : IAsyncDisposable
{
    private const string TakeOver = " Anna Berg is not on call: whoever is can take it over (More, Hand over).";
    private static readonly Responder Anna = new("member:anna", "Anna Berg");
    private readonly DeskRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData("12:00-20:00", "00:00-12:00", Priority.Normal, "discord:1 discord:2")]
    [InlineData("12:00-20:00", "00:00-12:00", Priority.Critical, "discord:1 discord:2")]
    [InlineData("12:00-20:00", "20:00-22:00", Priority.Critical, "discord:1 discord:2 discord:3")]
    [InlineData("08:00-20:00", "00:00-12:00", Priority.Critical, "discord:1")]
    public async Task Words_of_the_customer_reach_whoever_is_on_call_too_when_the_owner_is_not(string annas, string bens, Priority priority, string called)
    {
        Have(SomeTeam.Care() with { Rota = [SomeTeam.Shift(annas, SomeTeam.Anna), SomeTeam.Shift(bens, SomeTeam.Ben)] });
        await AnsweredAsync();

        await _rig.HearAsync(Some.Post("acme: any news?", "2") with { Author = new Author { Id = "a1", Handle = "a1" }, InReplyTo = Some.Post("", "1").Key, Posted = Now }, priority: priority, urgency: priority == Priority.Critical ? 0.99 : null);

        Assert.Equal([("The customer has written again." + (called == "discord:1" ? "" : TakeOver), called)], await SaidAsync());
    }

    [Fact]
    public async Task Somebody_who_is_away_is_off_shift_without_any_rota()
    {
        var today = SomeTeam.Local("2026-11-02 00:00");
        Have(SomeTeam.Care() with { Members = [SomeTeam.Anna, SomeTeam.Ben], Changes = [new Away(today, today.PlusDays(1), SomeTeam.Anna)] });
        await AnsweredAsync();

        await HappenAsync(new PrioritySet(new Responder("member:carl", "Carl Roth"), Priority.Critical));

        Assert.Equal([("Carl Roth says that this case is critical." + TakeOver, "discord:1 discord:2")], await SaidAsync());
    }

    [Fact]
    public async Task What_can_wait_is_the_owners_alone()
    {
        Have(SomeTeam.Care() with { Rota = [SomeTeam.Shift("12:00-20:00", SomeTeam.Anna), SomeTeam.Shift("00:00-12:00", SomeTeam.Ben)] });
        await AnsweredAsync();

        await HappenAsync(new SpokeAgain(1, Happiness.Happy, Now));

        Assert.Equal([("The customer thanks. Is it solved?", "discord:1")], await SaidAsync());
    }

    [Fact]
    public async Task Of_a_lead_no_shifts_are_known()
    {
        Have(SomeTeam.Care() with { Members = [SomeTeam.Ben], Leads = [SomeTeam.Anna], Rota = [SomeTeam.Shift("00:00-12:00", SomeTeam.Ben)] });
        await AnsweredAsync();

        await HappenAsync(new SpokeAgain(1, Happiness.Silent, Now));

        Assert.Equal([("The customer has written again.", "discord:1")], await SaidAsync());
    }

    private DateTimeOffset Now => _rig.Clock.GetUtcNow();

    private void Have(Team team) => _rig.Policies.Swap(new Policy { Responders = new Responders { Teams = [team] } });

    private async Task AnsweredAsync()
    {
        await _rig.ComplainAsync("1");
        await HappenAsync(new Claimed(Anna));
        await HappenAsync(new OwnerAnswered(Anna));
    }

    private Task HappenAsync(CaseEvent happened) => _rig.Temp.WriteAsync(tx => { new CaseWriter(tx, Now, _rig.Policies.Current).Happen(tx.CaseOf(1)!, happened); });

    private async Task<IReadOnlyList<(string Text, string To)>> SaidAsync()
    {
        await _rig.Temp.WriteAsync(tx => tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("m1"), Now));
        return [.. (await _rig.Temp.ReadAsync(view => view.PingsToDo("care", Now, 20))).Select(ping => (ping.Text, string.Join(' ', ping.To)))];
    }
}
