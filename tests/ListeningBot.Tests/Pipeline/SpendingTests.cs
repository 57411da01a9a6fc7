using ListeningBot.Core.Pipeline;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class SpendingTests : IAsyncDisposable
{
    private const long Dollar = 1_000_000;
    private static readonly DateTimeOffset Midnight = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);
    private readonly TempStore _store = new();
    private readonly ManualClock _clock = new();
    private readonly List<string> _rung = [];
    private Spend? _shown;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task What_was_not_used_is_given_back()
    {
        var reserved = await Reserve(2 * Dollar, least: 50_000, most: 500_000);
        Assert.Equal(500_000, reserved.Amount);
        Assert.Equal(500_000, await SpentAsync());

        await Make().SettleAsync(reserved, 35_000);

        Assert.Equal(35_000, await SpentAsync());
        Assert.Equal(35_000, _shown!.Spent);
    }

    [Fact]
    public async Task What_was_reserved_and_never_settled_is_spent_also_after_a_restart()
    {
        await Reserve(2 * Dollar, 50_000, 500_000);

        await _store.ReopenAsync();

        Assert.Equal(500_000, await SpentAsync());
    }

    [Fact]
    public async Task Less_than_wished_is_better_than_nothing_and_too_little_is_nothing()
    {
        // At nine in the morning: a quarter, and 9/24 of the rest.
        var allowed = SpendPace.Allowed(2 * Dollar, ManualClock.Start);
        Assert.Equal(500_000 + (1_500_000 * 9 / 24), allowed);

        Assert.Equal(allowed, (await Reserve(2 * Dollar, 50_000, 5 * Dollar)).Amount);
        var none = await Reserve(2 * Dollar, 50_000, 5 * Dollar);

        Assert.Equal(0, none.Amount);
        _clock.Advance(none.GoesOn!.Value - _clock.GetUtcNow());
        Assert.True((await Reserve(2 * Dollar, 50_000, 5 * Dollar)).Amount >= 50_000);
    }

    [Fact]
    public async Task What_matters_less_leaves_the_rest_to_what_matters()
    {
        var half = await Reserve(2 * Dollar, 50_000, 5 * Dollar, share: 0.5);
        Assert.Equal(SpendPace.Allowed(2 * Dollar, ManualClock.Start) / 2, half.Amount);

        Assert.Equal(0, (await Reserve(2 * Dollar, 50_000, 5 * Dollar, share: 0.5)).Amount);
        Assert.Equal(half.Amount, (await Reserve(2 * Dollar, 50_000, 5 * Dollar)).Amount, tolerance: 1);
    }

    [Fact]
    public async Task What_matters_less_and_gets_nothing_does_not_show_the_channel_as_waiting()
    {
        await Reserve(2 * Dollar, 50_000, 5 * Dollar, share: 0.5);
        Assert.NotNull((await Reserve(2 * Dollar, 50_000, 5 * Dollar, share: 0.5)).GoesOn);
        Assert.Null(_shown!.GoesOn);

        await Reserve(2 * Dollar, 50_000, 5 * Dollar);
        Assert.NotNull((await Reserve(2 * Dollar, 50_000, 5 * Dollar)).GoesOn);
        Assert.NotNull(_shown!.GoesOn);
    }

    [Fact]
    public async Task Nothing_is_asked_in_the_last_minute_of_a_day_because_its_answer_would_be_of_the_next()
    {
        _clock.Advance(Midnight.AddDays(1) - TimeSpan.FromSeconds(50) - _clock.GetUtcNow());

        var none = await Reserve(2 * Dollar, 50_000, 50_000);

        Assert.Equal((0L, Midnight.AddDays(1)), (none.Amount, none.GoesOn!.Value));
    }

    [Fact]
    public async Task The_operators_are_told_at_four_fifths_and_when_nothing_is_left_once_a_day_each()
    {
        for (var day = 1; day <= 2; day++)
        {
            _clock.Advance(Midnight.AddDays(day) - TimeSpan.FromHours(1) - _clock.GetUtcNow());
            for (var i = 0; i < 8; i++)
            {
                var reserved = await Reserve(Dollar, 100_000, 250_000);
                await Make().SettleAsync(reserved, reserved.Amount);
            }
            Assert.Equal(day * 2, _rung.Count);
        }
        var notices = await _store.ReadAsync(view => new[] { view.NoticeOf(1)!, view.NoticeOf(2)!, view.NoticeOf(3)!, view.NoticeOf(4)! });
        Assert.Contains("has spent $0.9", notices[0].Text, StringComparison.Ordinal);
        Assert.Contains("has used up its budget of $1.00 for today and reads nothing more until 00:00 UTC", notices[1].Text, StringComparison.Ordinal);
        Assert.Contains("has used up", notices[3].Text, StringComparison.Ordinal);
    }

    /// <summary>Random asking, answering, crashing and waiting over some days: what the service charged on a day is never more than the budget, nor than what the hour allows.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task No_run_with_crashes_at_any_point_costs_a_day_more_than_its_budget(int seed)
    {
        var random = new Random(seed);
        var budget = random.NextInt64(200_000, 5 * Dollar);
        var charged = new Dictionary<DateOnly, long>();
        for (var step = 0; step < 400; step++)
        {
            var least = random.NextInt64(1, 60_000);
            var reserved = await Reserve(budget, least, least + random.NextInt64(0, 600_000), random.Next(2) == 0 ? 1 : 0.5);
            Assert.True(reserved.Amount == 0 ? reserved.GoesOn > _clock.GetUtcNow() : reserved.Amount >= least);
            var used = random.NextInt64(0, reserved.Amount + 1);
            if (random.Next(3) > 0)
            {
                // It was sent, and charged whatever becomes of us.
                var day = SpendPace.DayOf(_clock.GetUtcNow());
                charged[day] = charged.GetValueOrDefault(day) + used;
                Assert.True(charged[day] <= SpendPace.Allowed(budget, _clock.GetUtcNow()), $"seed {seed}, step {step}");
            }
            else
            {
                used = 0;
            }
            switch (random.Next(4))
            {
                case 0:
                    // Killed before it was settled.
                    await _store.ReopenAsync();
                    break;
                case 1 when reserved.Amount == 0:
                    _clock.Advance(reserved.GoesOn!.Value - _clock.GetUtcNow());
                    break;
                default:
                    await Make().SettleAsync(reserved, used);
                    break;
            }
            _clock.Advance(TimeSpan.FromSeconds(random.Next(0, 1500)));
        }
        Assert.True(charged.Count > 2);
        Assert.All(charged.Values, cost => Assert.InRange(cost, 0, budget));
    }

    [Fact]
    public async Task A_verb_that_counts_nothing_spends_nothing()
    {
        var refused = await Assert.ThrowsAsync<ChannelException>(() => new NoSpending().ReserveAsync(Dollar, 1, 1, 1, CancellationToken.None));
        Assert.Contains("costs money", refused.Message, StringComparison.Ordinal);
    }

    private Spending Make() => new("x", _store.Store, _clock, _rung.Add, spend => _shown = spend);

    private Task<Reserved> Reserve(long budget, long least, long most, double share = 1) => Make().ReserveAsync(budget, least, most, share, CancellationToken.None);

    private Task<long> SpentAsync() => _store.ReadAsync(view => view.SpentOn("x", SpendPace.DayOf(_clock.GetUtcNow())));
}
