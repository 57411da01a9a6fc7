namespace ListeningBot.Core.Text;

/// <summary>The language of a short text: two letters, "und" when it can't be told.</summary>
public static class LanguageGuess
{
    /// <summary>Looks at the first kilobytes only; allocates nothing.</summary>
    public static string Of(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, 4096)];
        return ScriptEvidence.Of(text) ?? LatinEvidence.Of(text);
    }
}
