using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Net;

public sealed class WebBodyTests
{
    [Theory]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", false)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", false)]
    [InlineData("Sun, 22 Nov 2026 18:00:00 GMT", true)]
    [InlineData("Sat, 22 Nov 2031 18:00:00 GMT", true)]
    public async Task A_services_clock_that_is_no_clock_is_not_gone_by(string date, bool isBelieved)
    {
        using var response = new HttpResponseMessage { Content = new ByteArrayContent([]) };
        response.Headers.TryAddWithoutValidation("Date", date);
        var local = new ManualClock();

        var answer = await WebBody.ReadAsync(response, new Uri("https://api.example/"), 1000, local.GetUtcNow(), CancellationToken.None);
        var clock = new SteadyClock(local);
        clock.Set(answer.Date ?? local.GetUtcNow());
        local.Advance(TimeSpan.FromSeconds(1));

        // As channels reckon with it before they ask again: what throws here throws for ever, because only an answer sets the clock right.
        Assert.True(clock.GetUtcNow() - TimeSpan.FromDays(1) < clock.GetUtcNow());
        Assert.Equal(isBelieved, answer.Date is not null);
    }
}
