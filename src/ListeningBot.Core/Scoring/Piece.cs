namespace ListeningBot.Core.Scoring;

internal enum PieceKind : byte
{
    Word,
    Number,
    Ordinal,
    Price,
    Cashtag,
    Tag,
    Name,
    Link,
    Emoji,

    /// <summary>Ends a sentence: . ! ? or a line break.</summary>
    End,

    /// <summary>Ends a clause: , ; : and brackets.</summary>
    Comma,
    Quote,

    /// <summary>An apostrophe that stands at the edge of a word.</summary>
    SingleQuote,
}

/// <summary>A token as the scorer wants it: where it stands in the text (UTF-8), and its folded form in the buffer of its <see cref="PieceList"/>.</summary>
internal struct Piece
{
    public PieceKind Kind;
    public bool Capital;

    /// <summary>All capitals, at least two letters.</summary>
    public bool Shouted;

    /// <summary>Some letter stands three times or more in a row; the folded form has it twice.</summary>
    public bool Elongated;

    /// <summary>A "not" reaches this word; told while its passage is read.</summary>
    public bool Denied;
    public int Start;
    public int Length;
    public int FoldStart;

    /// <summary>0 for what is never looked up.</summary>
    public int FoldLength;
    public uint Hash;

    /// <summary>Its number in the lexicon that the text is read with, and the node that it leads to by itself; -1 without.</summary>
    public int Word;
    public int Alone;

    /// <summary>Where its grams end among those of its passage.</summary>
    public int GramsTo;
    public readonly int End => Start + Length;
}
