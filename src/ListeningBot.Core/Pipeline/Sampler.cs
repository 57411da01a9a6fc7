using System.Collections.Concurrent;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>How much is kept of what matched nothing.</summary>
/// <param name="Size">Posts at most; 0: none.</param>
/// <param name="Days">Older ones are not kept.</param>
public sealed record SampleLimits(int Size, int Days)
{
    public static readonly SampleLimits Default = new(20_000, 30);
}

/// <summary>A post that matched nothing and was chosen for the sample.</summary>
/// <param name="Weight">How many posts of its channel it stands for: those passed over since the last chosen one, and itself.</param>
public sealed record Chosen(Post Post, double Weight);

/// <summary>
/// Chooses, of posts that matched nothing, those to be kept, before anything is made of them. Each channel may fill the sample within its days and no faster, but for a first
/// handful: so a feed's few posts are all kept, and of a stream one in thousands.
/// </summary>
public sealed class Sampler(TimeProvider time)
{
    private const int Handfuls = 50;
    private const int SmallestHandful = 20;
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private volatile SampleLimits _limits = SampleLimits.Default;

    public SampleLimits Limits
    {
        get => _limits;
        set => _limits = value;
    }

    /// <summary>0: it is passed over. Else it is chosen, and stands for so many. Allocates nothing for a known channel.</summary>
    public long Choose(string channel) => _limits is { Size: > 0 } limits ? _lanes.GetOrAdd(channel, static (_, time) => new Lane(time), time).Choose(limits) : 0;

    /// <summary>The chosen one is not to be kept after all: another is chosen in its place.</summary>
    public void Refuse(string channel, long weight) => _lanes[channel].Refuse(weight);

    /// <summary>Not what was written to us alone, by us, or by a machine.</summary>
    public static bool MayKeep(Post post, bool byUs) => !post.Private && !post.Automatic && !byUs;

    private sealed class Lane(TimeProvider time)
    {
        private readonly Lock _gate = new();
        private double _places = double.MaxValue;
        private long _since = time.GetTimestamp();
        private long _passed;

        public long Choose(SampleLimits limits)
        {
            lock (_gate)
            {
                _passed++;
                var now = time.GetTimestamp();
                var gained = time.GetElapsedTime(_since, now).TotalDays * limits.Size / limits.Days;
                _places = Math.Min(_places + gained, Math.Max(SmallestHandful, limits.Size / (double)Handfuls));
                _since = now;
                if (_places < 1)
                {
                    return 0;
                }
                _places--;
                var standsFor = _passed;
                _passed = 0;
                return standsFor;
            }
        }

        public void Refuse(long weight)
        {
            lock (_gate)
            {
                _places++;
                _passed += weight - 1;
            }
        }
    }
}
