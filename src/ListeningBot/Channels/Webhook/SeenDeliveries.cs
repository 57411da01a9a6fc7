namespace ListeningBot.Channels.Webhook;

/// <summary>
/// Deliveries of the last minutes by their signature. The same one again (a replay, or an honest sender whose answer was lost) is not taken again
/// but gets the answer of the first, also while that is still under way. One that could not be stored is forgotten, so that it may come again.
/// </summary>
internal sealed class SeenDeliveries(TimeSpan window, TimeProvider time)
{
    private const int Most = 50_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<Reply>> _answers = [];
    private readonly Queue<(string Key, DateTimeOffset Until)> _order = new();

    /// <summary>The first answer, or that of <paramref name="take"/> when it was not seen before.</summary>
    public Task<Reply> AnswerAsync(Signature signature, Func<Task<Reply>> take)
    {
        lock (_lock)
        {
            Forget();
            if (_answers.TryGetValue(signature.Key, out var known) && !(known.IsCompleted && known.Result.RetryAfter is not null))
            {
                return known;
            }
            var answer = take();
            _answers[signature.Key] = answer;
            _order.Enqueue((signature.Key, signature.Time + window));
            return answer;
        }
    }

    /// <summary>A timestamp outside the window is refused anyway; beyond the newest that are kept only the ids of posts tell them apart.</summary>
    private void Forget()
    {
        var now = time.GetUtcNow();
        while (_order.TryPeek(out var oldest) && (oldest.Until < now || _order.Count >= Most))
        {
            _order.Dequeue();
            _answers.Remove(oldest.Key);
        }
    }
}
