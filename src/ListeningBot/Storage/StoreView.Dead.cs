using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected DeadLetterTable Dead { get; } = new(db);

    public bool HasUnreadable => db.Unreadable is { Any: true };

    public IReadOnlyList<DeadLetter> DeadLetters(long after, int limit) => Dead.After(after, limit);
    public DeadLetter? DeadLetterOf(long id) => Dead.Of(id);
    public IReadOnlyList<DeadCount> DeadCounts() => Dead.Counts();
    public IReadOnlyList<DeadLetter> UntoldDead(int limit) => Dead.Untold(limit);
    public IReadOnlyList<DeadLetter> DeadToRetry(int limit) => Dead.ToRetry(limit);
    public bool HasDeadBefore(DateTimeOffset time) => Dead.AnyBefore(time);
}
