using ListeningBot.Channels;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Hosting;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Hosting;

/// <summary>One place of a channel can't be read while its others can: told once, back once, in the ledger all the while.</summary>
public sealed class PlaceDarknessTests : IAsyncDisposable
{
    private const string Private = "It is private. Let our account in";
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly List<string> _rung = [];
    private PlaceDarkness _places;

    public PlaceDarknessTests() => _places = Places();

    [Fact]
    public async Task A_place_that_is_refused_is_told_once_and_once_more_when_it_is_back()
    {
        await LookAsync(("r/a", null), ("r/b", null));
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(10));
            await LookAsync(("r/a", null), ("r/b", Private));
        }
        Assert.Equal(["Channel \"reddit\" hears nothing of r/b: It is private. Let our account in. What else it reads is heard."], await NoticesAsync());
        Assert.Equal(new Gap(ManualClock.Start, Gap.NoEnd, Private + ".") { Fate = GapFate.Open }, Assert.Single(await LedgerAsync()).Gap);

        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(10));
            await LookAsync(("r/a", null), ("r/b", null));
        }

        Assert.Equal("Channel \"reddit\" hears r/b again; it was dark from 09:00 to 09:40 UTC. Reading goes on where it had stopped.", (await NoticesAsync())[1]);
        Assert.Equal(2, (await NoticesAsync()).Count);
        var entry = Assert.Single(await LedgerAsync());
        Assert.Equal(("reddit r/b", "reddit", "r/b", GapFate.Backfilled, ManualClock.Start.AddMinutes(40)), (entry.Channel, entry.Owner, entry.Place, entry.Gap.Fate, entry.Gap.To));
    }

    [Fact]
    public async Task A_restart_in_between_tells_neither_twice()
    {
        await LookAsync(("r/a", null), ("r/b", Private));
        await RestartAsync();
        await LookAsync(("r/a", null), ("r/b", Private));
        await RestartAsync();
        await LookAsync(("r/a", null), ("r/b", null));
        await RestartAsync();
        await LookAsync(("r/a", null), ("r/b", null));

        var notices = await NoticesAsync();
        Assert.Equal(2, notices.Count);
        Assert.Contains("nothing of r/b", notices[0], StringComparison.Ordinal);
        Assert.Contains("hears r/b again", notices[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_at_once_are_one_word_and_so_is_their_return()
    {
        var many = Enumerable.Range(10, 50).Select(i => $"r/{i}").ToList();

        await LookAsync([("r/a", null), ("r/odd", "It is gone."), .. many.Select(place => (place, (string?)Private))]);
        await LookAsync([("r/a", null), ("r/odd", null), .. many.Select(place => (place, (string?)null))]);

        Assert.Equal(
        [
            "Channel \"reddit\" hears nothing of r/10, r/11, r/12, r/13, r/14, r/15, r/16, r/17, r/18, r/19 and 40 more: It is private. Let our account in. Nor of r/odd: It is gone. What else it reads is heard.",
            "Channel \"reddit\" hears r/10, r/11, r/12, r/13, r/14, r/15, r/16, r/17, r/18, r/19 and 41 more again. Reading goes on where it had stopped.",
        ], await NoticesAsync());
        Assert.Equal(51, (await LedgerAsync()).Count);
        Assert.Equal(2, _rung.Count);
    }

    [Fact]
    public async Task Nothing_is_written_while_nothing_changes()
    {
        var store = new CountedWrites(_temp.Store);
        _places = new PlaceDarkness("reddit", store, new RoomBells(_clock), _clock, NullLogger.Instance);
        await LookAsync(("r/a", null), ("r/b", Private));
        Assert.Equal(1, store.Writes);

        for (var i = 0; i < 50; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await LookAsync(("r/a", null), ("r/b", i % 2 == 0 ? Private : $"{Private} ({i})"));
        }

        Assert.Equal(1, store.Writes);
    }

    [Fact]
    public async Task Another_cause_is_noted_and_not_told()
    {
        await LookAsync(("r/a", null), ("r/b", Private));
        _clock.Advance(TimeSpan.FromHours(2));
        await LookAsync(("r/a", null), ("r/b", "It is gone"));

        Assert.Single(await NoticesAsync());
        Assert.Equal("It is gone.", Assert.Single(await LedgerAsync()).Gap.Cause);
    }

    [Fact]
    public async Task A_place_that_was_not_looked_at_stays_as_it_was()
    {
        await LookAsync(("r/a", null), ("r/b", Private));
        await _places.LookedAsync(new PlacesLook(["r/a", "r/b"], new Dictionary<string, string?> { ["r/a"] = null }), default);

        Assert.Single(await NoticesAsync());
        Assert.True(Assert.Single(await LedgerAsync()).Gap.Lasts);
    }

    [Fact]
    public async Task A_place_that_is_no_longer_configured_is_given_up_without_a_word()
    {
        await LookAsync(("r/a", null), ("r/b", Private));
        await RestartAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        await LookAsync(("r/a", null));

        Assert.Single(await NoticesAsync());
        var gap = Assert.Single(await LedgerAsync()).Gap;
        Assert.Equal((GapFate.Lost, _clock.GetUtcNow()), (gap.Fate, gap.To));
    }

    [Fact]
    public async Task A_channel_that_is_no_longer_read_takes_its_places_with_it_and_one_that_is_read_keeps_them()
    {
        await LookAsync(("r/a", null), ("r/b", Private));
        await new Heartbeat(_temp.Store, _clock).StartAsync(["reddit"], default);
        Assert.True(Assert.Single(await LedgerAsync()).Gap.Lasts);

        await new Heartbeat(_temp.Store, _clock).StartAsync(["inbox"], default);
        Assert.False(Assert.Single(await LedgerAsync()).Gap.Lasts);
    }

    [Fact]
    public async Task A_dark_place_is_heard_as_long_as_its_channel_and_lowers_no_figure_but_its_own()
    {
        await _temp.WriteAsync(tx => tx.MoveCursor("reddit", new Cursor("1"), ManualClock.Start));
        _clock.Advance(TimeSpan.FromHours(6));
        await LookAsync(("r/a", null), ("r/b", Private));
        _clock.Advance(TimeSpan.FromHours(4));

        var heard = await _temp.ReadAsync(view => HeardTime.Of(view, "reddit", ManualClock.Start.AddDays(-1), _clock.GetUtcNow()));

        Assert.Equal(["reddit", "reddit r/b"], heard.Select(one => one.Channel));
        Assert.Equal([1, 0.6], heard.Select(one => Math.Round(HeardTime.Share([one]), 6)));
        Assert.Equal(1, HeardTime.Share(heard));
    }

    [Fact]
    public async Task What_lies_further_back_than_is_read_again_stays_lost()
    {
        await LookAsync(("general", null), ("support", Private));
        _clock.Advance(TimeSpan.FromHours(30));
        await _places.LookedAsync(new PlacesLook(["general", "support"], new Dictionary<string, string?> { ["support"] = null }) { ReadsBack = TimeSpan.FromHours(24) }, default);

        var day = ManualClock.Start.AddHours(6);
        Assert.Equal([(ManualClock.Start, day, GapFate.Lost), (day, _clock.GetUtcNow(), GapFate.Backfilled)], (await LedgerAsync()).Select(entry => (entry.Gap.From, entry.Gap.To, entry.Gap.Fate)));
        Assert.EndsWith("What was posted there in the last 24 h is read now.", (await NoticesAsync())[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_from_outside_is_one_short_line_and_long_ones_stay_apart()
    {
        var longest = "search " + new string('x', 500);
        await LookAsync(("a\r\nb\u0007\tc", Private), (longest + "1", Private), (longest + "2", null), ("r/a", null));

        var names = (await LedgerAsync()).Select(entry => entry.Place!).ToList();
        Assert.Equal(2, names.Count);
        Assert.Contains("a b c", names);
        Assert.All(names, name => Assert.InRange(name.Length, 1, 80));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_told_at_the_next_look()
    {
        var store = new CountedWrites(_temp.Store) { Fails = true };
        _places = new PlaceDarkness("reddit", store, new RoomBells(_clock), _clock, NullLogger.Instance);
        await LookAsync(("r/a", null), ("r/b", Private));
        Assert.Empty(await NoticesAsync());

        store.Fails = false;
        await LookAsync(("r/a", null), ("r/b", Private));

        Assert.Single(await NoticesAsync());
    }

    private Task LookAsync(params (string Place, string? Why)[] found) =>
        _places.LookedAsync(new PlacesLook([.. found.Select(one => one.Place)], found.ToDictionary(one => one.Place, one => one.Why)), default);

    private async Task RestartAsync()
    {
        await _temp.ReopenAsync();
        _places = Places();
    }

    private PlaceDarkness Places() => new("reddit", _temp.Store, new RoomBells(_clock) { Rung = _rung.Add }, _clock, NullLogger.Instance);

    private Task<IReadOnlyList<LedgerEntry>> LedgerAsync() => _temp.ReadAsync(view => view.GapsSince(DateTimeOffset.UnixEpoch));

    private Task<List<string>> NoticesAsync() => _temp.ReadAsync(view => Enumerable.Range(1, 60).Select(id => view.NoticeOf(id)?.Text).OfType<string>().ToList());

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private sealed class CountedWrites(IStore store) : IStore
    {
        public int Writes { get; private set; }
        public bool Fails { get; set; }

        public Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default)
        {
            Writes++;
            return Fails ? throw new IOException("the disk is full") : store.WriteAsync(work, ct);
        }

        public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default) => store.ReadAsync(work, ct);
    }
}
