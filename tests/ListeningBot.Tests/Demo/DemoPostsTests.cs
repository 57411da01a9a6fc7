using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Demo;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Demo;

public sealed class DemoPostsTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("demo").FullName;
    private readonly Settings _settings;

    public DemoPostsTests()
    {
        var folder = new DemoFolder(_folder);
        folder.Write();
        var reading = folder.Reader.Read();
        Assert.Empty(reading.Problems);
        _settings = reading.Settings!;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_line_is_a_post_with_all_that_it_needs()
    {
        var batches = await ReadAsync();
        var posts = Posts(batches);

        Assert.Empty(batches.SelectMany(b => b.Aside));
        Assert.True(posts.Count >= 80, $"{posts.Count} posts");
        Assert.All(posts, post =>
        {
            Assert.InRange(post.Text.Length, 10, 2000);
            Assert.InRange(_clock.GetUtcNow() - post.Posted!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(12));
            Assert.True(post.Kind == "mail" ? post.Private && post.Title is not null && post.Author.Id!.Contains('@') : post.Url is not null, post.Key.ToString());
            Assert.DoesNotContain("bsky.app", post.Url ?? "");
        });
    }

    [Fact]
    public async Task All_that_the_demo_promises_is_there()
    {
        var posts = Posts(await ReadAsync());

        Assert.Superset(new HashSet<string> { "bluesky", "inbox", "blogs", "news", "forum", "reviews" }, posts.Select(p => p.Channel).ToHashSet());
        Assert.Superset(new HashSet<string> { "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "ja" }, posts.Select(p => p.Lang!).ToHashSet());
        Assert.InRange(posts.Count(p => p.Kind == "mail" && !p.Automatic), 8, 20);
        Assert.InRange(posts.Count(p => p.Automatic), 2, 6);
        Assert.Contains(posts, p => p.Stars == 1);
        Assert.Contains(posts, p => p.Stars == 5);
        Assert.True(posts.Count(p => p.Text.Contains("outage", StringComparison.OrdinalIgnoreCase) || p.Key.Id.StartsWith("3mout", StringComparison.Ordinal)) >= 12);
        Assert.Contains(posts.GroupBy(p => p.Text), same => same.Select(p => p.Channel).Distinct().Count() > 1);
        Assert.Equal(posts.Count, posts.Select(p => p.Key).Distinct().Count() + posts.Count(p => p.Key.Id == "3medit01") - 1);
    }

    [Fact]
    public async Task Our_own_reply_stands_in_a_customers_thread()
    {
        var posts = Posts(await ReadAsync());

        var reply = Assert.Single(posts, p => _settings.Ours.Wrote(p) && p.InReplyTo is not null);
        var complaint = Assert.Single(posts, p => p.Key == reply.InReplyTo);
        Assert.False(_settings.Ours.Wrote(complaint));
        Assert.Contains(posts, p => p.Thread == complaint.Key && p.Author == complaint.Author);
    }

    [Fact]
    public async Task One_post_is_edited_and_one_deleted_after_they_were_heard()
    {
        var changes = (await ReadAsync()).SelectMany(b => Enumerable.Range(0, b.Count).Select(i => (Kind: b.KindOf(i), Key: b.KeyAt(i)))).ToList();

        foreach (var kind in new[] { ChangeKind.Edited, ChangeKind.Deleted })
        {
            var change = changes.FindIndex(c => c.Kind == kind);
            Assert.InRange(changes.FindIndex(c => c.Kind == ChangeKind.Added && c.Key == changes[change].Key), 0, change - 1);
        }
    }

    [Fact]
    public async Task The_story_takes_half_a_minute_and_begins_at_once()
    {
        var begin = _clock.GetUtcNow();
        TimeSpan? first = null;
        var reading = Task.Run(async () =>
        {
            await foreach (var batch in Channel(1).ReadAsync(null, WatchSet.Build([], Ours.Nobody), default))
            {
                first ??= _clock.GetUtcNow() - begin;
            }
        });

        while (!reading.IsCompleted)
        {
            if (_clock.Waiting > 0)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(50));
            }
            await Task.Yield();
        }

        await reading;
        Assert.Equal(TimeSpan.Zero, first);
        Assert.InRange((_clock.GetUtcNow() - begin).TotalSeconds, 20, 40);
    }

    [Fact]
    public async Task The_watches_hear_the_company_and_not_the_weather()
    {
        var watches = WatchSet.Build(_settings.Watches, _settings.Ours);
        var posts = Posts(await ReadAsync());
        var heard = posts.Where(p => watches.Find(System.Text.Encoding.UTF8.GetBytes(p.Title + "\n" + p.Text), p.Channel).Count > 0).Select(p => p.Key.Id).ToHashSet();

        Assert.Superset(posts.Where(p => p.Channel is "inbox" or "reviews").Select(p => p.Key.Id).ToHashSet(), heard);
        Assert.Superset(new HashSet<string> { "3mbat7x", "3msarc1", "3mfr0001", "3mja0001", "3mout001", "news-4410", "bl-orchard-31", "ft-2241" }, heard);
        Assert.Empty(heard.Intersect(["3mcloud1", "3mbroom1", "3mcloud2", "3mhp0001", "3mweath2", "bl-kitchen-8"]));
    }

    private async Task<List<PostBatch>> ReadAsync()
    {
        var batches = new List<PostBatch>();
        await foreach (var batch in Channel(0).ReadAsync(null, WatchSet.Build([], Ours.Nobody), default))
        {
            batches.Add(batch);
        }
        return batches;
    }

    private static List<Post> Posts(IEnumerable<PostBatch> batches) =>
        [.. batches.SelectMany(b => Enumerable.Range(0, b.Count).Where(i => b.KindOf(i) != ChangeKind.Deleted).Select(b.PostAt))];

    private Core.Pipeline.IChannel Channel(double pace)
    {
        var settings = Assert.Single(DemoFolder.Paced(_settings, pace).Channels);
        return settings.Kind.Create(new ChannelContext(settings.Name, new WebReader(new HttpSettings(), _clock), _clock, NullLoggerFactory.Instance, (_, _) => Task.CompletedTask), settings.Options);
    }
}
