using System.Collections.Concurrent;
using System.Globalization;
using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Hosting;
using ListeningBot.Net;
using ListeningBot.Reach;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Tests.Hosting;

public sealed class LookupRunnerTests : IAsyncDisposable
{
    /// <summary>While a slow disk writes down what came of a look, the clock must not run on past the pause that is being written.</summary>
    private static readonly TimeSpan s_standingStill = TimeSpan.Zero;
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly CollectedLogs _logs = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly WebReader _web;
    private readonly Scripted _lookup = new();
    private Task _run = Task.CompletedTask;

    public LookupRunnerTests() => _web = new WebReader(new HttpSettings(), _clock);

    [Fact]
    public async Task What_is_found_becomes_an_event_of_the_case()
    {
        await OpenAsync("mia");
        Start();

        await UntilAsync(view => view.MentionOf(1)!.Post.Author.Name == "Person mia");

        Assert.IsType<AuthorKnown>((await _temp.ReadAsync(view => view.EventsOf(1)))[^1].Event);
        Assert.Equal(["person-mia@mail.example"], (await _temp.ReadAsync(view => view.ContactsOf(1))).Select(contact => contact.Value));
        Assert.Empty(await DueAsync(DateTimeOffset.MaxValue.AddYears(-1000)));
        Assert.True(_clock.GetUtcNow() - ManualClock.Start >= KnownAuthors.LookAfter);
    }

    [Fact]
    public async Task What_can_not_be_had_is_tried_again_after_growing_pauses_and_then_given_up()
    {
        _lookup.Answer = _ => throw new LookupException("view.example answered HTTP 502");
        await OpenAsync("mia");
        Start();

        await UntilAsync(view => view.LookupsDue(ManualClock.Start.AddYears(1), 1).Count == 0, TimeSpan.FromSeconds(30));

        Assert.Equal(LookupRunner.MostTries, _lookup.Asked.Count);
        var pauses = _logs.Lines.SkipLast(1).Select(line => TimeSpan.Parse(line.Text.Split("tried again in ")[1].TrimEnd('.'), CultureInfo.InvariantCulture)).ToList();
        Assert.All(_lookup.Asked.Zip(_lookup.Asked.Skip(1), (one, next) => next.At - one.At).Zip(pauses), waited => Assert.True(waited.First >= waited.Second - TimeSpan.FromSeconds(1)));
        Assert.InRange(pauses[0], TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
        Assert.InRange(pauses[^1], TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        Assert.Contains("view.example answered HTTP 502. It is given up.", _logs.Lines[^1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("mia", string.Concat(_logs.Lines.Select(line => line.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_says_how_long_to_wait_is_left_alone_so_long()
    {
        _lookup.Answer = _ => _lookup.Asked.Count == 1 ? throw new LookupException("busy") { After = TimeSpan.FromHours(5) } : Known("mia");
        await OpenAsync("mia");
        Start();

        await UntilAsync(view => view.MentionOf(1)!.Post.Author.Name is "Person mia", TimeSpan.FromSeconds(30));

        Assert.True(_lookup.Asked.ElementAt(1).At - _lookup.Asked.First().At >= TimeSpan.FromHours(5));
        Assert.Contains("It is tried again in 05:00:00.", _logs.Lines[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_hangs_is_let_go_and_holds_up_nobody_else()
    {
        var never = new TaskCompletionSource<AuthorProfile?>();
        _lookup.Answer = id => id == "mia" ? never.Task : Known(id);
        await OpenAsync("mia", "ben");
        Start();

        await UntilAsync(view => view.MentionOf(2)!.Post.Author.Name is "Person ben");
        await UntilAsync(view => view.LookupsDue(ManualClock.Start.AddYears(1), 1) is [{ Tries: 1 }]);

        Assert.Contains("it took longer than 60 seconds", _logs.Lines[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_the_program_is_logged_and_the_others_go_on()
    {
        _lookup.Answer = id => id == "mia" ? throw new InvalidOperationException("a bug") : Known(id);
        await OpenAsync("mia", "ben");
        Start();

        await UntilAsync(_ => _lookup.Asked.Count == 2);
        await UntilAsync(view => view.MentionOf(2)!.Post.Author.Name is "Person ben" && view.LookupsDue(ManualClock.Start.AddYears(1), 1) is [{ Tries: 1 }], s_standingStill);

        Assert.Contains(_logs.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("looking up an author", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_can_not_be_recorded_is_not_asked_for_again_and_again()
    {
        await OpenAsync("mia");
        await _temp.WriteAsync(tx => { tx.Reword(tx.CaseOf(1)! with { Teams = [] }, []); return true; });
        Start();

        await UntilAsync(_ => !_lookup.Asked.IsEmpty);
        await UntilAsync(view => view.LookupsDue(ManualClock.Start.AddYears(1), 1) is [{ Tries: 1 }], s_standingStill);

        Assert.Single(_lookup.Asked);
    }

    [Fact]
    public async Task Only_a_few_are_looked_up_at_a_time()
    {
        var release = new TaskCompletionSource();
        _lookup.Answer = async id =>
        {
            await release.Task;
            return await Known(id);
        };
        await OpenAsync([.. Enumerable.Range(0, 40).Select(i => "p" + i)]);
        Start();
        var step = TimeSpan.FromMilliseconds(5);

        await UntilAsync(_ => _lookup.Asked.Count >= LookupRunner.AtOnce, step);
        var then = _clock.GetUtcNow();
        await UntilAsync(_ => _clock.GetUtcNow() > then.AddSeconds(3), step);

        Assert.Equal(LookupRunner.AtOnce, _lookup.Asked.Count);
        release.SetResult();
        await UntilAsync(view => view.LookupsDue(ManualClock.Start.AddYears(1), 1).Count == 0, step);
        Assert.Equal(40, _lookup.Asked.Select(one => one.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_stop_in_between_loses_nothing()
    {
        _lookup.Answer = _ => new TaskCompletionSource<AuthorProfile?>().Task;
        await OpenAsync("mia");
        Start();
        await UntilAsync(_ => _lookup.Asked.Count == 1);

        await _stop.CancelAsync();
        await _run;

        Assert.Equal([new LookupWork(1, 0)], await DueAsync(_clock.GetUtcNow()));
    }

    [Fact]
    public async Task Whose_post_is_gone_is_not_looked_up()
    {
        await OpenAsync("mia");
        await _temp.WriteAsync(tx => tx.BlankMention(1, ManualClock.Start));
        Start();

        await UntilAsync(_ => _clock.GetUtcNow() > ManualClock.Start.AddMinutes(1));

        Assert.Empty(_lookup.Asked);
    }

    [Fact]
    public async Task Without_a_lookup_of_its_channel_a_post_still_tells_what_it_tells()
    {
        var post = Some.Post("My Acme laptop died again, write to me: mia@example.com", channel: "elsewhere");
        await HearAsync(post);
        Start();

        await UntilAsync(view => view.ContactsOf(1) is [{ Value: "mia@example.com" }]);
    }

    private static Task<AuthorProfile?> Known(string id) =>
        Task.FromResult<AuthorProfile?>(new AuthorProfile { Name = "Person " + id, About = $"person-{id}@mail.example", SentBy = new Uri("https://view.example") });

    private void Start()
    {
        _lookup.Clock = _clock;
        var search = new AuthorSearch(new Dictionary<string, IAuthorLookup> { ["posts"] = _lookup }, new PolitePages(_web, _clock), Ours.Nobody);
        _run = new LookupRunner(_temp.Store, search, new PolicyBook(), new RoomBells(_clock), _clock, _logs.CreateLogger<LookupRunner>()).RunAsync(_stop.Token);
    }

    private async Task OpenAsync(params string[] authors)
    {
        foreach (var author in authors)
        {
            await HearAsync(Some.Post($"My Acme laptop of {author} died again", id: author) with { Author = new Author { Id = author } });
        }
    }

    private Task HearAsync(Post post)
    {
        var harvest = new Intake(new ScorerBook(), new OpenThreads()).Take(post.Channel, PostBatch.Of([post], new Cursor("1")), WatchSet.Build([Some.Watch() with { AlertAt = 0 }], Ours.Nobody));
        return _temp.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, ManualClock.Start));
    }

    private Task<IReadOnlyList<LookupWork>> DueAsync(DateTimeOffset at) => _temp.ReadAsync(view => view.LookupsDue(at, 10));

    private async Task UntilAsync(Func<IStoreView, bool> happened, TimeSpan? step = null)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await _temp.ReadAsync(happened))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(30), "Waited in vain: " + string.Join(" | ", _logs.Lines.Select(line => line.Text)));
            // Time passes only while the runner sleeps.
            if (_clock.Waiting > 0)
            {
                _clock.Advance(step ?? TimeSpan.FromMilliseconds(200));
            }
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
        _web.Dispose();
        await _temp.DisposeAsync();
    }

    private sealed class Scripted : IAuthorLookup
    {
        public Func<string, Task<AuthorProfile?>> Answer { get; set; } = Known;
        public TimeProvider Clock { get; set; } = TimeProvider.System;
        public ConcurrentQueue<(string Id, DateTimeOffset At)> Asked { get; } = new();

        public Task<AuthorProfile?> LookAsync(Post post, CancellationToken ct)
        {
            Asked.Enqueue((post.Author.Id!, Clock.GetUtcNow()));
            return Answer(post.Author.Id!).WaitAsync(ct);
        }
    }
}
