using System.Text.Json.Nodes;
using ListeningBot.Configuration.Teams;
using ListeningBot.Core.Teams;

namespace ListeningBot.Configuration.Schemas;

/// <summary>The keys below targets: in config/responders.yaml.</summary>
internal static class TargetsSchema
{
    public static readonly MapKeys Keys = new(
        new("first answer", "From the customer's post to our first answer. Default: 15 min, 1 h, 4 h, 24 h.", ForEach("duration")),
        new("ping", "Unclaimed for so long: whoever is on call is pinged. Default: 3 min, 15 min, 60 min, never.", ForEach("duration")),
        new("lead", "Unclaimed for so long: the leads are called. Default: 10 min, 45 min, 3 h, 8 h.", ForEach("duration")),
        new("manager", "Unclaimed for so long: the managers are called. Default: 20 min, 90 min, 6 h, 16 h.", ForEach("duration")),
        new("repeat every", "After the managers everyone is called again each time this has passed. Default: 15 min, 1 h, 4 h, 24 h.", ForEach("duration")),
        new("repeats", "How often that happens. Default: 3.", Shape.Whole(0, TargetsEntry.MostRepeats, Targets.Default.Repeats)),
        new("idle", "A claimed case on which nothing happens for so long is asked about, and free again after as long once more. Default: 20 min, 1 h, 4 h, 24 h.", ForEach("surely")),
        new("waiting", "The same while we wait for the customer. Default: 2 days.", Shape.Defined("surely")),
        new("floor", "Nobody waits longer than this, whatever the hour; at most 7 days. Default: 24 h.", Shape.Defined("surely")),
        new("promise nudge", "So long before a promise falls due its owner is reminded. Default: 30 min.", Shape.Defined("surely")),
        new("follow up", "From \"resolved\" to the reminder to ask in person. Default: 5 days.", Shape.Defined("surely")),
        new("silence", "So long after that we listen for the customer's own words. Default: 7 days.", Shape.Defined("surely")));

    /// <summary>One time for all priorities, or one for each.</summary>
    private static JsonObject ForEach(string length) =>
        Shape.Either(Shape.Defined(length), new MapKeys([.. TargetsEntry.Priorities.Select(priority => new Key(priority, null, Shape.Defined(length)))]).Schema());
}
