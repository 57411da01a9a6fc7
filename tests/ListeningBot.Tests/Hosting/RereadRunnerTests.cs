using System.Collections.Concurrent;
using ListeningBot.Channels;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Hosting;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Tests.Hosting;

public sealed class RereadRunnerTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly CollectedLogs _logs = new();
    private readonly Scripted _reader = new();
    private readonly HealthBoard _board;
    private readonly RoomBells _bells;
    private CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    public RereadRunnerTests()
    {
        _board = new HealthBoard(_clock);
        _bells = new RoomBells(_clock);
        _reader.Clock = _clock;
    }

    [Fact]
    public async Task An_open_case_is_asked_for_every_five_minutes_then_hourly_then_daily_until_it_is_closed()
    {
        await OpenAsync("1");
        Start();
        // The last asking of the first day may be noted after its end: then the next ones come at 48, 72 and 96 hours.
        await RunForAsync(TimeSpan.FromHours(4 * 24 + 1));

        var ages = _reader.Asked.Select(asked => asked.At - ManualClock.Start).ToList();
        Assert.InRange(ages.Count(age => age <= TimeSpan.FromHours(1)), 11, 12);
        Assert.InRange(ages.Count(age => age > TimeSpan.FromHours(1) && age <= TimeSpan.FromDays(1)), 22, 24);
        Assert.InRange(ages.Count(age => age > TimeSpan.FromDays(1)), 3, 4);

        await Press("p1", PressAction.NotAComplaint, 1);
        var before = _reader.Asked.Count;
        await RunForAsync(TimeSpan.FromDays(3));
        Assert.Equal(before, _reader.Asked.Count);
    }

    [Fact]
    public async Task What_nobody_changed_writes_nothing_and_shows_nothing()
    {
        await OpenAsync("1");
        var before = await _temp.ReadAsync(view => view.CaseOf(1)!.Version);
        Start();
        await RunForAsync(TimeSpan.FromMinutes(30));

        Assert.NotEmpty(_reader.Asked);
        Assert.Equal(before, await _temp.ReadAsync(view => view.CaseOf(1)!.Version));
        Assert.Null(await _temp.ReadAsync(view => view.CursorOf("posts")?.Value is "" ? "moved" : null));
    }

    [Fact]
    public async Task What_comes_back_reaches_the_case_a_deletion_an_edit_and_an_answer()
    {
        await OpenAsync("1", "2", "3");
        _reader.Answer = posts => [.. posts.SelectMany(post => post.Key.Id switch
        {
            "1" => new[] { new PostChange(ChangeKind.Deleted, post.Key, null) },
            "2" => [new PostChange(ChangeKind.Edited, post.Key, post with { Text = "acme broke my lamp and my arm" })],
            _ => [new PostChange(ChangeKind.Edited, post.Key, post), Answer("a", post)],
        })];
        Start();

        await UntilAsync(view => view.MentionOf(1)!.Deleted && view.MentionOf(2)!.Post.Text.EndsWith("my arm", StringComparison.Ordinal) && view.MentionsOfCase(3).Count == 2);

        Assert.Equal("", await _temp.ReadAsync(view => view.MentionOf(1)!.Post.Text));
        Assert.Null(_board.Of("open cases of posts")!.Why);
    }

    [Fact]
    public async Task A_reader_that_fails_is_told_in_the_log_and_in_health_and_waits_as_long_as_it_is_asked_to()
    {
        await OpenAsync("1");
        _reader.Answer = _ => throw new ChannelException("The service was asked too often (HTTP 429).") { After = TimeSpan.FromHours(2) };
        Start();
        await RunForAsync(TimeSpan.FromHours(5));

        Assert.InRange(_reader.Asked.Count, 2, 3);
        Assert.All(_reader.Asked.Zip(_reader.Asked.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromHours(2)));
        Assert.Equal(Condition.Failing, _board.Of("open cases of posts")!.Condition);
        Assert.Null(_board.Of("channel posts"));
        Assert.Contains(_logs.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains("can't be asked again", StringComparison.Ordinal));
        Assert.Equal(0, await _temp.ReadAsync(view => view.CardsToShow(Notices.OpsRoom, DateTimeOffset.MaxValue.AddYears(-1000), 9).Count));

        _reader.Answer = null;
        await RunForAsync(TimeSpan.FromHours(3));
        Assert.Equal(Condition.Listening, _board.Of("open cases of posts")!.Condition);
    }

    /// <summary>A reader that knows how far it has read gives each answer once.</summary>
    [Fact]
    public async Task What_was_read_while_the_store_could_not_write_is_stored_once_it_can()
    {
        await OpenAsync("1");
        var store = new FailingStore(_temp.Store);
        _reader.Answer = posts => _reader.Asked.Count == 1 ? [Answer("a", posts[0])] : [];
        Start(store);
        await RunForAsync(TimeSpan.FromMinutes(6));
        Assert.True(store.Room < 0);

        store.Room = 1000;
        await RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, await _temp.ReadAsync(view => view.MentionsOfCase(1).Count));
    }

    [Fact]
    public async Task When_the_cases_that_could_not_be_asked_for_are_closed_nothing_fails_any_more()
    {
        await OpenAsync("1");
        _reader.Answer = _ => throw new ChannelException("This server is gone.");
        Start();
        await RunForAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(Condition.Failing, _board.Of("open cases of posts")!.Condition);

        await Press("p1", PressAction.NotAComplaint, 1);
        await RunForAsync(TimeSpan.FromHours(2));

        Assert.True(_board.AllWell);
    }

    [Fact]
    public async Task A_post_that_defeats_the_service_holds_up_nobody_else()
    {
        await OpenAsync("1", "2");
        _reader.AtOnce = 1;
        _reader.Answer = posts => posts[0].Key.Id == "1" ? throw new InvalidOperationException("a bug") : [new PostChange(ChangeKind.Deleted, posts[0].Key, null)];
        Start();

        await UntilAsync(view => view.MentionOf(2)!.Deleted);

        Assert.Contains(_logs.Lines, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task A_case_that_can_not_be_read_holds_up_nobody_else()
    {
        await OpenAsync(Priority.Critical, "1");
        await OpenAsync("2");
        using (var db = _temp.OpenDb())
        {
            db.Execute("UPDATE cases SET body = '{' WHERE id = 1");
        }
        _reader.AtOnce = 1;
        _reader.Answer = posts => [new PostChange(ChangeKind.Deleted, posts[0].Key, null)];
        Start();

        await UntilAsync(view => view.MentionOf(2)!.Deleted);

        Assert.False(await _temp.ReadAsync(view => view.MentionOf(1)!.Deleted));
    }

    [Fact]
    public async Task What_the_reader_says_of_posts_that_nobody_asked_for_is_not_believed()
    {
        await OpenAsync("1", "2");
        _reader.AtOnce = 1;
        _reader.Answer = posts => posts[0].Key.Id == "1" ? [new PostChange(ChangeKind.Deleted, Key("2"), null), new PostChange(ChangeKind.AuthorGone, new PostKey("replay:posts", "mia-2"), null)] : [];
        Start();
        await RunForAsync(TimeSpan.FromMinutes(12));

        Assert.False(await _temp.ReadAsync(view => view.MentionOf(2)!.Deleted));
    }

    [Fact]
    public async Task An_answer_that_was_edited_before_we_first_saw_it_reaches_its_case_and_what_we_know_stays_as_it_is()
    {
        await OpenAsync("1", "2");
        _reader.AtOnce = 1;
        _reader.Answer = posts => posts[0].Key.Id == "1"
            ? [new PostChange(ChangeKind.Edited, Key("2"), Some.Post("acme broke my arm", "2") with { Author = new Author { Id = "mia-2" } }), Answer("a", posts[0]) with { Kind = ChangeKind.Edited }]
            : [];
        Start();

        await UntilAsync(view => view.MentionsOfCase(1).Count == 2);

        Assert.Equal("acme broke my lamp no 2", await _temp.ReadAsync(view => view.MentionOf(2)!.Post.Text));
    }

    [Fact]
    public async Task The_most_urgent_are_asked_for_first_and_never_more_than_the_bound()
    {
        await OpenAsync([.. Enumerable.Range(1, 60).Select(i => i.ToString())]);
        await OpenAsync(Priority.Critical, "urgent");
        _reader.AtOnce = 1;
        Start();
        await RunForAsync(TimeSpan.FromMinutes(9));

        Assert.Equal("urgent", _reader.Asked.First().Keys.Single().Id);
        Assert.Equal(61, _reader.Asked.SelectMany(asked => asked.Keys).Distinct().Count());
        Assert.All(_reader.Asked.Zip(_reader.Asked.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= RereadRunner.Pace));
    }

    /// <summary>Days with restarts and a clock that jumps: no case waits longer than its pause says, nobody is asked more often, and the bound holds.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Across_restarts_and_clock_jumps_each_open_case_is_asked_at_its_times(int seed)
    {
        var random = new Random(seed);
        var jumped = TimeSpan.Zero;
        _reader.Clock = new Shifted(_clock, () => jumped);
        await OpenAsync("1", "2", "3");
        Start();
        for (var step = 0; step < 25; step++)
        {
            await RunForAsync(TimeSpan.FromMinutes(random.Next(1, 240)));
            switch (random.Next(4))
            {
                case 0:
                    await StopAsync();
                    await _temp.ReopenAsync();
                    await RestAsync(TimeSpan.FromMinutes(random.Next(90)));
                    Start();
                    break;
                case 1:
                    await StopAsync();
                    jumped += TimeSpan.FromMinutes(random.Next(-600, 600));
                    Start();
                    break;
            }
        }

        // In the time that really passed: what a jump puts off or brings forward is one pause at most.
        foreach (var id in new[] { "1", "2", "3" })
        {
            var times = _reader.Asked.Where(asked => asked.Keys.Contains(Key(id))).Select(asked => asked.Real).ToList();
            Assert.NotEmpty(times);
            var longest = times.Zip(times.Skip(1), (one, next) => next - one).Append(_clock.GetUtcNow() - times[^1]).Max();
            Assert.True(longest <= TimeSpan.FromHours(27), $"Case {id} was left alone for {longest}.");
        }
        Assert.All(_reader.Asked.Zip(_reader.Asked.Skip(1)), pair => Assert.True(pair.Second.Real >= pair.First.Real));
    }

    private static PostKey Key(string id) => new("replay:posts", id);

    private static PostChange Answer(string id, Post to)
    {
        var answer = Some.Post("same here", id) with { InReplyTo = to.Key, Thread = to.Key, Author = new Author { Id = "zoe" } };
        return new PostChange(ChangeKind.Added, answer.Key, answer);
    }

    private Task OpenAsync(params string[] ids) => OpenAsync(Priority.Normal, ids);

    private Task OpenAsync(Priority priority, params string[] ids) => _temp.WriteAsync(tx =>
    {
        var heard = ids.Select(id => new Heard(ChangeKind.Added, Some.Post($"acme broke my lamp no {id}", id) with { Author = new Author { Id = "mia-" + id } }, [Some.Watch()], Some.Assessment(priority: priority), ByUs: false)).ToList();
        return Recorder.Record(tx, new Harvest("posts", null, false, null, heard, [], [], heard.Count), Policy.Default, _clock.GetUtcNow());
    });

    private Task<PressAnswer> Press(string id, PressAction action, long subject) => _temp.WriteAsync(
        tx => PressDesk.Take(tx, new Press(id, new Responder("discord:1", "Ana"), new PressTarget(action, subject)), Policy.Default, _clock.GetUtcNow()).Answer);

    private void Start(IStore? store = null)
    {
        _stop = new CancellationTokenSource();
        var threads = new OpenThreads();
        foreach (var hash in new[] { "1", "2", "3" }.Select(id => ThreadHash.Of(Key(id))))
        {
            threads.Add(hash);
        }
        var runner = new RereadRunner("posts", _reader, new Intake(new ScorerBook(), threads), new PolicyBook(), store ?? _temp.Store, _bells, _board, _reader.Clock, _logs.CreateLogger<RereadRunner>());
        _run = runner.RunAsync(WatchSet.Build([Some.Watch()], Ours.Nobody), _stop.Token);
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }

    /// <summary>Time passes whenever the runner sleeps.</summary>
    private async Task RunForAsync(TimeSpan time)
    {
        var until = _clock.GetUtcNow() + time;
        while (_clock.GetUtcNow() < until)
        {
            await AsleepAsync();
            var step = time > TimeSpan.FromHours(10) ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(10);
            _clock.Advance(_reader.AtOnce == 1 ? RereadRunner.Pace : step);
        }
        await AsleepAsync();
    }

    private Task RestAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }

    private async Task AsleepAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (_clock.Waiting == 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(30), "The runner does not sleep.");
            await Task.Yield();
        }
    }

    private async Task UntilAsync(Func<IStoreView, bool> condition)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await _temp.ReadAsync(condition))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(30), "Waited in vain.");
            await AsleepAsync();
            _clock.Advance(RereadRunner.Pace);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _temp.DisposeAsync();
    }

    private sealed class Shifted(ManualClock clock, Func<TimeSpan> by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + by();
        public override long GetTimestamp() => clock.GetTimestamp();
        public override long TimestampFrequency => clock.TimestampFrequency;
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
        public DateTimeOffset Real => clock.GetUtcNow();
    }

    private sealed class Scripted : IThreadReader
    {
        public int AtOnce { get; set; } = 25;
        public Func<IReadOnlyList<Post>, IReadOnlyList<PostChange>>? Answer { get; set; }
        public TimeProvider Clock { get; set; } = TimeProvider.System;
        public ConcurrentQueue<(DateTimeOffset At, DateTimeOffset Real, IReadOnlyList<PostKey> Keys)> Asked { get; } = new();

        public Task<IReadOnlyList<PostChange>> ReadAsync(IReadOnlyList<Post> posts, CancellationToken ct)
        {
            Assert.InRange(posts.Count, 1, AtOnce);
            Asked.Enqueue((Clock.GetUtcNow(), Clock is Shifted shifted ? shifted.Real : Clock.GetUtcNow(), [.. posts.Select(post => post.Key)]));
            return Task.FromResult(Answer?.Invoke(posts) ?? [.. posts.Select(post => new PostChange(ChangeKind.Edited, post.Key, post))]);
        }
    }
}
