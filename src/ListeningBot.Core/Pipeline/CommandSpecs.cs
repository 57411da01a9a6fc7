using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>The commands as they are offered to people.</summary>
internal static class CommandSpecs
{
    private static readonly OptionSpec CaseNumber = new("case", "The number on the card; in a case's thread it may be left out", Required: false, Number: true, []);
    private static readonly OptionSpec Team = new("team", "A team's name; left out: all", Required: false, Number: false, []);

    public static readonly IReadOnlyList<CommandSpec> All =
    [
        Group(
            "case", "Look at a case, or enter one",
            One("show", "How a case stands, and what to do next", CaseNumber with { Name = "number" }),
            One(
                "new", "Enter a complaint that you saw elsewhere",
                Must("what", "The link to the post, its words, or both"),
                May("author", "Who wrote it, as \"Mia Lang (@mia)\""),
                Team with { Description = "Who shall answer; left out: the team of its watch, or of this room" }),
            One("priority", "Say how urgent a case really is; the scorer learns from it", Choice("is", "How urgent", ["critical", "high", "normal", "low"]), CaseNumber with { Name = "number" }),
            One("merge", "Two cases are one trouble: the other one goes on", new OptionSpec("into", "The case that goes on", Required: true, Number: true, []), CaseNumber with { Name = "number" }),
            One("split", "One of its posts is another trouble: it becomes a case of its own", CaseNumber with { Name = "number" })),
        One("mine", "Your open cases and promises, most urgent first"),
        One("queue", "Cases that nobody has, most urgent first", Team),
        One("maybe", "What lies below the alert line now: is one of these a complaint?", Team),
        Group(
            "silence", "Keep mentions of one kind from alerting for a while",
            One(
                "add", "What it covers goes to the maybe list and opens no case",
                Choice("about", "What kind of mention", [.. Enum.GetNames<SilenceOf>().Select(name => name.ToLowerInvariant())]),
                Must("value", "The watch, word, author, aspect or team"),
                Must("until", "When it ends: \"in 2 h\", \"Friday 10:00\""),
                Must("reason", "Why, for your colleagues"),
                Choice("critical", "Also critical complaints? Left out: no", ["no", "yes"]) with { Required = false }),
            One("list", "Running silences and what they held back"),
            One("end", "End a silence before its time", new OptionSpec("number", "The silence's number", Required: true, Number: true, []))),
        Group(
            "watch", "What we listen for, and changes of it",
            One("list", "Every watch with its words"),
            One("add", "One more word to find", Must("watch", "The watch's name"), Must("word", "A word or phrase")),
            One("exclude", "One more word that rules a post out", Must("watch", "The watch's name"), Must("word", "A word or phrase")),
            One("promote", "End a watch's trial: from now on it alerts its team", Must("watch", "The watch's name"))),
        One("oncall", "Who is on call now, and who is next", Team),
        One(
            "promise", "Set by when something is promised to the customer",
            Must("when", "\"Friday 10:00\", \"tomorrow 9am\", \"in 2 h\""),
            Must("what", "What was promised"),
            CaseNumber),
        One("explain", "What I would make of a text, and to whom it would go", Must("text", "The words of a post")),
        One("digest", "The running day or week of a team, in figures", Choice("period", "Left out: the day", ["day", "week"]) with { Required = false }, Team with { Description = "A team's name; left out: the team of this room" }),
        One("status", "What I hear, what waits, and how fast I am"),
        One("link", "Say which member of a team you are", Must("member", "Your name or short name in config/responders.yaml")),
    ];

    private static CommandSpec One(string name, string description, params IReadOnlyList<OptionSpec> options) => new(name, description, options, []);

    private static CommandSpec Group(string name, string description, params IReadOnlyList<CommandSpec> parts) => new(name, description, [], parts);

    private static OptionSpec Must(string name, string description) => new(name, description, Required: true, Number: false, []);

    private static OptionSpec May(string name, string description) => new(name, description, Required: false, Number: false, []);

    private static OptionSpec Choice(string name, string description, IReadOnlyList<string> choices) => new(name, description, Required: true, Number: false, choices);
}
