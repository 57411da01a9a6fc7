using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Place = ListeningBot.Channels.Place;

namespace ListeningBot.Tests.Channels;

/// <summary>Places of an imagined service, read page by page, with faults and restarts anywhere.</summary>
public sealed class PlaceRoundsTests
{
    private readonly ManualClock _clock = new();
    private readonly CollectedLogs _logs = new();
    private readonly List<Post> _posts = [];
    private readonly List<PlacesLook> _looks = [];
    private Cursor? _cursor;
    private int _asked;
    private bool _over;
    private Exception? _fault;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Nothing_is_lost_or_doubled_wherever_reading_breaks_off(int seed)
    {
        var random = new Random(seed);
        var place = Paged("r/x", 5);
        var heard = new List<string>();
        for (var round = 0; round < 60; round++)
        {
            for (var i = random.Next(12); i > 0; i--)
            {
                _clock.Advance(TimeSpan.FromSeconds(random.Next(1, 90)));
                Write($"{_posts.Count}");
            }
            await ReadAsync(new PlaceRounds(Context(), 100), [place], heard, batches: random.Next(1, 6), faultAt: random.Next(8));
        }
        await ReadAsync(new PlaceRounds(Context(), 100), [place], heard, batches: 400, faultAt: -1);

        Assert.Equal(_posts.Select(post => post.Key.Id).Order(), heard.Order());
    }

    [Fact]
    public async Task What_comes_up_from_below_because_something_newer_went_is_no_news()
    {
        for (var day = 10; day > 0; day--)
        {
            Write($"old {day}", _clock.GetUtcNow() - TimeSpan.FromDays(day));
        }
        var rounds = new PlaceRounds(Context(), 1);
        await foreach (var first in rounds.ReadAsync(ServiceCursor.Parse(null, "x"), [Paged("r/x", 5)], () => TimeSpan.Zero, default))
        {
            Assert.True(first.FirstContact);
            _cursor = first.Next;
            break;
        }
        _posts.RemoveAt(_posts.Count - 1);
        Write("new");
        _posts.RemoveAt(_posts.Count - 2);

        List<(string Id, bool First)> heard = [];
        await foreach (var batch in rounds.ReadAsync(ServiceCursor.Parse(_cursor, "x"), [Paged("r/x", 5)], () => TimeSpan.Zero, default))
        {
            heard.AddRange(Enumerable.Range(0, batch.Count).Select(i => (batch.KeyAt(i).Id, batch.FirstContact)));
            if (heard.Any(one => one.Id == "new"))
            {
                break;
            }
        }

        Assert.Contains(("new", false), heard);
        Assert.All(heard.Where(one => one.Id.StartsWith("old", StringComparison.Ordinal)), one => Assert.True(one.First, one.Id));
        Assert.Contains(heard, one => one.Id.StartsWith("old", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_first_answer_leaves_the_place_at_its_first_contact()
    {
        var heard = new List<string>();
        await ReadAsync(new PlaceRounds(Context(), 3), [Paged("us/1", 50)], heard, batches: 2, faultAt: -1);
        Write("months ago", _clock.GetUtcNow() - TimeSpan.FromDays(90));

        await foreach (var batch in new PlaceRounds(Context(), 3).ReadAsync(ServiceCursor.Parse(_cursor, "x"), [Paged("us/1", 50)], () => TimeSpan.Zero, default))
        {
            Assert.Equal((1, true), (batch.Count, batch.FirstContact));
            break;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(72)]
    public async Task What_is_posted_at_a_place_that_was_empty_is_news_also_when_it_is_read_days_later(int secondLookAfterHours)
    {
        await ReadAsync(new PlaceRounds(Context(), 3), [Paged("us/1", 50)], [], batches: 1, faultAt: -1);
        _clock.Advance(TimeSpan.FromHours(secondLookAfterHours));
        await ReadAsync(new PlaceRounds(Context(), 3), [Paged("us/1", 50)], [], batches: 1, faultAt: -1);
        Write("old", ManualClock.Start - TimeSpan.FromDays(3));
        Write("meanwhile", ManualClock.Start + TimeSpan.FromDays(1));
        _clock.Advance(TimeSpan.FromHours(96 - secondLookAfterHours));
        Write("now");

        Assert.Equal([("meanwhile", false), ("old", true), ("now", true)], await FirstsAsync(3, Paged("us/1", 50)));
    }

    [Fact]
    public async Task A_first_contact_that_was_broken_off_for_days_leaves_nothing_posted_meanwhile_unheard()
    {
        for (var i = 0; i < 10; i++)
        {
            Write($"{i}", _clock.GetUtcNow() - TimeSpan.FromHours(10 - i));
        }
        await ReadAsync(new PlaceRounds(Context(), 3), [Paged("r/x", 5)], [], batches: 1, faultAt: -1);
        _clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(Enumerable.Range(0, 5).Select(i => ($"{i}", false)), await FirstsAsync(5, Paged("r/x", 5)));
    }

    /// <summary>So many posts, each with whether it came as at a first contact.</summary>
    private async Task<List<(string Id, bool First)>> FirstsAsync(int posts, Place place)
    {
        List<(string Id, bool First)> heard = [];
        await foreach (var batch in new PlaceRounds(Context(), 9).ReadAsync(ServiceCursor.Parse(_cursor, "x"), [place], () => TimeSpan.Zero, default))
        {
            heard.AddRange(Enumerable.Range(0, batch.Count).Select(i => (batch.KeyAt(i).Id, batch.FirstContact)));
            if (heard.Count >= posts)
            {
                break;
            }
        }
        return heard;
    }

    [Fact]
    public async Task An_empty_answer_later_deletes_nothing_and_repeats_nothing()
    {
        Write("one");
        var heard = new List<string>();
        var place = Paged("us/1", 50);
        await ReadAsync(new PlaceRounds(Context(), 3), [place], heard, batches: 1, faultAt: -1);
        var kept = _posts.ToList();
        _posts.Clear();
        await ReadAsync(new PlaceRounds(Context(), 3), [place], heard, batches: 3, faultAt: -1);
        _posts.AddRange(kept);
        await ReadAsync(new PlaceRounds(Context(), 3), [place], heard, batches: 3, faultAt: -1);

        Assert.Equal(["one"], heard);
    }

    [Fact]
    public async Task More_than_is_read_at_once_is_told_as_a_gap()
    {
        Write("start");
        await ReadAsync(new PlaceRounds(Context(), 3), [Paged("r/x", 5)], [], batches: 1, faultAt: -1);
        for (var i = 0; i < 40; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            Write($"{i}");
        }

        List<Gap> gaps = [];
        var heard = 0;
        await foreach (var batch in new PlaceRounds(Context(), 3).ReadAsync(ServiceCursor.Parse(_cursor, "x"), [Paged("r/x", 5)], () => TimeSpan.Zero, default))
        {
            heard += batch.Count;
            gaps.AddRange(batch.Gap is { } gap ? [gap] : []);
            if (heard >= 15)
            {
                break;
            }
        }

        var missed = Assert.Single(gaps);
        Assert.Equal((ManualClock.Start, ManualClock.Start + TimeSpan.FromMinutes(26), GapFate.Lost), (missed.From, missed.To, missed.Fate));
    }

    /// <summary>Services show some hundred of the newest and then end the list, as if there were no more.</summary>
    [Fact]
    public async Task What_a_list_that_ends_too_soon_does_not_show_is_told_as_a_gap()
    {
        await StartedAndBusyAsync(minutes: 40);

        var (heard, gap) = await VisitAsync(Paged("r/x", 5, most: 15));

        Assert.Equal(15, heard.Count);
        Assert.Equal((ManualClock.Start, ManualClock.Start + TimeSpan.FromMinutes(26), "r/x had more new posts than it shows"), (gap!.From, gap.To, gap.Cause));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(48)]
    public async Task What_stood_behind_an_empty_page_is_heard_once_it_is_shown(int hoursLater)
    {
        await StartedAndBusyAsync(minutes: 12);
        _clock.Advance(TimeSpan.FromHours(hoursLater));
        var (rounds, empty) = (Rounds(), Paged("r/x", 5, empty: 5));
        var (first, gap) = await VisitAsync(empty, rounds);
        var (second, none) = await VisitAsync(Paged("r/x", 5), rounds);

        Assert.Equal((5, 7), (first.Count, second.Count));
        Assert.Null(gap ?? none);
    }

    [Fact]
    public async Task What_stood_behind_a_page_that_stays_empty_for_a_day_is_told_as_a_gap()
    {
        await StartedAndBusyAsync(minutes: 12);
        var (rounds, empty) = (Rounds(), Paged("r/x", 5, empty: 5));
        Assert.Null((await VisitAsync(empty, rounds)).Gap);
        _clock.Advance(TimeSpan.FromHours(25));

        Assert.Equal(ManualClock.Start, (await VisitAsync(empty, rounds)).Gap?.From);
        Assert.Null((await VisitAsync(empty, rounds)).Gap);
    }

    private PlaceRounds Rounds() => new(new ChannelContext("places", new WebReader(new HttpSettings(), _clock), _clock, _logs, (_, _) => { _over = true; return Task.CompletedTask; }), 100);

    private async Task StartedAndBusyAsync(int minutes)
    {
        Write("start");
        await ReadAsync(new PlaceRounds(Context(), 100), [Paged("r/x", 5)], [], batches: 1, faultAt: -1);
        for (var i = 0; i < minutes; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            Write($"{i}");
        }
    }

    /// <summary>To its end, which is a pause.</summary>
    private async Task<(List<string> Heard, Gap? Gap)> VisitAsync(Place place, PlaceRounds? rounds = null)
    {
        var (heard, gap) = (new List<string>(), (Gap?)null);
        _over = false;
        await foreach (var batch in (rounds ?? Rounds()).ReadAsync(ServiceCursor.Parse(_cursor, "x"), [place], () => TimeSpan.Zero, default))
        {
            if (_over)
            {
                break;
            }
            heard.AddRange(Enumerable.Range(0, batch.Count).Select(i => batch.KeyAt(i).Id));
            (_cursor, gap) = (batch.Next, batch.Gap ?? gap);
        }
        return (heard, gap);
    }

    [Fact]
    public async Task One_wrong_date_neither_ends_the_reading_nor_hides_what_comes_after()
    {
        Write("start");
        var heard = new List<string>();
        await ReadAsync(new PlaceRounds(Context(), 9), [Paged("r/x", 4)], heard, batches: 1, faultAt: -1);
        Write("far ahead", _clock.GetUtcNow() + TimeSpan.FromDays(900));
        Write("long ago", DateTimeOffset.UnixEpoch);
        await ReadAsync(new PlaceRounds(Context(), 9), [Paged("r/x", 4)], heard, batches: 4, faultAt: -1);
        for (var i = 0; i < 6; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            Write($"{i}");
        }
        await ReadAsync(new PlaceRounds(Context(), 9), [Paged("r/x", 4)], heard, batches: 8, faultAt: -1);

        Assert.Equal(_posts.Select(post => post.Key.Id).Order(), heard.Order());
    }

    [Fact]
    public async Task A_place_that_always_fails_keeps_no_other_from_its_turn()
    {
        var bad = new Place("bad", (_, _, _) => throw new ChannelException("It hangs."));
        Write("one");
        var rounds = new PlaceRounds(Context(), 3);
        var heard = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<ChannelException>(() => ReadAsync(rounds, [Paged("a", 5), bad, Paged("c", 5)], heard, batches: 50, faultAt: -1));
        }

        Assert.Equal(["one", "one"], heard);
    }

    [Fact]
    public async Task A_place_that_is_refused_alone_is_told_once_and_passed_over_and_all_refused_are_a_fault()
    {
        var closed = new Place("r/closed", (_, _, _) => throw new PlaceRefusedException("It is private."));
        Write("one");
        var heard = new List<string>();
        await ReadAsync(new PlaceRounds(Context(), 3), [closed, Paged("r/x", 5)], heard, batches: 9, faultAt: -1);

        Assert.Equal(["one"], heard);
        Assert.Single(_logs.Text.Split('\n'), line => line.Contains("hears nothing of r/closed", StringComparison.Ordinal));
        await Assert.ThrowsAsync<PlaceRefusedException>(() => ReadAsync(new PlaceRounds(Context(), 3), [closed], heard, batches: 9, faultAt: -1));
    }

    [Fact]
    public async Task What_is_shown_days_late_among_what_was_read_is_news()
    {
        Write("older", _clock.GetUtcNow() - TimeSpan.FromDays(5));
        Write("newer", _clock.GetUtcNow() - TimeSpan.FromMinutes(5));
        var rounds = new PlaceRounds(Context(), 3);
        await ReadAsync(rounds, [Paged("us/1", 50)], [], batches: 1, faultAt: -1);
        _posts.Insert(1, Some.Post("held back for two days", "late") with { Posted = _clock.GetUtcNow() - TimeSpan.FromDays(2) });

        List<(string Id, bool First)> heard = [];
        await foreach (var batch in rounds.ReadAsync(ServiceCursor.Parse(_cursor, "x"), [Paged("us/1", 50)], () => TimeSpan.Zero, default))
        {
            heard.AddRange(Enumerable.Range(0, batch.Count).Select(i => (batch.KeyAt(i).Id, batch.FirstContact)));
            if (heard.Count > 0)
            {
                break;
            }
        }

        Assert.Equal([("late", false)], heard);
    }

    [Fact]
    public async Task An_empty_page_between_others_ends_nothing()
    {
        Write("start");
        await ReadAsync(new PlaceRounds(Context(), 9), [Paged("video", 4)], [], batches: 1, faultAt: -1);
        for (var i = 0; i < 8; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            Write($"{i}");
        }
        var whole = Paged("video", 4);
        var place = whole with { AskAsync = (next, seen, ct) => next switch { null or "0" => whole.AskAsync(next, seen, ct), "4" => Task.FromResult(new PlacePage([], [], "4 really")), _ => whole.AskAsync(next.Split(' ')[0], seen, ct) } };
        var heard = new List<string>();
        await ReadAsync(new PlaceRounds(Context(), 9), [place], heard, batches: 5, faultAt: -1);

        Assert.Equal(8, heard.Count);
    }

    [Fact]
    public async Task What_is_dated_alike_is_all_heard_once_though_it_shows_up_one_after_the_other()
    {
        var heard = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            Write($"{i}");
            await ReadAsync(new PlaceRounds(Context(), 9), [Paged("r/x", 5)], heard, batches: 3, faultAt: -1);
        }

        Assert.Equal(_posts.Select(post => post.Key.Id).Order(), heard.Order());
    }

    [Fact]
    public async Task A_place_that_is_added_later_has_a_first_contact_of_its_own()
    {
        Write("old", _clock.GetUtcNow() - TimeSpan.FromDays(3));
        await ReadAsync(new PlaceRounds(Context(), 3), [Paged("a", 5)], [], batches: 1, faultAt: -1);
        List<(int Count, bool First)> batches = [];
        await foreach (var batch in new PlaceRounds(Context(), 3).ReadAsync(ServiceCursor.Parse(_cursor, "x"), [Paged("a", 5), Paged("b", 5)], () => TimeSpan.Zero, default))
        {
            batches.Add((batch.Count, batch.FirstContact));
            if (batches.Count == 4)
            {
                break;
            }
        }

        Assert.Equal([(0, false), (1, true), (0, false), (0, false)], batches);
    }

    [Fact]
    public void Fifty_places_that_are_full_make_a_cursor_of_less_than_half_a_megabyte()
    {
        var cursor = ServiceCursor.Parse(null, "x");
        for (var place = 0; place < 50; place++)
        {
            for (var page = 0; page < 8; page++)
            {
                var at = _clock.GetUtcNow() + TimeSpan.FromMinutes(page);
                var visit = new PlaceVisit(cursor, "r/" + place, 10, at);
                var shown = Enumerable.Range(page * 100, 100).Reverse().Select(n => Some.Post($"words {n}", $"{place} {n}") with { Posted = at }).Select(post => new PostChange(ChangeKind.Added, post.Key, post)).ToList();
                Assert.All(visit.Take(new PlacePage(shown, [], null)).ToList(), batch => Assert.Equal(100, batch.Count));
            }
        }

        Assert.InRange(cursor.ToCursor().Value.Length, 0, 500_000);
    }

    [Fact]
    public async Task What_one_round_found_is_told_together_also_when_its_last_place_always_fails()
    {
        var closed = new[] { "r/closed", "r/gone" }.Select(name => new Place(name, (_, _, _) => throw new PlaceRefusedException($"{name} is private.")));
        var bad = new Place("bad", (_, _, _) => throw new ChannelException("It hangs."));
        Place[] places = [Paged("r/x", 5), .. closed, bad];
        var rounds = new PlaceRounds(Context(), 3);

        await Assert.ThrowsAsync<ChannelException>(() => ReadAsync(rounds, places, [], batches: 50, faultAt: -1));
        Assert.Empty(_looks);
        await Assert.ThrowsAsync<ChannelException>(() => ReadAsync(rounds, places, [], batches: 50, faultAt: -1));

        var look = Assert.Single(_looks);
        Assert.Equal(["r/x", "r/closed", "r/gone", "bad"], look.All);
        Assert.Equal([("r/closed", "r/closed is private."), ("r/gone", "r/gone is private."), ("r/x", null)], look.Found.Select(one => (one.Key, one.Value)).Order());
    }

    [Fact]
    public async Task While_none_can_be_read_the_whole_channel_is_dark_and_no_place_is_told_of()
    {
        var closed = new[] { "r/closed", "r/gone" }.Select(name => new Place(name, (_, _, _) => throw new PlaceRefusedException("It is private."))).ToList();
        var rounds = new PlaceRounds(Context(), 3);
        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<PlaceRefusedException>(() => ReadAsync(rounds, closed, [], batches: 50, faultAt: -1));
        }

        Assert.Empty(_looks);
    }

    /// <summary>Reads until so many batches were stored; the place fails when it was asked so often.</summary>
    private async Task ReadAsync(PlaceRounds rounds, IReadOnlyList<Place> places, List<string> heard, int batches, int faultAt)
    {
        (_asked, _fault) = (faultAt, faultAt < 0 ? null : new WebFaultException(WebFault.CutOff, "cut off"));
        try
        {
            await foreach (var batch in rounds.ReadAsync(ServiceCursor.Parse(_cursor, "x"), places, () => TimeSpan.Zero, default))
            {
                heard.AddRange(Enumerable.Range(0, batch.Count).Select(i => batch.KeyAt(i).Id));
                _cursor = batch.Next;
                if (--batches == 0)
                {
                    return;
                }
            }
        }
        catch (WebFaultException)
        {
            // It was cut off: the next reading goes on from the last stored cursor.
        }
    }

    /// <param name="most">How many are shown at all.</param>
    /// <param name="empty">From this one on nothing is shown for now; 0: all is.</param>
    private Place Paged(string name, int size, int most = int.MaxValue, int empty = 0) => new(name, (next, _, _) =>
    {
        if (_fault is { } fault && _asked-- == 0)
        {
            throw fault;
        }
        var from = next is null ? 0 : int.Parse(next);
        if (empty > 0 && from == empty)
        {
            return Task.FromResult(new PlacePage([], [], null));
        }
        var newest = Enumerable.Reverse(_posts).Take(most).ToList();
        var page = newest.Skip(from).Take(size).Select(post => new PostChange(ChangeKind.Added, post.Key, post)).ToList();
        return Task.FromResult(new PlacePage(page, [], from + size < newest.Count ? $"{from + size}" : null));
    });

    private void Write(string id, DateTimeOffset? at = null) => _posts.Add(Some.Post("words of " + id, id) with { Posted = at ?? _clock.GetUtcNow() });

    private ChannelContext Context() => new("places", new WebReader(new HttpSettings(), _clock), _clock, _logs, (_, _) => Task.CompletedTask)
    {
        Looked = (look, _) =>
        {
            _looks.Add(look);
            return Task.CompletedTask;
        },
    };
}
