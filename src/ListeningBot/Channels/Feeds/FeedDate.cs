using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ListeningBot.Channels.Feeds;

/// <summary>Reads the dates that feeds really carry. What makes no sense is null, never a guess; a missing or unknown zone is UTC.</summary>
internal static partial class FeedDate
{
    private const int Longest = 80;

    private static readonly FrozenDictionary<string, int> ZoneMinutes = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["EST"] = -300,
        ["EDT"] = -240,
        ["CST"] = -360,
        ["CDT"] = -300,
        ["MST"] = -420,
        ["MDT"] = -360,
        ["PST"] = -480,
        ["PDT"] = -420,
        ["AKST"] = -540,
        ["AKDT"] = -480,
        ["HST"] = -600,
        ["BRT"] = -180,
        ["ART"] = -180,
        ["WEST"] = 60,
        ["BST"] = 60,
        ["CET"] = 60,
        ["MEZ"] = 60,
        ["CEST"] = 120,
        ["MESZ"] = 120,
        ["EET"] = 120,
        ["EEST"] = 180,
        ["MSK"] = 180,
        ["IST"] = 330,
        ["SGT"] = 480,
        ["HKT"] = 480,
        ["JST"] = 540,
        ["KST"] = 540,
        ["AEST"] = 600,
        ["AEDT"] = 660,
        ["NZST"] = 720,
        ["NZDT"] = 780,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null || text.Length > Longest * 2 || Spaces().Replace(InAsciiDigits(text), " ").Trim() is not { Length: > 0 and <= Longest } date)
        {
            return null;
        }
        foreach (var form in (ReadOnlySpan<Regex>)[Iso(), DayFirst(), MonthFirst(), Basic()])
        {
            if (form.Match(date) is { Success: true } match)
            {
                return Of(match);
            }
        }
        return Epoch(date);
    }

    /// <summary>Arabic, Persian and Indian blogs write the digits of their script.</summary>
    private static string InAsciiDigits(string text) =>
        Ascii.IsValid(text) ? text : string.Concat(text.Select(c => CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit ? (char)('0' + digit) : c));

    private static DateTimeOffset? Of(Match match)
    {
        var month = MonthOf(match.Groups["mon"].Value);
        if (month is null || match.Groups["y"].Length == 0 || YearOf(match.Groups["y"].Value) is not (>= 1 and <= 9998 and var year))
        {
            return null;
        }
        var (day, hour) = (Number(match, "d", 1), HourOf(match));
        var (minute, second) = (Number(match, "m", 0), Number(match, "s", 0));
        if (day < 1 || day > DateTime.DaysInMonth(year, month.Value) || hour > 24 || minute > 59 || second > 60)
        {
            return null;
        }
        var local = new DateTime(year, month.Value, day).AddHours(hour).AddMinutes(minute).AddSeconds(second).Add(FractionOf(match.Groups["f"].Value));
        var utc = local.Ticks - (TimeSpan.TicksPerMinute * OffsetOf(match.Groups["z"].Value.Trim()));
        return utc < 0 ? null : new DateTimeOffset(utc, TimeSpan.Zero);
    }

    private static int Number(Match match, string group, int missing) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : missing;

    private static int HourOf(Match match)
    {
        var hour = Number(match, "h", 0);
        return match.Groups["ap"].Value.ToLowerInvariant() switch
        {
            "am" => hour == 12 ? 0 : hour,
            "pm" => hour < 12 ? hour + 12 : hour,
            _ => hour,
        };
    }

    private static TimeSpan FractionOf(string digits) =>
        digits.Length == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(double.Parse("0." + digits, CultureInfo.InvariantCulture));

    /// <summary>Years of two digits are 1950 to 2049, of three digits as RFC 5322 reads them.</summary>
    private static int YearOf(string digits) =>
        (digits.Length, int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)) switch
        {
            (2, < 50 and var year) => 2000 + year,
            ( <= 3, var year) => 1900 + year,
            (_, var year) => year,
        };

    private static int? MonthOf(string month)
    {
        if (month.Length == 0)
        {
            return 1;
        }
        if (char.IsAsciiDigit(month[0]))
        {
            return int.Parse(month, NumberStyles.None, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var number ? number : null;
        }
        var at = "janfebmaraprmayjunjulaugsepoctnovdec".IndexOf(month[..3].ToLowerInvariant(), StringComparison.Ordinal);
        return at >= 0 && at % 3 == 0 ? (at / 3) + 1 : null;
    }

    /// <summary>Minutes east of Greenwich.</summary>
    private static int OffsetOf(string zone)
    {
        if (Offset().Match(zone) is not { Success: true } match)
        {
            return ZoneMinutes.GetValueOrDefault(zone);
        }
        var minutes = (Number(match, "oh", 0) * 60) + Number(match, "om", 0);
        return minutes > 15 * 60 ? 0 : match.Groups["sign"].ValueSpan is "+" ? minutes : -minutes;
    }

    private static DateTimeOffset? Epoch(string date) =>
        long.TryParse(date, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && date.Length is 9 or 10 or 13
            ? DateTimeOffset.FromUnixTimeMilliseconds(date.Length == 13 ? number : number * 1000)
            : null;

    private const string Clock = @"(?:[ T,]+(?:at )?(?<h>\d{1,2})[:.](?<m>\d{2})(?:[:.](?<s>\d{2})(?:[.,](?<f>\d{1,7})\d*)?)?)?(?: ?(?<ap>[AaPp][Mm])\b)?";
    private const string Zone = @"(?<z> ?(?:Z|(?:GMT|UTC|UT)? ?[+\u2212-] ?\d{1,2}:?(?:\d{2})?|[A-Za-z]{1,5})?)(?: ?\([^)]*\))?";

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(?<y>\d{4})[-/.](?<mon>\d{1,2})(?:[-/.](?<d>\d{1,2}))?" + Clock + Zone + "$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Iso();

    [GeneratedRegex(@"^(?:[^\d\W]+[.,]* ?,? ?)?(?<d>\d{1,2})[ .-]{1,2}(?<mon>[A-Za-z]{3,9})\.?,?[ -](?<y>\d{2,4})" + Clock + Zone + "$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"^(?:[A-Za-z]{3,9}[.,]* )?(?<mon>[A-Za-z]{3,9})\.? (?<d>\d{1,2})(?:st|nd|rd|th)?,?(?: (?<y>\d{4}))?" + Clock + Zone + @"(?: (?<y>\d{4}))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MonthFirst();

    [GeneratedRegex(@"^(?<y>\d{4})(?<mon>\d{2})(?<d>\d{2})(?:T?(?<h>\d{2})(?<m>\d{2})(?<s>\d{2}))?" + Zone + "$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Basic();

    [GeneratedRegex(@"^(?:GMT|UTC|UT)? ?(?<sign>[+\u2212-]) ?(?<oh>\d{1,2}):?(?<om>\d{2})?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Offset();
}
