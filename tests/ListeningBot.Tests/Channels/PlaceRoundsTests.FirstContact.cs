using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Tests.Support;
using Place = ListeningBot.Channels.Place;

namespace ListeningBot.Tests.Channels;

/// <summary>A place that is read for the first time: what it shows is old, what comes later is news.</summary>
public sealed partial class PlaceRoundsTests
{
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
}
