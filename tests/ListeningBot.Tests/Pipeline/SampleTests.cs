using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Unmatched posts as they are kept: what becomes of them, and what they are for.</summary>
public sealed class SampleTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly Sampler _sampler;
    private readonly SampleKeeper _keeper;
    private int _cursor;

    public SampleTests()
    {
        _sampler = new Sampler(_clock);
        _keeper = new SampleKeeper(_temp.Store, _sampler, _clock);
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task A_kept_post_follows_its_source_through_edit_and_deletion()
    {
        await TakeAsync(new PostChange(ChangeKind.Added, Post("1").Key, Post("1")), new PostChange(ChangeKind.Added, Post("2").Key, Post("2")), new PostChange(ChangeKind.Added, Post("3", author: "ben").Key, Post("3", author: "ben")));
        Assert.Equal(3, (await KeptAsync()).Count);

        await TakeAsync(new PostChange(ChangeKind.Edited, Post("1").Key, Post("1", "good evening")));
        Assert.Equal("good evening", (await KeptAsync())[0].Post.Text);
        await TakeAsync(new PostChange(ChangeKind.Deleted, Post("1").Key, null));
        Assert.Equal(["2", "3"], (await KeptAsync()).Select(kept => kept.Post.Key.Id));
        await TakeAsync(new PostChange(ChangeKind.AuthorGone, new PostKey("replay:posts", "ben"), null));
        Assert.Equal("2", Assert.Single(await KeptAsync()).Post.Key.Id);
    }

    [Fact]
    public async Task A_kept_post_that_is_heard_by_changed_watches_or_after_an_edit_becomes_a_mention_and_is_kept_once()
    {
        await TakeAsync(Added("1", "my shop order is late"), Added("2", "good morning"));

        await TakeAsync(WatchSet.Build([Some.Watch("shop", "shop")], Ours.Nobody), Added("1", "my shop order is late"));
        await TakeAsync(new PostChange(ChangeKind.Edited, Post("2").Key, Post("2", "acme is late, again")));

        Assert.Empty(await KeptAsync());
        Assert.Equal(2, (await _temp.ReadAsync(view => view.Totals())).Mentions);
        await TakeAsync(Added("1", "my shop order is late"));
        Assert.Empty(await KeptAsync());
    }

    [Fact]
    public async Task An_answer_that_joins_a_case_is_no_unmatched_post_and_what_is_older_than_our_first_contact_is_not_kept()
    {
        await TakeAsync(Added("1", "acme broke my lamp, third time"), new PostChange(ChangeKind.Added, Post("2").Key, Post("2", "the green one") with { InReplyTo = Post("1").Key }));
        Assert.Empty(await KeptAsync());
        Assert.Equal(2, (await _temp.ReadAsync(view => view.Totals())).Mentions);

        var old = Post("3") with { Posted = _clock.GetUtcNow().AddDays(-3) };
        await TakeAsync(WatchSet.Build([Some.Watch()], Ours.Nobody), firstContact: true, new PostChange(ChangeKind.Added, old.Key, old), Added("4", "good day"));
        Assert.Equal("4", Assert.Single(await KeptAsync()).Post.Key.Id);
    }

    [Fact]
    public async Task What_has_grown_old_goes_and_all_goes_when_none_are_to_be_kept()
    {
        await TakeAsync(Added("1", "good morning"));
        _clock.Advance(TimeSpan.FromDays(20));
        await TakeAsync(Added("2", "good evening"));

        await _keeper.TrimAsync(default);
        Assert.Equal(2, (await KeptAsync()).Count);
        _clock.Advance(TimeSpan.FromDays(11));
        await _keeper.TrimAsync(default);
        Assert.Equal("2", Assert.Single(await KeptAsync()).Post.Key.Id);
        _sampler.Limits = new SampleLimits(0, 30);
        await _keeper.TrimAsync(default);
        Assert.Empty(await KeptAsync());
    }

    [Fact]
    public async Task The_largest_channel_gives_way_and_those_that_stay_stand_for_those_that_went()
    {
        await _temp.WriteAsync(tx =>
        {
            for (var i = 0; i < 1300; i++)
            {
                var channel = i % 130 == 0 ? "feed" : "stream";
                tx.AddSampled(Some.Post("good morning", $"{i}", channel), channel == "feed" ? 1 : 50, _clock.GetUtcNow());
            }
        });
        _sampler.Limits = new SampleLimits(300, 30);

        await _keeper.TrimAsync(default);

        var kept = await KeptAsync();
        Assert.Equal(300, kept.Count);
        Assert.Equal((10, 10.0), (kept.Count(one => one.Post.Channel == "feed"), kept.Where(one => one.Post.Channel == "feed").Sum(one => one.Weight)));
        Assert.Equal(1290 * 50.0, kept.Where(one => one.Post.Channel == "stream").Sum(one => one.Weight));
        Assert.InRange(kept.Where(one => one.Post.Channel == "stream").Max(one => one.Weight), 200, 400);
    }

    [Fact]
    public async Task A_new_watch_is_tried_on_kept_posts_and_their_weight_makes_an_estimate()
    {
        await TakeAsync(Added("1", "acme is late, this is the third time and nobody answers"));
        await _temp.WriteAsync(tx =>
        {
            tx.AddSampled(Post("2", "my shop order is broken, nobody answers, I want my money back"), 40, _clock.GetUtcNow());
            tx.AddSampled(Post("3", "my shop order is broken and late, I want my money back now"), 1, _clock.GetUtcNow());
            tx.AddSampled(Post("4", "good morning"), 500, _clock.GetUtcNow());
        });
        var plan = new BacktestPlan(WatchSet.Build([Some.Watch()], Ours.Nobody), WatchSet.Build([Some.Watch(), Some.Watch("shop", "shop")], Ours.Nobody), _clock.GetUtcNow().AddDays(-1));

        var result = await new Backtest(_temp.Store, new Scorer()).RunAsync(plan);

        Assert.Equal((1, 42, 41), (result.Alerts.Before.Total, result.Alerts.After.Total, result.Alerts.Gained.Total));
        Assert.True(result.Alerts.Gained.IsEstimate);
        Assert.False(result.Alerts.Before.IsEstimate);
        Assert.Equal((3, 541), (result.SampledPosts, result.Sample.Total));
        Assert.Equal(2, result.Gained.Count);
        Assert.Equal((true, 42), (result.ByTeam[0].LoadAfter.IsEstimate, result.ByTeam[0].LoadAfter.Busiest));
    }

    [Fact]
    public async Task Who_is_known_by_a_kept_post_alone_can_be_forgotten_and_so_can_what_names_them()
    {
        await TakeAsync(new PostChange(ChangeKind.Added, Post("1").Key, Post("1", author: "zoe.quagga")), Added("2", "thanks to @zoe.quagga for the cake"), Added("3", "good morning"));
        var person = Assert.Single(await _temp.ReadAsync(view => PersonFile.Find(view, "zoe.quagga")));
        Assert.Equal(["1", "2"], person.Sampled.Select(sampled => sampled.Post.Key.Id).Order());

        await Erasure.EraseAsync(_temp.Store, person, _clock.GetUtcNow(), default);

        Assert.Equal("3", Assert.Single(await KeptAsync()).Post.Key.Id);
        Assert.Empty(await _temp.ReadAsync(view => PersonFile.Find(view, "zoe.quagga")));
    }

    private Task<IReadOnlyList<SampledPost>> KeptAsync() => _temp.ReadAsync(view => view.SampledPosts(0, 5000));

    private static Post Post(string id, string text = "good morning", string author = "mia") => Some.Post(text, id) with { Author = new Author { Id = author, Handle = author } };

    private static PostChange Added(string id, string text) => new(ChangeKind.Added, Post(id).Key, Post(id, text));

    private Task TakeAsync(params PostChange[] changes) => TakeAsync(WatchSet.Build([Some.Watch()], Ours.Nobody), changes);

    private Task TakeAsync(WatchSet watches, params PostChange[] changes) => TakeAsync(watches, firstContact: false, changes);

    private async Task TakeAsync(WatchSet watches, bool firstContact, params PostChange[] changes)
    {
        var harvest = new Intake(new ScorerBook(), new OpenThreads(), _sampler).Take("posts", PostBatch.OfChanges(changes, new Cursor($"{++_cursor}"), firstContact), watches);
        await _temp.WriteAsync(tx => { Recorder.Record(tx, harvest, Policy.Default, _clock.GetUtcNow()); });
    }
}
