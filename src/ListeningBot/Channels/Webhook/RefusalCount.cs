using ListeningBot.Net;

namespace ListeningBot.Channels.Webhook;

/// <summary>Refused requests, told together once a minute, so that nobody fills the log from outside.</summary>
internal sealed class RefusalCount(TimeProvider time)
{
    private readonly SteadyClock _steady = new(time);
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private DateTimeOffset _next;
    private int _count;

    /// <summary>Counts one. How many there were since they were last told, when it is time to tell them; else null.</summary>
    public int? Counts()
    {
        lock (_lock)
        {
            _count++;
            if (_steady.GetUtcNow() < _next)
            {
                return null;
            }
            (var told, _count, _next) = (_count, 0, _steady.GetUtcNow() + Apart);
            return told;
        }
    }
}
