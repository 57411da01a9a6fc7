using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>Records what was heard as a whole. With an item that can't be recorded it is recorded item by item; that one is kept aside, and the rest goes on.</summary>
/// <param name="write">Records a harvest in one transaction.</param>
internal sealed class HarvestRecording(string channel, IStore store, Func<Harvest, CancellationToken, Task> write, TimeProvider time, ILogger log)
{
    public async Task RecordAsync(Harvest harvest, CancellationToken ct)
    {
        try
        {
            await write(harvest, ct);
        }
        catch (Exception e) when (e is not (IOException or OperationCanceledException))
        {
            log.BatchSplit(e, channel);
            foreach (var part in harvest.Apart())
            {
                await RecordPartAsync(part, ct);
            }
            // The sample is worth less than the cursor: should one of it be what can't be recorded, none of it holds up the channel.
            await write(harvest with { Heard = [], Gone = [], Unmatched = [] }, ct);
        }
    }

    private async Task RecordPartAsync(Harvest part, CancellationToken ct)
    {
        try
        {
            await write(part, ct);
        }
        catch (Exception e) when (e is not (IOException or OperationCanceledException))
        {
            log.ItemKeptAside(e, channel, part.Describe());
            var letter = DeadLetters.Of(channel, part.Changes().Single(), $"can't be recorded ({e.GetType().Name})");
            await store.WriteAsync(tx => { tx.AddDead(letter, time.GetUtcNow()); return 0; }, ct);
        }
    }
}
