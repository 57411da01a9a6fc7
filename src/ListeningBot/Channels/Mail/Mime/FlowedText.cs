using System.Text;

namespace ListeningBot.Channels.Mail.Mime;

/// <summary>Text with format=flowed (RFC 3676): a line that ends in a space goes on in the next one of the same quote depth. A space that keeps a line from being a quote stays.</summary>
internal static class FlowedText
{
    /// <param name="deleteSpace">DelSp=yes: the space at the end is no part of the text.</param>
    public static string Unfold(string text, bool deleteSpace)
    {
        var result = new StringBuilder(text.Length);
        var (depth, isOpen) = (0, false);
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var quotes = raw.Length - raw.TrimStart('>').Length;
            var line = raw[quotes..];
            line = line.StartsWith(' ') && !line.StartsWith(" >", StringComparison.Ordinal) ? line[1..] : line;
            if (isOpen && quotes == depth && line != "-- ")
            {
                result.Append(line);
            }
            else
            {
                result.Append(result.Length == 0 ? "" : "\n").Append('>', quotes).Append(quotes > 0 ? " " : "").Append(line);
            }
            isOpen = line.EndsWith(' ') && line != "-- ";
            depth = quotes;
            result.Length -= isOpen && deleteSpace ? 1 : 0;
        }
        return result.ToString();
    }
}
