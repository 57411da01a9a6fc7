using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>What we answered to a post goes with it into its own case, and so does what its author writes below our answer.</summary>
public sealed class SplitAnswersTests : IAsyncDisposable
{
    private static readonly PostKey Shop = Some.Post("", "2").Key;
    private static readonly PostKey Ours = Some.Post("", "ours").Key;
    private readonly DeskRig _rig = new();
    private int _cursor;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task After_a_split_the_customers_words_below_our_reply_belong_to_the_new_case()
    {
        await ComplainTwiceAsync();
        await AnswerAsync("ours", to: Shop);
        await AnswerAsync("and ours", to: Ours);

        await _rig.PressAsync(new PressTarget(PressAction.Split, 1) { Value = "2" });

        var split = await _rig.CaseAsync(2);
        Assert.Equal((CaseState.Answered, "@care"), (split.State, split.AnsweredBy));
        Assert.Equal(["2", "ours", "and ours"], await PostsOfAsync(2));
        _rig.Clock.Advance(TimeSpan.FromMinutes(10));
        await HearAsync(Some.Post("no, the money is still gone", "3") with { InReplyTo = Some.Post("", "and ours").Key }, watched: false);
        await HearAsync(Some.Post("it is still gone", "4") with { InReplyTo = Ours }, watched: false);
        Assert.Equal(["1"], await PostsOfAsync(1));
        Assert.Equal((CaseState.Shown, true), ((await _rig.CaseAsync(2)).State, (await _rig.CaseAsync(2)).AwaitsAnswer));
    }

    [Fact]
    public async Task What_we_answered_to_the_other_post_stays()
    {
        await ComplainTwiceAsync();
        await AnswerAsync("ours", to: Some.Post().Key);

        await _rig.PressAsync(new PressTarget(PressAction.Split, 1) { Value = "2" });

        Assert.Equal(["1", "ours"], await PostsOfAsync(1));
        Assert.Equal((CaseState.Unclaimed, null), ((await _rig.CaseAsync(2)).State, (await _rig.CaseAsync(2)).AnsweredAt));
    }

    /// <summary>Our answer is to what stood there before: nobody has answered what they complain of now.</summary>
    [Fact]
    public async Task Who_only_stood_below_a_case_and_complains_there_later_is_heard_below_our_reply_and_not_answered_by_it()
    {
        await HearAsync(Some.Post());
        var zoe = Some.Post("same here!", "2") with { Author = new Author { Id = "zoe", Handle = "zoe" }, InReplyTo = Some.Post().Key };
        await HearAsync(zoe, watched: false, complaint: 0.1);
        await AnswerAsync("ours", to: Shop);
        _rig.Clock.Advance(TimeSpan.FromMinutes(10));

        await HearAsync(zoe with { Text = "my acme charger burned my hand and nobody at the hotline answers" }, kind: ChangeKind.Edited);
        await HearAsync(Some.Post("it hurts", "3") with { Author = zoe.Author, InReplyTo = Ours }, watched: false);

        Assert.Equal(["2", "ours", "3"], await PostsOfAsync(2));
        Assert.Equal((CaseState.Unclaimed, null), ((await _rig.CaseAsync(2)).State, (await _rig.CaseAsync(2)).AnsweredAt));
    }

    private async Task ComplainTwiceAsync()
    {
        await HearAsync(Some.Post());
        await HearAsync(Some.Post("and the acme shop charged me twice", "2"));
    }

    private Task AnswerAsync(string id, PostKey to) =>
        HearAsync(Some.Post("Sorry, we look into it", id) with { Author = new Author { Id = "care", Handle = "care" }, InReplyTo = to }, watched: false, byUs: true);

    private Task HearAsync(Post post, bool watched = true, double complaint = 0.9, ChangeKind kind = ChangeKind.Added, bool byUs = false)
    {
        var heard = new Heard(kind, post with { Posted = _rig.Clock.GetUtcNow() }, watched ? [Some.Watch()] : [], Some.Assessment(complaint), byUs);
        return _rig.Temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor($"{++_cursor}"), false, null, [heard], [], [], 1), _rig.Policies.Current, _rig.Clock.GetUtcNow()));
    }

    private async Task<IEnumerable<string>> PostsOfAsync(long @case) => (await _rig.Temp.ReadAsync(view => view.MentionsOfCase(@case))).OrderBy(mention => mention.Id).Select(mention => mention.Post.Key.Id);
}
