using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Place = ListeningBot.Channels.Place;

namespace ListeningBot.Tests.Channels;

/// <summary>What a place does not show, or not yet.</summary>
public sealed partial class PlaceRoundsTests
{
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
}
