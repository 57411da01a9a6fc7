using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public long AddCanaryRun(CanaryRun run) => CanaryRuns.Add(run);
    public void UpdateCanaryRun(CanaryRun run) => CanaryRuns.Update(run);
}
