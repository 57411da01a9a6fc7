using System.Text;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Scoring;

/// <summary>The pieces of one text. Reused: it grows to the longest text seen and allocates no more.</summary>
internal sealed class PieceList
{
    private Piece[] _pieces = new Piece[256];
    private char[] _plain = [];
    private byte[] _text = new byte[1024];
    private byte[] _folded = new byte[1024];
    private int _textLength;
    private int _characters;
    private int _foldedLength;

    public int Count { get; private set; }
    public int Exclamations { get; private set; }
    public int Questions { get; private set; }
    public int Ellipses { get; private set; }

    /// <summary>The text as UTF-8; what could not be encoded is U+FFFD.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _textLength);

    /// <summary>The place in UTF-8 as place in the characters that were read.</summary>
    public Seen InCharacters(Seen where) =>
        _textLength == _characters || where.Length == 0 ? where
        : new Seen(Encoding.UTF8.GetCharCount(Text[..where.Start]), Encoding.UTF8.GetCharCount(Text.Slice(where.Start, where.Length)));

    public ref Piece this[int index] => ref _pieces[index];

    public ReadOnlySpan<Piece> Between(int from, int to) => _pieces.AsSpan(from, to - from);

    public ReadOnlySpan<byte> Folded(in Piece piece) => _folded.AsSpan(piece.FoldStart, piece.FoldLength);

    public void Read(ReadOnlySpan<char> text)
    {
        Count = _foldedLength = Exclamations = Questions = Ellipses = 0;
        Encode(text);
        _characters = text.Length;
        if (Text.Contains(Markup.LeadOfWide))
        {
            _plain = _plain.Length < text.Length ? new char[text.Length] : _plain;
            Markup.Narrow(text, _plain);
            Encode(_plain.AsSpan(0, text.Length));
        }
        new PieceReader(this, Text).Run();
    }

    private void Encode(ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        _text = _text.Length < most ? new byte[most] : _text;
        _textLength = Encoding.UTF8.GetBytes(text, _text);
    }

    public void CountMarks(int exclamations, int questions, int dots)
    {
        Exclamations += exclamations;
        Questions += questions;
        Ellipses += dots > 1 ? 1 : 0;
    }

    public ref Piece Add(PieceKind kind, int start, int length)
    {
        if (Count == _pieces.Length)
        {
            Array.Resize(ref _pieces, Count * 2);
        }
        ref var piece = ref _pieces[Count++];
        piece = new Piece { Kind = kind, Start = start, Length = length, FoldStart = _foldedLength };
        return ref piece;
    }

    /// <summary>Adds a piece that is looked up by the folded form of this part of it.</summary>
    public ref Piece AddFolded(PieceKind kind, int start, int length, ReadOnlySpan<byte> word)
    {
        var room = Folding.MaxLength(word.Length);
        if (_foldedLength + room > _folded.Length)
        {
            Array.Resize(ref _folded, Math.Max(_folded.Length * 2, _foldedLength + room));
        }
        ref var piece = ref Add(kind, start, length);
        var into = _folded.AsSpan(_foldedLength);
        var folded = into[..Folding.Fold(word, into)];
        piece.FoldLength = LookupForm.Shorten(folded, out piece.Elongated, out piece.Hash);
        _foldedLength += piece.FoldLength;
        return ref piece;
    }

    /// <summary>Makes several pieces of one: its folded form ends at these places. What was a tag stays one in its first piece.</summary>
    public void Split(int at, ReadOnlySpan<int> ends)
    {
        var whole = _pieces[at];
        while (Count + ends.Length > _pieces.Length)
        {
            Array.Resize(ref _pieces, _pieces.Length * 2);
        }
        Array.Copy(_pieces, at + 1, _pieces, at + ends.Length, Count - at - 1);
        Count += ends.Length - 1;
        for (var (i, from) = (0, 0); i < ends.Length; from = ends[i++])
        {
            ref var piece = ref _pieces[at + i];
            piece = whole;
            piece.Kind = i == 0 ? whole.Kind : PieceKind.Word;
            (piece.FoldStart, piece.FoldLength) = (whole.FoldStart + from, ends[i] - from);
            piece.Hash = LookupForm.Hash(Folded(piece));
        }
    }
}
