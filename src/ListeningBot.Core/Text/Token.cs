namespace ListeningBot.Core.Text;

public enum TokenKind
{
    /// <summary>Letters, digits, underscores; apostrophes inside belong to it.</summary>
    Word,

    /// <summary>Digits only, with points, commas or colons between them: "3.5", "1,000", "10:30".</summary>
    Number,

    /// <summary>With its sign: "#acme".</summary>
    Hashtag,

    /// <summary>With its sign and a domain that follows: "@acme", "@acme.bsky.social", "@acme@chat.example".</summary>
    AtName,

    /// <summary>A web address that says so: http, https or www.</summary>
    Link,

    /// <summary>One picture, with all that is joined to it.</summary>
    Emoji,

    /// <summary>A run of it: "!!!", ":-(".</summary>
    Punctuation,

    /// <summary>A run of writing without spaces between words (Chinese, Japanese, Korean, Thai...): look for words inside it.</summary>
    Unspaced,
}

/// <summary>A piece of a text.</summary>
/// <param name="Start">Offset in the UTF-8 text, bytes.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct Token(int Start, int Length, TokenKind Kind)
{
    public int End => Start + Length;

    /// <summary>The token's bytes as they stand in the text that it was read from.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> text) => text.Slice(Start, Length);

    /// <summary>Writes the folded form; false when it has no room in <paramref name="into"/>.</summary>
    public bool TryFold(ReadOnlySpan<byte> text, Span<byte> into, out int written) => Folding.TryFold(In(text), into, out written);
}
