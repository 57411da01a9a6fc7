using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline.Commands;

/// <summary>What the lists, the silences and the words about the bot itself say.</summary>
public sealed class DeskCommandTests : IAsyncDisposable
{
    private readonly DeskRig _rig = new();

    [Theory]
    [InlineData("/queue")]
    [InlineData("/silence add")]
    public async Task As_long_as_nobody_is_described_commands_work_in_rooms_alone(string command)
    {
        _rig.Policies.Swap(Policy.Default);

        Assert.Contains("only in the channels that show cards", (await _rig.AskAsync(_rig.Of(command) with { Room = null })).Say, StringComparison.Ordinal);
        Assert.DoesNotContain("only in the channels", (await _rig.AskAsync(_rig.Of(command))).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_command_that_is_offered_is_known_and_described_within_what_chats_take()
    {
        Assert.Equal(["case", "mine", "queue", "maybe", "silence", "watch", "oncall", "promise", "explain", "digest", "status", "link"], _rig.Desk.Commands.Select(spec => spec.Name));
        foreach (var spec in _rig.Desk.Commands.SelectMany(spec => spec.Parts.Append(spec)))
        {
            Assert.InRange(spec.Description.Length, 1, 100);
            Assert.All(spec.Options, option => Assert.InRange(option.Description.Length, 1, 100));
            Assert.Equal(spec.Options.OrderByDescending(option => option.Required), spec.Options);
        }
        foreach (var name in _rig.Desk.Commands.SelectMany(spec => spec.Parts.Select(part => $"{spec.Name} {part.Name}").DefaultIfEmpty(spec.Name)))
        {
            Assert.DoesNotContain("not known. Type", (await _rig.AskAsync(name)).Say, StringComparison.Ordinal);
        }
        Assert.StartsWith("This command is not known", (await _rig.AskAsync("/dance")).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_queue_is_most_urgent_first_with_age_and_whom_each_is_for()
    {
        await _rig.ComplainAsync("1");
        await _rig.ComplainAsync("2", Priority.Critical);
        await _rig.ComplainAsync("3", Priority.High);
        await _rig.PressAsync(PressAction.Claim, 3, DeskRig.ByBen);
        _rig.Clock.Advance(TimeSpan.FromHours(3));

        var answer = await _rig.AskAsync("/queue");

        var lines = answer.Say!.Split('\n');
        Assert.Equal("2 cases without an owner, most urgent first:", lines[0]);
        Assert.Matches(@"^2 · critical · 3 h · for (Anna Berg|Ben Ode|Cem Ay) · @a2: “acme trouble number 2”$", lines[1]);
        Assert.StartsWith("1 · normal · 3 h", lines[2], StringComparison.Ordinal);
        Assert.Equal([new PressTarget(PressAction.Show, 2), new PressTarget(PressAction.Show, 1)], answer.Ask.Select(button => button.Target));
        Assert.StartsWith("Nobody waits for sales", (await _rig.AskAsync("/queue", ("team", "sales"))).Say, StringComparison.Ordinal);
        Assert.StartsWith("There is no team \"x\". Known: care, sales.", (await _rig.AskAsync("/queue", ("team", "x"))).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_only_on_trial_waits_in_nobodys_queue()
    {
        var heard = new Heard(ChangeKind.Added, Some.Post(), [Some.Watch() with { Shadow = true }], Some.Assessment(), ByUs: false);
        await _rig.Temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor("1"), false, null, [heard], [], [], 1), Policy.Default, _rig.Clock.GetUtcNow()));

        Assert.StartsWith("Nobody waits", (await _rig.AskAsync("/queue")).Say, StringComparison.Ordinal);
        Assert.Contains("Every case has an owner.", (await _rig.AskAsync("/status")).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_queue_fits_into_one_answer()
    {
        for (var i = 0; i < 60; i++)
        {
            await _rig.ComplainAsync($"{i}", Priority.Critical);
        }

        var answer = await _rig.AskAsync("/queue");

        Assert.StartsWith("60 cases", answer.Say, StringComparison.Ordinal);
        Assert.Equal(20, answer.Ask.Count);
        Assert.InRange(answer.Say!.Length, 1, 3900);
    }

    [Fact]
    public async Task Mine_are_mine_alone()
    {
        await _rig.ComplainAsync("1");
        await _rig.ComplainAsync("2");
        Assert.StartsWith("You have no open case", (await _rig.AskAsync("/mine")).Say, StringComparison.Ordinal);
        await _rig.PressAsync(PressAction.Claim, 1);
        await _rig.PressAsync(PressAction.Claim, 2, DeskRig.ByBen);

        var answer = await _rig.AskAsync("/mine");

        Assert.Equal([new PressTarget(PressAction.Show, 1)], answer.Ask.Select(button => button.Target));
        Assert.Contains("waits for an answer for 2 min", answer.Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_who_has_written_again_is_told_as_waiting_and_not_as_answered()
    {
        await _rig.ComplainAsync("1");
        await _rig.PressAsync(PressAction.Claim, 1);
        await _rig.PressAsync(PressAction.Answered, 1);
        Assert.EndsWith(" · answered", (await _rig.AskAsync("/mine")).Say, StringComparison.Ordinal);
        _rig.Clock.Advance(TimeSpan.FromHours(2));
        var wrote = _rig.Clock.GetUtcNow();
        await _rig.Temp.WriteAsync(tx => { new CaseWriter(tx, wrote, _rig.Policies.Current).Happen(tx.CaseOf(1)!, new SpokeAgain(1, Happiness.Silent, wrote)); });
        _rig.Clock.Advance(TimeSpan.FromMinutes(40));

        Assert.EndsWith(" · has written again, last 40 min ago", (await _rig.AskAsync("/mine")).Say, StringComparison.Ordinal);
        Assert.Contains("claimed by Anna Berg, the customer has written again\n", (await _rig.AskAsync("/case show", ("number", "1"))).Say, StringComparison.Ordinal);

        await _rig.PressAsync(PressAction.Release, 1);
        Assert.Contains(" · has written again, last 40 min ago · ", (await _rig.AskAsync("/queue")).Say, StringComparison.Ordinal);
        Assert.DoesNotContain("has answered", (await _rig.AskAsync("/queue")).Say, StringComparison.Ordinal);
        Assert.Contains("nobody has it, the customer has written again\n", (await _rig.AskAsync("/case show", ("number", "1"))).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promise_after_which_the_customer_has_written_is_told_with_that()
    {
        await _rig.ComplainAsync("1");
        await _rig.PressAsync(PressAction.Claim, 1);
        await _rig.PressAsync(PressAction.Answered, 1);
        var due = _rig.Clock.GetUtcNow().AddDays(2);
        await HappenAsync(new Promised(new Responder("member:anna", "Anna Berg"), due, "a call"));
        _rig.Clock.Advance(TimeSpan.FromHours(1));
        await HappenAsync(new SpokeAgain(1, Happiness.Silent, _rig.Clock.GetUtcNow()));

        Assert.Matches(" · has written again, last .+ ago · promised for .+: a call$", (await _rig.AskAsync("/mine")).Say);

        Task HappenAsync(CaseEvent happened) => _rig.Temp.WriteAsync(tx => { new CaseWriter(tx, _rig.Clock.GetUtcNow(), _rig.Policies.Current).Happen(tx.CaseOf(1)!, happened); });
    }

    [Fact]
    public async Task The_maybe_list_is_asked_for_and_decided_at_once()
    {
        Assert.StartsWith("The maybe list is empty", (await _rig.AskAsync("/maybe")).Say, StringComparison.Ordinal);
        await _rig.ComplainAsync("1", complaint: 0.2);
        await _rig.ComplainAsync("2", complaint: 0.3);

        var answer = await _rig.AskAsync("/maybe", ("team", "care"));

        Assert.Matches(@"(?s)1\. @a2.*2\. @a1", answer.Say!);
        Assert.Equal(4, answer.Ask.Count);
        await _rig.PressAsync(answer.Ask[0].Target!);
        await _rig.PressAsync(answer.Ask[3].Target!);
        Assert.StartsWith("The maybe list is empty", (await _rig.AskAsync("/maybe")).Say, StringComparison.Ordinal);
        Assert.Equal(2, (await _rig.CaseAsync()).FirstMention);
    }

    [Fact]
    public async Task A_silence_has_a_reason_an_owner_and_an_end_and_is_listed_and_ended()
    {
        var added = await SilenceAsync("watch", "ACME", "tomorrow 10:00", "planned works");
        Assert.StartsWith("Until tomorrow 10:00 watch acme opens no case and pings nobody (silence 1)", added.Say, StringComparison.Ordinal);
        await _rig.ComplainAsync("1");

        var list = await _rig.AskAsync("/silence list");
        Assert.Equal("Silence 1 (watch acme, by Anna Berg): planned works, since today 10:00, until tomorrow 10:00; held back 1 so far", list.Say);
        Assert.Contains("silence 1 (watch acme, by Anna Berg): planned works, until tomorrow 10:00; held back 1 so far", (await _rig.AskAsync("/status")).Say, StringComparison.Ordinal);
        Assert.Contains("Held back by silence 1", (await _rig.AskAsync("/maybe")).Say, StringComparison.Ordinal);

        Assert.Contains("It held back 1", (await _rig.PressAsync(Assert.Single(list.Ask).Target!, DeskRig.ByBen)).Say, StringComparison.Ordinal);
        Assert.Contains("Ben Ode ended it", (await _rig.AskAsync("/silence end", ("number", "1"))).Say, StringComparison.Ordinal);
        Assert.Contains("ended today 10:00 by Ben Ode; held back 1", (await _rig.AskAsync("/silence list")).Say, StringComparison.Ordinal);
        Assert.Equal(1, (await _rig.ComplainAsync("2")).Cases);
    }

    [Theory]
    [InlineData("watch", "nothing", "in 2 h", "why", "There is no watch \"nothing\". Known: acme, sales.")]
    [InlineData("team", "nothing", "in 2 h", "why", "There is no team")]
    [InlineData("aspect", "nothing", "in 2 h", "why", "There is no aspect")]
    [InlineData("word", "!!", "in 2 h", "why", "")]
    [InlineData("1", "acme", "in 2 h", "why", "What shall be silenced? One of: watch, word, author, aspect, team.")]
    [InlineData("watch", "", "in 2 h", "why", "What shall be silenced?")]
    [InlineData("watch", "acme", "whenever", "why", "I can't tell which time")]
    [InlineData("watch", "acme", "in 5 weeks", "why", "A silence lasts at most 31 days")]
    [InlineData("watch", "acme", "in 2 h", " ", "Why?")]
    public async Task A_silence_that_lacks_something_is_not_begun(string about, string value, string until, string reason, string answer)
    {
        Assert.StartsWith(answer, (await SilenceAsync(about, value, until, reason)).Say, StringComparison.Ordinal);
        Assert.Empty(await _rig.Temp.ReadAsync(view => view.SilencesRunning(_rig.Clock.GetUtcNow())));
    }

    [Fact]
    public async Task On_call_tells_now_and_next_in_the_askers_zone()
    {
        Assert.Equal("care: Anna Berg, Ben Ode, Cem Ay", (await _rig.AskAsync("/oncall", ("team", "care"))).Say);
        var away = new Away(new NodaTime.LocalDateTime(2026, 11, 3, 7, 10), new NodaTime.LocalDateTime(2026, 11, 5, 0, 0), DeskRig.Ben);
        _rig.Policies.Swap(new Policy { Responders = new Responders { Teams = [new Team { Name = "care", Members = [DeskRig.Anna, DeskRig.Ben], Changes = [away] }] } });

        Assert.Equal("care: Anna Berg, Ben Ode; from tomorrow 08:10: Anna Berg", (await _rig.AskAsync("/oncall")).Say);
    }

    [Fact]
    public async Task Explain_says_what_the_pipeline_itself_would_do()
    {
        const string Text = "My Acme oven caught fire and nobody answers me for weeks!!";

        var answer = (await _rig.AskAsync("/explain", ("text", Text))).Say!;

        var scored = new Scorer().Assess(Text, Evidence.None);
        Assert.StartsWith(FormattableString.Invariant($"A complaint ({scored.Complaint:0.00}), {scored.Priority.ToString().ToLowerInvariant()}, about {scored.Aspect}"), answer, StringComparison.Ordinal);
        Assert.Contains(scored.Reasons[0].Text, answer, StringComparison.Ordinal);
        Assert.Contains("Watch acme of care finds acme", answer, StringComparison.Ordinal);
        Assert.Contains("A card for care; on call there: Anna Berg, Ben Ode, Cem Ay", answer, StringComparison.Ordinal);
        Assert.Equal(0, (await _rig.Temp.ReadAsync(view => view.Totals())).Mentions);
        Assert.EndsWith("No watch finds it: I would pass it by.", (await _rig.AskAsync("/explain", ("text", "the weather is awful"))).Say, StringComparison.Ordinal);

        await SilenceAsync("word", "oven", "in 2 h", "fire drill", critical: "yes");
        Assert.Contains("No case: silence 1 (word oven, by Anna Berg): fire drill holds it back", (await _rig.AskAsync("/explain", ("text", Text))).Say, StringComparison.Ordinal);
    }

    /// <summary>Of a team they cover what would come to it, whoever's watch found it.</summary>
    [Theory]
    [InlineData("care", "", "No case: silence 1 (team care, by Anna Berg): inventory holds it back for the maybe list.")]
    [InlineData("sales", "sales", "No case: silence 1 (team sales, by Anna Berg): inventory holds it back for the maybe list.")]
    [InlineData("sales", "sales care", "A card for care; on call there: Anna Berg, Ben Ode, Cem Ay, the one with the least open cases is named.")]
    [InlineData("care", "sales", "A card for sales.")]
    public async Task Explain_heeds_the_silences_of_teams(string silenced, string routed, string fate)
    {
        var responders = _rig.Policies.Current.Responders;
        _rig.Policies.Swap(new Policy { Responders = responders with { Routes = routed.Length == 0 ? [] : [new RouteRule { Watches = ["acme"], Teams = routed.Split(' ') }] } });
        await SilenceAsync("team", silenced, "in 2 h", "inventory", critical: "yes");

        Assert.EndsWith(fate, (await _rig.AskAsync("/explain", ("text", "My Acme oven caught fire and nobody answers me for weeks!!"))).Say, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme stars:<=2", "Watch asked of care finds nothing: stars:<=2 does not fit: no stars are given.")]
    [InlineData("acme channel:inbox", "Watch asked of care finds nothing: channel:inbox does not fit: no channel is given.")]
    [InlineData("acme lang:de", "Watch asked of care finds nothing: lang:de does not fit: its language is en.")]
    public async Task Explain_says_which_part_of_a_query_a_bare_text_does_not_have(string query, string why)
    {
        _rig.Watches.Swap(WatchSet.Build([Asking(query)], Ours.Nobody));

        var answer = (await _rig.AskAsync("/explain", ("text", "My Acme oven caught fire and nobody answers me for weeks!!"))).Say!;

        Assert.EndsWith($"{why}\nNo watch finds it: I would pass it by.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_judges_by_the_whole_of_a_query_and_of_others_says_nothing()
    {
        _rig.Watches.Swap(WatchSet.Build([Asking("acme lang:en -rain"), Asking("acme water") with { Name = "other" }], Ours.Nobody));

        var answer = (await _rig.AskAsync("/explain", ("text", "My Acme oven caught fire and nobody answers me for weeks!!"))).Say!;

        Assert.Contains("Watch asked of care finds acme, lang:en: ", answer, StringComparison.Ordinal);
        Assert.Contains("A card for care", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("other", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_says_that_a_watch_on_trial_calls_nobody()
    {
        _rig.Watches.Swap(WatchSet.Build([Asking("acme") with { Shadow = true }], Ours.Nobody));
        Assert.EndsWith("Only watches on trial find it: it is shown in the room for trials, and nobody is called.", (await _rig.AskAsync("/explain", ("text", "My Acme oven caught fire!!"))).Say, StringComparison.Ordinal);

        _rig.Watches.Swap(WatchSet.Build([Asking("acme") with { Shadow = true, Team = "sales" }, Some.Watch("rare", "oven") with { AlertAt = 1 }], Ours.Nobody));
        Assert.EndsWith("No case; the maybe list of care gets it.", (await _rig.AskAsync("/explain", ("text", "My Acme oven caught fire!!"))).Say, StringComparison.Ordinal);
    }

    /// <summary>Beside a real watch one on trial decides nothing, as when the post is recorded.</summary>
    [Fact]
    public async Task Explain_follows_no_rule_for_a_watch_on_trial_where_a_real_one_hears_it_too()
    {
        var responders = _rig.Policies.Current.Responders;
        _rig.Policies.Swap(new Policy { Responders = responders with { Routes = [new RouteRule { Watches = ["tried"], Teams = ["sales"] }] } });
        _rig.Watches.Swap(WatchSet.Build([Some.Watch(), Some.Watch("tried", "oven") with { Shadow = true }], Ours.Nobody));

        Assert.Contains("\nA card for care; ", (await _rig.AskAsync("/explain", ("text", "My Acme oven caught fire and nobody answers me for weeks!!"))).Say, StringComparison.Ordinal);
    }

    private static Watch Asking(string query) => Some.Watch("asked") with { Find = [], Query = new WatchQuery(query, QueryParser.Read(query, null).Root!) };

    [Fact]
    public async Task Status_tells_what_is_heard_what_waits_and_how_fast_we_are()
    {
        _rig.Parts = [new PartState("channel inbox", null, _rig.Clock.GetUtcNow().AddMinutes(-2)), new PartState("channel rss", "refused sign-in", null), new PartState("room care", null, null)];
        for (var i = 1; i <= 20; i++)
        {
            await _rig.ComplainAsync($"{i}", Priority.High);
            await _rig.Temp.WriteAsync(tx => tx.CardShown(new CardKey($"case:{i}", "care"), 1, new MessageRef($"m{i}"), _rig.Clock.GetUtcNow().AddSeconds(i)));
        }
        _rig.Clock.Advance(TimeSpan.FromHours(2));

        var answer = (await _rig.AskAsync("/status")).Say!;

        Assert.EndsWith("channel rss: NOT WELL: refused sign-in\nchannel inbox: heard 2 h ago\nroom care: well", answer, StringComparison.Ordinal);
        Assert.Contains("From post to card: half within 2 min, 95 of 100 within 2 min (the latest 20)", answer, StringComparison.Ordinal);
        Assert.Contains($"Model {Model.Shipped.Manifest.Version} judges.", answer, StringComparison.Ordinal);
        Assert.Contains("Without an owner: 20. The oldest: case 1, high, waits for 2 h.", answer, StringComparison.Ordinal);
    }

    /// <summary>Which machine answers is chance: what another one reads was left out, dark or not.</summary>
    [Fact]
    public async Task Status_tells_of_channels_that_another_machine_reads_too()
    {
        _rig.Parts = [new PartState("channel inbox", null, _rig.Clock.GetUtcNow())];
        _rig.Channels = ["inbox", "blogs", "mail"];
        foreach (var channel in _rig.Channels)
        {
            await _rig.Temp.WriteAsync(tx => tx.MoveCursor(channel, new Cursor("1"), _rig.Clock.GetUtcNow()));
        }
        await _rig.Temp.WriteAsync(tx => tx.AddGap("mail", new Gap(_rig.Clock.GetUtcNow(), Gap.NoEnd, "the password is refused") { Fate = GapFate.Open }, _rig.Clock.GetUtcNow()));
        _rig.Clock.Advance(TimeSpan.FromHours(2));

        var answer = (await _rig.AskAsync("/status")).Say!;

        Assert.Equal(
            ["channel mail, on another machine: NOT WELL: hears nothing since today 10:00: the password is refused", "channel inbox: heard 2 h ago", "channel blogs, on another machine: heard 2 h ago"],
            answer.Split('\n')[^3..]);
    }

    [Fact]
    public async Task The_digest_so_far_comes_with_its_picture()
    {
        await _rig.ComplainAsync("1", Priority.High);
        _rig.Clock.Advance(TimeSpan.FromHours(1));

        var answer = await _rig.AskAsync("/digest", ("period", "week"));

        Assert.StartsWith("care: the week from 2 Nov, so far", answer.Say, StringComparison.Ordinal);
        Assert.NotNull(answer.Picture);
    }

    private Task<PressAnswer> SilenceAsync(string about, string value, string until, string reason, string critical = "no") =>
        _rig.AskAsync("/silence add", ("about", about), ("value", value), ("until", until), ("reason", reason), ("critical", critical));

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
