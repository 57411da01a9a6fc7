namespace ListeningBot.Core.Scoring;

internal enum TokenKind : byte
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
}

/// <summary>One token: where it stands in the text, and its folded form in the buffer of its <see cref="TokenList"/>.</summary>
internal struct Token
{
    public TokenKind Kind;

    /// <summary>All capitals, at least two letters.</summary>
    public bool Shouted;
    public bool Capital;

    /// <summary>Some letter stands three times or more in a row.</summary>
    public bool Elongated;
    public int Start;
    public int Length;
    public int FoldStart;
    public int FoldLength;
    public uint Hash;
}
