using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public void WantLookup(long mention, DateTimeOffset at) => Lookups.Want(mention, at);
    public void PutOffLookup(long mention, DateTimeOffset until) => Lookups.PutOff(mention, until);
    public void KeepContacts(long mention, IReadOnlyList<Contact> contacts) => Lookups.Keep(mention, contacts);
    public void EndLookup(long mention, DateTimeOffset now)
    {
        Lookups.End(mention, now);
        Dead.End(DeadWork.RefOfLookup(mention));
    }
}
