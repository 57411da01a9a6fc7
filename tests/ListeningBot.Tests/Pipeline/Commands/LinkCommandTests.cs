using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline.Commands;

public sealed class LinkCommandTests : IAsyncDisposable
{
    private static readonly Responder Cem = new("discord:7", "cem_ay");
    private readonly DeskRig _rig = new();

    [Fact]
    public async Task A_holder_of_the_teams_role_is_linked_at_once_acts_as_the_member_and_can_be_called()
    {
        await _rig.ComplainAsync("1");

        Assert.StartsWith("Welcome, Cem Ay", (await LinkAsync(Cem, "Cem Ay", "discord:role")).Say, StringComparison.Ordinal);

        await _rig.PressAsync(PressAction.Claim, 1, Cem);
        Assert.Equal(new Responder("member:cem", "Cem Ay"), (await _rig.CaseAsync()).Owner);
        Assert.Equal(["discord:7"], await _rig.Temp.ReadAsync(view => new Actors(view, _rig.Policies.Current.Responders).AccountsOf(DeskRig.Cem)));
        await _rig.Temp.WriteAsync(tx => { new CaseWriter(tx, _rig.Clock.GetUtcNow(), _rig.Policies.Current).Happen(tx.CaseOf(1)!, new TimeCame(Step.AskOwner)); });
        await _rig.Temp.WriteAsync(tx => tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("m"), _rig.Clock.GetUtcNow()));
        Assert.Equal(["discord:7"], Assert.Single(await _rig.Temp.ReadAsync(view => view.PingsToDo("care", _rig.Clock.GetUtcNow(), 10))).To);
    }

    [Fact]
    public async Task Without_the_role_somebody_known_must_say_yes_in_the_ops_room()
    {
        Assert.Contains("asked in the room for operators", (await LinkAsync(Cem, "cem")).Say, StringComparison.Ordinal);
        Assert.Contains("ops", _rig.Rung);
        var card = await CardAsync();
        Assert.Contains("\"cem_ay\" (discord:7) says that it is Cem Ay", card.Text, StringComparison.Ordinal);
        Assert.Equal(2, card.Buttons.Count);
        Assert.Contains("Only members", (await _rig.PressAsync(PressAction.LinkYes, 1, Cem)).Say, StringComparison.Ordinal);

        Assert.Equal("cem_ay is Cem Ay now.", (await _rig.PressAsync(PressAction.LinkYes, 1, DeskRig.ByBen)).Say);

        Assert.Equal("cem", await _rig.Temp.ReadAsync(view => view.MemberLinkedTo(Cem.Id)));
        card = await CardAsync();
        Assert.EndsWith("Ben Ode has said yes.", card.Text, StringComparison.Ordinal);
        Assert.Empty(card.Buttons);
        Assert.Equal("Ben Ode has said yes already.", (await _rig.PressAsync(PressAction.LinkNo, 1)).Say);
    }

    [Fact]
    public async Task A_no_leaves_the_account_unknown_and_it_may_ask_again()
    {
        await LinkAsync(Cem, "cem");
        Assert.Contains("You have asked to be Cem Ay", (await LinkAsync(Cem, "ben")).Say, StringComparison.Ordinal);

        await _rig.PressAsync(PressAction.LinkNo, 1);

        Assert.Null(await _rig.Temp.ReadAsync(view => view.MemberLinkedTo(Cem.Id)));
        Assert.Contains("asked in the room", (await LinkAsync(Cem, "cem")).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_takes_over_a_member_who_has_an_account_not_even_with_the_role_and_their_own_yes()
    {
        var asked = await LinkAsync(Cem, "anna", "discord:role");

        Assert.Contains("asked in the room", asked.Say, StringComparison.Ordinal);
        var own = await _rig.Desk.PressAsync(new Press("own", Cem, new PressTarget(PressAction.LinkYes, 1)) { Roles = ["discord:role"] });
        Assert.StartsWith("Somebody else must say", own.Say, StringComparison.Ordinal);
        Assert.Null(await _rig.Temp.ReadAsync(view => view.MemberLinkedTo(Cem.Id)));
    }

    [Fact]
    public async Task The_second_account_that_says_it_is_the_same_member_waits_for_a_yes()
    {
        await LinkAsync(Cem, "cem", "discord:role");

        Assert.Contains("asked in the room", (await LinkAsync(DeskRig.Stranger, "cem", "discord:role")).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thirty_two_accounts_at_once_make_one_member()
    {
        await Task.WhenAll(Enumerable.Range(10, 32).Select(i => LinkAsync(new Responder($"discord:{i}", $"n{i}"), "cem", "discord:role")));

        Assert.Single(await _rig.Temp.ReadAsync(view => view.AccountsLinkedTo("cem")));
    }

    [Fact]
    public async Task Who_is_known_already_or_names_nobody_is_told_so()
    {
        Assert.Equal("This account is Anna Berg already.", (await LinkAsync(DeskRig.ByAnna, "anna")).Say);
        Assert.StartsWith("This account is Anna Berg: it can't be Ben Ode", (await LinkAsync(DeskRig.ByAnna, "ben")).Say, StringComparison.Ordinal);
        Assert.Contains("nobody called \"zoe\"", (await LinkAsync(Cem, "zoe")).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_who_left_the_configuration_acts_no_more()
    {
        await LinkAsync(Cem, "cem", "discord:role");
        _rig.Policies.Swap(new Policy { Responders = new Responders { Teams = [new Team { Name = "care", Members = [DeskRig.Anna] }] } });
        await _rig.ComplainAsync("1");

        Assert.Contains("Only members", (await _rig.PressAsync(PressAction.Claim, 1, Cem)).Say, StringComparison.Ordinal);
    }

    private Task<PressAnswer> LinkAsync(Responder by, string member, params string[] roles) => _rig.AskAsync(_rig.Of("/link", ("member", member)) with { By = by, Roles = roles });

    private async Task<NoticeCard> CardAsync()
    {
        var work = Assert.Single(await _rig.Temp.ReadAsync(view => view.CardsToShow("ops", _rig.Clock.GetUtcNow(), 10)));
        return (NoticeCard)(await _rig.Temp.ReadAsync(view => CardPages.Write(view, work.Key, work.Wanted, _rig.Policies.Current)))!;
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
