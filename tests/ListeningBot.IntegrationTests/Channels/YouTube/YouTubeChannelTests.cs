using System.Text.Json.Nodes;
using ListeningBot.Channels.YouTube;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.YouTube;

public sealed class YouTubeChannelTests : IAsyncLifetime
{
    private const string Other = "aaaaaaaaaaa";
    private readonly LocalSite _site = new();
    private readonly List<JsonObject> _threads = [];
    private readonly List<JsonObject> _replies = [];
    private readonly ManualClock _clock = new();
    private readonly ChannelReading _reading;

    public YouTubeChannelTests() => _reading = new ChannelReading("tube", _clock);

    public async ValueTask InitializeAsync()
    {
        _site.Answer = AnswerAsync;
        await _site.StartAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_comment_and_its_replies_come_with_their_video_and_the_key_is_in_no_address()
    {
        _threads.Add(YouTubeAnswers.Thread(Comment("Ug1", "It broke <3"), 1, Comment("Ug1.r", "Mine too", "Ug1")));
        var posts = (await _reading.TakeAsync(Channel(), 1)).ToDictionary(change => change.Key.Id, change => change.Post!);

        Assert.Equal(("It broke <3", "below “Unboxing & more”", $"https://www.youtube.com/watch?v={YouTubeAnswers.Video}&lc=Ug1"), (posts["Ug1"].Text, posts["Ug1"].Place, posts["Ug1"].Url));
        Assert.Equal(("UCmia", "mia", null), (posts["Ug1"].Author.Id, posts["Ug1"].Author.Handle, posts["Ug1"].Author.Name));
        Assert.Equal(("Ug1", "Ug1"), (posts["Ug1.r"].InReplyTo!.Id, posts["Ug1.r"].Thread!.Id));
        Assert.All(_site.Seen, request => Assert.Equal("AIza-1", request.Header("X-Goog-Api-Key")));
        Assert.All(_site.Seen, request => Assert.DoesNotContain("AIza-1", request.Path, StringComparison.Ordinal));
        Assert.Contains("order=time", _site.Seen[0].Path, StringComparison.Ordinal);
        Assert.Contains("textFormat=plainText", _site.Seen[0].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_replies_than_a_thread_shows_are_asked_for_once_each_time_they_grow()
    {
        _replies.AddRange(Enumerable.Range(1, 130).Select(i => Comment($"Ug1.{i}", $"reply {i}", "Ug1")));
        _threads.Add(YouTubeAnswers.Thread(Comment("Ug1", "It broke"), 130, _replies[0]));
        var channel = Channel();
        Assert.Equal(131, (await _reading.TakeAsync(channel, 1)).Count);
        Assert.Empty(await _reading.TakeAsync(channel, 2));
        Assert.Equal(2, _site.Seen.Count(request => request.Path.Contains("parentId=Ug1", StringComparison.Ordinal)));
        _replies.Add(Comment("Ug1.131", "reply 131", "Ug1"));
        _threads[0] = YouTubeAnswers.Thread(Comment("Ug1", "It broke"), 131, _replies[0]);

        Assert.Equal("Ug1.131", Assert.Single(await _reading.TakeAsync(channel, 1)).Key.Id);
    }

    [Fact]
    public async Task Pages_are_turned_until_something_is_known_and_an_edited_comment_is_an_edit()
    {
        for (var i = 0; i < 60; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            _threads.Insert(0, YouTubeAnswers.Thread(Comment($"Ug{i}", $"words {i}")));
        }
        await _reading.TakeAsync(Channel(), 3);
        Assert.Equal(60, _reading.Posts.Count());
        _threads[3] = YouTubeAnswers.Thread(Comment("Ug56", "other words"));
        var asked = _site.Seen.Count;
        var edit = Assert.Single(await _reading.TakeAsync(Channel(), 1));

        Assert.Equal((ChangeKind.Edited, "other words", 1), (edit.Kind, edit.Post!.Text, _site.Seen.Count - asked));
    }

    [Fact]
    public async Task Switched_off_comments_are_no_fault_of_the_whole_and_are_told_once()
    {
        _threads.Add(YouTubeAnswers.Thread(Comment("Ug1", "It broke")));
        _site.Answer = context => context.Request.Query["videoId"] == Other ? Error(context, 403, "commentsDisabled") : AnswerAsync(context);
        await _reading.TakeAsync(Channel(Other), 6);

        Assert.Single(_reading.Posts);
        Assert.Single(_reading.Logs.Text.Split('\n'), line => line.Contains("comments are switched off", StringComparison.Ordinal));
        Assert.All(_reading.Looks, look => Assert.Contains("comments are switched off", look.Found["video " + Other], StringComparison.Ordinal));
        Assert.Equal(2, _reading.Looks.Count);
        Assert.Contains("can't be read", await YouTubeChannel.SignInAsync(_reading.Context(), Options(9000, Other), default), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exhausted_key_waits_until_midnight_in_California_and_says_so()
    {
        _site.Answer = context => Error(context, 403, "quotaExceeded");
        var channel = Channel();
        var fault = await Assert.ThrowsAnyAsync<ChannelException>(() => _reading.TakeAsync(channel, 1));

        // 9:00 UTC on 2 November is 1:00 in California.
        Assert.Equal((TimeSpan.FromHours(23) + TimeSpan.FromMinutes(1), false), (fault.After, fault.NeedsOperator));
        Assert.Contains("23:00", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<ChannelException>(() => _reading.TakeAsync(channel, 1));
        Assert.Single(_site.Seen);
        _clock.Advance(TimeSpan.FromHours(23));
        _site.Answer = AnswerAsync;
        _threads.Add(YouTubeAnswers.Thread(Comment("Ug1", "It broke")));
        Assert.Single(await _reading.TakeAsync(channel, 1));
    }

    [Fact]
    public async Task Units_are_never_exceeded_and_last_until_the_day_ends()
    {
        var channel = new YouTubeChannel(_reading.Context(), Options(100) with { Every = TimeSpan.FromSeconds(1) });
        var (end, looks) = (ManualClock.Start + TimeSpan.FromHours(23), 0);
        while (_clock.GetUtcNow() < end)
        {
            await _reading.TakeAsync(channel, 2);
            looks++;
            _clock.Advance(_reading.Pauses[^1]);
        }

        Assert.InRange(_site.Seen.Count, 40, 80);
        Assert.InRange(looks, 20, 80);
    }

    [Fact]
    public async Task Open_cases_are_asked_for_fifty_at_a_time_and_what_is_missing_is_gone()
    {
        _threads.Add(YouTubeAnswers.Thread(Comment("Ug1", "It broke")));
        _threads.Add(YouTubeAnswers.Thread(Comment("Ug2", "It fell")));
        var posts = (await _reading.TakeAsync(Channel(), 1)).Select(change => change.Post!).ToList();
        _threads.RemoveAll(thread => (string?)thread["id"] == "Ug2");
        _replies.Add(Comment("Ug1.1", "We are sorry", "Ug1", withVideo: false));
        _threads[0] = YouTubeAnswers.Thread(Comment("Ug1", "It broke twice", withVideo: false), 1, _replies[0]);
        var reader = new YouTubeThreads(_reading.Context(), Options(9000));
        var changes = (await reader.ReadAsync(posts, default)).ToDictionary(change => change.Key.Id);

        Assert.Equal(50, reader.AtOnce);
        Assert.Equal((ChangeKind.Edited, "It broke twice", "below “Unboxing & more”"), (changes["Ug1"].Kind, changes["Ug1"].Post!.Text, changes["Ug1"].Post!.Place));
        Assert.Equal(ChangeKind.Deleted, changes["Ug2"].Kind);
        Assert.Equal((ChangeKind.Added, "Ug1"), (changes["Ug1.1"].Kind, changes["Ug1.1"].Post!.InReplyTo!.Id));
        Assert.Equal(3, changes.Count);
        Assert.Contains(YouTubeAnswers.Video, changes["Ug1.1"].Post!.Url, StringComparison.Ordinal);

        _threads.Clear();
        Assert.Empty(await reader.ReadAsync(posts, default));
    }

    [Fact]
    public async Task What_nobody_changed_is_told_again_as_it_was_told_first()
    {
        _replies.Add(Comment("Ug1.1", "Mine <too>", "Ug1", withVideo: false));
        _threads.Add(YouTubeAnswers.Thread(Comment("Ug1", "It \"broke\" & fell"), 1, _replies[0]));
        var first = (await _reading.TakeAsync(Channel(), 1)).Select(change => change.Post!).ToDictionary(post => post.Key.Id);
        _threads[0]["snippet"]!["topLevelComment"] = Comment("Ug1", "It \"broke\" & fell", withVideo: false);

        var again = await new YouTubeThreads(_reading.Context(), Options(9000)).ReadAsync([first["Ug1"]], default);

        Assert.Equal([(ChangeKind.Edited, "Ug1"), (ChangeKind.Added, "Ug1.1")], again.Select(change => (change.Kind, change.Key.Id)));
        Assert.All(again, change => Assert.Equal(first[change.Key.Id], change.Post));
    }

    [Fact]
    public async Task Comments_switched_off_since_keep_no_edit_of_another_from_being_told()
    {
        _threads.Add(YouTubeAnswers.Thread(Comment("Ug1", "It broke")));
        var posts = (await _reading.TakeAsync(Channel(), 1)).Select(change => change.Post!).ToList();
        _threads[0] = YouTubeAnswers.Thread(Comment("Ug1", "It broke twice"));
        _site.Answer = context => context.Request.Path == "/commentThreads" ? Error(context, 403, "commentsDisabled") : AnswerAsync(context);

        var change = Assert.Single(await new YouTubeThreads(_reading.Context(), Options(9000)).ReadAsync(posts, default));

        Assert.Equal((ChangeKind.Edited, "It broke twice"), (change.Kind, change.Post!.Text));
    }

    [Fact]
    public async Task Spoilt_answers_are_kept_aside_and_good_comments_beside_bad_ones_are_heard()
    {
        var random = new Random(20261122);
        var good = YouTubeAnswers.List("commentThread", [.. Enumerable.Range(1, 4).Select(i => YouTubeAnswers.Thread(Comment($"Ug{i}", $"words {i}"), 1, Comment($"Ug{i}.1", "a reply", $"Ug{i}")))]);
        var faults = 0;
        for (var round = 0; round < 300; round++)
        {
            var spoilt = HostileJson.Spoil(good, random, 1 + (round % 4));
            _site.Answer = context => context.Request.Path == "/commentThreads" ? FeedAnswers.Text(spoilt, "application/json")(context) : AnswerAsync(context);
            var reading = new ChannelReading("tube", _clock);
            try
            {
                await reading.TakeAsync(new YouTubeChannel(reading.Context(), Options(100_000)), 1);
            }
            catch (ChannelException)
            {
                faults++;
            }
            _reading.Changes.AddRange(reading.Changes);
        }
        Assert.InRange(_reading.Changes.Count, 1200, 2400);
        Assert.InRange(faults, 0, 10);
    }

    private JsonObject Comment(string id, string text, string? parent = null, bool withVideo = true) => YouTubeAnswers.Comment(id, text, _clock.GetUtcNow(), parent, withVideo: withVideo);

    private YouTubeOptions Options(int units, params string[] more) => new() { Key = "AIza-1", Videos = [YouTubeAnswers.Video, .. more], Address = _site.Address, UnitsADay = units };

    private YouTubeChannel Channel(params string[] more) => new(_reading.Context(), Options(9000, more));

    private static Task Error(HttpContext context, int status, string reason) => FeedAnswers.Status(status, body: YouTubeAnswers.Error(status, reason))(context);

    private Task AnswerAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var ids = query["id"].ToString().Split(',');
        return FeedAnswers.Text(
            context.Request.Path.Value switch
            {
                "/videos" => YouTubeAnswers.Videos("Unboxing & more"),
                "/comments" when query.ContainsKey("parentId") => Page(_replies, "comment", 100),
                "/comments" => YouTubeAnswers.List("comment", _threads.Select(thread => thread["snippet"]!["topLevelComment"]!).Where(comment => ids.Contains((string?)comment["id"]))),
                "/commentThreads" when query.ContainsKey("id") => YouTubeAnswers.List("commentThread", _threads.Where(thread => ids.Contains((string?)thread["id"]))),
                _ => Page(_threads, "commentThread", 20),
            },
            "application/json")(context);

        string Page(List<JsonObject> all, string kind, int size)
        {
            var from = query.ContainsKey("pageToken") ? int.Parse(query["pageToken"]!) : 0;
            return YouTubeAnswers.List(kind, all.Skip(from).Take(size), from + size < all.Count ? $"{from + size}" : null);
        }
    }
}
