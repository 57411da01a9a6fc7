using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Who may act, and as whom.</summary>
public sealed class ActorsTests : IAsyncDisposable
{
    private readonly DeskRig _rig = new();

    public static TheoryData<PressAction> Changing => [.. Enum.GetValues<PressAction>().Where(action => !new PressTarget(action, 1).OnlyLooks)];

    [Theory]
    [MemberData(nameof(Changing))]
    public async Task A_strangers_press_changes_nothing_and_is_told_kindly_why(PressAction action)
    {
        await _rig.ComplainAsync("1");
        await _rig.ComplainAsync("2", complaint: 0.2);
        await _rig.Temp.WriteAsync(tx =>
        {
            tx.AddSilence(new Silence(SilenceOf.Word, "x", "y", DeskRig.ByAnna, _rig.Clock.GetUtcNow(), _rig.Clock.GetUtcNow().AddDays(1)));
            tx.AskLink(DeskRig.Stranger.Id, "somebody", "cem", _rig.Clock.GetUtcNow());
        });
        var before = await EverythingAsync();

        var answer = await _rig.PressAsync(action, action is PressAction.TrayComplaint or PressAction.TrayDismiss ? 2 : 1, DeskRig.Stranger);

        Assert.Contains("Only members of the team", answer.Say, StringComparison.Ordinal);
        Assert.Contains("/link", answer.Say, StringComparison.Ordinal);
        Assert.Contains("Lea Kurz", answer.Say, StringComparison.Ordinal);
        Assert.Equal(before, await EverythingAsync());
    }

    [Fact]
    public async Task A_stranger_may_look_at_a_card_that_everybody_in_the_room_sees()
    {
        await _rig.ComplainAsync("1");

        Assert.Contains("trouble", (await _rig.PressAsync(PressAction.Show, 1, DeskRig.Stranger)).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobodys_command_but_link_is_for_strangers()
    {
        foreach (var spec in _rig.Desk.Commands.Where(spec => spec.Name != "link"))
        {
            foreach (var part in spec.Parts.Select(part => " " + part.Name).DefaultIfEmpty(""))
            {
                var answer = await _rig.AskAsync(_rig.Of(spec.Name + part, ("what", "acme is broken")) with { By = DeskRig.Stranger });
                Assert.Contains("Only members of the team", answer.Say, StringComparison.Ordinal);
            }
        }
        Assert.Equal(0, (await _rig.Temp.ReadAsync(view => view.Totals())).Mentions);
    }

    [Fact]
    public async Task While_nobody_is_described_whoever_is_in_the_room_may_act()
    {
        _rig.Policies.Swap(Policy.Default);
        await _rig.ComplainAsync("1");

        await _rig.PressAsync(PressAction.Claim, 1, DeskRig.Stranger);

        Assert.Equal(DeskRig.Stranger, (await _rig.CaseAsync()).Owner);
    }

    [Fact]
    public async Task A_mapped_role_may_act_without_being_a_member()
    {
        await _rig.ComplainAsync("1");

        await _rig.Desk.PressAsync(new Press("p", DeskRig.Stranger, new PressTarget(PressAction.Claim, 1)) { Roles = ["discord:role"] });

        Assert.Equal(DeskRig.Stranger, (await _rig.CaseAsync()).Owner);
    }

    [Fact]
    public async Task An_owner_is_the_person_whichever_account_pressed()
    {
        _rig.Policies.Swap(new Policy { Responders = new Responders { Teams = [new Team { Name = "care", Members = [DeskRig.Anna with { Accounts = ["discord:1", "slack:1"] }] }] } });
        await _rig.ComplainAsync("1");
        await _rig.PressAsync(PressAction.Claim, 1);

        await _rig.PressAsync(PressAction.Answered, 1, new Responder("slack:1", "anna"));

        var @case = await _rig.CaseAsync();
        Assert.Equal((new Responder("member:anna", "Anna Berg"), CaseState.Answered), (@case.Owner, @case.State));
    }

    [Fact]
    public async Task A_case_that_an_account_took_before_its_person_was_known_stays_theirs()
    {
        var described = _rig.Policies.Current;
        _rig.Policies.Swap(Policy.Default);
        await _rig.ComplainAsync("1");
        await _rig.PressAsync(PressAction.Claim, 1);
        _rig.Policies.Swap(described);

        await _rig.PressAsync(PressAction.Answered, 1);

        Assert.Equal(CaseState.Answered, (await _rig.CaseAsync()).State);
        Assert.Contains("1 · normal", (await _rig.AskAsync("/mine")).Say, StringComparison.Ordinal);
    }

    /// <summary>All that a press could change.</summary>
    private Task<string> EverythingAsync() => _rig.Temp.ReadAsync(view => string.Join('|',
        string.Join(',', view.EventsOf(1).Select(happening => happening.Event)), view.CaseOf(1)?.Version, view.TrayVerdictOf(2), view.SilenceOf(1)?.Until, view.LinkOf(1)?.Yes, view.Totals()));

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
