using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Bluesky;

/// <summary>Where listening goes on.</summary>
/// <param name="Asked">The cursor that is asked for, microseconds.</param>
/// <param name="HeardUntil">How far was heard before; at first contact, a day ago.</param>
/// <param name="Skipped">Set when a stretch is left out on purpose.</param>
internal sealed record Resumption(long Asked, long HeardUntil, bool FirstContact, Gap? Skipped = null)
{
    /// <summary>Instances see the same event at slightly different times; what is heard twice is known by its key.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    public static Resumption Of(Cursor? since, DateTimeOffset now)
    {
        if (JetstreamTime.FromCursor(since) is not { } known)
        {
            var dayAgo = JetstreamTime.From(now - PostTime.FirstContactBack);
            return new Resumption(dayAgo, dayAgo, FirstContact: true);
        }
        // The service takes a cursor ahead of its clock for "only what is new", which would silently skip the rest.
        var heardUntil = Math.Min(known, JetstreamTime.From(now));
        return new Resumption(Math.Max(JetstreamTime.Earliest, heardUntil - Micros(Overlap)), heardUntil, FirstContact: false);
    }

    /// <summary>Leaves out what comes next, because it breaks every connection that it is sent over.</summary>
    public Resumption Past(TimeSpan stretch, DateTimeOffset now)
    {
        var to = Math.Min(HeardUntil + Micros(stretch), JetstreamTime.From(now));
        var gap = new Gap(JetstreamTime.Of(HeardUntil)!.Value, JetstreamTime.Of(to)!.Value, "the stream there breaks the connection again and again");
        return this with { Asked = to, Skipped = gap };
    }

    public static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}
