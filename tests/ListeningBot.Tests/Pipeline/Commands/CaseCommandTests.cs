using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline.Commands;

public sealed class CaseCommandTests : IAsyncDisposable
{
    private const string Link = "https://forum.example/topic/7";
    private readonly DeskRig _rig = new();

    [Fact]
    public async Task What_somebody_saw_elsewhere_becomes_a_case_scored_with_a_verdict_and_who_entered_it()
    {
        var answer = await NewAsync($"My Acme oven caught fire and nobody answers!! {Link}", "Mia Lang (@mia)");

        var @case = await _rig.CaseAsync();
        var mention = (await _rig.Temp.ReadAsync(view => view.MentionOf(@case.FirstMention)))!;
        Assert.Equal(new Responder("member:anna", "Anna Berg"), Assert.IsType<Opened>((await _rig.Temp.ReadAsync(view => view.EventsOf(1)))[0].Event).By);
        Assert.Equal(("seen", "seen", "seen", Link), (mention.Post.Key.Namespace, mention.Post.Channel, mention.Post.Kind, mention.Post.Url));
        Assert.Equal(("Mia Lang", "mia", "My Acme oven caught fire and nobody answers!!"), (mention.Post.Author.Name, mention.Post.Author.Handle, mention.Post.Text));
        var scored = new Scorer().Assess(mention.Post.Text, Evidence.None);
        Assert.Equal((scored.Priority, scored.Complaint), (@case.Priority, mention.Assessment.Complaint));
        Assert.True(@case.Priority > Priority.Normal);
        Assert.Equal(["care"], @case.Teams);
        Assert.Contains($"Case 1 is open, {@case.Priority.ToString().ToLowerInvariant()}, for care", answer.Say, StringComparison.Ordinal);
        Assert.Contains("care", _rig.Rung);
        Assert.Single(await _rig.Temp.ReadAsync(view => view.CardsToShow("care", _rig.Clock.GetUtcNow(), 10)));
    }

    [Fact]
    public async Task Whoever_knows_better_types_how_urgent_it_is()
    {
        await _rig.ComplainAsync("1");

        var answer = await _rig.AskAsync(_rig.Of("/case priority", ("is", "critical"), ("number", "1")));

        Assert.StartsWith("It is critical now.", answer.Say, StringComparison.Ordinal);
        Assert.Equal(Priority.Critical, (await _rig.CaseAsync()).Priority);
        Assert.Equal("priority-critical", Assert.Single(await _rig.Temp.ReadAsync(view => view.VerdictsOn(1))).Verdict);
        Assert.StartsWith("Case 99 is not known", (await _rig.AskAsync(_rig.Of("/case priority", ("is", "low"), ("number", "99")))).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thirty_two_colleagues_who_enter_one_link_at_once_open_one_case()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => NewAsync(i % 2 == 0 ? Link : $"look: {Link}/?utm_source=mail{i}#top", null))));

        Assert.Equal(1, (await _rig.Temp.ReadAsync(view => view.Totals())).Cases);
        Assert.Equal(31, answers.Count(answer => answer.Say == "This is case 1 already: nobody has it."));
    }

    [Fact]
    public async Task The_same_command_heard_twice_counts_once_and_is_answered_alike()
    {
        var command = _rig.Of("/case new", ("what", "acme is broken again"));

        var first = await _rig.AskAsync(command);
        var second = await _rig.AskAsync(command);

        Assert.Equal(first.Say, second.Say);
        Assert.Equal(1, (await _rig.Temp.ReadAsync(view => view.Totals())).Cases);
    }

    [Fact]
    public async Task A_link_whose_post_we_know_points_to_its_case()
    {
        await _rig.ComplainAsync("1");
        await _rig.PressAsync(PressAction.Claim, 1);

        var answer = await NewAsync("http://www.social.example/1/#comments", null);

        Assert.Equal("This is case 1 already: claimed by Anna Berg.", answer.Say);
        Assert.Equal(1, (await _rig.Temp.ReadAsync(view => view.Totals())).Mentions);
    }

    [Fact]
    public async Task A_link_whose_post_lies_in_the_maybe_tray_opens_its_case_there()
    {
        await _rig.ComplainAsync("1", complaint: 0.2);

        await NewAsync("https://social.example/1", null);

        Assert.Equal((1, CaseState.Unclaimed), ((await _rig.CaseAsync()).FirstMention, (await _rig.CaseAsync()).State));
        Assert.Equal("a complaint, by Anna Berg", await _rig.Temp.ReadAsync(view => view.TrayVerdictOf(1)));
    }

    [Fact]
    public async Task A_link_of_a_case_that_has_ended_can_be_opened_again()
    {
        await _rig.ComplainAsync("1");
        await _rig.PressAsync(PressAction.NotAComplaint, 1);

        var answer = await NewAsync("https://social.example/1", null);

        Assert.Contains("this case was closed by Anna Berg", answer.Say, StringComparison.Ordinal);
        await _rig.PressAsync(Assert.Single(answer.Ask, button => button.Label == "Reopen").Target!);
        Assert.Equal(CaseState.Claimed, (await _rig.CaseAsync()).State);
    }

    [Fact]
    public async Task A_link_alone_is_not_put_last_because_nobody_could_score_it()
    {
        await NewAsync(Link, null);

        Assert.Equal(Priority.Normal, (await _rig.CaseAsync()).Priority);
    }

    [Fact]
    public async Task A_second_entry_of_the_same_author_joins_the_first()
    {
        await NewAsync("my acme is broken", "@mia");

        Assert.Equal("This is case 1 already: nobody has it.", (await NewAsync("acme again, still broken", "@mia")).Say);
        Assert.Equal(2, (await _rig.Temp.ReadAsync(view => view.MentionsOfCase(1))).Count);
    }

    [Fact]
    public async Task The_same_words_of_two_people_are_two_cases()
    {
        await NewAsync("it is broken", "@mia");
        await NewAsync("it is broken", "@tom");

        Assert.Equal(2, (await _rig.Temp.ReadAsync(view => view.Totals())).Cases);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  !!  ")]
    [InlineData("https://")]
    [InlineData("http:///nohost")]
    public async Task What_names_nothing_is_asked_again(string what)
    {
        var answer = await NewAsync(what, null);

        Assert.Matches("What did you see|can't read this link", answer.Say!);
        Assert.Equal(0, (await _rig.Temp.ReadAsync(view => view.Totals())).Mentions);
    }

    [Fact]
    public async Task The_team_is_the_one_that_was_written_else_of_its_watch_else_of_the_room_else_asked_for()
    {
        await _rig.AskAsync(_rig.Of("/case new", ("what", "I want to buy but the shop is broken")) with { Room = "ops" });
        Assert.Equal(["sales"], (await _rig.CaseAsync()).Teams);
        await _rig.AskAsync(_rig.Of("/case new", ("what", "I want to buy and nothing works here"), ("team", "CARE")));
        Assert.Equal(["care"], (await _rig.CaseAsync(2)).Teams);
        await _rig.AskAsync(_rig.Of("/case new", ("what", "they never called me back")) with { Room = "sales" });
        Assert.Equal(["sales"], (await _rig.CaseAsync(3)).Teams);

        Assert.Equal("Which team shall answer? Add the team: care, sales.", (await _rig.AskAsync(_rig.Of("/case new", ("what", "the driver was rude")) with { Room = "ops" })).Say);
        Assert.Contains("no team \"nobody\"", (await _rig.AskAsync(_rig.Of("/case new", ("what", "the driver was rude"), ("team", "nobody")))).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_on_trial_that_finds_it_too_decides_nothing()
    {
        _rig.Watches.Swap(WatchSet.Build([Some.Watch(), Some.Watch("tried", "broken") with { Team = "sales", Shadow = true }], Ours.Nobody));

        await _rig.AskAsync("/case new", ("what", "acme is broken"));

        Assert.Equal(["care"], (await _rig.CaseAsync()).Teams);
        var mention = (await _rig.Temp.ReadAsync(view => view.MentionOf(1)))!;
        Assert.Equal(["acme"], mention.Watches);
        Assert.Equal(["tried"], mention.OnTrial);
    }

    /// <summary>Its own team today, else that of the room: never the room for trials.</summary>
    [Theory]
    [InlineData("sales", true, "sales")]
    [InlineData("sales", false, "care")]
    public async Task What_only_a_watch_on_trial_had_heard_below_its_line_is_a_case_of_a_team_once_somebody_enters_it(string team, bool stillListens, string expected)
    {
        var tried = Some.Watch("tried", "trouble") with { Team = team, Shadow = true };
        _rig.Watches.Swap(WatchSet.Build(stillListens ? [tried] : [Some.Watch(find: "nothing of this")], Ours.Nobody));
        await OnTrialAsync("1", 0.2, tried);

        var answer = await NewAsync("https://social.example/1", null);

        Assert.StartsWith("Case 1 is open, normal, for " + expected, answer.Say, StringComparison.Ordinal);
        Assert.Equal((false, expected), ((await _rig.CaseAsync()).Shadow, Assert.Single((await _rig.CaseAsync()).Teams)));
        Assert.Single(await _rig.Temp.ReadAsync(view => view.CardsToShow(expected, _rig.Clock.GetUtcNow(), 10)));
        var mention = (await _rig.Temp.ReadAsync(view => view.MentionOf(1)))!;
        Assert.Equal((0, "tried", expected), (mention.Watches.Count, Assert.Single(mention.OnTrial), Assert.Single(mention.Teams)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(PressAction.NotAComplaint)]
    public async Task A_case_on_trial_whose_post_somebody_enters_goes_on_as_a_case_of_a_team(PressAction? judged)
    {
        await OnTrialAsync("1", 0.9, Some.Watch("tried", "trouble") with { Shadow = true });
        await OnTrialAsync("2", 0.9);
        if (judged is { } press)
        {
            await _rig.PressAsync(press, 1);
        }

        var answer = await NewAsync("https://social.example/1", null);

        Assert.Equal("Case 2 is open, normal, for care. It was case 1, on trial only. Thank you for telling.", answer.Say);
        var (trial, real) = (await _rig.CaseAsync(), await _rig.CaseAsync(2));
        Assert.Equal((false, "care", CaseState.Unclaimed), (real.Shadow, Assert.Single(real.Teams), real.State));
        Assert.Equal(judged is null ? (2L, 2) : (null, 1), (trial.MergedInto, (await _rig.Temp.ReadAsync(view => view.MentionsOfCase(2))).Count));
        Assert.NotNull(real.Due);
        Assert.Equal("This is case 2 already: nobody has it.", (await NewAsync("https://social.example/1", null)).Say);
    }

    [Fact]
    public async Task Our_answer_to_a_post_that_leaves_an_ended_case_on_trial_goes_with_it()
    {
        await OnTrialAsync("1", 0.9, Some.Watch("tried", "trouble") with { Shadow = true });
        await OnTrialAsync("2", 0.1, byUs: true);
        await _rig.PressAsync(PressAction.NotAComplaint, 1);

        await NewAsync("https://social.example/1", null);

        Assert.NotNull((await _rig.CaseAsync(2)).AnsweredAt);
        Assert.Equal(["1", "2"], (await _rig.Temp.ReadAsync(view => view.MentionsOfCase(2))).Select(mention => mention.Post.Key.Id));
    }

    [Fact]
    public async Task A_written_team_answers_whatever_the_rules_say()
    {
        _rig.Policies.Swap(_rig.Policies.Current with { Responders = _rig.Policies.Current.Responders with { Routes = [new RouteRule { Teams = ["sales"] }] } });

        await _rig.AskAsync("/case new", ("what", "acme is broken"), ("team", "care"));

        Assert.Equal(["care"], (await _rig.CaseAsync()).Teams);
    }

    [Fact]
    public async Task A_case_is_shown_by_number_and_in_its_thread_without_one()
    {
        await _rig.ComplainAsync("1", Priority.High);
        await _rig.Temp.WriteAsync(tx => tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("room/9"), _rig.Clock.GetUtcNow()));

        foreach (var answer in new[]
        {
            await _rig.AskAsync("/case show", ("number", "1")), await _rig.AskAsync("/case show", ("number", "#1")),
            await _rig.AskAsync(_rig.Of("/case show") with { Under = [new MessageRef("other/9"), new MessageRef("room/9")] }),
        })
        {
            Assert.StartsWith("Case 1, high: nobody has it", answer.Say, StringComparison.Ordinal);
            Assert.Contains("“acme trouble number 1”", answer.Say, StringComparison.Ordinal);
            Assert.Contains("(today 09:58)", answer.Say, StringComparison.Ordinal);
            Assert.Contains(answer.Ask, button => button.Target == new PressTarget(PressAction.Claim, 1));
            Assert.Contains(answer.Ask, button => button.Url == "https://social.example/1");
        }
        Assert.StartsWith("Which case?", (await _rig.AskAsync("/case show")).Say, StringComparison.Ordinal);
        Assert.StartsWith("Case 999 is not known, or no longer kept", (await _rig.AskAsync("/case show", ("number", "999"))).Say, StringComparison.Ordinal);
        Assert.Contains("no case number", (await _rig.AskAsync("/case show", ("number", "the red one"))).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_written_to_us_alone_is_shown_masked()
    {
        await _rig.HearAsync(Some.Post("acme is broken, call me on 0171 2345678", "1") with { Private = true, Kind = "mail", Author = new Author { Id = "mia@home.example", Handle = "mia@home.example", Name = "Mia Lang" } });

        var answer = await _rig.AskAsync("/case show", ("number", "1"));

        Assert.DoesNotContain("2345678", answer.Say, StringComparison.Ordinal);
        Assert.DoesNotContain("home.example", answer.Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promise_is_set_in_the_askers_own_zone_and_told_in_it()
    {
        await _rig.ComplainAsync("1");
        Assert.StartsWith("Nobody has it yet", (await PromiseAsync("Friday 10:00")).Say, StringComparison.Ordinal);
        await _rig.PressAsync(PressAction.Claim, 1);

        var answer = await PromiseAsync("Friday 10:00");

        Assert.Contains("Fri 6 Nov 10:00", answer.Say, StringComparison.Ordinal);
        var promise = (await _rig.CaseAsync()).OpenPromise!;
        Assert.Equal((new DateTimeOffset(2026, 11, 6, 9, 0, 0, TimeSpan.Zero), "a call", "member:anna"), (promise.Due, promise.What, promise.By.Id));
        Assert.Contains("Promised for Fri 6 Nov 10:00: a call", (await _rig.AskAsync("/case show", ("number", "1"))).Say, StringComparison.Ordinal);
        Assert.Contains("promised for Fri 6 Nov 10:00: a call", (await _rig.AskAsync("/mine")).Say, StringComparison.Ordinal);
        Assert.Contains("Friday 10:00", (await PromiseAsync("soon")).Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_cases_are_merged_by_command()
    {
        await _rig.ComplainAsync("1");
        await _rig.ComplainAsync("2");

        Assert.Contains("goes on as case 1", (await _rig.AskAsync("/case merge", ("into", "1"), ("number", "2"))).Say, StringComparison.Ordinal);

        Assert.Equal(1, (await _rig.CaseAsync(2)).MergedInto);
    }

    [Fact]
    public async Task A_year_old_button_is_answered_kindly()
    {
        await _rig.ComplainAsync("1");
        await _rig.PressAsync(PressAction.NotAComplaint, 1);
        _rig.Clock.Advance(TimeSpan.FromDays(365));

        Assert.Contains("was closed by Anna Berg", (await _rig.PressAsync(PressAction.Claim, 1)).Say, StringComparison.Ordinal);
        Assert.Contains("no longer kept", (await _rig.PressAsync(PressAction.LinkYes, 9)).Say, StringComparison.Ordinal);
        Assert.Contains("There is no silence 9", (await _rig.PressAsync(PressAction.EndSilence, 9)).Say, StringComparison.Ordinal);
        Assert.Contains("no longer kept", (await _rig.PressAsync(PressAction.Show, 999)).Say, StringComparison.Ordinal);
    }

    private Task<PressAnswer> NewAsync(string what, string? author) =>
        author is null ? _rig.AskAsync("/case new", ("what", what)) : _rig.AskAsync("/case new", ("what", what), ("author", author));

    /// <summary>A post of Mia's that only this watch heard, or nobody; the second answers the first.</summary>
    private Task<Recorded> OnTrialAsync(string id, double complaint, Watch? watch = null, bool byUs = false)
    {
        var post = Some.Post($"trouble number {id}", id) with { InReplyTo = id == "1" ? null : Some.Post().Key };
        var harvest = new Harvest("posts", new Cursor(id), false, null, [new Heard(ChangeKind.Added, post, watch is null ? [] : [watch], Some.Assessment(complaint), byUs)], [], [], 1);
        return _rig.Temp.WriteAsync(tx => Recorder.Record(tx, harvest, _rig.Policies.Current, _rig.Clock.GetUtcNow()));
    }

    private Task<PressAnswer> PromiseAsync(string when) => _rig.AskAsync("/promise", ("when", when), ("what", "a call"), ("case", "1"));

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
