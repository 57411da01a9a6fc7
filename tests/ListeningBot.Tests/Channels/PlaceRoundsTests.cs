using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Posts;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Place = ListeningBot.Channels.Place;

namespace ListeningBot.Tests.Channels;

/// <summary>Places of an imagined service, read page by page, with faults and restarts anywhere.</summary>
public sealed partial class PlaceRoundsTests
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
