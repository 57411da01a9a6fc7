using ListeningBot.Configuration.Schemas;
using ListeningBot.Core.Teams;
using ListeningBot.Notifiers;

namespace ListeningBot.Configuration.Teams;

/// <summary>One entry below teams:.</summary>
internal sealed class TeamEntry(MapNode map, IReadOnlyList<Member> people, IReadOnlyList<NotifierKind> notifiers, CalendarFiles calendars, RespondersText text)
{
    private readonly string _what = map.ValueOf("name") is ScalarNode { Text: var name } ? "team " + Problems.Quote(name) : "a team";

    public Team? Read()
    {
        WatchesFile.RefuseUnknownKeys(map, RespondersSchema.Team.Names, _what, text.Problems);
        var name = text.Name(map, "name", _what);
        if (SettingsReader.OwnRooms.Contains(name, StringComparer.Ordinal))
        {
            text.Problems.Add(map.ValueOf("name")!.Place, $"{_what} has a name that the bot keeps for a room of its own", "Choose another name.");
        }
        var zone = text.Zone(map, _what);
        var members = text.Members(map.ValueOf("members"), _what + ": members", people);
        var rota = new RotaEntry(members, people, _what, text);
        var (files, addresses) = calendars.Read(text.Texts(map.ValueOf("holidays"), _what + ": holidays"), _what);
        var team = new Team
        {
            Name = name,
            Zone = zone,
            Members = members,
            Roles = MemberEntry.Accounts(map.ValueOf("roles"), _what + ": roles", notifiers, text),
            Leads = text.Members(map.ValueOf("leads"), _what + ": leads", people),
            Managers = text.Members(map.ValueOf("managers"), _what + ": managers", people),
            Rota = rota.Shifts(map),
            Changes = rota.Changes(map),
            Hours = text.Hours(map.ValueOf("hours"), _what + ": hours"),
            Quiet = text.Hours(map.ValueOf("quiet"), _what + ": quiet"),
            Closed = new Closings([.. files.SelectMany(file => file.Holidays)], zone) { Observances = files.Sum(file => file.Observances) },
            Calendars = addresses,
            Targets = new TargetsEntry(_what, text).Read(map),
        };
        return name.Length == 0 ? null : team;
    }
}
