using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.TimeZones;

namespace ListeningBot.Core.Cases;

/// <summary>Reads one time from words, piece by piece: a span from now, or a day and an hour in any order. Anything left over means that it was not understood.</summary>
internal sealed partial class WhenReader(string text, DateTimeZone zone, Instant now)
{
    private static readonly LocalTime Morning = new(9, 0);
    private static readonly string[] Days = ["mo", "tu|di", "we|mi", "th|do", "fr", "sa", "su|so"];
    private static readonly string[] Months =
    [
        "jan|january|januar", "feb|february|februar", "mar|march|mär|märz|maerz|mrz", "apr|april", "may|mai", "jun|june|juni", "jul|july|juli",
        "aug|august", "sep|sept|september", "oct|october|okt|oktober", "nov|november", "dec|december|dez|dezember",
    ];
    private static readonly Dictionary<string, double> Numbers = new(StringComparer.Ordinal)
    {
        ["two"] = 2,
        ["zwei"] = 2,
        ["three"] = 3,
        ["drei"] = 3,
        ["four"] = 4,
        ["vier"] = 4,
        ["five"] = 5,
        ["fünf"] = 5,
        ["six"] = 6,
        ["sechs"] = 6,
        ["ten"] = 10,
        ["zehn"] = 10,
    };

    /// <summary>The text is short; this only satisfies whoever fears that it may not be. Milliseconds.</summary>
    private const int Patience = 10_000;

    private DateTimeZone _zone = zone;
    private int _at;
    private IsoDayOfWeek? _weekday;
    private int? _daysAhead;
    private (int? Year, int Month, int Day)? _date;
    private LocalTime? _time;
    private bool _saysTime;

    private LocalDate Today => now.InZone(_zone).Date;

    public Instant? Read()
    {
        if (Span().Match(text) is { Success: true } span)
        {
            return FromNow(span);
        }
        while (_at < text.Length)
        {
            if (!TryPiece())
            {
                return null;
            }
        }
        return Find();
    }

    /// <summary>Hours and minutes are time that passes; days and weeks are days of the calendar, at the same hour.</summary>
    private Instant? FromNow(Match span)
    {
        var passing = Duration.Zero;
        var days = 0.0;
        foreach (var (count, unit) in span.Groups["n"].Captures.Select((n, i) => (Number(n.Value), span.Groups["u"].Captures[i].Value)))
        {
            switch (unit)
            {
                case ['m', ..]:
                    passing += Duration.FromMinutes(count);
                    break;
                case ['h', ..] or ['s', ..]:
                    passing += Duration.FromHours(count);
                    break;
                case ['w', ..]:
                    days += count * 7;
                    break;
                default:
                    days += count;
                    break;
            }
        }
        if (days != Math.Floor(days) || days > 1000)
        {
            return null;
        }
        return (days > 0 ? Pick(now.InZone(_zone).LocalDateTime.PlusDays((int)days)) : now) + passing;
    }

    private static double Number(string text) =>
        Numbers.TryGetValue(text, out var word) ? word
        : char.IsAsciiDigit(text[0]) ? double.Parse(text.Replace(',', '.'), CultureInfo.InvariantCulture)
        : text.Contains("hal", StringComparison.Ordinal) ? 0.5 : 1;

    private bool TryPiece() =>
        Takes(Filler(), _ => true)
        || Takes(IsoDate(), m => SetDate(Int(m, "y"), Int(m, "m"), Int(m, "d")))
        || Takes(ClockTime(), m => SetTime(Int(m, "h"), m.Groups["m"].Success ? Int(m, "m") : 0, m.Groups["half"].Value))
        || Takes(DottedDate(), m => SetDate(m.Groups["y"].Success ? Year(m) : null, Int(m, "m"), Int(m, "d")))
        || Takes(NamedDate(), m => SetDate(m.Groups["y"].Success ? Year(m) : null, Array.FindIndex(Months, names => names.Split('|').Contains(m.Groups["month"].Value)) + 1, Int(m, "d")))
        || Takes(Weekday(), m => _weekday is null && (_weekday = (IsoDayOfWeek)(Array.FindIndex(Days, day => Begins(m.Value, day)) + 1)) is not null)
        || Takes(DayWord(), m => SetDay(m.Value))
        || Takes(PartOfDay(), m => SetPart(m.Value))
        || Takes(Utc(), _ => (_zone = DateTimeZone.Utc) is not null)
        || Takes(BareHour(), m => m.Length < text.Trim().Length && SetTime(Int(m, "h"), 0, ""));

    private bool Takes(Regex piece, Func<Match, bool> take)
    {
        var match = piece.Match(text, _at);
        if (!match.Success || !take(match))
        {
            return false;
        }
        _at += match.Length;
        return true;
    }

    private bool SetDate(int? year, int month, int day)
    {
        if (_date is not null || month is < 1 or > 12 || day is < 1 or > 31)
        {
            return false;
        }
        _date = (year, month, day);
        return true;
    }

    private bool SetTime(int hour, int minute, string half)
    {
        if (_saysTime || hour > (half.Length > 0 ? 12 : 23) || minute > 59 || (half.Length > 0 && hour == 0))
        {
            return false;
        }
        _time = new LocalTime(half.Length == 0 ? hour : hour % 12 + (half[0] == 'p' ? 12 : 0), minute);
        return _saysTime = true;
    }

    /// <summary>"morgen" is tomorrow; after a day it is that day's morning.</summary>
    private bool SetDay(string word)
    {
        if (word == "morgen" && (_daysAhead ?? (object?)_weekday ?? _date) is not null)
        {
            return SetPart("morning");
        }
        if (_daysAhead is not null)
        {
            return false;
        }
        _daysAhead = word switch
        {
            "today" or "heute" => 0,
            "tomorrow" or "morgen" => 1,
            _ => 2,
        };
        return true;
    }

    private bool SetPart(string word)
    {
        if (_time is not null)
        {
            return false;
        }
        _time = word switch
        {
            "noon" or "mittag" or "mittags" => LocalTime.Noon,
            "afternoon" or "nachmittag" => new LocalTime(15, 0),
            "evening" or "abend" => new LocalTime(18, 0),
            _ => Morning,
        };
        return _saysTime = true;
    }

    private Instant? Find()
    {
        if (_daysAhead is { } ahead)
        {
            var day = Today.PlusDays(ahead);
            return _time is null && ahead == 0 || !Fits(day) ? null : Pick(day + (_time ?? Morning));
        }
        if (_date is { } date)
        {
            return date.Year is { } year ? OnDate(year, date.Month, date.Day) : Next([0, 1], years => OnDate(Today.Year + years, date.Month, date.Day));
        }
        if (_weekday is { } weekday)
        {
            var day = Today.PlusDays(((int)weekday - (int)Today.DayOfWeek + 7) % 7);
            return Next([0, 7], days => Pick(day.PlusDays(days) + (_time ?? Morning)));
        }
        return _time is { } time ? Next([0, 1], days => Pick(Today.PlusDays(days) + time)) : null;
    }

    /// <summary>The first that is still to come; else the last, so that it can be said that it has passed.</summary>
    private Instant? Next(int[] steps, Func<int, Instant?> at)
    {
        var found = steps.Select(at).OfType<Instant>().ToList();
        return found.Count == 0 ? null : found.Find(moment => moment > now) is var next && next > now ? next : found[^1];
    }

    private Instant? OnDate(int year, int month, int day) =>
        year is >= 1970 and <= 9000 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) && new LocalDate(year, month, day) is var date && Fits(date)
            ? Pick(date + (_time ?? Morning))
            : null;

    /// <summary>What is said twice must agree: "Friday 27.11.", "today 24.12.".</summary>
    private bool Fits(LocalDate day) =>
        (_weekday is not { } weekday || day.DayOfWeek == weekday) && (_date is not { } date || (date.Month == day.Month && date.Day == day.Day && (date.Year ?? day.Year) == day.Year));

    /// <summary>An hour that is left out comes as much later; of an hour that comes twice the first that is still to come.</summary>
    private Instant Pick(LocalDateTime local)
    {
        var mapping = _zone.MapLocal(local);
        return mapping.Count == 2 && mapping.First().ToInstant() <= now ? mapping.Last().ToInstant() : _zone.ResolveLocal(local, Resolvers.LenientResolver).ToInstant();
    }

    private static bool Begins(string word, string beginnings) => beginnings.Split('|').Any(beginning => word.StartsWith(beginning, StringComparison.Ordinal));

    private static int Int(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static int Year(Match match) => Int(match, "y") is var year && year < 100 ? 2000 + year : year;

    [GeneratedRegex(@"^\s*(?:(?:in|within|innerhalb von)\s+)?(?:(?<n>[0-9]{1,4}(?:[.,][0-9]{1,2})?|half an?|eine[rm]? halben?|halben?|an?|eine?[rm]?|one|two|three|four|five|six|ten|zwei|drei|vier|fünf|sechs|zehn)\s*(?<u>m|mins?|minutes?|minuten?|h|hrs?|hours?|std|stunden?|d|days?|tag(?:en?)?|w|weeks?|wochen?)\b\.?,?\s*(?:(?:and|und)\s+)?){1,4}(?:from now)?\s*$", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Span();

    [GeneratedRegex(@"\G(?:[\s,;@]+|(?:on|at|by|until|till|the|this|um|am|bis|zum|den|dem|der|dann|spätestens|diesen|o'clock)\b)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Filler();

    [GeneratedRegex(@"\G(?<y>[0-9]{4})-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})(?:t(?=[0-9])|(?![0-9.:-]))", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"\G(?<h>[0-9]{1,2})(?::(?<m>[0-9]{2})(?::00)?(?![0-9:])\s*(?<half>[ap]\.?m\b\.?)?(?:\s*uhr\b)?|\s*(?<half>[ap]\.?m\b\.?)|(?:\.(?<m>[0-9]{2}))?\s*uhr\b(?:\s*(?<m>[0-9]{2})\b)?|h(?<m>[0-9]{2})?\b)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex ClockTime();

    [GeneratedRegex(@"\G(?<d>[0-9]{1,2})\.\s?(?<m>[0-9]{1,2})(?:\.\s?(?<y>[0-9]{4}|[0-9]{2}(?![0-9:h.]|\s*uhr|\s*[ap]\.?m))?|(?![0-9:]))(?![0-9:-])", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex DottedDate();

    [GeneratedRegex(@"\G(?:(?<d>[0-9]{1,2})(?:\.|st|nd|rd|th)?\s*(?:of\s+)?(?<month>\p{L}{3,9})|(?<month>\p{L}{3,9})\.?\s+(?<d>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9:.]|\s*uhr|\s*[ap]\.?m))\b\.?(?:,?\s+(?<y>20[0-9]{2})(?![0-9:]))?", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex NamedDate();

    [GeneratedRegex(@"\G(?:mon(?:days?|tags?)?|mo|tue(?:s|sdays?)?|di(?:enstags?)?|wed(?:nesdays?)?|mi(?:ttwochs?)?|thu(?:r|rs|rsdays?)?|do(?:nnerstags?)?|fri(?:days?)?|fr(?:eitags?)?|sat(?:urdays?)?|sa(?:mstags?)?|sun(?:days?)?|so(?:nntags?)?)\b\.?", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"\G(?:today|heute|tomorrow|morgen|day after tomorrow|übermorgen|uebermorgen)\b", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex DayWord();

    [GeneratedRegex(@"\G(?:morning|früh|vormittag|noon|mittags?|afternoon|nachmittag|evening|abend)\b", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex PartOfDay();

    [GeneratedRegex(@"\G(?:utc|gmt)\b", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Utc();

    [GeneratedRegex(@"\G(?<h>[0-9]{1,2})(?![0-9.:\p{L}-]|\s*[ap]\.?m\b)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex BareHour();
}
