using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected CanaryTable CanaryRuns { get; } = new(db);

    public CanaryRun? CanaryRunOf(long id) => CanaryRuns.Of(id);
    public CanaryRun? CanaryRunWith(string token) => CanaryRuns.With(token);
    public CanaryRun? LatestCanaryRun() => CanaryRuns.Latest();
    public IReadOnlyList<CanaryRun> OpenCanaryRuns() => CanaryRuns.Open();
    public DateTimeOffset? FirstShownAt(CardKey key) => Cards.FirstShownAt(key);
}
