namespace ListeningBot.Core.Text;

/// <summary>The language of a short text: two letters, "und" when it can't be told.</summary>
internal static class LanguageGuess
{
    /// <summary>What a script weighs that speaks for the language.</summary>
    internal const int ByScript = int.MaxValue;

    /// <summary>And how much speaks for it: <see cref="LatinEvidence.OneWord"/> for a small word that no other language has. Looks at the first kilobytes only; allocates nothing.</summary>
    internal static (string Language, int Weight) Read(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, 4096)];
        return ScriptEvidence.Of(text) is { } script ? (script, ByScript) : LatinEvidence.Of(text);
    }
}
