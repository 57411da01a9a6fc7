using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    public IReadOnlyList<VerdictGiven> Verdicts() => Everything.Verdicts();
    public JudgedCase? JudgedCaseOf(long mention) => Past.JudgedCaseOf(mention);
    public IReadOnlyList<Case> CasesSince(DateTimeOffset since) => Everything.CasesSince(since);
}
