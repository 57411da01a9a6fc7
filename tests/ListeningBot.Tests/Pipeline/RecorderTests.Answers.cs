using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Threads: what answers a post of a case, and which of our own words are an answer.</summary>
public sealed partial class RecorderTests
{
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
}
