namespace ListeningBot.IntegrationTests.Channels;

/// <summary>What a channel promises whose service speaks HTTP: it can forbid, and say how long to wait.</summary>
public abstract class WebServiceContractTests : ServiceContractTests
{
    [Fact]
    public Task What_is_forbidden_needs_an_operator() => NeedsAnOperator(Trouble.Forbidden);

    [Fact]
    public async Task A_service_that_asks_for_a_pause_gets_it()
    {
        await using var rig = await Troubled(Trouble.RateLimited);
        var listener = await HasFailed(rig);

        Assert.InRange(listener.Faults[0].After ?? TimeSpan.Zero, ChannelRig.RateLimitWait - TimeSpan.FromSeconds(2), ChannelRig.RateLimitWait + TimeSpan.FromSeconds(2));
        Assert.False(listener.Faults[0].NeedsOperator);
        await IsHeardAgain(rig, listener);
    }
}
