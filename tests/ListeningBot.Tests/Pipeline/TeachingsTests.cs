using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Pipeline;

public sealed class TeachingsTests : IAsyncDisposable
{
    private static readonly Responder s_anna = new("member:anna", "Anna");
    private readonly TempStore _temp = new();
    private int _post;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Theory]
    [InlineData("complaint", true, null)]
    [InlineData("complaint not-complaint", false, null)]
    [InlineData("complaint not-complaint undone", true, null)]
    [InlineData("complaint undone", null, null)]
    [InlineData("undone", null, null)]
    [InlineData("undone complaint", true, null)]
    [InlineData("complaint not-complaint undone undone", null, null)]
    [InlineData("priority-critical", true, Priority.Critical)]
    [InlineData("priority-low priority-high", true, Priority.High)]
    [InlineData("priority-low priority-high undone", true, Priority.Low)]
    [InlineData("priority-high complaint", true, Priority.High)]
    [InlineData("priority-high not-complaint", false, null)]
    [InlineData("priority-huge", null, null)]
    [InlineData("something of a later program", null, null)]
    public void The_latest_verdict_counts_and_undone_takes_the_one_before_back(string given, bool? complaint, Priority? priority) =>
        Assert.Equal(new Verdict(complaint, priority), Verdict.Of(given.Split(' ').Select(one => new VerdictGiven(1, one, s_anna, Now))));

    [Fact]
    public async Task Each_judged_text_teaches_once_with_what_was_known_beside_it()
    {
        await JudgeAsync(Some.Post("my parcel is late") with { Title = "Late", Stars = 2, Lang = "en" }, Verdict.AComplaint, Verdict.Of(Priority.High));
        await JudgeAsync(Some.Post("what a game"), Verdict.NoComplaint);

        var teachings = await OfAsync();

        Assert.Equal([("Late\nmy parcel is late", true, Priority.High), ("what a game", false, (Priority?)null)], teachings.Taught.Select(one => (one.Text, one.IsComplaint, one.Priority)));
        Assert.Equal((2d, "en"), (teachings.Taught[0].Evidence.Stars, teachings.Taught[0].Evidence.Lang));
    }

    [Fact]
    public async Task Of_copies_of_a_text_the_latest_verdict_counts()
    {
        await JudgeAsync(Some.Post("the same words"), Verdict.AComplaint);
        await JudgeAsync(Some.Post("the same words"), Verdict.NoComplaint);

        var teachings = await OfAsync();

        Assert.False(Assert.Single(teachings.Taught).IsComplaint);
        Assert.Equal(1, teachings.Copies);
    }

    [Fact]
    public async Task What_was_deleted_or_erased_or_taken_back_or_has_no_words_teaches_nothing()
    {
        var deleted = await JudgeAsync(Some.Post("deleted later"), Verdict.AComplaint);
        var erased = await JudgeAsync(Some.Post("erased later"), Verdict.AComplaint);
        await JudgeAsync(Some.Post("a slip of the finger"), Verdict.NoComplaint, Verdict.TakenBack);
        await JudgeAsync(Some.Post("https://social.example/9") with { Url = "https://social.example/9" }, Verdict.AComplaint);
        await JudgeAsync(Some.Post("I am out of office") with { Automatic = true }, Verdict.NoComplaint);
        await _temp.WriteAsync(tx =>
        {
            tx.BlankMention(deleted, Now);
            tx.EraseMention(erased, Now);
        });

        var teachings = await OfAsync();

        Assert.Empty(teachings.Taught);
        Assert.Equal((2, 1, 0, 2), (teachings.Gone, teachings.TakenBack, teachings.Copies, teachings.Wordless));
    }

    /// <summary>The review became a case, was solved, and its author changed it.</summary>
    [Fact]
    public async Task Words_that_nobody_judged_teach_nothing_until_somebody_does()
    {
        var review = await JudgeAsync(Some.Post("my parcel never came") with { Stars = 1 }, Verdict.AComplaint);
        var comma = await JudgeAsync(Some.Post("what a game"), Some.Assessment(0.48), Verdict.NoComplaint);

        await EditAsync(review, "Solved in a day, thank you", 5);
        await EditAsync(comma, "What a game.", null, by: 0.04);

        var teachings = await OfAsync();
        Assert.Equal([("What a game.", false)], teachings.Taught.Select(one => (one.Text, one.IsComplaint)));
        Assert.Equal((0, 1, 0), (teachings.Gone, teachings.Rewritten, teachings.TakenBack));
        Assert.Equal([comma], (await _temp.ReadAsync(view => PastVerdicts.Of(view))).Keys);

        await _temp.WriteAsync(tx => tx.RecordVerdict(review, Verdict.NoComplaint, s_anna, Now.AddHours(2)));

        Assert.Contains((await OfAsync()).Taught, one => one is { Text: "Solved in a day, thank you", IsComplaint: false });
    }

    private Task EditAsync(long mention, string text, double? stars, double by = -0.85) => _temp.WriteAsync(tx =>
    {
        var known = tx.MentionOf(mention)!;
        var post = known.Post with { Text = text, Stars = stars };
        Recorder.Record(tx, new Harvest(post.Channel, new Cursor($"{mention}"), false, null, [new Heard(ChangeKind.Edited, post, [], Some.Assessment(known.Assessment.Complaint + by, known.Assessment.Priority), ByUs: false)], [], [], 1), Policy.Default, Now.AddHours(1));
    });

    private Task<Teachings> OfAsync() => _temp.ReadAsync(Teachings.Of);

    private Task<long> JudgeAsync(Post post, params string[] verdicts) => JudgeAsync(post, Some.Assessment(), verdicts);

    private Task<long> JudgeAsync(Post post, Assessment assessment, params string[] verdicts) => _temp.WriteAsync(tx =>
    {
        var id = $"{++_post}";
        var mention = tx.AddMention(Mention(id) with { Post = post with { Key = Key(id) }, Assessment = assessment });
        for (var i = 0; i < verdicts.Length; i++)
        {
            tx.RecordVerdict(mention, verdicts[i], s_anna, Now.AddMinutes(_post));
        }
        return mention;
    });
}
