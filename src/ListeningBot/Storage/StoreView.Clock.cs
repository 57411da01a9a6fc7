using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected TimesTable Times { get; } = new(db);

    public bool WasAtFirstContact(long mention) => Times.AtFirstContact(mention);
    public IReadOnlyList<MentionTimes> TimesSince(DateTimeOffset since) => Times.Since(since);
    public IReadOnlyList<long> CasesLateBy(string channel, Gap gap) => Times.CasesLateBy(channel, gap);
}
