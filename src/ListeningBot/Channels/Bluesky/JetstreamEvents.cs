using System.Buffers;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Bluesky;

/// <summary>A stretch of bytes.</summary>
internal readonly record struct Piece(int Start, int Length);

/// <summary>One post, edit, deletion or removed account; its text lies in the bytes of <see cref="JetstreamEvents"/>.</summary>
internal struct JetstreamEvent
{
    public ChangeKind Kind;

    /// <summary>When the service saw it, microseconds since 1970; 0 when it did not say so sensibly.</summary>
    public long TimeUs;
    public Piece Did;
    public Piece Rkey;
    public Piece Text;

    /// <summary>A line for each.</summary>
    public Piece Links;
    public Piece Lang;
    public Piece CreatedAt;

    /// <summary>"did/rkey" of the post that it answers, and of the first of its thread.</summary>
    public Piece Answers;
    public Piece Thread;
    public ulong AnswersHash;
    public ulong ThreadHash;
}

/// <summary>The events read since the last batch, in buffers that are used again: reading one more allocates nothing.</summary>
internal sealed class JetstreamEvents : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private JetstreamEvent[] _events = new JetstreamEvent[256];
    private int _used;

    public int Count { get; private set; }

    /// <summary>Bytes held.</summary>
    public int Bytes => _used;

    public ref readonly JetstreamEvent this[int index] => ref _events.AsSpan(0, Count)[index];

    public ReadOnlySpan<byte> Of(Piece piece) => _bytes.AsSpan(piece.Start, piece.Length);

    public void Clear() => (Count, _used) = (0, 0);

    public void Add(in JetstreamEvent one)
    {
        if (Count == _events.Length)
        {
            Array.Resize(ref _events, Count * 2);
        }
        _events[Count++] = one;
    }

    /// <summary>Room for that many bytes behind what is held; what was really written is told to <see cref="Keep"/>.</summary>
    public Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _used < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _used + bytes));
            _bytes.AsSpan(0, _used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        return _bytes.AsSpan(_used, bytes);
    }

    public Piece Keep(int bytes)
    {
        var piece = new Piece(_used, bytes);
        _used += bytes;
        return piece;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Clear();
    }
}
