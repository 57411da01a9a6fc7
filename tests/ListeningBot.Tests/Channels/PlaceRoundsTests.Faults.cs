using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Tests.Support;
using Place = ListeningBot.Channels.Place;

namespace ListeningBot.Tests.Channels;

/// <summary>Places that can't be read, beside others that can.</summary>
public sealed partial class PlaceRoundsTests
{
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
}
