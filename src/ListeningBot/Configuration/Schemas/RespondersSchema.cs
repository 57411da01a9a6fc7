using System.Text.Json.Nodes;
using ListeningBot.Configuration.Teams;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Configuration.Schemas;

/// <summary>The keys of config/responders.yaml.</summary>
internal static class RespondersSchema
{
    private const string Length = @"[0-9]{1,6}(\.[0-9]{1,3})? *(m|min|mins|minute|minutes|h|hour|hours|d|day|days|w|week|weeks)";

    public static readonly MapKeys Member = new(
        new("id", "Short, and no other member has it: small letters, digits, - and _.", Shape.Text(longest: Names.Longest), Required: true),
        new("name", "What colleagues read. Default: the id.", Shape.Text(longest: MemberEntry.LongestName)),
        new("accounts", "Chat accounts, service and id: \"discord:123456789012345678\".", Shape.OneOrMore()),
        new("languages", "Two letters each: en, de...", Shape.Of(("type", Shape.Words("string", "array")), ("items", Shape.Text(pattern: Shape.LanguagePattern)))),
        new("zone", "IANA name of the time zone in which this person reads and writes times: Europe/Berlin. Default: that of the first team that names them.", Shape.Text()));

    public static readonly MapKeys Turns = new(
        new("turns", "Who takes turns, in order.", Shape.List(Shape.Text()), Required: true),
        new("every", "week (the default), day, or 3 days.", Shape.Text(usual: "week")),
        new("from", "The first one's first day and the time of hand-over: 2026-01-05 09:00.", Shape.Text(), Required: true));

    public static readonly MapKeys Team = new(
        new("name", "The team of a watch, or of a rule below routes: small letters, digits, - and _.", Shape.Text(longest: Names.Longest), Required: true),
        new("zone", "IANA name of the time zone of all hours and dates of this team: Europe/Berlin. Default: Etc/UTC.", Shape.Text(usual: "Etc/UTC")),
        new("members", "Ids of members.", Shape.OneOrMore()),
        new("roles", "Chat roles whose holders may act for this team: \"discord:234567890123456789\".", Shape.OneOrMore()),
        new("leads", "Ids of members who are called when nobody claims.", Shape.OneOrMore()),
        new("managers", "Ids of members who are called after the leads.", Shape.OneOrMore()),
        new("rota", "Who is on call when; whoever is in any line is. Left out: all members, always.", Shape.ListOrNothing(Shape.Line(Shape.Either(Shape.Defined("who"), Shape.Defined("turns"))))),
        new("changes", "Dated changes of the rota, later lines on top: \"2026-12-24: [ben]\", \"2026-08-03 to 2026-08-14: anna away\", \"2026-12-27: ben for anna\".", Shape.ListOrNothing(Shape.Line(Shape.Defined("who")))),
        new("hours", "Business hours, in which targets and escalation count: \"mon-fri 09:00-17:00\". Default: the hours of the rota.", Shape.OneOrMore()),
        new("quiet", "Hours in which only critical cases call anybody: \"22:00-07:00\".", Shape.OneOrMore()),
        new("holidays", "Calendars of holidays: an .ics file beside this one, or an https address.", Shape.OneOrMore()),
        new("targets", "By when what is done; what is left out keeps its default.", Shape.Add(TargetsSchema.Keys.Schema(), Shape.Of(("type", Shape.Words("object", "null"))))));

    public static readonly MapKeys Route = new(
        new("watch", "Names of watches.", Shape.OneOrMore()),
        new("aspect", "What it is about.", Shape.Either(Shape.Defined("aspect"), Shape.List(Shape.Defined("aspect")))),
        new("language", "Two letters each.", Shape.OneOrMore()),
        new("priority", "This, and what is more urgent.", Shape.OneOf(TargetsEntry.Priorities)),
        new("channel", "Names or kinds of channels.", Shape.OneOrMore()),
        new("author", "Accounts, as in ours.", Shape.OneOrMore()),
        new("team", "The first answers, the others see the card as well.", Shape.OneOrMore(), Required: true));

    public static readonly MapKeys Top = new(
        new("members", "The people.", Shape.ListOrNothing(Member.Schema())),
        new("teams", "The teams.", Shape.ListOrNothing(Team.Schema())),
        new("routes", "Rules by which cases come to teams; the first that fits decides. Without one: the teams of the watches.", Shape.ListOrNothing(Route.Schema())),
        new("vips", "Accounts, as in ours, whose cases are raised by one step, up to high.", Shape.OneOrMore()));

    public static JsonObject Definitions => Shape.Of(
        ("duration", Shape.Add(Shape.Of(("description", "15 min, 4 h, 2 days or never.")), Shape.Text(pattern: $"^ *({Length}|never) *$"))),
        ("surely", Shape.Add(Shape.Of(("description", "15 min, 4 h or 2 days.")), Shape.Text(pattern: $"^ *{Length} *$"))),
        ("who", Shape.Either(Shape.Text(), Shape.List(Shape.Text()))),
        ("turns", Turns.Schema()),
        ("aspect", Shape.OneOf(Aspects.Names)));
}
