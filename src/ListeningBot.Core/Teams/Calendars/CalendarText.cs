using System.Text;

namespace ListeningBot.Core.Teams.Calendars;

/// <summary>One content line of an iCalendar text.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Name">In capitals.</param>
internal sealed record CalendarLine(int Line, string Name, IReadOnlyDictionary<string, string> Parameters, string Value);

/// <summary>Unfolds an iCalendar text (RFC 5545, section 3.1) and takes its lines apart.</summary>
internal static class CalendarText
{
    private const int LongestLine = 64 * 1024;

    /// <summary>Lines that are none, or longer than any sane one, are left out.</summary>
    public static IEnumerable<CalendarLine> Lines(string text)
    {
        var (line, began) = (0, 0);
        var whole = new StringBuilder();
        foreach (var part in text.TrimStart('\uFEFF').Split('\n'))
        {
            line++;
            var plain = part.TrimEnd('\r');
            if (plain.Length > 0 && plain[0] is ' ' or '\t')
            {
                whole.Append(plain, 1, whole.Length > LongestLine ? 0 : plain.Length - 1);
                continue;
            }
            if (Parse(whole.ToString(), began) is { } before)
            {
                yield return before;
            }
            whole.Clear().Append(plain);
            began = line;
        }
        if (Parse(whole.ToString(), began) is { } last)
        {
            yield return last;
        }
    }

    private static CalendarLine? Parse(string line, int number)
    {
        if (line.Length > LongestLine || Colon(line) is not (> 0 and var colon))
        {
            return null;
        }
        var parts = Parts(line[..colon]);
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in parts.Skip(1))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parameters.TryAdd(parameter[..equals], parameter[(equals + 1)..].Trim('"'));
            }
        }
        return new CalendarLine(number, parts[0].Trim().ToUpperInvariant(), parameters, line[(colon + 1)..]);
    }

    private static List<string> Parts(string head)
    {
        var parts = new List<string>();
        var (begin, quoted) = (0, false);
        for (var i = 0; i < head.Length; i++)
        {
            quoted ^= head[i] == '"';
            if (head[i] == ';' && !quoted)
            {
                parts.Add(head[begin..i]);
                begin = i + 1;
            }
        }
        parts.Add(head[begin..]);
        return parts;
    }

    /// <summary>Where the value begins: the first colon outside quotes, or -1.</summary>
    private static int Colon(string text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            if (text[i] == ':' && !quoted)
            {
                return i;
            }
        }
        return -1;
    }
}
