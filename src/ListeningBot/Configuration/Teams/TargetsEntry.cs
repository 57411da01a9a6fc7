using System.Globalization;
using ListeningBot.Configuration.Schemas;
using ListeningBot.Core.Teams;

namespace ListeningBot.Configuration.Teams;

/// <summary>The targets of a team; what is left out keeps its default.</summary>
internal sealed class TargetsEntry(string what, RespondersText text)
{
    public static readonly string[] Priorities = ["critical", "high", "normal", "low"];
    private static readonly TimeSpan LowestFloor = TimeSpan.FromHours(1);
    private static readonly TimeSpan HighestFloor = TimeSpan.FromDays(7);
    public const int MostRepeats = 20;

    public Targets Read(MapNode team)
    {
        var usual = Targets.Default;
        if (team.ValueOf("targets") is not { } node)
        {
            return usual;
        }
        if (node is not MapNode map)
        {
            text.Problems.Add(node.Place, $"{what}: targets is not a group of keys", "Write targets: and below it first answer: { critical: 15 min }.");
            return usual;
        }
        WatchesFile.RefuseUnknownKeys(map, TargetsSchema.Keys.Names, $"{what}: targets", text.Problems);
        return usual with
        {
            FirstAnswer = Each(map, "first answer", usual.FirstAnswer),
            Ping = Each(map, "ping", usual.Ping),
            Lead = Each(map, "lead", usual.Lead),
            Manager = Each(map, "manager", usual.Manager),
            RepeatEvery = Each(map, "repeat every", usual.RepeatEvery),
            Repeats = Repeats(map, usual.Repeats),
            Idle = Each(map, "idle", usual.Idle, mayBeNever: false),
            Waiting = One(map, "waiting", usual.Waiting),
            Floor = Floor(map, usual.Floor),
            PromiseNudge = One(map, "promise nudge", usual.PromiseNudge),
            FollowUp = One(map, "follow up", usual.FollowUp),
            Silence = One(map, "silence", usual.Silence),
        };
    }

    private ByPriority Each(MapNode map, string key, ByPriority usual, bool mayBeNever = true)
    {
        if (map.ValueOf(key) is ScalarNode)
        {
            var all = Duration(map, key, key, usual.Critical, mayBeNever);
            return new ByPriority(all, all, all, all);
        }
        if (map.ValueOf(key) is not MapNode times)
        {
            if (map.ValueOf(key) is { } other)
            {
                text.Problems.Add(other.Place, $"{what}: {key} is neither a time nor one for each priority", $"Write {key}: {{ critical: 15 min, high: 1 h }}.");
            }
            return usual;
        }
        WatchesFile.RefuseUnknownKeys(times, Priorities, $"{what}: {key}", text.Problems);
        return new ByPriority(
            Duration(times, "critical", $"{key}: critical", usual.Critical, mayBeNever),
            Duration(times, "high", $"{key}: high", usual.High, mayBeNever),
            Duration(times, "normal", $"{key}: normal", usual.Normal, mayBeNever),
            Duration(times, "low", $"{key}: low", usual.Low, mayBeNever));
    }

    private TimeSpan One(MapNode map, string key, TimeSpan usual) => Duration(map, key, key, usual, mayBeNever: false) ?? usual;

    private TimeSpan? Duration(MapNode map, string key, string shown, TimeSpan? usual, bool mayBeNever)
    {
        if (map.ValueOf(key) is not { } node)
        {
            return usual;
        }
        var written = (node as ScalarNode)?.Text.Trim() ?? "";
        if (mayBeNever && written == "never")
        {
            return null;
        }
        if (TimeWords.Duration(written) is { } span)
        {
            return span;
        }
        text.Problems.Add(node.Place, $"{what}: {shown} is {Problems.Quote(written)}, not a time of up to 90 days", TimeWords.DurationCure + (mayBeNever ? " Or never." : ""));
        return usual;
    }

    private int Repeats(MapNode map, int usual)
    {
        if (map.ValueOf("repeats") is not { } node)
        {
            return usual;
        }
        if (node is ScalarNode { Text: var written } && int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var repeats) && repeats <= MostRepeats)
        {
            return repeats;
        }
        text.Problems.Add(node.Place, $"{what}: repeats is not a number from 0 to {MostRepeats}", "Write how often everyone is called again after the manager: repeats: 3.");
        return usual;
    }

    /// <summary>The one promise to every customer: it can be moved, not given up.</summary>
    private TimeSpan Floor(MapNode map, TimeSpan usual)
    {
        var floor = One(map, "floor", usual);
        if (floor >= LowestFloor && floor <= HighestFloor)
        {
            return floor;
        }
        var (why, cure) = floor > HighestFloor ? ("lets people wait longer than 7 days", "Write at most 7 days.") : ("would call people more than once an hour for one case", "Write at least 1 h.");
        text.Problems.Add(map.ValueOf("floor")!.Place, $"{what}: floor {why}", cure);
        return usual;
    }
}
