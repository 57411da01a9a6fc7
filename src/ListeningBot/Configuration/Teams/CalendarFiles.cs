using ListeningBot.Core.Teams.Calendars;

namespace ListeningBot.Configuration.Teams;

/// <summary>The calendars of holidays that lie beside responders.yaml; those with an address are fetched while the program runs.</summary>
internal sealed class CalendarFiles(SourceTexts texts, Problems problems)
{
    private const string Folder = "config/";
    private readonly Dictionary<string, HolidayCalendar> _read = new(StringComparer.Ordinal);

    public (IReadOnlyList<HolidayCalendar> Files, IReadOnlyList<string> Addresses) Read(IReadOnlyList<ScalarNode> named, string what)
    {
        var (files, addresses) = (new List<HolidayCalendar>(), new List<string>());
        foreach (var name in named)
        {
            var text = name.Text.Trim();
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            {
                addresses.Add(text);
            }
            else if (text.Contains("://", StringComparison.Ordinal))
            {
                problems.Add(name.Place, $"{what}: holidays has an address that can't be fetched", "Write it with https:// in front.");
            }
            else
            {
                files.Add(Of(name, what));
            }
        }
        return (files, addresses);
    }

    public void RefuseUnread()
    {
        foreach (var file in texts.Files.Where(file => IsCalendar(file.Name) && !_read.ContainsKey(file.Name)))
        {
            problems.Add(new Place(file.Shown, null), "is a calendar that nothing reads", "Name it in responders.yaml below a team: holidays: [" + file.Name[Folder.Length..] + "], or take it away.");
        }
    }

    public static bool IsCalendar(string name) => name.EndsWith(".ics", StringComparison.OrdinalIgnoreCase);

    private HolidayCalendar Of(ScalarNode name, string what)
    {
        var file = Folder + name.Text.Trim();
        if (!_read.TryGetValue(file, out var calendar))
        {
            if (!IsCalendar(file) || texts.File(file) is not { } text)
            {
                problems.Add(name.Place, $"{what}: holidays names {Problems.Quote(name.Text)}, which is no calendar file in config/", "Save the calendar as an .ics file beside responders.yaml and write its name, or give an address with https://.");
                return HolidayCalendar.None;
            }
            _read[file] = calendar = ReadFile(text);
        }
        return calendar;
    }

    private HolidayCalendar ReadFile(FileText file)
    {
        if (file.Text(problems) is not { } text)
        {
            return HolidayCalendar.None;
        }
        var calendar = HolidayCalendar.Read(text);
        if (!calendar.IsCalendar)
        {
            problems.Add(new Place(file.Shown, 1), "is no iCalendar file", "Export the calendar again as .ics; such a file begins with BEGIN:VCALENDAR.");
        }
        foreach (var fault in calendar.Faults)
        {
            problems.Add(new Place(file.Shown, fault.Line), fault.What, "Mend this event in the calendar, or delete it from BEGIN:VEVENT to END:VEVENT.");
        }
        return calendar;
    }
}
