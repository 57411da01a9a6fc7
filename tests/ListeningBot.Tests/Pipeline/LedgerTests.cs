using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class LedgerTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private readonly TempStore _temp = new();

    [Fact]
    public void Gaps_that_overlap_count_once_and_quiet_ones_not_at_all() => Assert.Equal(
        TimeSpan.FromHours(5),
        Ledger.Dark([Gap(-30, -22), Gap(-4, -1), Gap(-3, -2), Gap(-2, 0), Gap(-20, 0) with { Quiet = true }, Gap(-1, 100)], Now.AddHours(-24), Now) - TimeSpan.FromHours(1));

    [Fact]
    public async Task A_whole_gap_that_turns_out_to_be_lost_stands_there_once()
    {
        await _temp.WriteAsync(tx => tx.AddGap("posts", Gap(-2, -1) with { Fate = GapFate.Backfilled }, Now));

        await _temp.WriteAsync(tx => Ledger.Add(tx, "posts", Gap(-3, 0), Now));

        Assert.Equal([Gap(-3, 0)], await GapsAsync());
    }

    [Fact]
    public async Task A_gap_of_another_channel_and_a_quiet_one_stay_as_they_are()
    {
        await _temp.WriteAsync(tx => tx.AddGap("other", Gap(-2, -1) with { Fate = GapFate.Backfilled }, Now));
        await _temp.WriteAsync(tx => tx.AddGap("posts", Gap(-2, -1) with { Fate = GapFate.Unknown, Quiet = true }, Now));

        await _temp.WriteAsync(tx => Ledger.Add(tx, "posts", Gap(-3, 0), Now));

        Assert.Equal(3, (await _temp.ReadAsync(view => view.GapsSince(Now.AddDays(-1)))).Count);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_is_lost_of_it_the_dark_time_stays_the_same_and_is_told_once(int seed)
    {
        var random = new Random(seed);
        Gap Any() => random.Next(200) is var from ? Minutes(from, from + random.Next(1, 200)) : null!;
        var (hoped, lost) = (Any() with { Fate = GapFate.Backfilled }, Any());

        await _temp.WriteAsync(tx =>
        {
            tx.AddGap("posts", hoped, Now);
            Ledger.Add(tx, "posts", lost, Now);
        });

        var gaps = await GapsAsync();
        Assert.Equal(Ledger.Dark([hoped, lost], Now, Now.AddDays(1)), Ledger.Dark(gaps, Now, Now.AddDays(1)));
        Assert.Equal(Ledger.Dark([hoped, lost], Now, Now.AddDays(1)), gaps.Aggregate(TimeSpan.Zero, (sum, gap) => sum + (gap.To - gap.From)));
    }

    [Fact]
    public async Task Of_a_clock_that_was_set_back_no_gap_ends_before_it_began()
    {
        await _temp.WriteAsync(tx => tx.AddGap("posts", Gap(2, 3) with { To = Core.Posts.Gap.NoEnd, Fate = GapFate.Open }, Now));

        await _temp.WriteAsync(tx => { Ledger.Settle(tx, "posts", gave: true, Now); });

        Assert.Equal(TimeSpan.Zero, Assert.Single(await GapsAsync()) is var gap ? gap.To - gap.From : default);
    }

    [Fact]
    public async Task The_time_heard_is_counted_from_first_contact_and_goes_on_being_dark_while_the_program_does_not_run()
    {
        await _temp.WriteAsync(tx =>
        {
            tx.MoveCursor("blog", new Cursor("1"), Now.AddHours(-10));
            tx.AddGap("blog", Gap(-4, -3) with { Fate = GapFate.Backfilled }, Now);
            tx.AddGap("inbox", Gap(-10, 0) with { To = Core.Posts.Gap.NoEnd, Fate = GapFate.Open }, Now);
            tx.KeepDocument("last heartbeat", Now.AddHours(-1).ToString("O"), Now);
        });

        var heard = await _temp.ReadAsync(view => HeardTime.Of(view, null, Now.AddDays(-7), Now));

        Assert.Equal([new HeardTime("blog", Now.AddHours(-10), Now, TimeSpan.FromHours(2)), new HeardTime("inbox", Now.AddHours(-10), Now, TimeSpan.FromHours(10))], heard);
        Assert.Equal(0.4, HeardTime.Share(heard), 6);
    }

    private static Gap Gap(int fromHours, int toHours) => new(Now.AddHours(fromHours), Now.AddHours(toHours), "cut off");

    private static Gap Minutes(int from, int to) => new(Now.AddMinutes(from), Now.AddMinutes(to), "cut off");

    private async Task<IReadOnlyList<Gap>> GapsAsync() => [.. (await _temp.ReadAsync(view => view.GapsSince(Now.AddDays(-2)))).Select(entry => entry.Gap)];

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
