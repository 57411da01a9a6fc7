using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Security;

/// <summary>
/// Who may do what, as a table over every press and every command, through the real desk. There are three circles: everybody in the room, whoever is known (a member or lead of any
/// team, or somebody with a mapped role: people stand in for each other across teams), and the owner of a case. A new press or command fails here until somebody decides.
/// </summary>
public sealed class AuthorisationTests : IAsyncDisposable
{
    private static readonly Responder Other = new("discord:4", "olga of sales");
    private static readonly Responder Lead = new("discord:3", "lea");
    private static readonly Responder ByRole = new("discord:55", "a guest with the role");
    private readonly DeskRig _rig = new();

    public AuthorisationTests() => _rig.Policies.Swap(new Policy
    {
        Responders = new Responders
        {
            Teams =
            [
                new Team { Name = "care", Members = [DeskRig.Anna, DeskRig.Ben, DeskRig.Cem], Leads = [DeskRig.Lea], Roles = ["discord:role"] },
                new Team { Name = "sales", Members = [new Member { Id = "olga", Name = "Olga Sand", Accounts = ["discord:4"] }] },
            ],
        },
    });

    /// <summary>Anybody who sees the card: it tells and changes nothing.</summary>
    private static readonly PressAction[] ForAll = [PressAction.More, PressAction.Show];

    /// <summary>Only the owner speaks for a case that somebody has.</summary>
    private static readonly PressAction[] ForTheOwner =
    [
        PressAction.Answered, PressAction.Waiting, PressAction.Promise, PressAction.PromiseKept, PressAction.Resolve, PressAction.Outcome, PressAction.StillOnIt, PressAction.FollowedUp,
    ];

    private static readonly PressAction[] ForTheKnown =
    [
        PressAction.Claim, PressAction.NotAComplaint, PressAction.Wants, PressAction.HandOver, PressAction.Release, PressAction.Snooze, PressAction.Escalate, PressAction.Leader, PressAction.Merge, PressAction.Split,
        PressAction.Undo, PressAction.Reopen, PressAction.Priority, PressAction.TrayComplaint, PressAction.TrayDismiss, PressAction.Take, PressAction.EndSilence, PressAction.LinkYes, PressAction.LinkNo,
        PressAction.ApplyChange, PressAction.DiscardChange,
    ];

    private static readonly string[] CommandsForAll = ["link"];

    private static readonly string[] CommandsForTheKnown =
    [
        "case show", "case new", "case priority", "case merge", "case split", "mine", "queue", "maybe", "silence add", "silence list", "silence end", "watch list", "watch add", "watch exclude", "watch promote",
        "oncall", "promise", "explain", "digest", "status",
    ];

    public static TheoryData<PressAction> Presses => [.. Enum.GetValues<PressAction>()];

    [Fact]
    public void Every_press_and_command_stands_in_the_table()
    {
        Assert.Equal(Enum.GetValues<PressAction>().Order(), ForAll.Concat(ForTheOwner).Concat(ForTheKnown).Order());
        Assert.Equal(CommandsOffered().Order(StringComparer.Ordinal), CommandsForAll.Concat(CommandsForTheKnown).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(CommandsOffered(), name => name.Contains("erase", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Presses))]
    public async Task A_press_is_for_whom_the_table_says(PressAction action)
    {
        await PrepareAsync();

        Assert.Equal(ForAll.Contains(action), IsLetIn(await PressAsync(action, DeskRig.Stranger)));
        Assert.True(IsLetIn(await PressAsync(action, Other)));
        Assert.True(IsLetIn(await PressAsync(action, Lead)));
        Assert.True(IsLetIn(await PressAsync(action, ByRole, "discord:role")));
        Assert.Equal(ForAll.Contains(action), IsLetIn(await PressAsync(action, ByRole, "discord:another")));
        Assert.Equal(ForAll.Contains(action), IsLetIn(await PressAsync(action, new Responder("slack:1", "anna's number on another service"))));
        Assert.Equal(ForAll.Contains(action), IsLetIn(await PressAsync(action, new Responder("discord:1 ", "a number that looks like anna's"))));
        Assert.Equal(ForAll.Contains(action), IsLetIn(await PressAsync(action, new Responder("member:anna", "Anna Berg"))));
    }

    [Theory]
    [MemberData(nameof(Presses))]
    public async Task Who_is_not_the_owner_does_not_speak_for_a_case(PressAction action)
    {
        if (!ForTheOwner.Contains(action))
        {
            return;
        }
        foreach (var somebody in (Responder[])[DeskRig.Stranger, DeskRig.ByBen, Other])
        {
            await PrepareAsync();
            var before = await CaseAsync();

            await PressAsync(action, somebody);

            Assert.Equal(before, await CaseAsync());
        }
    }

    [Fact]
    public async Task A_command_is_for_whom_the_table_says()
    {
        await PrepareAsync();
        foreach (var name in CommandsOffered())
        {
            Assert.Equal(CommandsForAll.Contains(name), IsLetIn(await AskAsync(name, DeskRig.Stranger)));
            Assert.Equal(CommandsForAll.Contains(name), IsLetIn(await AskAsync(name, ByRole)));
            Assert.True(IsLetIn(await AskAsync(name, Other)), name);
            Assert.True(IsLetIn(await AskAsync(name, Lead)), name);
        }
    }

    /// <summary>Nobody makes themselves somebody.</summary>
    [Fact]
    public async Task A_stranger_who_says_to_be_a_lead_is_one_only_when_another_says_yes()
    {
        await AskAsync("link", DeskRig.Stranger);
        Assert.False(IsLetIn(await PressAsync(PressAction.LinkYes, DeskRig.Stranger)));
        Assert.False(IsLetIn(await PressAsync(PressAction.LinkYes, new Responder("discord:98", "a friend"))));
        Assert.False(IsLetIn(await AskAsync("queue", DeskRig.Stranger)));

        await PressAsync(PressAction.LinkYes, DeskRig.ByAnna);
        Assert.True(IsLetIn(await AskAsync("queue", DeskRig.Stranger)));
    }

    [Theory]
    [InlineData("Claim")]
    [InlineData("Claim:")]
    [InlineData("Claim:x")]
    [InlineData("Claim:1:2:3")]
    [InlineData("claim:1")]
    [InlineData("999:1")]
    [InlineData("-1:1")]
    [InlineData("Claim,More:1")]
    [InlineData("Claim:99999999999999999999")]
    [InlineData("Claim:1\0")]
    [InlineData("Erase:1")]
    [InlineData("")]
    public void A_button_that_we_did_not_write_is_none(string text) => Assert.True(PressTarget.Parse(text) is null || PressTarget.Parse(text)!.ToString() != text);

    [Fact]
    public async Task A_press_heard_again_under_another_name_gets_the_first_answer_and_changes_nothing()
    {
        await PrepareAsync(claimed: false);
        var first = await _rig.Desk.PressAsync(new Press("one id", DeskRig.ByAnna, new PressTarget(PressAction.Claim, 1)));
        var again = await _rig.Desk.PressAsync(new Press("one id", DeskRig.ByBen, new PressTarget(PressAction.Release, 1)));

        Assert.Equal(first.Say, again.Say);
        Assert.Equal("member:anna", (await _rig.CaseAsync()).Owner!.Id);
    }

    private async Task PrepareAsync(bool claimed = true)
    {
        if (await _rig.Temp.ReadAsync(view => view.CaseOf(1)) is null)
        {
            await _rig.ComplainAsync("1");
            await _rig.ComplainAsync("2", complaint: 0.2);
            if (claimed)
            {
                await _rig.PressAsync(PressAction.Claim, 1);
            }
        }
    }

    private Task<string> CaseAsync() => _rig.Temp.ReadAsync(view => string.Join('|', view.EventsOf(1).Select(happening => happening.Event)) + view.CaseOf(1)!.Version);

    private static bool IsLetIn(PressAnswer answer) => answer.Say?.Contains("Only members of the team", StringComparison.Ordinal) != true;

    private int _press;

    private Task<PressAnswer> PressAsync(PressAction action, Responder by, params string[] roles) => _rig.Desk.PressAsync(
        new Press($"table {++_press}", by, new PressTarget(action, action is PressAction.TrayComplaint or PressAction.TrayDismiss ? 2 : 1, action == PressAction.Outcome ? "Solved" : null)) { Roles = roles });

    private Task<PressAnswer> AskAsync(string command, Responder by) =>
        _rig.AskAsync(_rig.Of(command, ("member", "Lea Kurz"), ("what", "acme is broken"), ("text", "acme"), ("when", "in 2 h"), ("watch", "x"), ("word", "y")) with { By = by });

    private IEnumerable<string> CommandsOffered() => _rig.Desk.Commands.SelectMany(spec => spec.Parts.Count == 0 ? [spec.Name] : spec.Parts.Select(part => $"{spec.Name} {part.Name}"));

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
