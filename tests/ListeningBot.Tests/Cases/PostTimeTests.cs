using ListeningBot.Core.Cases;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cases;

public sealed class PostTimeTests
{
    private static readonly DateTimeOffset Seen = ManualClock.Start;

    [Fact]
    public void The_source_is_believed_within_thirty_days_before_we_saw_it()
    {
        Assert.Equal(Seen - TimeSpan.FromHours(3), PostTime.Clamp(Seen - TimeSpan.FromHours(3), Seen));
        Assert.Equal(Seen, PostTime.Clamp(Seen + TimeSpan.FromMinutes(1), Seen));
        Assert.Equal(Seen, PostTime.Clamp(DateTimeOffset.MaxValue, Seen));
        Assert.Equal(Seen - TimeSpan.FromDays(30), PostTime.Clamp(DateTimeOffset.UnixEpoch, Seen));
        Assert.Equal(Seen - TimeSpan.FromDays(30), PostTime.Clamp(DateTimeOffset.MinValue, Seen));
        Assert.Equal(Seen, PostTime.Clamp(null, Seen));
    }
}
