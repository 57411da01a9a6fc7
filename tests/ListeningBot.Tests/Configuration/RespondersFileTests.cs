using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using NodaTime;

namespace ListeningBot.Tests.Configuration;

public sealed class RespondersFileTests
{
    private const string People = """
        members:
          - id: anna
            name: Anna Berg
            accounts: ["chat:1"]
            languages: [de, en]
            zone: Europe/Berlin
          - id: ben
            accounts: ["chat:2"]

        """;

    private const string Whole = People + """
        teams:
          - name: care
            zone: Europe/Berlin
            members: [anna, ben]
            roles: ["chat:77"]
            leads: [anna]
            managers: ben
            rota:
              - mon-fri 09:00-17:00: [anna, ben]
              - sat,sun 22:00-02:00: ben
              - always: { turns: [anna, ben], every: week, from: 2026-01-05 09:00 }
            changes:
              - 2026-12-24 09:00-13:00: [ben]
              - 2026-08-03 to 2026-08-14: anna away
              - 2026-12-27: ben for anna
            hours: mon-fri 08:00-18:00
            quiet: [22:00-07:00]
            holidays: [holidays.ics, "https://calendars.example/de.ics"]
            targets:
              first answer: { critical: 10 min, low: never }
              ping: 5 min
              repeats: 0
              floor: 12 h
              follow up: 3 days
        routes:
          - aspect: [billing, refund]
            priority: high
            team: care
          - watch: brand
            language: fr
            channel: feed
            author: "*@paper.example"
            team: [care, help]
        vips: ["@mayor"]

        """;

    private const string Watches = "watches:\n  - name: brand\n    team: help\n    find: [nimbus]\n";
    private const string Calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\nEND:VCALENDAR\n";

    [Fact]
    public void A_whole_file_is_read()
    {
        using var folder = Folder(Whole).Write("config/holidays.ics", Calendar);
        var settings = folder.Settings();
        var team = settings.Responders.TeamOf("care");

        Assert.Equal(["anna", "ben"], team.Members.Select(member => member.Id));
        Assert.Equal(("Anna Berg", "ben", "Europe/Berlin"), (team.Members[0].Name, team.Members[1].Name, team.Members[0].Zone));
        Assert.Equal((1, 1, "chat:77"), (team.Leads.Count, team.Managers.Count, team.Roles[0]));
        Assert.Equal((new LocalTime(22, 0), new LocalTime(2, 0), 2), (team.Rota[1].When!.From, team.Rota[1].When!.To, team.Rota[1].When!.Days.Count));
        Assert.Equal((null, new Turns(7, new LocalDateTime(2026, 1, 5, 9, 0))), (team.Rota[2].When, team.Rota[2].Turns));
        Assert.Equal(new LocalDateTime(2026, 8, 15, 0, 0), Assert.IsType<Away>(team.Changes[1]).To);
        Assert.Equal("anna", Assert.IsType<StandIn>(team.Changes[2]).For.Id);
        Assert.Equal(new LocalDateTime(2026, 12, 24, 13, 0), Assert.IsType<Instead>(team.Changes[0]).To);
        Assert.Equal((5, 7), (team.Hours[0].Days.Count, team.Quiet[0].Days.Count));
        Assert.Single(team.Closed.Holidays);
        Assert.Equal(["https://calendars.example/de.ics"], team.Calendars);
        Assert.Equal(new ByPriority(TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(4), null), team.Targets.FirstAnswer);
        Assert.Equal(TimeSpan.FromMinutes(5), team.Targets.Ping.Of(Priority.Low));
        Assert.Equal((0, TimeSpan.FromHours(12), TimeSpan.FromDays(3)), (team.Targets.Repeats, team.Targets.Floor, team.Targets.FollowUp));
        Assert.Equal(Targets.Default.Lead, team.Targets.Lead);
        Assert.Equal(["aspect billing or refund, priority at least high", "watch brand, language fr, channel feed, author *@paper.example"], settings.Responders.Routes.Select(rule => rule.ToString()));
        Assert.Equal(["@mayor"], settings.Responders.Vips.Accounts);
    }

    [Fact]
    public void No_file_and_an_empty_one_describe_nobody()
    {
        using var without = ConfigurationFolder.With(watches: Watches);
        using var empty = Folder("# nothing yet\n");
        Assert.Empty(without.Settings().Responders.Teams);
        Assert.Empty(empty.Settings().Responders.Teams);
    }

    [Fact]
    public void A_team_without_a_watch_has_a_room_and_so_have_what_is_private_and_what_is_tried_out()
    {
        const string app = """{ "Notifiers": { "chat": { "Token": "t" } }, "Rooms": { "care": { "Notifier": "chat", "Address": "12" } } }""";
        using var folder = ConfigurationFolder.With(app, Watches).Write("config/responders.yaml", "teams:\n  - name: care\n");
        var rooms = folder.Settings().Rooms.ToDictionary(room => room.Name, room => room.Notifier + room.Address);
        Assert.Equal(new Dictionary<string, string> { ["help"] = "console", ["care"] = "chat12", ["ops"] = "console", ["private"] = "chat12", ["shadow"] = "console" }, rooms);
    }

    [Theory]
    [InlineData("\"private\": { \"Notifier\": \"chat\", \"Address\": \"3\" }, \"default\": { \"Notifier\": \"chat\", \"Address\": \"4\" }", "chat3", "console")]
    [InlineData("\"default\": { \"Notifier\": \"chat\", \"Address\": \"4\" }, \"shadow\": { \"Notifier\": \"chat\", \"Address\": \"5\" }", "chat4", "chat5")]
    [InlineData("", "console", "console")]
    public void Private_cases_go_to_their_own_room_else_where_people_are(string rooms, string @private, string shadow)
    {
        using var folder = ConfigurationFolder.With($$"""{ "Notifiers": { "chat": { "Token": "t" } }, "Rooms": { {{rooms}} } }""", Watches);
        var read = folder.Settings().Rooms.ToDictionary(room => room.Name, room => room.Notifier + room.Address);
        Assert.Equal((@private, shadow), (read["private"], read["shadow"]));
    }

    [Theory]
    [InlineData("membres: []\n", 1, "has an unknown key \"membres\" in this file", "Did you mean \"members\"?")]
    [InlineData("members: anna\n", 1, "members is not a list", "Write each of the members as - id: ... with its other keys below.")]
    [InlineData("members:\n  - anna\n", 2, "has an entry of members without keys", "config/README.md shows how members are written.")]
    [InlineData("members:\n  - id: Anna B\n", 2, "member \"Anna B\" has the id \"Anna B\", which is no fit name", "Use small letters, digits, - and _ (one at a time), beginning with a letter, at most 40.")]
    [InlineData("members:\n  - name: Anna\n", 2, "a member has no id", "Add id: and a short name of its own.")]
    [InlineData("members:\n  - id: anna\n    zone: Berlin\n", 3, "member \"anna\" has the zone \"Berlin\", which is not known", "Did you mean \"Europe/Berlin\"?")]
    [InlineData("members:\n  - id: anna\n    zone: Europe/Berlni\n", 3, "member \"anna\" has the zone \"Europe/Berlni\", which is not known", "Did you mean \"Europe/Berlin\"?")]
    [InlineData("members:\n  - id: anna\n    languages: [english]\n", 3, "member \"anna\": languages names the language \"english\", which is not known", "Write en.")]
    [InlineData("members:\n  - id: anna\n    accounts: [1234]\n", 3, "member \"anna\": accounts has \"1234\", which does not say on which service", "Write service and id in quotes: \"discord:123456789012345678\".")]
    [InlineData("members:\n  - id: anna\n    accounts: [\"chta:1\"]\n", 3, "member \"anna\": accounts names the service \"chta\", which is no kind of notifier", "Did you mean \"chat\"?")]
    [InlineData("members:\n  - id: anna\n    accounts: [\"chat:@anna\"]\n", 3, "member \"anna\": accounts has \"chat:@anna\", which is no id of chat", "Digits only.")]
    [InlineData("members:\n  - id: anna\n  - id: anna\n", 3, "has \"anna\" a second time among the members, the first is on line 2", "Give each a name of its own.")]
    [InlineData("members:\n  - id: anna\n    accounts: [\"chat:1\"]\n  - id: ben\n    accounts: [\"chat:1\"]\n", 5, "has the account \"chat:1\" a second time, the first is on line 3", "Give each account to one member.")]
    [InlineData("members:\n  - id: anna\n    accounts: chat:1\n  - id: ben\n    accounts: chat:1\n", 5, "has the account \"chat:1\" a second time, the first is on line 3", "Give each account to one member.")]
    [InlineData("members:\n  - id: anna\nteams:\n  - name: care\n    rota: [{ always: anna }]\n", 5, "team \"care\": rota names \"anna\", who is not one of its members", "Add anna to the members of this team.")]
    public void What_is_wrong_is_told_with_its_line_and_cure(string text, int line, string what, string cure)
    {
        using var folder = Folder(text);
        Assert.Equal(new("config/responders.yaml", line, what, cure), folder.Problem() with { Column = null });
    }

    [Theory]
    [InlineData("name: ops", "team \"ops\" has a name that the bot keeps for a room of its own", "Choose another name.")]
    [InlineData("members: [ana]", "team \"care\": members names the member \"ana\", which is not known", "Did you mean \"anna\"?")]
    [InlineData("rota: [mon-fri 09:00-17:00]", "team \"care\": rota has an entry that is not one \"when: who\"", "Write each shift as - mon-fri 09:00-17:00: [anna, ben], or - always: [anna].")]
    [InlineData("rota: [{ mon-fri 9-17: anna }]", "team \"care\": rota has \"mon-fri 9-17\", which is no hours of a week", "Write days and hours: mon-fri 09:00-17:00, or sat,sun 10:00-14:00, or 22:00-07:00 for every day.")]
    [InlineData("rota: [{ \"mon 09:00-25:00\": anna }]", "team \"care\": rota has \"mon 09:00-25:00\", which is no hours of a week", "Write days and hours: mon-fri 09:00-17:00, or sat,sun 10:00-14:00, or 22:00-07:00 for every day.")]
    [InlineData("rota: [{ always: [] }]", "team \"care\": rota names nobody", "Add who it is: [anna, ben].")]
    [InlineData("rota: [{ always: ben }]", "team \"care\": rota names \"ben\", who is not one of its members", "Add ben to the members of this team.")]
    [InlineData("rota: [{ always: { turns: [anna], every: 2 h, from: 2026-01-05 } }]", "team \"care\": rota: every is \"2 h\", which is no whole days", "Write every: week, every: day or every: 3 days.")]
    [InlineData("rota: [{ always: { turns: [anna] } }]", "team \"care\": rota does not say from when the turns count", "Add from: 2026-01-05 09:00, the first one's first day and the time of hand-over.")]
    [InlineData("changes: [{ 2026-02-30: anna }]", "team \"care\": changes has \"2026-02-30\", which is no date or time from one to another", "Write 2026-12-24, or 2026-12-24 09:00-13:00, or 2026-08-03 to 2026-08-14 (that day included).")]
    [InlineData("changes: [{ 2026-08-14 to 2026-08-03: anna away }]", "team \"care\": changes has \"2026-08-14 to 2026-08-03\", which is no date or time from one to another", "Write 2026-12-24, or 2026-12-24 09:00-13:00, or 2026-08-03 to 2026-08-14 (that day included).")]
    [InlineData("changes: [{ 2026-08-14: ana away }]", "team \"care\": changes names the member \"ana\", which is not known", "Did you mean \"anna\"?")]
    [InlineData("changes: [{ 2026-08-14: anna gone }]", "team \"care\": changes has \"anna gone\", which does not say who is there", "Write [ben] or [anna, ben] for those who are there alone, anna away, or ben for anna.")]
    [InlineData("roles: [\"chta:7\"]", "team \"care\": roles names the service \"chta\", which is no kind of notifier", "Did you mean \"chat\"?")]
    [InlineData("quiet: at night", "team \"care\": quiet has \"at night\", which is no hours of a week", "Write days and hours: mon-fri 09:00-17:00, or sat,sun 10:00-14:00, or 22:00-07:00 for every day.")]
    [InlineData("holidays: feast.ics", "team \"care\": holidays names \"feast.ics\", which is no calendar file in config/", "Save the calendar as an .ics file beside responders.yaml and write its name, or give an address with https://.")]
    [InlineData("holidays: \"webcal://a.example/b\"", "team \"care\": holidays has an address that can't be fetched", "Write it with https:// in front.")]
    [InlineData("targets: 4 h", "team \"care\": targets is not a group of keys", "Write targets: and below it first answer: { critical: 15 min }.")]
    [InlineData("targets: { first anwser: 4 h }", "has an unknown key \"first anwser\" in team \"care\": targets", "Did you mean \"first answer\"?")]
    [InlineData("targets: { ping: { critical: soon } }", "team \"care\": ping: critical is \"soon\", not a time of up to 90 days", "Write 15 min, 4 h or 2 days. Or never.")]
    [InlineData("targets: { floor: never }", "team \"care\": floor is \"never\", not a time of up to 90 days", "Write 15 min, 4 h or 2 days.")]
    [InlineData("targets: { floor: 8 days }", "team \"care\": floor lets people wait longer than 7 days", "Write at most 7 days.")]
    [InlineData("targets: { floor: 5 min }", "team \"care\": floor would call people more than once an hour for one case", "Write at least 1 h.")]
    [InlineData("targets: { repeats: often }", "team \"care\": repeats is not a number from 0 to 20", "Write how often everyone is called again after the manager: repeats: 3.")]
    public void What_is_wrong_with_a_team_is_told_with_its_line_and_cure(string key, string what, string cure)
    {
        var name = key.StartsWith("name", StringComparison.Ordinal) ? "" : "name: care\n    ";
        using var folder = Folder(People + $"teams:\n  - {(key.StartsWith("members", StringComparison.Ordinal) || name.Length == 0 ? "" : "members: anna\n    ")}{name}{key}\n");
        var problem = folder.Problem();
        Assert.Equal((what, cure), (problem.What, problem.Cure));
        Assert.True(problem.Line >= 9);
    }

    [Theory]
    [InlineData("aspect: bilings", "a rule of routes: aspect names the aspect \"bilings\", which is not known", "Did you mean \"billing\"?")]
    [InlineData("watch: brnad", "a rule of routes: watch names the watch \"brnad\", which is not known", "Did you mean \"brand\"?")]
    [InlineData("channel: fed", "a rule of routes: channel names the channel \"fed\", which is not known", "Did you mean \"feed\"?")]
    [InlineData("priority: hihg", "a rule of routes: priority names the priority \"hihg\", which is none", "Did you mean \"high\"?")]
    [InlineData("language: deutsch", "a rule of routes: language names the language \"deutsch\", which is not known", "Write de.")]
    [InlineData("author: \"*\"", "a rule of routes: author has \"*\", which is no account", "Write a handle (\"@mayor\"), an address, or \"*@paper.example\" for all addresses of a domain.")]
    [InlineData("aspcet: billing", "has an unknown key \"aspcet\" in a rule of routes", "Did you mean \"aspect\"?")]
    public void What_is_wrong_with_a_rule_is_told_with_its_line_and_cure(string key, string what, string cure)
    {
        using var folder = Folder($"routes:\n  - team: help\n    {key}\n");
        Assert.Equal(new("config/responders.yaml", 3, what, cure), folder.Problem() with { Column = null });
    }

    [Fact]
    public void A_rule_needs_a_team_that_is_there()
    {
        using var without = Folder("routes:\n  - aspect: billing\n");
        using var unknown = Folder("routes:\n  - team: hlep\n");
        Assert.Equal("a rule of routes has no team", without.Problem().What);
        Assert.Equal("Did you mean \"help\"?", unknown.Problem().Cure);
    }

    [Fact]
    public void A_calendar_is_judged_by_its_lines_and_one_that_nothing_reads_is_told()
    {
        using var folder = Folder("teams:\n  - name: care\n    holidays: a.ics\n")
            .Write("config/a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Odd\nDTSTART:soon\nEND:VEVENT\nEND:VCALENDAR\n")
            .Write("config/b.ics", Calendar);
        Assert.Equal(
            [
                "config/a.ics:2: the event \"Odd\" is left out: \"soon\" is no date or time. Mend this event in the calendar, or delete it from BEGIN:VEVENT to END:VEVENT.",
                "config/b.ics: is a calendar that nothing reads. Name it in responders.yaml below a team: holidays: [b.ics], or take it away.",
            ],
            folder.Problems().Select(problem => problem.ToString()));
    }

    [Fact]
    public void Of_a_file_that_cannot_be_read_nobody_is_told_what_it_does_not_name()
    {
        using var folder = Folder("members:\n\t- id: anna\n").Write("config/a.ics", Calendar);
        Assert.Equal(2, folder.Problem().Line);
    }

    [Fact]
    public void A_misnamed_file_is_told_what_it_may_be()
    {
        using var folder = ConfigurationFolder.With(watches: Watches).Write("config/responder.yml", "teams: []\n");
        Assert.Equal("Rename it to responders.yaml, or move it out of config/.", folder.Problem().Cure);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_mutilated_file_gives_settings_or_problems(int seed)
    {
        var random = new Random(seed);
        using var folder = Folder(Whole).Write("config/holidays.ics", Calendar);
        for (var i = 0; i < 300; i++)
        {
            folder.Write("config/responders.yaml", FuzzTests.Mutilated(Whole, random)).Write("config/holidays.ics", FuzzTests.Mutilated(Calendar, random));
            Assert.All(folder.Problems(), problem => Assert.True(problem.What.Length > 0 && problem.Cure.Length > 0 && problem.Line is null or > 0 && !problem.ToString().Contains('\n'), problem.ToString()));
        }
    }

    private static ConfigurationFolder Folder(string responders) => ConfigurationFolder.With(watches: Watches).Write("config/responders.yaml", responders);
}
