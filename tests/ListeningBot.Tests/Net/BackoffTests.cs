using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Net;

public sealed class BackoffTests
{
    [Fact]
    public void A_pause_doubles_with_each_failure_up_to_its_cap()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5), new Random(1));

        for (var failures = 1; failures < 2000; failures += failures < 20 ? 1 : 97)
        {
            var whole = Math.Min(2 * Math.Pow(2, failures - 1), 300);
            Assert.InRange(backoff.Next(failures).TotalSeconds, whole / 2, whole);
        }
        Assert.Equal(TimeSpan.Zero, backoff.Next(0));
        Assert.InRange(backoff.Next(int.MaxValue), TimeSpan.FromSeconds(150), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void Many_that_fail_together_do_not_come_back_together()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), new Random(2));

        Assert.True(Enumerable.Range(0, 100).Select(_ => backoff.Next(3)).Distinct().Count() > 90);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 1.5 ", 1.5)]
    [InlineData("-5", 0)]
    [InlineData("99999999999999999999", 86400)]
    [InlineData("Mon, 02 Nov 2026 09:00:30 GMT", 30)]
    [InlineData("Mon, 02 Nov 2026 08:00:00 GMT", 0)]
    [InlineData("Mon, 02 Nov 2099 08:00:00 GMT", 86400)]
    public void Retry_after_is_read_in_both_forms(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, ManualClock.Start));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("NaN")]
    public void A_retry_after_that_says_nothing_is_none(string? value) => Assert.Null(RetryAfter.Parse(value, ManualClock.Start));
}
