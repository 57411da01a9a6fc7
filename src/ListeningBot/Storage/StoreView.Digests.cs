using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected DigestTable Digests { get; } = new(db);

    public Digest? DigestOf(long id) => Digests.Of(id);
    public IReadOnlyList<Case> CasesChanged(string team, DateTimeOffset since) => Digests.Changed(team, since);
    public IReadOnlyList<string> TeamsWithCases() => Digests.Teams();
}
