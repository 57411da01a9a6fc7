using System.Net.Sockets;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Hosting;

/// <summary>
/// How long a channel pauses after a fault. What a service asked for is kept in full, and who refuses us is asked ever less often. What breaks by itself is over by itself: for two minutes it is asked for
/// again within four seconds, then each minute at most; a host that can't be reached at all is tried every four seconds, since nobody there notices.
/// </summary>
internal sealed class FaultPause(Random? random = null)
{
    public static readonly TimeSpan Shortly = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ShortFault = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan OperatorPause = TimeSpan.FromHours(1);
    private readonly Backoff _soon = new(TimeSpan.FromSeconds(1), Shortly, random);
    private readonly Backoff _broken = new(Shortly, TimeSpan.FromMinutes(1), random);
    private readonly Backoff _refused = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10), random);

    /// <summary>Among the failures in a row: a night without a network says nothing of how often we were refused.</summary>
    private int _refusals;

    /// <param name="failures">In a row, from 1.</param>
    /// <param name="lasted">Since the first of them.</param>
    public TimeSpan Next(Exception e, int failures, TimeSpan lasted)
    {
        _refusals = failures == 1 ? 0 : _refusals;
        return e switch
        {
            ChannelException { NeedsOperator: true } => OperatorPause,
            ChannelException { After: { } asked } => Longer(asked, Own(e, failures, lasted)),
            _ => Own(e, failures, lasted),
        };
    }

    private TimeSpan Own(Exception e, int failures, TimeSpan lasted) => e switch
    {
        StoreException => _soon.Next(failures),
        ChannelException { InnerException: SocketException or WebFaultException { Fault: WebFault.NotReached or WebFault.UnknownName } } => _soon.Next(failures),
        _ when Breaks(e) => lasted < ShortFault ? _soon.Next(failures) : _broken.Next(failures),
        _ => _refused.Next(++_refusals),
    };

    /// <summary>It came about and went wrong on the way, or the service says that it is broken.</summary>
    private static bool Breaks(Exception e) => e is ChannelException { Passes: true } or ChannelException
    {
        InnerException: WebFaultException { Fault: WebFault.Timeout or WebFault.CutOff or WebFault.Garbled },
    };

    private static TimeSpan Longer(TimeSpan asked, TimeSpan own) => asked > own ? asked : own;
}
