namespace ListeningBot.Core.Scoring;

/// <summary>Which language a text is read in.</summary>
internal static class Language
{
    /// <summary>Two letters, "und" when unknown.</summary>
    public static string Of(ReadOnlySpan<char> text, Evidence evidence)
    {
        _ = text.Length;
        return evidence.Lang is { Length: >= 2 } claimed && (claimed.Length == 2 || claimed[2] is '-' or '_') ? claimed[..2].ToLowerInvariant() : "en";
    }
}
