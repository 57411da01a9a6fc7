namespace ListeningBot.Core.Scoring;

/// <summary>Cuts a long text at the ends of sentences, so that its strongest passage counts and not its average.</summary>
internal static class Passages
{
    /// <summary>A text up to this many characters is one passage.</summary>
    private const int Short = 400;
    private const int Enough = 240;
    private const int Most = 700;

    /// <summary>The token after the passage that starts at this one.</summary>
    public static int End(TokenList tokens, int from, int textLength)
    {
        if (textLength <= Short)
        {
            return tokens.Count;
        }
        var start = tokens[from].Start;
        for (var i = from; i < tokens.Count; i++)
        {
            ref var token = ref tokens[i];
            var length = token.Start + token.Length - start;
            if (token.Kind == TokenKind.End && length >= Enough && textLength - token.Start > Enough / 2 || length > Most && i > from)
            {
                return i + 1;
            }
        }
        return tokens.Count;
    }
}
