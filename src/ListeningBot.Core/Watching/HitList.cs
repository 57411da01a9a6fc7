using System.Buffers;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching;

/// <param name="Start">Offset in the text, bytes, without a sign.</param>
internal readonly record struct Hit(int Term, int Start, int End);

/// <summary>The hits of one text that count on its channel. Allocates nothing while the pool has room.</summary>
internal ref struct HitList(ReadOnlySpan<byte> text, WatchTerm[] terms, ChannelPlan plan, Span<Hit> room)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private Span<Hit> _hits = room;
    private Hit[]? _rented;
    private int _count;

    /// <summary>Stop at the first hit that no other can undo.</summary>
    public bool OneIsEnough { get; init; }

    /// <summary>No further hit can change the answer.</summary>
    public bool Decided { get; private set; }

    public readonly ReadOnlySpan<Hit> Hits => _hits[.._count];

    public void Add(int term, int start, int end)
    {
        ref readonly var found = ref terms[term];
        if (!plan.Listens(found.Watch) || TokenReading.IsCutByNot(_text, end))
        {
            return;
        }
        if (_count == _hits.Length)
        {
            Grow();
        }
        _hits[_count++] = new Hit(term, start, end);
        Decided = OneIsEnough && found.Decides;
    }

    public readonly void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<Hit>.Shared.Return(_rented);
        }
    }

    private void Grow()
    {
        var more = ArrayPool<Hit>.Shared.Rent(_count * 2);
        _hits.CopyTo(more);
        Dispose();
        _hits = _rented = more;
    }
}
