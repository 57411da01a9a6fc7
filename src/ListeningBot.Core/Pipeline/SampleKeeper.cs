namespace ListeningBot.Core.Pipeline;

/// <summary>Keeps the sample of unmatched posts within its limits, in short transactions. Where it is too large, the channel with the most posts gives way: of two posts one stays and stands for both.</summary>
public sealed class SampleKeeper(IStore store, Sampler sampler, TimeProvider time)
{
    /// <summary>Rows of one transaction.</summary>
    private const int Step = 200;

    public async Task TrimAsync(CancellationToken ct)
    {
        int removed;
        do
        {
            var limits = sampler.Limits;
            var before = limits.Size == 0 ? DateTimeOffset.MaxValue : time.GetUtcNow().AddDays(-limits.Days);
            removed = await store.ReadAsync(view => view.SampleIsWithin(before, limits.Size), ct)
                ? 0
                : await store.WriteAsync(tx => tx.AgeSample(before, Step) is var aged and > 0 ? aged : tx.ThinSample(limits.Size, Step), ct);
        }
        while (removed > 0);
    }
}
