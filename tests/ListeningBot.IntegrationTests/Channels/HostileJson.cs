using System.Text.Json.Nodes;

namespace ListeningBot.IntegrationTests.Channels;

/// <summary>Good answers made bad at random places: nulls, other types, missing and huge values. The same in each run.</summary>
internal static class HostileJson
{
    /// <summary>Stands for half a surrogate pair, which a JSON writer would mend.</summary>
    private const string Half = "@half@";

    public static string Spoil(string json, Random random, int places)
    {
        var root = JsonNode.Parse(json)!;
        for (var i = 0; i < places; i++)
        {
            var holders = Holders(root).ToList();
            if (holders.Count == 0)
            {
                break;
            }
            Spoil(holders[random.Next(holders.Count)], random);
        }
        return root.ToJsonString().Replace(Half, @"\ud800", StringComparison.Ordinal);
    }

    private static void Spoil(JsonNode holder, Random random)
    {
        if (holder is JsonObject map)
        {
            var key = map.ElementAt(random.Next(map.Count)).Key;
            if (random.Next(6) == 0)
            {
                map.Remove(key);
            }
            else if (random.Next(20) == 0)
            {
                map[Half + " and a name as long as any other"] = 1;
            }
            else
            {
                map[key] = Odd(random);
            }
        }
        else if (holder is JsonArray list)
        {
            list[random.Next(list.Count)] = Odd(random);
        }
    }

    private static JsonNode? Odd(Random random) => random.Next(12) switch
    {
        0 => null,
        1 => 17,
        2 => -1e300,
        3 => true,
        4 => "",
        5 => new string('x', 50_000),
        6 => Half + " \u0000 \u202e<script>",
        7 => new JsonArray(1, null, "two"),
        8 => new JsonObject { ["label"] = new JsonObject { ["label"] = 1 } },
        9 => "https://[::bad/%zz",
        10 => "9999-99-99T99:99:99Z",
        _ => "[deleted]",
    };

    private static IEnumerable<JsonNode> Holders(JsonNode node) => node switch
    {
        JsonObject map => map.Select(pair => pair.Value).OfType<JsonNode>().SelectMany(Holders).Concat(map.Count > 0 ? [map] : []),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Holders).Concat(list.Count > 0 ? [list] : []),
        _ => [],
    };
}
