using System.Text;

namespace ListeningBot.Channels.Mail;

/// <summary>Outside text made safe for one line of a message or a title.</summary>
internal static class Text
{
    /// <summary>Control characters and line ends become single spaces; cut at <paramref name="max"/> characters, never through a pair of surrogates.</summary>
    public static string OneLine(string text, int max)
    {
        var line = new StringBuilder(Math.Min(text.Length, max));
        foreach (var c in text)
        {
            var isGap = char.IsControl(c) || char.IsWhiteSpace(c);
            if (!isGap)
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
            if (line.Length >= max)
            {
                break;
            }
        }
        if (line.Length > 0 && char.IsHighSurrogate(line[^1]))
        {
            line.Length--;
        }
        return line.ToString().Trim();
    }
}
