using System.Text;

namespace ListeningBot.Core.Alerting;

/// <summary>Words that others wrote, fit to stand inside ours.</summary>
internal static class Plain
{
    /// <summary>On one line, without control and direction marks, at most <paramref name="longest"/> characters and "…"; never cut inside a character.</summary>
    public static string Line(string? text, int longest)
    {
        var line = new StringBuilder(Math.Min(text?.Length ?? 0, longest + 2));
        foreach (var c in text ?? "")
        {
            if (line.Length > longest)
            {
                break;
            }
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                _ = line.Length > 0 && line[^1] != ' ' ? line.Append(' ') : line;
            }
            else if (c is not ('\u200E' or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF'))
            {
                line.Append(c);
            }
        }
        if (line.Length <= longest)
        {
            return line.ToString().TrimEnd();
        }
        line.Length = char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest;
        return line.ToString().TrimEnd() + "…";
    }
}
