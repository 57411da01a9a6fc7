using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Channels.Mastodon;
using ListeningBot.Configuration;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.Mastodon;

/// <summary>Between two looks, which never come here by themselves.</summary>
public sealed class MastodonStreamTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private readonly LocalSite _site;
    private readonly LocalMastodon _service = new();
    private readonly ManualClock _time = new();
    private readonly CollectedLogs _logs = new();
    private readonly WebReader _web;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<PostChange> _changes = new();
    private readonly ConcurrentQueue<BadItem> _aside = new();
    private readonly ConcurrentQueue<Cursor> _cursors = new();
    private TaskCompletionSource? _gate;
    private TaskCompletionSource _nextLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _awaited;
    private Task _reading = Task.CompletedTask;

    public MastodonStreamTests() => (_site, _web) = (new LocalSite { Time = _time.Right }, new WebReader(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, _time));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _web.Dispose();
        _stop.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task New_changed_and_deleted_posts_come_at_once()
    {
        await StartAsync();
        await _service.PushAsync("update", Status(7, "acme broke").ToJsonString(), "hashtag", "acme");
        await Until.TrueAsync(() => _changes.Count == 1);
        await _service.PushAsync("status.update", Status(7, "acme broke twice").ToJsonString(), "hashtag", "acme");
        await _service.PushAsync("delete", "7", "hashtag", "acme");
        await _service.PushAsync("delete", "unknown", "hashtag", "acme");
        await Until.TrueAsync(() => _changes.Count == 3);

        Assert.Equal([(ChangeKind.Added, "acme broke"), (ChangeKind.Edited, "acme broke twice"), (ChangeKind.Deleted, null)], _changes.Select(change => (change.Kind, change.Post?.Text)));
        Assert.Equal(_changes.First().Key, _changes.Last().Key);
        Assert.Equal(["hashtag acme", "user:notification"], _service.Subscriptions.Order());
    }

    /// <summary>Thousands of others may have been heard since, or it was heard by another channel alone.</summary>
    [Fact]
    public async Task A_change_of_a_post_that_is_not_known_any_more_is_an_edit()
    {
        await StartAsync();
        await _service.PushAsync("status.update", Status(7, "acme broke twice").ToJsonString(), "hashtag", "acme");
        await Until.TrueAsync(() => !_changes.IsEmpty);

        Assert.Equal(ChangeKind.Edited, Assert.Single(_changes).Kind);
    }

    [Fact]
    public async Task A_public_post_that_is_deleted_before_it_was_taken_stays_deleted()
    {
        await StartAsync(isPublic: true);
        var gate = _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _service.PushAsync("update", Status(7, "acme first").ToJsonString(), "public");
        await Until.TrueAsync(() => _changes.Count == 1);
        await _service.PushAsync("update", Status(8, "acme broke").ToJsonString(), "public");
        await _service.PushAsync("update", Status(9, "acme fell").ToJsonString(), "public");
        await _service.PushAsync("delete", "8", "public");
        await _service.PushAsync("update", Status(10, "acme last").ToJsonString(), "hashtag", "acme");
        gate.SetResult();
        await Until.TrueAsync(() => _changes.Any(change => change.Key.Id.EndsWith("/9", StringComparison.Ordinal)) && _changes.Any(change => change.Key.Id.EndsWith("/10", StringComparison.Ordinal)));

        Assert.True(_changes.Last(change => change.Key.Id.EndsWith("/8", StringComparison.Ordinal)).Kind == ChangeKind.Deleted, string.Join(", ", _changes));
    }

    [Fact]
    public async Task What_the_stream_tells_moves_no_cursor_so_that_a_busy_one_is_not_written_with_each_post()
    {
        await StartAsync();
        await Until.TrueAsync(() => !_cursors.IsEmpty);
        var looked = _cursors.Last();
        await _service.PushAsync("update", Status(7, "acme broke").ToJsonString(), "hashtag", "acme");
        await Until.TrueAsync(() => _changes.Count == 1);
        await _service.PushAsync("update", Status(8, "acme fell").ToJsonString(), "hashtag", "acme");
        await Until.TrueAsync(() => _changes.Count == 2);

        Assert.Equal([looked], _cursors.TakeLast(2).Distinct());
    }

    [Fact]
    public async Task A_stream_that_never_pauses_keeps_no_look_from_its_turn()
    {
        var heardAtLook = new ConcurrentQueue<int>();
        await StartAsync();
        var gate = _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var i = 10; i < 1000; i++)
        {
            await _service.PushAsync("update", Status(i, "acme " + i).ToJsonString(), "hashtag", "acme");
        }
        _site.Answer = context =>
        {
            heardAtLook.Enqueue(_changes.Count);
            return _service.ServeAsync(context);
        };
        var bell = _nextLook;
        _nextLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bell.SetResult();
        gate.SetResult();
        await Until.TrueAsync(() => _changes.Count == 990);

        Assert.InRange(heardAtLook.First(), 0, 989);
    }

    [Fact]
    public async Task A_mention_comes_at_once_and_knows_what_it_answers()
    {
        _service.Other["/api/v1/statuses/5"] = """{"id":"5","uri":"https://acme.example/users/care/statuses/5"}""";
        await StartAsync();

        await _service.PushAsync("notification", new JsonObject { ["id"] = "1", ["type"] = "favourite", ["status"] = Status(6, "no") }.ToJsonString(), "user:notification");
        await _service.PushAsync("notification", new JsonObject { ["id"] = "2", ["type"] = "mention", ["status"] = LocalMastodon.Status(7, "help", Now, "direct", answers: 5) }.ToJsonString(), "user:notification");
        await Until.TrueAsync(() => !_changes.IsEmpty);

        var post = Assert.Single(_changes).Post!;
        Assert.Equal(("help", true, "https://acme.example/users/care/statuses/5"), (post.Text, post.Private, post.InReplyTo!.Id));
    }

    [Fact]
    public async Task A_cut_stream_is_a_reason_to_look_at_once_what_was_missed_and_it_comes_back()
    {
        await StartAsync();
        _service.Add(Status(8, "acme meanwhile"));
        _awaited = null;
        _service.CutStreams();

        await Until.TrueAsync(() => _changes.Count == 1);
        await RestsAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await LookAsync();
        await Until.TrueAsync(() => _service.Subscriptions.Count == 2);
        await _service.PushAsync("update", Status(8, "acme meanwhile").ToJsonString(), "hashtag", "acme");
        await _service.PushAsync("update", Status(9, "acme again").ToJsonString(), "hashtag", "acme");
        await Until.TrueAsync(() => _changes.Count == 2);

        Assert.Equal(["acme meanwhile", "acme again"], _changes.Select(change => change.Post!.Text));
    }

    [Fact]
    public async Task Events_that_make_no_sense_are_kept_aside_and_the_stream_goes_on()
    {
        await StartAsync();
        await _service.PushAsync("update", "{\"id\":", "hashtag", "acme");
        await _service.PushAsync("update", "{\"id\":\"1\"}", "hashtag", "acme");
        await _service.PushAsync("update", "7", "hashtag", "acme");
        await _service.PushAsync("filters_changed", "", "user");
        await _service.PushAsync("update", Status(7, "acme broke").ToJsonString(), "hashtag", "acme");
        await Until.TrueAsync(() => !_changes.IsEmpty);

        Assert.Equal(3, _aside.Count);
        Assert.Equal(1, _service.Streams);
    }

    [Fact]
    public async Task An_event_without_end_closes_the_stream_and_nothing_else()
    {
        await StartAsync();
        _service.Add(Status(8, "acme meanwhile"));

        await _service.PushAsync("update", new string('x', 2_000_000), "hashtag", "acme");

        await Until.TrueAsync(() => _logs.Text.Contains("1 MiB", StringComparison.Ordinal));
        await Until.TrueAsync(() => _changes.Count == 1);
    }

    [Fact]
    public async Task A_server_without_a_stream_is_looked_at_all_the_same()
    {
        _service.Add(Status(1, "acme before"));
        await StartAsync(hasStream: false);
        _service.Add(Status(8, "acme after"));
        await LookAsync();

        await Until.TrueAsync(() => _changes.Count == 2);
        Assert.Contains("no stream", _logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", _logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_is_heard_though_one_place_of_the_server_is_out_of_order()
    {
        await StartAsync(broken: "/api/v1/notifications");
        await _service.PushAsync("update", Status(7, "acme broke").ToJsonString(), "hashtag", "acme");

        await Until.TrueAsync(() => _changes.Count == 1);
    }

    private static JsonObject Status(long id, string text) => LocalMastodon.Status(id, text, Now);

    private async Task StartAsync(bool hasStream = true, string? broken = null, bool isPublic = false)
    {
        _site.Answer = context => (!hasStream && context.WebSockets.IsWebSocketRequest) || context.Request.Path == broken ? FeedAnswers.Status(503)(context) : _service.ServeAsync(context);
        await _site.StartAsync();
        _reading = Task.Run(() => ReadAsync(isPublic));
        await Until.TrueAsync(() => hasStream ? _service.Subscriptions.Count == (isPublic ? 3 : 2) : _logs.Text.Contains("no stream", StringComparison.Ordinal));
    }

    /// <summary>The channel has looked at all places and waits for the next look.</summary>
    private Task RestsAsync() => Until.TrueAsync(() => _awaited == _nextLook);

    private async Task LookAsync()
    {
        await RestsAsync();
        var asked = _site.Seen.Count;
        var bell = _nextLook;
        _nextLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bell.SetResult();
        await Until.TrueAsync(() => _site.Seen.Count > asked);
    }

    private async Task ReadAsync(bool isPublic)
    {
        var options = new MastodonOptions { Server = _site.Address, Tags = ["acme"], Token = "secret-token", Public = isPublic };
        var context = new ChannelContext("m", _web, _time, _logs, (_, ct) => (_awaited = _nextLook).Task.WaitAsync(ct));
        try
        {
            await foreach (var batch in new MastodonChannel(context, options).ReadAsync(null, WatchSet.Build([], Ours.Nobody), _stop.Token))
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    _changes.Enqueue(new PostChange(batch.KindOf(i), batch.KeyAt(i), batch.KindOf(i) == ChangeKind.Deleted ? null : batch.PostAt(i)));
                }
                _cursors.Enqueue(batch.Next);
                if (batch.Count > 0 && _gate is { } gate)
                {
                    await gate.Task;
                }
                foreach (var bad in batch.Aside)
                {
                    _aside.Enqueue(bad);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
