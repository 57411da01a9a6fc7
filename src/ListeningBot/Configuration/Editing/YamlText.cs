using System.Text.RegularExpressions;

namespace ListeningBot.Configuration.Editing;

/// <summary>Writes a word as YAML: plain where it can't be taken for anything else, in double quotes elsewhere.</summary>
internal static partial class YamlText
{
    private static readonly HashSet<string> s_meanElse = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "yes", "no", "on", "off", "null", "y", "n" };

    public static string Of(string word) =>
        Plain().IsMatch(word) && !s_meanElse.Contains(word) ? word
        : $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^\p{L}[\p{L}\p{Nd}_'&+-]*(?: [\p{L}\p{Nd}_'&+]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();
}
