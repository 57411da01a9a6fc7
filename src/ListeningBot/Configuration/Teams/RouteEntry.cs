using ListeningBot.Configuration.Schemas;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;

namespace ListeningBot.Configuration.Teams;

/// <summary>One entry below routes:.</summary>
internal sealed class RouteEntry(MapNode map, RespondersText text)
{
    private const string What = "a rule of routes";

    public RouteRule? Read(KnownNames known, IReadOnlyList<string> teams)
    {
        WatchesFile.RefuseUnknownKeys(map, RespondersSchema.Route.Names, What, text.Problems);
        if (map.ValueOf("team") is null)
        {
            text.Problems.Add(map.Place, $"{What} has no team", "Add team: and the name of the team that gets the case.");
        }
        var authors = text.Accounts(map, "author", $"{What}: author");
        return new RouteRule
        {
            Watches = text.Known(map.ValueOf("watch"), $"{What}: watch", "watch", known.Watches?.Select(watch => watch.Name).ToList(), "config/watches.yaml has none."),
            Aspects = text.Known(map.ValueOf("aspect"), $"{What}: aspect", "aspect", Aspects.Names, ""),
            Languages = text.Languages(map.ValueOf("language"), $"{What}: language"),
            AtLeast = AtLeast(),
            Channels = text.Known(map.ValueOf("channel"), $"{What}: channel", "channel", known.Channels, "appsettings.json has none."),
            Authors = authors.Count == 0 ? null : new Ours(authors),
            Teams = text.Known(map.ValueOf("team"), $"{What}: team", "team", teams, "Describe it below teams: first."),
        } is { Teams.Count: > 0 } rule ? rule : null;
    }

    private Priority? AtLeast()
    {
        if (map.ValueOf("priority") is not { } node)
        {
            return null;
        }
        if (node is ScalarNode scalar)
        {
            return text.PriorityOf(scalar, $"{What}: priority");
        }
        text.Problems.Add(node.Place, $"{What}: priority is a list", "Write the lowest that it is for: priority: high also takes critical.");
        return null;
    }
}
