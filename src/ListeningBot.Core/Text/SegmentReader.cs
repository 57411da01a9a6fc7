using System.Runtime.CompilerServices;

namespace ListeningBot.Core.Text;

/// <summary>Takes a run of word bytes apart that holds more than one plain ASCII word.</summary>
internal ref struct SegmentReader(ReadOnlySpan<byte> text, Span<HashedToken> into)
{
    /// <summary>No term has a token as long as this, folded.</summary>
    public const int MaxFolded = 832;
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly Span<HashedToken> _into = into;
    private Standing _standing;

    public int Count { get; set; }

    /// <param name="sign">The sign before the run.</param>
    /// <param name="count">How many tokens there are now.</param>
    public void Read(int start, int end, Standing sign, out int count)
    {
        _standing = sign;
        var upTo = _text[..end];
        for (var at = start; at < end;)
        {
            var known = CodePoint.ClassAt(upTo, at, out var codePoint, out var length);
            at = known switch
            {
                CharClass.Dropped => at + length,
                CharClass.Single => ReadSingles(upTo, at),
                CharClass.Emoji => ReadEmoji(upTo, at),
                CharClass.Other or CharClass.Space or CharClass.Apostrophe or CharClass.Mark => PassSign(upTo, at, codePoint, length),
                _ => ReadWord(upTo, at),
            };
        }
        count = Count;
    }

    private int PassSign(ReadOnlySpan<byte> text, int at, int codePoint, int length)
    {
        var sign = TokenReading.IsTagSign(codePoint) ? Standing.Tag : TokenReading.IsAtSign(codePoint) ? Standing.AtName : Standing.Plain;
        _standing = sign != Standing.Plain && !TokenReading.EndsWord(text[..at]) ? sign : Standing.Plain;
        return at + length;
    }

    private int ReadWord(ReadOnlySpan<byte> text, int start)
    {
        var end = TokenReading.EndOfRun(text, start);
        var (from, to) = _standing == Standing.Plain ? WithoutOuterUnderscores(text, start, end) : (start, end);
        if (from < to)
        {
            var whole = Count;
            Add(from, to);
            if (_into[whole].Standing == Standing.Tag)
            {
                AddPieces(text, from, to, whole);
            }
        }
        _standing = Standing.Plain;
        return end;
    }

    private void AddPieces(ReadOnlySpan<byte> text, int start, int end, int whole)
    {
        _standing = Standing.Plain;
        for (var at = start; at < end;)
        {
            var (from, to) = TagPieces.Next(text[..end], at);
            if (from < to && (from, to) != (start, end))
            {
                Add(from, to);
                _into[Count - 1] = _into[Count - 1] with { IsPiece = true };
            }
            at = to;
        }
        _into[whole] = _into[whole] with { Pieces = Count - whole - 1 };
    }

    private int ReadSingles(ReadOnlySpan<byte> text, int at)
    {
        var end = TokenReading.EndOfUnspaced(text, at);
        while (at < end)
        {
            CodePoint.Read(text[at..], out var codePoint, out var length);
            var next = TokenReading.EndOfMarks(text[..end], at + length);
            var isFolded = next == at + length && FoldingTables.FoldOf(codePoint).IsEmpty;
            var hash = isFolded ? WordHash.OfFolded(text[at..next]) : HashOf(text[at..next]);
            _into[Count++] = new HashedToken(hash, at, next, _standing, NeedsFolding: true);
            _standing = Standing.Joined;
            at = next;
        }
        _standing = Standing.Plain;
        return end;
    }

    private int ReadEmoji(ReadOnlySpan<byte> text, int start)
    {
        _standing = Standing.Plain;
        var end = TokenReading.EndOfEmoji(text, start);
        CodePoint.Read(text[start..], out _, out var length);
        var hash = end == start + length ? WordHash.OfFolded(text[start..end]) : HashOf(text[start..end]);
        _into[Count++] = new HashedToken(hash, start, end, NeedsFolding: true);
        return end;
    }

    private void Add(int start, int end)
    {
        var plain = WordHash.OfPlain(_text, start, end - start);
        _into[Count++] = new HashedToken(plain != 0 ? plain : HashOf(_text[start..end]), start, end, _standing, NeedsFolding: plain == 0);
    }

    [SkipLocalsInit]
    private static ulong HashOf(ReadOnlySpan<byte> word)
    {
        Span<byte> folded = stackalloc byte[MaxFolded];
        return Folding.TryFold(word, folded, out var length) ? WordHash.OfFolded(folded[..length]) : 0;
    }

    /// <summary>Underscores around a word are emphasis: "_never_".</summary>
    private static (int From, int To) WithoutOuterUnderscores(ReadOnlySpan<byte> text, int start, int end)
    {
        var word = text[start..end];
        var to = start + word.TrimEnd((byte)'_').Length;
        return (Math.Min(to, end - word.TrimStart((byte)'_').Length), to);
    }
}
