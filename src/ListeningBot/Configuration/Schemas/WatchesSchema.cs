using System.Globalization;
using System.Text.Json.Nodes;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Configuration.Schemas;

/// <summary>The keys of config/watches.yaml.</summary>
internal static class WatchesSchema
{
    public static readonly MapKeys Watch = new(
        new("name", "Short, and no other watch has it.", Shape.Text(shortest: 1, longest: WatchEntry.LongestName), Required: true),
        new("team", "Whose room gets the cards: small letters, digits, - and _. Default: care.", Shape.Text(longest: Names.Longest, usual: WatchEntry.DefaultTeam)),
        new("find", "Words and phrases; any one of them matches, as whole words, in any case. In quotes when they begin with # or @.", Shape.List(Shape.TextOrNumber())),
        new("query", "In place of find: words, \"phrases\", AND OR NOT, NEAR/5, refund*, stars:<=2, $piece... Best in single quotes.", Shape.TextOrNumber(QueryParser.MaxLength)),
        new("exclude", "Words and phrases; any one of them rules the post out.", Shape.List(Shape.TextOrNumber())),
        new("everything", "true: every post of the named channels counts, whatever its words.", Shape.YesOrNo(false)),
        new("channels", "Names of channels in appsettings.json to listen on. Default: all.", Shape.List(Shape.Text())),
        new("languages", "Two-letter languages to listen for: en, de... Default: all. A post of unknown language passes.", Shape.List(Shape.Text(pattern: Shape.LanguagePattern))),
        new("alert", string.Create(CultureInfo.InvariantCulture, $"From which complaint probability on a card is shown at once; below it the post goes to the daily maybe list. Default: {Scorer.ComplaintLine}."), Shape.Number(0, 1, Scorer.ComplaintLine)),
        new("shadow", "true: on trial. What only this watch hears is shown in the room \"shadow\", and nobody is pinged. Default: false.", Shape.YesOrNo(false)));

    public static readonly MapKeys Top = new(
        new("ours", "Your own accounts: handles, ids, mail addresses, or *@domain for all addresses of a domain.", Shape.ListOrNothing(Shape.Text(shortest: 1))),
        new("pieces", "Parts of queries that several watches share: a name, and the query that $name stands for.", Shape.Of(("type", Shape.Words("object", "null")), ("additionalProperties", Shape.TextOrNumber(QueryParser.MaxLength)))),
        new("watches", "What to listen for. Each watch needs a name, and find, query or everything.", Shape.ListOrNothing(Watch.Schema(Shape.Of(("anyOf", SomethingToHear()))))));

    private static JsonArray SomethingToHear() =>
        [Needs("find"), Needs("query"), Needs("everything", "channels")];

    private static JsonObject Needs(params string[] keys) => Shape.Of(("required", Shape.Words(keys)));
}
