using ListeningBot.Channels.StackExchange;

namespace ListeningBot.Tests.Channels.StackExchange;

public sealed class StackExchangePaceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_days_requests_last_until_midnight(int seed)
    {
        var random = new Random(seed);
        var every = TimeSpan.FromMinutes(15);
        for (var i = 0; i < 2000; i++)
        {
            var now = new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(86_400));
            var (left, perLook) = (random.Next(random.Next(1, 12_000)), random.Next(1, 300));

            var pause = StackExchangePace.Pause(every, perLook, left, now);

            var rest = now.Date.AddDays(1) - now.DateTime;
            Assert.InRange(pause, every, TimeSpan.FromDays(1));
            Assert.True(left * 0.8 < perLook || Math.Floor((rest / pause) + 1e-9) * perLook <= left * 0.8, $"{left} left, {perLook} a look, at {now:t}: {pause}");
        }
    }

    [Fact]
    public void Nobody_waits_longer_than_configured_while_there_is_plenty()
    {
        var now = new DateTimeOffset(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromMinutes(15), StackExchangePace.Pause(TimeSpan.FromMinutes(15), 3, 9000, now));
        Assert.Equal(TimeSpan.FromMinutes(15), StackExchangePace.Pause(TimeSpan.FromMinutes(15), 3, null, now));
    }
}
