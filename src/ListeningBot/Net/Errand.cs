namespace ListeningBot.Net;

/// <summary>For which kind of part ("rss", "discord", "authors") a request goes out, so that requests are counted by a few known names and never by hosts. It flows with everything that the part's run does.</summary>
internal static class Errand
{
    private static readonly AsyncLocal<string?> Flowing = new();

    public static string Current => Flowing.Value ?? "other";

    public static void Of(string kind) => Flowing.Value = kind;
}
