using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Configuration.Schemas;

/// <summary>The keys of config/replies.yaml.</summary>
internal static class RepliesSchema
{
    public static readonly MapKeys Answer = new(
        new("acknowledge", "That we have read it, and what we understood.", Shape.Defined("text")),
        new("offer", "What we do about it.", Shape.Defined("text")),
        new("be quick", "When they hear from us, and from whom.", Shape.Defined("text")));

    /// <summary>Below a language.</summary>
    public static readonly MapKeys Texts = new(ByAspect("For every aspect without words of its own.", Shape.Defined("text"), Shape.Defined("text")));

    public static readonly MapKeys Answers = new(ByAspect(
        "For every aspect, and every part of one, without words of its own.",
        Shape.Of(("required", Shape.Words(Answer.Names)), ("$ref", "#/$defs/answer")),
        Shape.Defined("answer")));

    public static readonly MapKeys Top = new(
        new("ask", "The question that finds out what the customer wants.", Shape.Defined("texts")),
        new("answer", "Acknowledge, offer, be quick: in this order.", Shape.Defined("answers")),
        new("follow-up", "Some days after the fix: in person, no form.", Shape.Defined("texts")),
        new("leader", "For a leader who is brought in; the owner stays.", Shape.Defined("texts")));

    public static JsonObject About => Shape.Of(("description", "{name} {owner} {team} {case} {wants} {gesture} {promise} {leader} are filled in; what stands in [ ] is left out when nothing is known for it."));

    public static JsonObject Definitions => Shape.Of(
        ("text", Shape.Text(shortest: 1, longest: RepliesFile.LongestText)),
        ("texts", ByLanguage(Texts)),
        ("answers", ByLanguage(Answers)),
        ("answer", Answer.Schema()));

    private static Key[] ByAspect(string aboutAny, JsonObject any, JsonObject one) =>
        [new(Playbook.AnyAspect, aboutAny, any, Required: true), .. Aspects.Names.Select(aspect => new Key(aspect, null, one))];

    private static JsonObject ByLanguage(MapKeys aspects) =>
        Shape.Add(Shape.Of(("description", "Two-letter languages.")), Shape.MapOf(aspects.Schema(), Shape.LanguagePattern));
}
