using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class RecorderTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private readonly TempStore _temp = new();
    private int _cursor;

    [Fact]
    public async Task A_complaint_becomes_a_case_with_a_wanted_card_and_the_cursor_moves_with_it()
    {
        var recorded = await Record(Heard(Some.Post()));

        Assert.Equal((1, 1, 0), (recorded.Mentions, recorded.Cases, recorded.Tray));
        Assert.Contains("care", recorded.Rooms);
        Assert.Equal("1", (await Read(view => view.CursorOf("posts")))!.Value);
        var card = Assert.Single(await Cards());
        Assert.Equal(new CardKey("case:1", "care"), card.Key);
    }

    [Fact]
    public async Task The_same_post_read_again_makes_nothing_new()
    {
        await Record(Heard(Some.Post()));
        var again = await Record(Heard(Some.Post()));

        Assert.Equal((0, 0), (again.Mentions, again.Cases));
        Assert.Single(await Cards());
    }

    [Fact]
    public async Task Two_posts_of_one_author_in_one_batch_are_one_case()
    {
        await Record(Heard(Some.Post(id: "1")), Heard(Some.Post("and the acme hotline hangs up on me", id: "2"), Priority.High));

        var @case = await Case(1);
        Assert.Equal((2, Priority.High), (@case.Voices, @case.Priority));
        Assert.Null(await Read(view => view.CaseOf(2)));
    }

    [Fact]
    public async Task The_same_words_from_another_author_gather_on_one_case()
    {
        const string text = "Acme hotline: 3 hours of waiting music, then they hang up on me";
        await Record(Heard(Some.Post(text, "1")));
        await Record(Heard(By("ben", Some.Post("RT @mia " + text.ToUpperInvariant() + " https://x.example/1", "2"))));

        Assert.Equal(2, (await Case(1)).Voices);
    }

    [Fact]
    public async Task Different_people_with_different_words_have_a_case_each()
    {
        await Record(Heard(Some.Post(id: "1")), Heard(By("ben", Some.Post("acme sent me an empty box", "2"))));

        Assert.Equal(2, (await Cards()).Count);
    }

    [Fact]
    public async Task An_answer_in_the_thread_joins_without_a_watch_and_our_own_answer_marks_it_answered()
    {
        var post = Some.Post(id: "1");
        await Record(Heard(post));
        await Record(Heard(By("zoe", Some.Post("same here!", "2") with { InReplyTo = post.Key, Thread = post.Key }), watches: []));
        var ours = By("acmecare", Some.Post("Sorry Mia, we call you now", "3") with { InReplyTo = post.Key, Posted = Now - TimeSpan.FromMinutes(1) });
        await Record(Heard(ours, watches: []) with { ByUs = true });

        var @case = await Case(1);
        Assert.Equal(2, @case.Voices);
        Assert.Equal(("@acmecare", Now - TimeSpan.FromMinutes(1)), (@case.AnsweredBy, @case.AnsweredAt));
    }

    [Fact]
    public async Task Our_answer_that_came_as_a_copy_to_our_own_inbox_first_marks_its_case_answered_when_it_is_known_to_be_ours()
    {
        var post = Some.Post(id: "1");
        await Record(Heard(post));
        var copy = By("ana@acme.example", Some.Post("Sorry Mia, we call you now", "2") with { InReplyTo = post.Key, Thread = post.Key, Posted = Now - TimeSpan.FromMinutes(1) });
        await Record(Heard(copy, complaint: 0.1, watches: []));
        Assert.Null((await Case(1)).AnsweredAt);

        await Record(Heard(copy with { ByUs = true }, complaint: 0.1, watches: []) with { ByUs = true });
        await Record(Heard(copy with { ByUs = true }, complaint: 0.1, watches: []) with { ByUs = true });

        Assert.Equal(Now - TimeSpan.FromMinutes(1), (await Case(1)).AnsweredAt);
        Assert.Equal(Standing.Ours, (await Read(view => view.MentionsOfCase(1))).Single(mention => mention.Post.Key == copy.Key).Standing);
        Assert.Equal(1, (await Read(view => view.EventsOf(1))).Count(entry => entry.Event is AnsweredByUs));
    }

    [Fact]
    public async Task Letters_of_a_form_that_gives_all_of_them_one_id_are_each_heard_once()
    {
        var letter = By("mia@mail.example", Some.Post("My first order never came", "same")) with { Private = true };
        var other = By("sam@mail.example", Some.Post("The kettle smokes", "same")) with { Private = true };
        var later = letter with { Text = "Now the second one is lost as well", Posted = Now };

        foreach (var post in new[] { letter, other, later, letter, other, later })
        {
            await Record(Heard(post));
        }

        var all = await Read(view => new[] { 1L, 2, 3, 4 }.Select(view.MentionOf).OfType<Mention>().Select(mention => mention.Post.Text).ToList());
        Assert.Equal([letter.Text, other.Text, later.Text], all);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_letter_to_ourselves_answers_nobody_and_a_machine_of_ours_neither(bool answers)
    {
        var older = new PostKey("replay:posts", "0");
        var post = Some.Post(id: "1") with { InReplyTo = older, Thread = older };
        await Record(Heard(post));
        var copy = answers ? Some.Post("We got your letter", "2") with { InReplyTo = post.Key, Thread = post.Key, Automatic = true } : post;
        await Record(Heard(copy, complaint: 0.1, watches: []));

        await Record(Heard(copy with { ByUs = true }, watches: []) with { ByUs = true });

        Assert.Null((await Case(1)).AnsweredAt);
    }

    [Fact]
    public async Task What_we_write_among_ourselves_in_the_thread_answers_nobody()
    {
        var post = Some.Post(id: "1") with { Private = true };
        var note = By("jo@acme.example", Some.Post("Ben, do you take Mia's?", "2") with { InReplyTo = post.Key, Thread = post.Key, Private = true, AnswersNobody = true });
        await Record(Heard(post));
        await Record(Heard(note, watches: []) with { ByUs = true });
        Assert.Null((await Case(1)).AnsweredAt);

        await Record(Heard(By("jo@acme.example", Some.Post("Sorry Mia, we call you now", "3") with { InReplyTo = note.Key, Thread = post.Key, Private = true }), watches: []) with { ByUs = true });
        Assert.Equal(CaseState.Answered, (await Case(1)).State);
    }

    [Fact]
    public async Task What_a_colleague_forwards_is_heard_unless_we_have_it()
    {
        var ours = new PostKey("replay:posts", "our letter");
        var passed = Some.Post("Fwd: my acme kettle burned my hand", "2") with { InReplyTo = new PostKey("replay:posts", "hers"), Thread = ours, Private = true, AnswersNobody = true };
        await Record(Heard(passed));
        Assert.Equal((CaseState.Unclaimed, null), ((await Case(1)).State, (await Case(1)).AnsweredAt));

        await Record(Heard(By("ben", Some.Post("acme charged me twice and nobody answers", "3") with { Private = true })));
        var again = await Record(Heard(By("ben", Some.Post("Fwd: acme charged me twice and nobody answers", "4") with { InReplyTo = new PostKey("replay:posts", "3"), Private = true, AnswersNobody = true })));

        Assert.Equal((0, 1, 1), (again.Mentions, (await Case(2)).Voices, (await Read(view => view.MentionsOfCase(2))).Count));
    }

    [Fact]
    public async Task What_a_colleague_forwards_of_before_our_first_contact_is_heard()
    {
        var old = Some.Post("My acme kettle burned my hand", "old") with { Posted = Now - TimeSpan.FromHours(25), Private = true };
        await Record(firstContact: true, Heard(old));

        var passed = await Record(Heard(Some.Post("Fwd: My acme kettle burned my hand", "2") with { InReplyTo = old.Key, Private = true, AnswersNobody = true }));

        Assert.Equal((1, CaseState.Unclaimed), (passed.Cases, (await Case(1)).State));
    }

    [Fact]
    public async Task Another_customer_who_complains_in_the_thread_has_a_case_of_their_own()
    {
        var post = Some.Post(id: "1");
        await Record(Heard(post));
        await Record(Heard(By("ben", Some.Post("acme charged me twice and nobody answers", "2") with { InReplyTo = post.Key, Thread = post.Key })));

        Assert.Equal(1, (await Case(1)).Voices);
        Assert.Equal(CaseState.Unclaimed, (await Case(2)).State);
    }

    [Fact]
    public async Task Under_a_post_of_somebody_else_each_customer_stands_alone()
    {
        var news = new PostKey("replay:posts", "our own announcement");
        await Record(Heard(Some.Post(id: "1") with { InReplyTo = news, Thread = news }));
        await Record(Heard(By("ben", Some.Post("lovely weather", "2") with { InReplyTo = news, Thread = news }), watches: []));
        await Record(Heard(By("acmecare", Some.Post("Hello Ben", "3") with { InReplyTo = new PostKey("replay:posts", "2"), Thread = news }), watches: []) with { ByUs = true });

        Assert.Null((await Case(1)).AnsweredAt);
        Assert.Equal(1, (await Read(view => view.Totals())).Mentions);
    }

    [Fact]
    public async Task Who_only_answered_in_a_thread_has_a_case_of_their_own_later()
    {
        var post = Some.Post(id: "1");
        await Record(Heard(post));
        await Record(Heard(By("zoe", Some.Post("poor you", "2") with { InReplyTo = post.Key }), complaint: 0.1, watches: []));
        await Record(Heard(By("zoe", Some.Post("acme lost my parcel", "3"))));

        Assert.Equal(CaseState.Unclaimed, (await Case(2)).State);
    }

    [Fact]
    public async Task An_answer_to_our_answer_joins_the_case()
    {
        var post = Some.Post(id: "1");
        var ours = By("acmecare", Some.Post("Sorry Mia, we call you now", "2") with { InReplyTo = post.Key });
        await Record(Heard(post));
        await Record(Heard(ours, watches: []) with { ByUs = true });
        await Record(Heard(Some.Post("nobody called", "3") with { InReplyTo = ours.Key }, watches: []));

        Assert.Equal(2, (await Case(1)).Voices);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.1)]
    public async Task Our_answer_to_somebody_else_in_the_thread_answers_no_customer_and_is_kept(double complaint)
    {
        var post = Some.Post(id: "1");
        var below = By("ben", Some.Post("acme charged me twice and nobody answers", "2") with { InReplyTo = post.Key, Thread = post.Key });
        await Record(Heard(post));
        await Record(Heard(below, complaint: complaint, watches: complaint > 0.5 ? null : []));
        if (complaint > 0.5)
        {
            await Press("p1", PressAction.NotAComplaint, 2);
        }

        var ours = By("acmecare", Some.Post("Sorry Ben, we look into it", "3") with { InReplyTo = below.Key, Thread = post.Key });
        var more = By("acmecare", Some.Post("Ben, your money is on its way", "4") with { InReplyTo = ours.Key, Thread = post.Key });
        await Record(Heard(ours, watches: []) with { ByUs = true });
        await Record(Heard(more, watches: []) with { ByUs = true });

        Assert.Equal((CaseState.Unclaimed, null), ((await Case(1)).State, (await Case(1)).AnsweredAt));
        Assert.Equal(Standing.Ours, (await Read(view => view.MentionOf(ours.Key)))!.Standing);
        await Record(Heard(By("acmecare", Some.Post("Sorry Mia, we call you now", "5") with { InReplyTo = post.Key, Thread = post.Key }), watches: []) with { ByUs = true });
        Assert.Equal(CaseState.Answered, (await Case(1)).State);
    }

    [Fact]
    public async Task Our_answer_to_a_letter_that_the_customer_sent_from_another_address_answers_them()
    {
        var letter = Some.Post(id: "1") with { Private = true };
        var elsewhere = By("mia@home.example", Some.Post("The number is 4711, by the way", "2") with { InReplyTo = letter.Key, Thread = letter.Key, Private = true });
        await Record(Heard(letter));
        await Record(Heard(elsewhere, complaint: 0.1, watches: []));
        await Record(Heard(By("acmecare", Some.Post("Thank you, it is on its way", "3") with { InReplyTo = elsewhere.Key, Thread = letter.Key, Private = true }), watches: []) with { ByUs = true });

        Assert.Equal(CaseState.Answered, (await Case(1)).State);
    }

    [Fact]
    public async Task Our_own_post_opens_nothing()
    {
        var recorded = await Record(Heard(Some.Post("Acme apologises for the outage")) with { ByUs = true });

        Assert.Equal((0, 0, 0), (recorded.Mentions, recorded.Cases, recorded.Tray));
    }

    [Fact]
    public async Task Below_the_alert_line_it_waits_in_the_maybe_tray()
    {
        var recorded = await Record(Heard(Some.Post(), complaint: 0.3));

        Assert.Equal((0, 1), (recorded.Cases, recorded.Tray));
        Assert.Equal(["care"], await Read(view => view.TeamsWithUnlistedTray()));
    }

    [Fact]
    public async Task One_post_that_two_teams_watch_is_one_case_with_a_card_in_each_room()
    {
        await Record(Heard(Some.Post(), watches: [Some.Watch(), Some.Watch("law") with { Team = "legal" }, Some.Watch("strict") with { Team = "strict", AlertAt = 0.99 }]));

        Assert.Equal(["care", "legal"], (await Case(1)).Teams);
        Assert.Single(await Cards("legal"));
        Assert.Empty(await Cards("strict"));
    }

    [Fact]
    public async Task At_first_contact_what_is_older_than_a_day_is_remembered_but_never_alerts()
    {
        var old = Some.Post(id: "old") with { Posted = Now - TimeSpan.FromHours(25) };
        var recorded = await Record(firstContact: true, Heard(old), Heard(By("ben", Some.Post("acme lost my parcel", "new"))));
        var later = await Record(Heard(By("zoe", Some.Post("acme broke my lamp", "dated late")) with { }));

        Assert.Equal((2, 1), (recorded.Mentions, recorded.Cases));
        Assert.Equal(Standing.Baseline, (await Read(view => view.MentionOf(old.Key)))!.Standing);
        Assert.Equal(1, later.Cases);
    }

    [Fact]
    public async Task What_has_no_date_at_first_contact_floods_no_room_but_waits_in_the_maybe_tray()
    {
        var undated = Some.Post(id: "undated") with { Posted = null };
        var first = await Record(firstContact: true, Heard(undated));
        var later = await Record(Heard(By("ben", Some.Post("acme sent me an empty box", "2") with { Posted = null })));

        Assert.Equal((0, 1), (first.Cases, first.Tray));
        Assert.Equal((1, 0), (later.Cases, later.Tray));
    }

    [Fact]
    public async Task An_item_dated_long_ago_still_alerts_when_it_is_no_first_contact()
    {
        var recorded = await Record(Heard(Some.Post() with { Posted = Now - TimeSpan.FromDays(300) }));

        Assert.Equal(1, recorded.Cases);
        Assert.Equal(Now - TimeSpan.FromDays(30), (await Case(1)).Posted);
    }

    [Fact]
    public async Task An_automatic_letter_never_opens_a_case()
    {
        var recorded = await Record(Heard(Some.Post() with { Automatic = true }));

        Assert.Equal((0, 1), (recorded.Cases, recorded.Tray));
    }

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

    /// <summary>Comments of a weblog name people and give them no id.</summary>
    [Theory]
    [InlineData("Bob Ray", null, 2)]
    [InlineData("Bob Ray", "bob@mail.example", 2)]
    [InlineData("Ann Lee", null, 1)]
    [InlineData("ann lee", "ann@mail.example", 1)]
    [InlineData(null, null, 1)]
    public async Task Who_answers_under_another_name_has_a_case_of_their_own(string? name, string? id, int cases)
    {
        var first = Some.Post("acme never sent my lamp", "1") with { Author = new Author { Name = "Ann Lee" } };
        await Record(Heard(first));
        await Record(Heard(Some.Post("acme charged me twice for a chair", "2") with { Author = new Author { Name = name, Id = id }, InReplyTo = first.Key, Thread = first.Key }));

        Assert.Equal(cases, (await Read(view => view.Totals())).Cases);
    }

    [Fact]
    public async Task A_deletion_of_an_unknown_post_does_nothing()
    {
        await Gone(ChangeKind.Deleted, new PostKey("replay:posts", "nobody knows"));

        Assert.Equal(0, (await Read(view => view.Totals())).Mentions);
    }

    [Fact]
    public async Task After_a_case_is_closed_the_same_author_gets_a_new_one()
    {
        await Record(Heard(Some.Post()));
        await Press("p1", PressAction.NotAComplaint, 1);
        await Record(Heard(Some.Post("acme again! now it smokes", "2")));

        Assert.Equal(CaseState.Unclaimed, (await Case(2)).State);
    }

    [Fact]
    public async Task What_was_written_to_us_alone_joins_no_case_that_everyone_sees()
    {
        const string text = "Acme hotline: 3 hours of waiting music, then they hang up on me";
        await Record(Heard(Some.Post(text, "1")));
        await Record(Heard(Some.Post(text, "2") with { Private = true }));

        Assert.Equal((1, false), ((await Case(1)).Voices, (await Case(1)).Private));
        Assert.True((await Case(2)).Private);
    }

    [Fact]
    public async Task A_letter_to_us_alone_lies_in_the_maybe_list_of_the_private_room()
    {
        await Record(Heard(Some.Post(id: "1") with { Private = true }, complaint: 0.2));
        await Record(Heard(By("ben", Some.Post("acme is odd", "2")), complaint: 0.2));

        Assert.Equal([1L], await Read(view => view.UnlistedTray(CaseWriter.PrivateRoom, 10)));
        Assert.Equal([2L], await Read(view => view.UnlistedTray("care", 10)));
    }

    [Fact]
    public async Task A_case_that_is_open_again_takes_nothing_from_others_who_only_spoke_in_its_thread()
    {
        var post = Some.Post(id: "1");
        await Record(Heard(post));
        await Record(Heard(By("zoe", Some.Post("poor you", "2") with { InReplyTo = post.Key }), complaint: 0.1, watches: []));
        await Press("p1", PressAction.NotAComplaint, 1);
        await Press("p2", PressAction.Undo, 1);

        await Record(Heard(By("zoe", Some.Post("acme lost my parcel", "3"))));
        await Record(Heard(Some.Post("and it is dead for good", "4"), complaint: 0.7));

        Assert.Equal(CaseState.Unclaimed, (await Case(2)).State);
        Assert.Equal(2, (await Case(1)).Voices);
    }

    [Fact]
    public async Task Gaps_and_items_kept_aside_are_recorded_with_the_batch()
    {
        var harvest = new Harvest("posts", new Cursor("9"), false, new Gap(Now - TimeSpan.FromHours(40), Now - TimeSpan.FromHours(36), "look-back"), [], [], [new BadItem("line 7 is not JSON", "{")], 0);

        await _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, Now));

        Assert.Equal(("posts", "line 7 is not JSON", "{"), (await Read(view => view.DeadLetters(0, 9))).Select(letter => (letter.Place, letter.Why, letter.Raw)).Single());
        Assert.Equal("9", (await Read(view => view.CursorOf("posts")))!.Value);
    }

    private Task<PressAnswer> Press(string id, PressAction action, long subject) => _temp.Store.WriteAsync(
        tx => PressDesk.Take(tx, new Press(id, new Responder("discord:1", "Ana"), new PressTarget(action, subject)), Policy.Default, Now).Answer);

    private static Post By(string author, Post post) => post with { Author = new Author { Id = author, Handle = author } };

    private static Heard Heard(Post post, Priority priority = Priority.Normal, double complaint = 0.9, IReadOnlyList<Watch>? watches = null) =>
        new(ChangeKind.Added, post, watches ?? [Some.Watch()], Some.Assessment(complaint, priority), ByUs: false);

    private Task<Recorded> Record(params Heard[] heard) => Record(firstContact: false, heard);

    private Task<Recorded> Record(bool firstContact, params Heard[] heard)
    {
        var harvest = new Harvest("posts", new Cursor($"{++_cursor}"), firstContact, null, heard, [], [], heard.Length);
        return _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, Now));
    }

    private Task Gone(ChangeKind kind, PostKey key)
    {
        var harvest = new Harvest("posts", new Cursor($"{++_cursor}"), false, null, [], [(kind, key)], [], 1);
        return _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, Now));
    }

    private async Task<Case> Case(long id) => (await Read(view => view.CaseOf(id)))!;

    private Task<IReadOnlyList<CardWork>> Cards(string room = "care") => Read(view => view.CardsToShow(room, Now, 100));

    private Task<T> Read<T>(Func<IStoreView, T> work) => _temp.Store.ReadAsync(work);

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
