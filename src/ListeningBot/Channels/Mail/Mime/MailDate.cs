using System.Globalization;

namespace ListeningBot.Channels.Mail.Mime;

/// <summary>Dates as letters and servers write them: "Mon, 2 Nov 2026 09:00:00 +0100 (CET)" (RFC 5322 with its old forms) and "02-Nov-2026 09:00:00 +0100" (IMAP).</summary>
internal static class MailDate
{
    public static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private const int MaxLength = 100;

    private static readonly Dictionary<string, int> ZoneHours = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EST"] = -5,
        ["EDT"] = -4,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["PST"] = -8,
        ["PDT"] = -7,
        ["CET"] = 1,
        ["CEST"] = 2,
        ["MET"] = 1,
        ["MEST"] = 2,
        ["BST"] = 1,
        ["JST"] = 9,
    };

    /// <summary>Null for what is no date.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        var plain = WithoutComments(text is { Length: > MaxLength } ? text[..MaxLength] : text ?? "");
        var words = plain.Split([' ', '\t', '-', ',', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).ToList();
        var zone = Zone(plain);
        var month = words.FindIndex(w => w.Length >= 3 && Array.Exists(Months, m => w.StartsWith(m, StringComparison.OrdinalIgnoreCase)));
        if (month < 0 || Near(words, month, -1) is not { } day || Near(words, month, 1) is not { } year || words.Find(w => w.Contains(':')) is not { } clock)
        {
            return null;
        }
        var monthNumber = Array.FindIndex(Months, m => words[month].StartsWith(m, StringComparison.OrdinalIgnoreCase)) + 1;
        return Make(year < 50 ? year + 2000 : year < 100 ? year + 1900 : year, monthNumber, day, clock, zone);
    }

    private static int? Near(List<string> words, int month, int step) =>
        month + step >= 0 && month + step < words.Count && int.TryParse(words[month + step], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Make(int year, int month, int day, string clock, TimeSpan zone)
    {
        var parts = clock.Split('+')[0].Split(':').Select(p => int.TryParse(p.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1).ToArray();
        var second = parts.Length > 2 ? Math.Min(parts[2], 59) : 0;
        if (parts.Length < 2 || year is < 1970 or > 9990 || parts[0] is < 0 or > 23 || parts[1] is < 0 or > 59 || second < 0 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }
        return new DateTimeOffset(year, month, day, parts[0], parts[1], second, TimeSpan.Zero) - zone;
    }

    /// <summary>The offset after the time: "+0100", "GMT+01:00", "EST"; zero when there is none that makes sense.</summary>
    private static TimeSpan Zone(string plain)
    {
        var clock = plain.IndexOf(':');
        var rest = clock < 0 ? "" : plain[clock..];
        var sign = rest.LastIndexOfAny(['+', '-']);
        if (sign < 0)
        {
            var name = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1) ?? "";
            return TimeSpan.FromHours(ZoneHours.GetValueOrDefault(name));
        }
        var digits = new string([.. rest[(sign + 1)..].Where(char.IsAsciiDigit)]);
        if (digits.Length is 0 or 3 or > 4 || !int.TryParse(digits.Length <= 2 ? digits + "00" : digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 1459)
        {
            return TimeSpan.Zero;
        }
        var offset = TimeSpan.FromMinutes((number / 100 * 60) + (number % 100));
        return rest[sign] == '-' ? -offset : offset;
    }

    private static string WithoutComments(string text)
    {
        var open = text.IndexOf('(');
        var close = open < 0 ? -1 : text.IndexOf(')', open);
        return open < 0 ? text : WithoutComments(close < 0 ? text[..open] : text[..open] + text[(close + 1)..]);
    }
}
