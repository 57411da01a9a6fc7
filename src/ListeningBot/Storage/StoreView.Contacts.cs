using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected LookupTable Lookups { get; } = new(db);

    public IReadOnlyList<Contact> ContactsOf(long caseId) => Lookups.OfCase(caseId);
    public IReadOnlyList<Contact> ContactsIn(long mention) => Lookups.Of(mention);
    public IReadOnlyList<LookupWork> LookupsDue(DateTimeOffset now, int limit) => Lookups.Due(now, limit);
    public DateTimeOffset? HeardAt(string channel) => Channels.HeardAt(channel);
}
