using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    public IReadOnlyList<VerdictGiven> Verdicts() => Everything.Verdicts();
    public IReadOnlyList<Case> CasesSince(DateTimeOffset since) => Everything.CasesSince(since);
}
