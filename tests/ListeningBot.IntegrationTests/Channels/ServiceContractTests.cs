namespace ListeningBot.IntegrationTests.Channels;

/// <summary>What a channel promises that asks a service over the network, by whatever protocol.</summary>
public abstract class ServiceContractTests : ChannelContractTests
{
    [Fact]
    public async Task Cancelling_ends_the_reading_of_a_service_that_hangs()
    {
        await using var rig = await Troubled(Trouble.Hang);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), TimeProvider.System);

        await EndsAsync(new Listener(rig).ReadAsync(_ => false, stop.Token));
    }

    [Fact]
    public Task A_refused_sign_in_needs_an_operator() => NeedsAnOperator(Trouble.Unauthorized);

    [Theory]
    [InlineData(Trouble.RateLimitedWithoutWait)]
    [InlineData(Trouble.ServerError)]
    [InlineData(Trouble.Hang)]
    [InlineData(Trouble.CutOff)]
    [InlineData(Trouble.Garbage)]
    public async Task A_trouble_that_passes_is_told_and_outlived(Trouble trouble)
    {
        await using var rig = await Troubled(trouble);
        var listener = await HasFailed(rig);

        Assert.False(listener.Faults[0].NeedsOperator && trouble != Trouble.Garbage, "It may pass by itself: " + listener.Faults[0].Message);
        await IsHeardAgain(rig, listener);
    }

    [Fact]
    public async Task An_empty_answer_is_no_loss()
    {
        await using var rig = await Troubled(Trouble.Empty);
        var listener = new Listener(rig);
        await listener.UntilAsync(l => l.Batches > 0 || l.Faults.Count > 0);

        Assert.Empty(listener.Posts);
        await IsHeardAgain(rig, listener);
    }

    protected async Task NeedsAnOperator(Trouble trouble)
    {
        await using var rig = await Troubled(trouble);
        var listener = await HasFailed(rig);

        Assert.True(listener.Faults[0].NeedsOperator, "Trying again does not help: " + listener.Faults[0].Message);
        await IsHeardAgain(rig, listener);
    }

    /// <summary>A service with one item, which now misbehaves.</summary>
    protected async Task<ChannelRig> Troubled(Trouble trouble)
    {
        var rig = await StartAsync();
        await rig.OfferAsync(Items(1, 1));
        await rig.BehaveAsync(trouble);
        return rig;
    }

    protected static async Task<Listener> HasFailed(ChannelRig rig)
    {
        var listener = new Listener(rig);
        await listener.UntilAsync(l => l.Faults.Count > 0);
        return listener;
    }

    protected static async Task IsHeardAgain(ChannelRig rig, Listener listener)
    {
        await rig.BehaveAsync(Trouble.None);
        await rig.OfferAsync(Items(2, 2));
        await listener.UntilAsync(HasHeard(1, 3));
        Assert.True(rig.MayRepeat || Enumerable.Range(1, 3).All(n => listener.Heard(Word(n)) == 1), "Something came twice.");
    }
}
