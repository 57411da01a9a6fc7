using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public void KeepTimes(long mention, MentionTimes times) => Times.Keep(mention, times);
}
