using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>What its author changes or takes away after it was heard.</summary>
public sealed partial class RecorderTests
{
    [Fact]
    public async Task An_edit_changes_the_card_and_may_raise_the_priority()
    {
        await Record(Heard(Some.Post()));
        await Record(Heard(Some.Post("My Acme laptop is on fire"), Priority.Critical) with { Kind = ChangeKind.Edited });

        var @case = await Case(1);
        Assert.Equal((2, Priority.Critical), (@case.Version, @case.Priority));
        Assert.Equal("My Acme laptop is on fire", (await Read(view => view.MentionOf(Some.Post().Key)))!.Post.Text);
    }

    [Fact]
    public async Task An_edit_that_says_nothing_graver_does_not_overrule_who_said_how_urgent_it_is()
    {
        await Record(Heard(Some.Post("My Acme laptop burns my eyes"), Priority.Critical));
        await _temp.Store.WriteAsync(tx => new CaseWriter(tx, Now, Policy.Default).Happen(tx.CaseOf(1)!, new PrioritySet(new Responder("discord:1", "Ana"), Priority.Low)));

        await Record(Heard(Some.Post("My Acme laptop burns my eyes!"), Priority.Critical) with { Kind = ChangeKind.Edited });

        Assert.Equal(Priority.Low, (await Case(1)).Priority);
    }

    [Fact]
    public async Task An_edit_that_changed_nothing_writes_nothing()
    {
        await Record(Heard(Some.Post()));
        var recorded = await Record(Heard(Some.Post() with { Author = Some.Post().Author with { Followers = 7 } }, Priority.Critical) with { Kind = ChangeKind.Edited });

        Assert.Empty(recorded.Rooms);
        Assert.Equal((1, Priority.Normal), ((await Case(1)).Version, (await Case(1)).Priority));
    }

    [Fact]
    public async Task An_edit_that_makes_it_more_urgent_brings_back_what_was_put_off()
    {
        await Record(Heard(Some.Post()));
        await _temp.Store.WriteAsync(tx => new CaseWriter(tx, Now, Policy.Default).Happen(tx.CaseOf(1)!, new Snoozed(new Responder("discord:1", "Ana"), Now + TimeSpan.FromDays(1))));
        await Record(Heard(Some.Post("My Acme laptop died"), Priority.Normal) with { Kind = ChangeKind.Edited });
        Assert.NotNull((await Case(1)).SnoozedUntil);

        await Record(Heard(Some.Post("My Acme laptop is on fire"), Priority.Critical) with { Kind = ChangeKind.Edited });

        Assert.Null((await Case(1)).SnoozedUntil);
    }

    [Fact]
    public async Task A_maybe_that_its_author_sharpens_becomes_a_case()
    {
        await Record(Heard(Some.Post("acme, hm"), complaint: 0.2));
        await Record(Heard(Some.Post("acme took my money and sends nothing"), complaint: 0.9) with { Kind = ChangeKind.Edited });

        Assert.Equal(CaseState.Unclaimed, (await Case(1)).State);
        Assert.Empty(await Read(view => view.TeamsWithUnlistedTray()));
    }

    [Fact]
    public async Task A_maybe_that_is_sharpened_joins_the_open_case_of_its_author_and_its_page_says_so()
    {
        await Record(Heard(Some.Post("acme, hm", "1"), complaint: 0.2));
        await new DueWork(_temp.Store, new PolicyBook(), new ManualClock(), _ => { }).ListMaybesAsync(CancellationToken.None);
        await Record(Heard(Some.Post("acme broke my lamp", "2")));
        var wanted = (await Cards()).Single(card => card.Key.Subject == "tray:1").Wanted;
        await Record(Heard(Some.Post("acme took my money and sends nothing", "1")) with { Kind = ChangeKind.Edited });

        Assert.Null(await Read(view => view.CaseOf(2)));
        Assert.Equal(2, (await Read(view => view.MentionsOfCase(1))).Count);
        Assert.Equal(wanted + 1, (await Cards()).Single(card => card.Key.Subject == "tray:1").Wanted);
    }

    [Fact]
    public async Task Praise_from_before_our_time_that_its_author_turns_into_a_complaint_becomes_a_case_that_waits_since_now()
    {
        var praise = Some.Post("acme, I love this app") with { Posted = Now - TimeSpan.FromDays(200), Stars = 5 };
        await Record(firstContact: true, Heard(praise, complaint: 0.1, watches: [Some.Watch("praise") with { Team = "sales" }]));
        await Record(Heard(praise with { Text = "acme, I love this app!" }, complaint: 0.1) with { Kind = ChangeKind.Edited });
        Assert.Null(await Read(view => view.CaseOf(1)));

        await Record(Heard(praise with { Text = "it crashes since the acme update", Stars = 1 }) with { Kind = ChangeKind.Edited });

        var @case = await Case(1);
        Assert.Equal((CaseState.Unclaimed, Now), (@case.State, @case.Posted));
        var mention = (await Read(view => view.MentionOf(praise.Key)))!;
        Assert.Equal((Standing.Case, "acme", "care"), (mention.Standing, Assert.Single(mention.Watches), Assert.Single(mention.Teams)));
    }

    [Theory]
    [InlineData("acme killed my laptop.", 0.9, 0)]
    [InlineData("since the update it crashes all day", 0.9, 1)]
    [InlineData("since the update it is quick all day", 0.1, 0)]
    public async Task An_old_complaint_from_before_our_time_becomes_a_case_only_when_it_is_written_anew(string text, double complaint, int cases)
    {
        var old = Some.Post("acme killed my laptop") with { Posted = Now.AddTicks(1234) - TimeSpan.FromDays(2) };
        await Record(firstContact: true, Heard(old));

        var recorded = await Record(Heard(old with { Text = text }, complaint: complaint) with { Kind = ChangeKind.Edited });

        Assert.Equal(cases, recorded.Cases);
        Assert.True(cases == 0 || (await Case(1)).Posted == Now, "It waits since it was said.");
    }

    [Fact]
    public async Task What_was_dismissed_and_is_turned_into_a_complaint_becomes_a_case_or_waits_again_where_there_is_a_silence()
    {
        foreach (var id in new[] { "1", "2" })
        {
            await Record(Heard(By(id, Some.Post("acme, hm", id)), complaint: 0.2));
        }
        await Press("p1", PressAction.TrayDismiss, 1);
        await Press("p2", PressAction.TrayDismiss, 2);
        await Record(Heard(By("1", Some.Post("acme took my money and sends nothing", "1"))) with { Kind = ChangeKind.Edited });
        Assert.Equal(Standing.Case, (await Read(view => view.MentionOf(1)))!.Standing);

        await _temp.Store.WriteAsync(tx => tx.AddSilence(new Silence(SilenceOf.Watch, "acme", "planned", new Responder("a", "Ann"), Now, Now.AddHours(1))));
        await Record(Heard(By("2", Some.Post("acme never sent the second lamp", "2"))) with { Kind = ChangeKind.Edited });

        Assert.Null(await Read(view => view.CaseOf(2)));
        Assert.Equal([2L], await Read(view => view.UnlistedTray("care", 10)));
        Assert.Equal((Standing.Tray, 1), ((await Read(view => view.MentionOf(2)))!.Standing, await Read(view => view.HeldBackBy(1))));
        Assert.Null(await Read(view => view.TrayVerdictOf(2)));
    }

    [Fact]
    public async Task What_waits_and_is_edited_under_a_silence_waits_for_those_too_who_hear_it_only_now()
    {
        await Record(Heard(Some.Post("acme, hm", "1"), complaint: 0.2));
        await _temp.Store.WriteAsync(tx => tx.AddSilence(new Silence(SilenceOf.Watch, "deals", "planned", new Responder("a", "Ann"), Now, Now.AddHours(1))));

        await Record(Heard(Some.Post("acme took my money and sends nothing", "1"), watches: [Some.Watch() with { Name = "deals", Team = "sales" }]) with { Kind = ChangeKind.Edited });

        Assert.Equal([1L], await Read(view => view.UnlistedTray("sales", 10)));
        Assert.Equal([1L], await Read(view => view.UnlistedTray("care", 10)));
    }

    /// <summary>Whoever decided it for the teams of then decided about other words.</summary>
    [Fact]
    public async Task What_waits_again_stands_on_no_page_of_before_and_is_decided_by_nobody()
    {
        await Record(Heard(Some.Post("acme, hm", "1"), complaint: 0.2));
        await Record(Heard(Some.Post("acme, well", "2"), complaint: 0.2));
        await _temp.Store.WriteAsync(tx => { tx.AddToTray(1, ["sales"], 0.2, Now); tx.AddTrayPage("care", new DateOnly(2026, 11, 2), 1, 1, [1, 2]); return true; });
        await Press("p1", PressAction.TrayDismiss, 1);
        await _temp.Store.WriteAsync(tx => tx.AddSilence(new Silence(SilenceOf.Watch, "acme", "planned", new Responder("a", "Ann"), Now, Now.AddHours(1))));

        await Record(Heard(Some.Post("acme took my money and sends nothing", "1")) with { Kind = ChangeKind.Edited });

        Assert.Null(await Read(view => view.TrayVerdictOf(1)));
        Assert.Equal([2L], (await Read(view => view.TrayPageOf(1)))!.Mentions);
        Assert.Equal([1L], await Read(view => view.UnlistedTray("care", 10)));
        Assert.Empty(await Read(view => view.UnlistedTray("sales", 10)));
    }

    [Fact]
    public async Task An_edit_of_our_own_answer_raises_no_priority()
    {
        var post = Some.Post(id: "1");
        var ours = By("acmecare", Some.Post("Sorry", "2") with { InReplyTo = post.Key });
        await Record(Heard(post), Heard(ours, watches: []) with { ByUs = true });
        await Record(Heard(ours with { Text = "Sorry about the fire" }, Priority.Critical, watches: []) with { ByUs = true, Kind = ChangeKind.Edited });

        Assert.Equal(Priority.Normal, (await Case(1)).Priority);
    }

    [Fact]
    public async Task An_edited_or_deleted_maybe_changes_the_list_that_shows_it()
    {
        await Record(Heard(Some.Post("acme, hm"), complaint: 0.2));
        await _temp.Store.WriteAsync(tx => { new CaseWriter(tx, Now, Policy.Default).WantTrayPage(tx.AddTrayPage("care", new DateOnly(2026, 11, 2), 1, 1, [1])); return 0; });
        await Record(Heard(Some.Post("acme, hmm"), complaint: 0.2) with { Kind = ChangeKind.Edited });
        Assert.Equal(2, (await Cards()).Single(card => card.Key.Subject == "tray:1").Wanted);

        await Gone(ChangeKind.Deleted, Some.Post().Key);

        Assert.Equal(3, (await Cards()).Single(card => card.Key.Subject == "tray:1").Wanted);
    }

    [Fact]
    public async Task A_deleted_post_loses_its_text_and_the_card_says_so()
    {
        await Record(Heard(Some.Post()));
        await Gone(ChangeKind.Deleted, Some.Post().Key);

        var mention = (await Read(view => view.MentionOf(Some.Post().Key)))!;
        Assert.True(mention.Deleted);
        Assert.Equal("", mention.Post.Text);
        Assert.Equal(2, (await Case(1)).Version);
        Assert.True(CardWriter.Write(await Case(1), new CaseFacts(mention), new CardKey("case:1", "care")).Deleted);
    }

    [Fact]
    public async Task Who_deletes_a_post_and_writes_another_is_quoted_with_the_other()
    {
        await Record(Heard(Some.Post(id: "1")), Heard(By("zoe", Some.Post("same here", "2") with { InReplyTo = Some.Post(id: "1").Key }), watches: []));
        await Record(Heard(Some.Post("My Acme laptop died again, fourth time", "3")));
        await Gone(ChangeKind.Deleted, Some.Post(id: "1").Key);

        var quoted = (await Read(view => view.MentionOf(view.CaseOf(1)!.FirstMention)))!;
        Assert.Equal(("3", false), (quoted.Post.Key.Id, quoted.Deleted));
    }

    [Fact]
    public async Task When_an_account_is_gone_all_its_posts_are()
    {
        await Record(Heard(Some.Post(id: "1")), Heard(Some.Post("acme, again: three weeks without an answer", "2")));
        await Gone(ChangeKind.AuthorGone, new PostKey(Some.Post().Key.Namespace, "mia"));

        Assert.All(await Read(view => view.MentionsOfCase(1)), mention => Assert.True(mention.Deleted));
    }

    /// <summary>Of a review that its author changed after 500 newer ones, the channel no longer knows that it had read it.</summary>
    [Fact]
    public async Task What_is_told_as_new_of_a_later_time_in_other_words_is_an_edit()
    {
        var review = Some.Post("Nice acme app", "1") with { Stars = 5, Posted = Now - TimeSpan.FromHours(2) };
        await Record(Heard(review, complaint: 0.1));
        Assert.Null(await Read(view => view.CaseOf(1)));

        await Record(Heard(review with { Text = "acme charged me twice and nobody answers", Stars = 1, Posted = Now }));

        Assert.Equal("acme charged me twice and nobody answers", (await Read(view => view.MentionsOfCase(1))).Single().Post.Text);
        Assert.Equal(1, (await Read(view => view.Totals())).Mentions);
    }

    [Theory]
    [InlineData(0, "mia", "posts")]
    [InlineData(-60, "mia", "posts")]
    [InlineData(60, "ben", "posts")]
    [InlineData(60, "mia", "others")]
    public async Task The_same_post_told_shorter_at_its_own_time_or_elsewhere_and_another_under_its_id_change_nothing(int later, string by, string channel)
    {
        var post = Some.Post("Nice acme app, but it charged me twice and nobody answers", "1") with { Posted = Now - TimeSpan.FromHours(2) };
        await Record(Heard(By("mia", post)));

        await Record(Heard(By(by, post with { Text = "Nice acme app...", Posted = post.Posted!.Value.AddMinutes(later), Channel = channel })));

        Assert.Equal(post.Text, (await Read(view => view.MentionsOfCase(1))).Single().Post.Text);
    }

    [Fact]
    public async Task A_deletion_of_an_unknown_post_does_nothing()
    {
        await Gone(ChangeKind.Deleted, new PostKey("replay:posts", "nobody knows"));

        Assert.Equal(0, (await Read(view => view.Totals())).Mentions);
    }
}
