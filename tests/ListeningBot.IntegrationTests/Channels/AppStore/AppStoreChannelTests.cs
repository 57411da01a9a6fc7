using System.Text.Json;
using System.Text.Json.Nodes;
using ListeningBot.Channels.AppStore;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.LocalServices;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.AppStore;

public sealed class AppStoreChannelTests : IAsyncLifetime
{
    private readonly LocalSite _site = new();
    private readonly List<JsonObject> _reviews = [];
    private readonly ChannelReading _reading = new();

    public async ValueTask InitializeAsync()
    {
        _site.Answer = context => FeedAnswers.Text(Page(context), "text/javascript")(context);
        await _site.StartAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_review_that_stands_alone_comes_with_stars_country_and_version()
    {
        _reviews.Add(StoreReviews.Review("987", "Does not open.", "Oh &well", stars: 1, version: "3.4.3"));
        var change = Assert.Single(await _reading.TakeAsync(Channel("de"), 2));

        Assert.Equal(new PostKey("appstore", "987"), change.Key);
        Assert.Equal(("Oh &well", "Does not open.", 1d, "Germany, version 3.4.3"), (change.Post!.Title, change.Post.Text, change.Post.Stars, change.Post.Place));
        Assert.Equal(("638572168", "mia_638572168"), (change.Post.Author.Id, change.Post.Author.Name));
        Assert.StartsWith("https://apps.apple.com/de/app/id1404176564?", change.Post.Url, StringComparison.Ordinal);
        Assert.True(change.Post.AnswersUnseen);
    }

    [Fact]
    public async Task The_app_itself_is_no_review_and_no_fault()
    {
        _reviews.AddRange([StoreReviews.App(), StoreReviews.Review("1", "Fine"), StoreReviews.Review("2", "Bad")]);

        Assert.Equal(["2", "1"], (await _reading.TakeAsync(Channel("us"), 2)).Select(change => change.Key.Id));
        Assert.Empty(_reading.Aside);
    }

    [Fact]
    public async Task Changed_words_and_changed_stars_are_an_edit_and_nothing_else_is()
    {
        _reviews.Add(StoreReviews.Review("1", "Fine", stars: 4));
        await _reading.TakeAsync(Channel("us"), 2);
        Assert.Empty(await _reading.TakeAsync(Channel("us"), 2));
        _reviews[0] = StoreReviews.Review("1", "Fine", stars: 1);
        var stars = Assert.Single(await _reading.TakeAsync(Channel("us"), 2));
        _reviews[0] = StoreReviews.Review("1", "Broken since the update", stars: 1);
        var words = Assert.Single(await _reading.TakeAsync(Channel("us"), 2));

        Assert.Equal([ChangeKind.Edited, ChangeKind.Edited], new[] { stars.Kind, words.Kind });
        Assert.Equal((1d, "Broken since the update"), (stars.Post!.Stars, words.Post!.Text));
    }

    [Fact]
    public async Task Pages_are_turned_until_something_is_known_and_no_further()
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 120; i++)
        {
            _reviews.Insert(0, StoreReviews.Review($"{i}", $"words {i}", updated: now - TimeSpan.FromMinutes(200 - i)));
        }
        await _reading.TakeAsync(Channel("us"), 4);
        Assert.Equal(120, _reading.Posts.Count());
        _reviews.Insert(0, StoreReviews.Review("new", "new words", updated: now));
        var asked = _site.Seen.Count;

        Assert.Equal(["new"], (await _reading.TakeAsync(Channel("us"), 1)).Select(change => change.Key.Id));
        Assert.Equal(1, _site.Seen.Count - asked);
    }

    [Fact]
    public async Task Each_country_is_asked_in_turn_and_one_without_the_app_is_told_once()
    {
        _reviews.Add(StoreReviews.Review("1", "Fine"));
        _site.Answer = context => (context.Request.Path.Value!.StartsWith("/fr/", StringComparison.Ordinal) ? FeedAnswers.Status(400) : FeedAnswers.Text(Page(context), "text/javascript"))(context);
        await _reading.TakeAsync(Channel("us", "fr", "de"), 12);

        Assert.Contains(_site.Seen, request => request.Path.StartsWith("/de/", StringComparison.Ordinal));
        Assert.Single(_reading.Logs.Text.Split('\n'), line => line.Contains("fr/1404176564", StringComparison.Ordinal));
        Assert.All(_reading.Pauses, pause => Assert.Equal(TimeSpan.FromMinutes(5), pause));
        var online = await AppStoreChannel.SignInAsync(_reading.Context(), new AppStoreOptions { Apps = ["1404176564"], Countries = ["us", "fr"], Address = _site.Address }, default);
        Assert.StartsWith("newest reviews: us/1404176564 1, fr/1404176564 can't be read (", online, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_behind_the_last_page_is_its_end()
    {
        _reviews.Add(StoreReviews.Review("1", "Fine"));
        _site.Answer = context => (context.Request.Path.Value!.Contains("page=1/", StringComparison.Ordinal) ? FeedAnswers.Text(Page(context), "text/javascript") : FeedAnswers.Status(400))(context);
        await _reading.TakeAsync(Channel("us"), 2);
        _reviews.Insert(0, StoreReviews.Review("2", "Not fine"));

        Assert.Equal(["2"], (await _reading.TakeAsync(Channel("us"), 1)).Select(change => change.Key.Id));
        Assert.Empty(_reading.Logs.Text);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"feed":null,"error":"try later"}""")]
    public async Task An_answer_without_a_feed_is_a_fault_and_no_silence(string body)
    {
        _site.Answer = FeedAnswers.Text(body, "text/javascript");

        await Assert.ThrowsAsync<ListeningBot.Core.Pipeline.ChannelException>(() => _reading.TakeAsync(Channel("us"), 1));
    }

    [Fact]
    public void Spoilt_answers_never_throw_and_good_reviews_beside_bad_ones_are_heard()
    {
        var random = new Random(20261122);
        var good = StoreReviews.Feed(StoreReviews.App(), StoreReviews.Review("1", "one"), StoreReviews.Review("2", "two"), StoreReviews.Review("3", "three"));
        var heard = 0;
        for (var round = 0; round < 3000; round++)
        {
            using var json = JsonDocument.Parse(HostileJson.Spoil(good, random, 1 + (round % 4)));
            var (reviews, bad) = new AppStoreReviews("x", "1", "us").Of(json.RootElement);
            heard += reviews.Count;
            Assert.All(bad, item => Assert.InRange(item.Raw.Length, 0, 2000));
            Assert.All(reviews, review => Assert.True(review.Post!.Text.Length <= 20_000 && review.Post.Stars is null or (>= 1 and <= 5)));
        }
        Assert.InRange(heard, 4000, 9000);
    }

    private AppStoreChannel Channel(params string[] countries) => new(_reading.Context(), new AppStoreOptions { Apps = ["1404176564"], Countries = countries, Address = _site.Address });

    private string Page(HttpContext context)
    {
        var page = int.Parse(context.Request.Path.Value!.Split("page=")[1].Split('/')[0]);
        return StoreReviews.Feed([.. _reviews.Skip((page - 1) * 50).Take(50)]);
    }
}
