namespace ListeningBot.Core.Text;

/// <summary>How a token stands in the text.</summary>
[Flags]
internal enum Standing : byte
{
    Plain = 0,

    /// <summary>Right after "#".</summary>
    Tag = 1,

    /// <summary>Right after "@".</summary>
    AtName = 2,

    /// <summary>Right after another letter of writing without spaces.</summary>
    Joined = 4,
}

/// <summary>
/// One token as matching sees it: only its hash counts. Apostrophes, points and hyphens part tokens, each letter of writing without spaces is one, and so is
/// an emoji with all that is joined to it.
/// </summary>
/// <param name="Hash">Of the folded form, without the sign; 0 for a token longer than any term.</param>
/// <param name="Start">Offset in the text, bytes, without the sign.</param>
/// <param name="Pieces">How many tokens after this one are its own pieces ("#AcmeDown": acme, down).</param>
/// <param name="IsPiece">It is a piece of a hashtag before it.</param>
/// <param name="NeedsFolding">Lower case alone does not give its folded form.</param>
internal readonly record struct HashedToken(
    ulong Hash,
    int Start,
    int End,
    Standing Standing = Standing.Plain,
    int Pieces = 0,
    bool IsPiece = false,
    bool NeedsFolding = false)
{
    private const ulong TagSalt = 0x9E3779B97F4A7C15;
    private const ulong AtSalt = 0xC2B2AE3D27D4EB4F;
    private const ulong JoinedSalt = 0x165667B19E3779F9;

    /// <summary>The hash that only tokens of the same standing have.</summary>
    public ulong HashByStanding => Standing switch
    {
        Standing.Tag => Hash ^ TagSalt,
        Standing.AtName => Hash ^ AtSalt,
        Standing.Joined => Hash ^ JoinedSalt,
        _ => Hash,
    };
}
