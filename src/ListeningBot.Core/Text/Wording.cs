namespace ListeningBot.Core.Text;

/// <summary>How spans of time and long texts are written wherever people read them.</summary>
public static class Wording
{
    /// <summary>"a moment", "5 s", "12 min", "3 h", "2 days".</summary>
    public static string InWords(this TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "a moment",
        { TotalSeconds: < 90 } => $"{time.TotalSeconds:0} s",
        { TotalMinutes: < 90 } => $"{time.TotalMinutes:0} min",
        { TotalHours: < 36 } => $"{time.TotalHours:0} h",
        _ => $"{time.TotalDays:0} days",
    };

    /// <summary>At most so many characters of UTF-16, the last of them "…" where something was left out; no character is torn.</summary>
    /// <param name="longest">At least 2.</param>
    public static string Cut(this string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1)].TrimEnd() + "…";
}
