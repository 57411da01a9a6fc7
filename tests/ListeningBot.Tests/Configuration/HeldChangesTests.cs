using ListeningBot.Cli;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Tests.Support;
using static ListeningBot.Tests.Configuration.ConfigNodes;

namespace ListeningBot.Tests.Configuration;

/// <summary>What the guard objects to waits for a human, and what is live stays.</summary>
public sealed class HeldChangesTests : IAsyncDisposable
{
    private static readonly Objection s_objection = new([new TeamObjection("care", [1], 1, 12, 80, Floods: true)], "all 90 posts");
    private readonly ConfigNodes _nodes = new() { Guard = (_, now) => now.Watches[0].Find.Contains("bad") ? s_objection : null };

    [Fact]
    public async Task A_held_change_is_not_live_and_is_told_in_the_ops_room_and_the_teams_room_with_two_buttons()
    {
        await ComplainAsync(privately: false);
        var node = await HeldAsync();

        Assert.Equal(["nimbus"], node.Settings.Watches[0].Find);
        Assert.Single(await _nodes.HistoryAsync());
        Assert.Empty(node.Told);
        foreach (var room in new[] { "ops", "care" })
        {
            var card = await CardAsync(room);
            Assert.Equal(
                """
                Held, not live: watch "brand": find with "bad", without "nimbus"
                Team care: 80 alerts where there were 12.
                Team care would have missed a confirmed complaint:
                - case 1, Mia Lang (@mia): “My Acme laptop died again, call +44 20 7946 0018”
                Version 1 stays live until somebody presses Apply or Discard, or runs `listeningbot config apply` or `config discard`. Reckoned on all 90 posts.
                """,
                card.Text.ReplaceLineEndings());
            Assert.Equal(["ApplyChange:1", "DiscardChange:1"], card.Buttons.Select(button => button.Target!.ToString()));
            Assert.False(card.Good);
        }
    }

    [Fact]
    public async Task What_was_written_to_us_alone_is_masked_and_what_is_deleted_is_gone()
    {
        await ComplainAsync(privately: true);
        await HeldAsync();
        var masked = (await CardAsync("ops")).Text;
        Assert.DoesNotContain("7946", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("Mia Lang", masked, StringComparison.Ordinal);

        await _nodes.Store.WriteAsync(tx => tx.CardShown(new CardKey("held:1", "ops"), 1, new MessageRef("m"), ManualClock.Start));
        await _nodes.Store.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Core.Posts.Cursor("2"), false, null, [], [(Core.Posts.ChangeKind.Deleted, Some.Post().Key)], [], 1), Policy.Default, ManualClock.Start));
        Assert.Equal(2, await _nodes.Store.ReadAsync(view => view.CardsToShow("ops", ManualClock.Start, 50).Single(work => work.Key.Subject == "held:1").Wanted));
        Assert.Contains("a post that its author deleted", (await CardAsync("ops")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_changes_nothing_about_it()
    {
        var node = await HeldAsync();
        await node.StopAsync();
        await node.StartAsync();
        await _nodes.PassAsync();

        Assert.Equal(["nimbus"], node.Settings.Watches[0].Find);
        Assert.Equal((1L, HeldStanding.Held), await LatestHeldAsync());
        Assert.Empty(await _nodes.NoticesAsync());
    }

    [Fact]
    public async Task An_edit_made_while_the_bot_was_stopped_is_held_too()
    {
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        await node.StopAsync();
        await node.WriteAsync(Watch("bad"));
        await node.StartAsync();

        Assert.Equal(["nimbus"], node.Settings.Watches[0].Find);
        Assert.Equal((1L, HeldStanding.Held), await LatestHeldAsync());
    }

    [Fact]
    public async Task A_press_on_apply_makes_it_live_on_every_node_under_the_name_of_who_pressed()
    {
        var node = await HeldAsync();
        var other = await _nodes.Add(Watch("nimbus")).StartAsync();

        var answer = await PressAsync(PressAction.ApplyChange);
        await _nodes.PassAsync();

        Assert.StartsWith("Version 2 is live", answer.Say, StringComparison.Ordinal);
        Assert.Equal(["bad"], node.Settings.Watches[0].Find);
        Assert.Equal(["bad"], other.Settings.Watches[0].Find);
        Assert.Equal((2, "Anna Berg"), ((await _nodes.HistoryAsync())[0].Id, (await _nodes.HistoryAsync())[0].By));
        Assert.Equal(["Live: version 2, by Anna Berg. Watch \"brand\": find with \"bad\", without \"nimbus\"."], await _nodes.NoticesAsync());
        var card = await CardAsync("care");
        Assert.EndsWith("Applied by Anna Berg.", card.Text, StringComparison.Ordinal);
        Assert.Empty(card.Buttons);

        Assert.StartsWith("Nothing is left to decide: applied by Anna Berg", (await PressAsync(PressAction.DiscardChange)).Say, StringComparison.Ordinal);
        Assert.Equal(2, (await _nodes.HistoryAsync()).Count);
    }

    [Fact]
    public async Task A_stranger_decides_nothing()
    {
        await using var rig = new DeskRig();
        await rig.Temp.WriteAsync(tx =>
        {
            tx.AddConfig(new ConfigVersion(0, ManualClock.Start, "x", "x", "one", "{}"));
            tx.AddHeldChange(new HeldChange { Wanted = new ConfigVersion(0, ManualClock.Start, "x", "x", "two", "{}"), Base = 1, Why = s_objection });
        });

        await rig.PressAsync(PressAction.ApplyChange, 1, DeskRig.Stranger);
        Assert.Equal(1, await rig.Temp.ReadAsync(view => view.LatestConfigId()));

        await rig.PressAsync(PressAction.ApplyChange, 1, DeskRig.ByBen);
        Assert.Equal("Ben Ode", (await rig.Temp.ReadAsync(view => view.ConfigOf(2)))!.By);
        Assert.Superset(new HashSet<string> { "ops", "care" }, rig.Rung);
    }

    [Fact]
    public async Task Discarded_it_stays_so_for_the_same_files_and_the_card_says_the_way_back()
    {
        var node = await HeldAsync();
        await PressAsync(PressAction.DiscardChange);
        Assert.Contains("config restore 1", (await CardAsync("ops")).Text, StringComparison.Ordinal);
        Assert.Contains("discarded by Anna Berg", await DiffersAsync(node), StringComparison.Ordinal);

        await node.WriteAsync(Watch("nimbus"));
        await _nodes.PassAsync();
        await node.WriteAsync(Watch("bad"));
        await _nodes.PassAsync();

        Assert.Equal((1L, HeldStanding.Discarded), await LatestHeldAsync());
        Assert.Equal(["nimbus"], node.Settings.Watches[0].Find);
        Assert.StartsWith("This change was discarded before, by Anna Berg: ", (await _nodes.NoticesAsync()).Single(), StringComparison.Ordinal);

        await node.StopAsync();
        await node.StartAsync();
        Assert.Equal(["nimbus"], node.Settings.Watches[0].Find);
    }

    [Fact]
    public async Task A_later_edit_takes_its_place_and_is_judged_anew()
    {
        var node = await HeldAsync();

        await node.WriteAsync(Watch("bad, worse"));
        await _nodes.PassAsync();
        Assert.Equal((2L, HeldStanding.Held), await LatestHeldAsync());
        Assert.Contains("the files were changed again", (await CardAsync("ops")).Text, StringComparison.Ordinal);

        await node.WriteAsync(Watch("good"));
        await _nodes.PassAsync();
        Assert.Equal((2L, HeldStanding.Overtaken), await LatestHeldAsync());
        Assert.Equal(["good"], node.Settings.Watches[0].Find);
    }

    [Fact]
    public async Task A_file_that_is_put_back_withdraws_it()
    {
        var node = await HeldAsync();
        await node.WriteAsync(Watch("nimbus"));
        await _nodes.PassAsync();

        Assert.Equal((1L, HeldStanding.Overtaken), await LatestHeldAsync());
        Assert.EndsWith("No longer to be decided: its file is as it was before.", (await CardAsync("care")).Text, StringComparison.Ordinal);
        Assert.Single(await _nodes.HistoryAsync());
    }

    [Fact]
    public async Task Another_nodes_version_ends_it_and_another_nodes_restart_does_not()
    {
        var other = await _nodes.Add(Watch("nimbus")).StartAsync();
        var node = await HeldAsync();
        await other.StopAsync();
        await other.StartAsync();
        Assert.Equal((1L, HeldStanding.Held), await LatestHeldAsync());

        await other.WriteAsync(Watch("good"));
        await _nodes.PassAsync();

        Assert.Equal((1L, HeldStanding.Overtaken), await LatestHeldAsync());
        Assert.Equal(["good"], node.Settings.Watches[0].Find);
        Assert.StartsWith("Nothing is left to decide", (await PressAsync(PressAction.ApplyChange)).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_files_on_another_node_are_the_same_held_change_whatever_its_guard_says()
    {
        var other = await _nodes.Add(Watch("nimbus")).StartAsync();
        var node = await HeldAsync();
        _nodes.Guard = (_, _) => throw new InvalidOperationException("no");

        await other.WriteAsync(Watch("bad"));
        await _nodes.PassAsync();

        Assert.Equal((1L, HeldStanding.Held), await LatestHeldAsync());
        Assert.Equal(["nimbus"], other.Settings.Watches[0].Find);
        Assert.Contains("they are held change 1", await DiffersAsync(other), StringComparison.Ordinal);

        await PressAsync(PressAction.ApplyChange);
        await _nodes.PassAsync();
        Assert.Equal(["bad"], node.Settings.Watches[0].Find);
        Assert.Equal(["bad"], other.Settings.Watches[0].Find);
        Assert.Null(await DiffersAsync(other));
    }

    [Fact]
    public async Task What_no_watch_is_touched_by_is_not_judged()
    {
        _nodes.Guard = (_, _) => s_objection;
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        node.Folder.Write("config/replies.yaml", "ask:\n  en:\n    any: What now?\n");
        await _nodes.PassAsync();
        Assert.Equal(2, (await _nodes.HistoryAsync()).Count);
        Assert.Null(await LatestHeldAsync());
    }

    [Fact]
    public async Task A_guard_that_fails_lets_the_edit_through_and_says_so()
    {
        _nodes.Guard = (_, _) => throw new InvalidOperationException("no");
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        await node.WriteAsync(Watch("acme"));
        await _nodes.PassAsync();
        Assert.Equal(["acme"], node.Settings.Watches[0].Find);
        Assert.EndsWith("It could not be tried on stored posts; the log says why.", (await _nodes.NoticesAsync()).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_decides_too_and_the_running_bot_follows()
    {
        var node = await HeldAsync();
        var output = new StringWriter();

        Assert.Equal(Exit.Done, await ConfigVerb.DecideAsync(_nodes.Store.Store, apply: true, new VerbPaper(output, null), _nodes.Clock, CancellationToken.None));
        await _nodes.PassAsync();

        Assert.Equal(["bad"], node.Settings.Watches[0].Find);
        Assert.StartsWith("Version 2 is live", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(Exit.BadInput, await ConfigVerb.DecideAsync(_nodes.Store.Store, apply: true, new VerbPaper(output, null), _nodes.Clock, CancellationToken.None));
    }

    /// <summary>Held for the alerts that the edit took away, the bot would stay deaf until somebody presses.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("# as it was\n")]
    public async Task What_was_live_lately_comes_back_however_many_alerts_that_brings(string comment)
    {
        var node = await DeafAsync(new TeamObjection("care", [], 0, 0, 40, Floods: true));

        await node.WriteAsync(comment + Watch("nimbus"));
        await _nodes.PassAsync();

        Assert.Equal(["nimbus"], node.Settings.Watches[0].Find);
        Assert.Equal(3, (await _nodes.HistoryAsync())[0].Id);
        Assert.Null(await LatestHeldAsync());
    }

    [Fact]
    public async Task What_was_live_lately_and_would_miss_a_confirmed_complaint_is_held_for_that_alone()
    {
        await ComplainAsync(privately: false);
        var node = await DeafAsync(new TeamObjection("care", [1], 1, 0, 40, Floods: true), new TeamObjection("sales", [], 0, 0, 40, Floods: true));

        await node.WriteAsync(Watch("nimbus"));
        await _nodes.PassAsync();

        Assert.Equal((1L, HeldStanding.Held), await LatestHeldAsync());
        var text = (await CardAsync("ops")).Text;
        Assert.Contains("Team care would have missed a confirmed complaint", text, StringComparison.Ordinal);
        Assert.DoesNotContain("40 alerts", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_live_weeks_ago_is_an_edit_like_any_other()
    {
        var node = await DeafAsync(new TeamObjection("care", [], 0, 0, 40, Floods: true));
        await node.StopAsync();
        _nodes.Clock.Advance(TimeSpan.FromDays(8));
        await node.WriteAsync(Watch("nimbus"));
        await node.StartAsync();

        Assert.Equal((1L, HeldStanding.Held), await LatestHeldAsync());
        Assert.Equal(["zzz"], node.Settings.Watches[0].Find);

        var output = new StringWriter();
        await new ConfigVerbRestore(node.Folder.Reader).RunAsync(_nodes.Store.Store, 1, new VerbPaper(output, null), CancellationToken.None);
        Assert.Contains("Nothing was written", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("they are held change 1, which waits for `listeningbot config apply` or `discard`.", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A word was replaced by one that nobody writes; what goes back is objected to.</summary>
    private async Task<ConfigNode> DeafAsync(params TeamObjection[] teams)
    {
        _nodes.Guard = (old, now) => old.Watches[0].Find.Contains("zzz") ? new Objection(teams, "all 90 posts") : null;
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        await node.WriteAsync(Watch("zzz"));
        await _nodes.PassAsync();
        Assert.Equal(["zzz"], node.Settings.Watches[0].Find);
        return node;
    }

    private async Task<ConfigNode> HeldAsync()
    {
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        await node.WriteAsync(Watch("bad"));
        await _nodes.PassAsync();
        Assert.Equal((1L, HeldStanding.Held), await LatestHeldAsync());
        return node;
    }

    private Task ComplainAsync(bool privately) => _nodes.Store.WriteAsync(tx => Recorder.Record(
        tx,
        new Harvest("posts", new Core.Posts.Cursor("1"), false, null, [new Heard(Core.Posts.ChangeKind.Added, Some.Post("My Acme laptop died again, call +44 20 7946 0018") with { Private = privately }, [Some.Watch()], Some.Assessment(), ByUs: false)], [], [], 1),
        Policy.Default,
        ManualClock.Start));

    private Task<PressAnswer> PressAsync(PressAction action) =>
        new PressDesk(_nodes.Store.Store, new PolicyBook(), _nodes.Clock, _ => { }).PressAsync(new Press(Guid.NewGuid().ToString(), new Responder("discord:1", "Anna Berg"), new PressTarget(action, 1)));

    private Task<NoticeCard> CardAsync(string room) => _nodes.Store.ReadAsync(view => (NoticeCard)CardPages.Write(view, new CardKey("held:1", room), 1, Policy.Default)!);

    private Task<(long, HeldStanding)?> LatestHeldAsync() => _nodes.Store.ReadAsync(view => view.LatestHeld());

    private Task<string?> DiffersAsync(ConfigNode node) => _nodes.Store.ReadAsync(view => ConfigStanding.Differs(view, node.Live.Files));

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();
}
