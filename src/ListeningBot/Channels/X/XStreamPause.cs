using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Channels.X;

/// <summary>
/// How long to wait before a stream is tried again, as X asks for it. Each kind of fault is counted for itself: a minute without
/// a network must not make half an hour of the first "too many" behind it, which X answers until it has noticed that the old connection is gone.
/// Documented at docs.x.com: x-api/fundamentals/handling-disconnections.
/// </summary>
internal sealed class XStreamPause
{
    private readonly int[] _times = new int[Enum.GetValues<Kind>().Length];

    private enum Kind
    {
        Line,
        TooMany,
        Answer,
    }

    /// <summary>Nothing has failed since it was last heard.</summary>
    public bool IsNone => _times.All(times => times == 0);

    public void End() => Array.Clear(_times);

    public TimeSpan After(ChannelException fault)
    {
        var kind = fault switch
        {
            XCutException or { InnerException: WebFaultException } => Kind.Line,
            XTooManyException => Kind.TooMany,
            _ => Kind.Answer,
        };
        var times = ++_times[(int)kind];
        return fault.After ?? kind switch
        {
            Kind.Line => TimeSpan.FromMilliseconds(Math.Min(16_000, 250 * times)),
            Kind.TooMany => TimeSpan.FromSeconds(Math.Min(1800, 60 * Math.Pow(2, times - 1))),
            _ => TimeSpan.FromSeconds(Math.Min(320, 5 * Math.Pow(2, times - 1))),
        };
    }
}
