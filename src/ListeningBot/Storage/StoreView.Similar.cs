using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected EndedTable Ended { get; } = new(db);

    public IReadOnlyList<EndedPost> EndedPosts(string aspect, int limit) => Ended.Posts(aspect, limit);
}
