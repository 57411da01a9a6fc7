using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>What the store knows raises a complaint's urgency: who complains again, and where.</summary>
public sealed class EvidenceTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private DateTimeOffset _now = ManualClock.Start;
    private int _posts;

    [Fact]
    public async Task A_second_and_a_third_post_of_one_author_raise_the_case_and_say_repetition()
    {
        await HearAsync("mia", "acme, my laptop died again", urgency: 0.55);
        Assert.Equal(Priority.Normal, (await CaseAsync(1)).Priority);

        await HearAsync("mia", "acme, still no answer about the laptop", urgency: 0.35, later: TimeSpan.FromHours(5));
        Assert.Equal(Priority.High, (await CaseAsync(1)).Priority);
        Assert.Equal("has complained once before", Reason(await LastAsync(), "repetition").Text);

        await HearAsync("mia", "acme, hello? my laptop!", urgency: 0.35, later: TimeSpan.FromHours(20));
        Assert.Equal("has complained 2 times before", Reason(await LastAsync(), "repetition").Text);
        Assert.Equal((3, Priority.High), ((await CaseAsync(1)).Voices, (await CaseAsync(1)).Priority));
    }

    [Fact]
    public async Task What_is_said_in_three_posts_in_one_go_repeats_nothing()
    {
        await HearAsync("mia", "acme, my laptop died again 1/2", urgency: 0.55);
        await HearAsync("mia", "acme, and nobody helps me 2/2", urgency: 0.55, later: TimeSpan.FromMinutes(2));

        Assert.Equal((2, Priority.Normal), ((await CaseAsync(1)).Voices, (await CaseAsync(1)).Priority));
        Assert.Empty((await LastAsync()).PriorityReasons);
    }

    [Fact]
    public async Task Somebody_else_in_the_thread_of_a_case_is_no_repetition_but_stands_in_it()
    {
        var first = await HearAsync("mia", "acme, my laptop died again", urgency: 0.55);
        await HearAsync("ben", "acme, mine too, the very same", urgency: 0.4, later: TimeSpan.FromHours(5), answers: first.Key, complains: 0.6, watched: false);

        var said = await LastAsync();
        Assert.Equal("stands in the thread of an open case", Reason(said, "thread").Text);
        Assert.DoesNotContain(said.PriorityReasons, reason => reason.Name == "repetition");
        Assert.InRange(said.Urgency, 0.41, 0.5);
    }

    [Fact]
    public async Task Who_had_a_case_before_complains_again()
    {
        await HearAsync("mia", "acme, my laptop died again", urgency: 0.55);
        await EndAsync(1, Outcome.Solved);
        await HearAsync("mia", "acme, you charged me twice for it", urgency: 0.55, later: TimeSpan.FromDays(20));

        Assert.Equal(Priority.High, (await CaseAsync(2)).Priority);
        Assert.Equal("has complained once before", Reason(await LastAsync(), "repetition").Text);
    }

    [Fact]
    public async Task A_trouble_told_in_the_same_breath_or_later_is_none_from_before()
    {
        var first = await HearAsync("mia", "acme, my laptop died again", urgency: 0.55);
        await EndAsync(1, Outcome.Solved);
        await HearAsync("mia", "acme, you charged me twice for it", urgency: 0.55, later: TimeSpan.FromMinutes(5));
        Assert.Equal((await CaseAsync(1)).Customer, (await CaseAsync(2)).Customer);
        Assert.Empty((await LastAsync()).PriorityReasons);

        _now += TimeSpan.FromDays(1);
        await RecordAsync(ChangeKind.Edited, first with { Text = "acme, my old laptop died again" }, urgency: 0.55, complains: 0.9, watched: true);
        Assert.Empty((await _temp.ReadAsync(view => view.MentionOf(1)!.Assessment)).PriorityReasons);
    }

    [Fact]
    public async Task What_was_no_complaint_before_counts_for_nothing()
    {
        await HearAsync("mia", "acme, my laptop died again", urgency: 0.55);
        await EndAsync(1, Outcome.NotAComplaint);
        await HearAsync("mia", "acme, you charged me twice for it", urgency: 0.55, later: TimeSpan.FromDays(20));

        Assert.Empty((await LastAsync()).PriorityReasons);
    }

    [Fact]
    public async Task An_edit_keeps_what_was_known_beside_the_words()
    {
        await HearAsync("mia", "acme, my laptop died again", urgency: 0.55);
        var second = await HearAsync("mia", "acme, still no answer about the laptop", urgency: 0.35, later: TimeSpan.FromHours(5));
        await RecordAsync(ChangeKind.Edited, second with { Text = "acme, still no answer about the laptop!!" }, urgency: 0.4, complains: 0.9, watched: true);

        Assert.Equal("repetition", Assert.Single((await LastAsync()).PriorityReasons).Name);
    }

    private static Reason Reason(Assessment said, string name) => Assert.Single(said.PriorityReasons, reason => reason.Name == name);

    private async Task<Post> HearAsync(string author, string text, double urgency, TimeSpan later = default, PostKey? answers = null, double complains = 0.9, bool watched = true)
    {
        _now += later;
        var post = Some.Post(text, $"{++_posts}") with { Author = new Author { Id = author, Handle = author }, Posted = _now, InReplyTo = answers, Thread = answers };
        await RecordAsync(ChangeKind.Added, post, urgency, complains, watched);
        return post;
    }

    private Task RecordAsync(ChangeKind kind, Post post, double urgency, double complains, bool watched)
    {
        var said = Some.Assessment(complains) with { Urgency = urgency };
        var heard = new Heard(kind, post, watched ? [Some.Watch()] : [], said, ByUs: false);
        return _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", null, false, null, [heard], [], [], 1), Policy.Default, _now));
    }

    private Task EndAsync(long id, Outcome outcome) => _temp.WriteAsync(tx =>
    {
        var cases = new CaseWriter(tx, _now, Policy.Default);
        var ana = new Responder("member:ana", "Ana");
        cases.Happen(tx.CaseOf(id)!, outcome == Outcome.NotAComplaint ? new Dismissed(ana) : new Claimed(ana));
        if (outcome != Outcome.NotAComplaint)
        {
            cases.Happen(tx.CaseOf(id)!, new Resolved(ana, outcome, "fixed", null, null));
            cases.Happen(tx.CaseOf(id)!, new TimeCame(Step.CloseInSilence));
        }
    });

    private Task<Assessment> LastAsync() => _temp.ReadAsync(view => view.MentionOf(_posts)!.Assessment);

    private Task<Case> CaseAsync(long id) => _temp.ReadAsync(view => view.CaseOf(id)!);

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
