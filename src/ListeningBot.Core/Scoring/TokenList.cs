namespace ListeningBot.Core.Scoring;

/// <summary>The tokens of one text. Reused: it grows to the longest text seen and allocates no more.</summary>
internal sealed class TokenList
{
    private Token[] _tokens = new Token[256];
    private char[] _folded = new char[1024];
    private int _foldedLength;

    public int Count { get; private set; }
    public int Exclamations { get; private set; }
    public int Questions { get; private set; }
    public int Ellipses { get; private set; }

    public ref Token this[int index] => ref _tokens[index];

    public ReadOnlySpan<char> Folded(in Token token) => _folded.AsSpan(token.FoldStart, token.FoldLength);

    public void Read(ReadOnlySpan<char> text)
    {
        Count = _foldedLength = Exclamations = Questions = Ellipses = 0;
        var reader = new Tokenizer(text, this);
        reader.Run();
    }

    internal void CountMarks(ReadOnlySpan<char> marks)
    {
        var dots = 0;
        foreach (var mark in marks)
        {
            Exclamations += mark is '!' or '！' ? 1 : 0;
            Questions += mark is '?' or '？' ? 1 : 0;
            dots += mark == '…' ? 2 : mark == '.' ? 1 : 0;
        }
        Ellipses += dots > 1 ? 1 : 0;
    }

    /// <summary>Adds a token whose folded form is this part of the text, folded.</summary>
    internal ref Token Add(TokenKind kind, int start, int length, ReadOnlySpan<char> word)
    {
        if (Count == _tokens.Length)
        {
            Array.Resize(ref _tokens, Count * 2);
        }
        if (_foldedLength + 2 * word.Length > _folded.Length)
        {
            Array.Resize(ref _folded, Math.Max(_folded.Length * 2, _foldedLength + 2 * word.Length));
        }
        ref var token = ref _tokens[Count++];
        token = new Token { Kind = kind, Start = start, Length = length, FoldStart = _foldedLength };
        if (!word.IsEmpty)
        {
            token.FoldLength = WordFold.Fold(word, _folded.AsSpan(_foldedLength), out token.Hash, out token.Elongated);
            _foldedLength += token.FoldLength;
        }
        return ref token;
    }
}
